"""What the SSC asks of exposure: vulnerabilities, the entries of one, fixes, and letters."""

import argparse
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from firmpath.cli.committee.listing import Json, Line, Listing, asked_of, day_of, rows_of, vulnerability_of
from firmpath.pathways.explain.explanation import counted

if TYPE_CHECKING:
    from firmpath.client.committee import Committee


def _ask_exposure(committee: "Committee", arguments: argparse.Namespace) -> Json:
    asked = {**asked_of(arguments), "verdict": arguments.verdict, "limit": "1000"}
    whole, entries = committee.exposure(vulnerability_of(committee, arguments), **asked)
    fields = {name: value for name, value in whole.items() if name != "next_cursor"}
    return {**fields, "entries": list(entries)}


def _exposure_lines(answer: Json) -> Iterator[Line]:
    yield Line(_counts(answer["verdicts"]), strong=True)
    yield from _condition(answer)
    elsewhere = answer.get("not_on_the_cpl", 0)
    if elsewhere:
        verb = "runs" if elsewhere == 1 else "run"
        yield Line(f"{counted(elsewhere, 'Device')} of the inventory {verb} what is not on this CPL.", 2)
    for each in sorted(answer["entries"], key=lambda entry: _FIRST.index(entry["verdict"])):
        name = f"{each['cpl_entry_id']} ({each['firmware_version']})"
        yield Line(f"{name}: {each['verdict']}, {each['why']}.{_way(each)}", 2)


def _exposure_rows(answer: Json) -> Iterator[Json]:
    for each in answer["entries"]:
        way = each.get("way_out", [])
        yield {
            **each,
            "way_out": " > ".join(map(str, way)),
            "activations_of_exposure": len(way) - 1 if way else "",
            "way_out_cautions": ". ".join(_texts(each, "way_out_cautions")),
            "cleaner_way_out": " > ".join(map(str, each.get("cleaner_way_out", ()))),
            "cleaner_way_out_cautions": ". ".join(_texts(each, "cleaner_way_out_cautions")),
        }


def _condition(holder: Json) -> Iterator[Line]:
    """Say under what condition alone a Device is affected, if there is any."""
    if holder.get("condition"):
        yield Line(f"Only where this holds as well, which no version tells: {holder['condition']}.", 2)


def _counts(verdicts: Json) -> str:
    return "; ".join(f"{name.replace('_', ' ')}: {_size(each)}" for name, each in verdicts.items()) + "."


def _size(counts: Mapping[str, int]) -> str:
    devices = f", {counts['devices']:,} Devices" if counts.get("devices") else ""
    return f"{counted(counts['entries'], 'entry', 'entries')}{devices}"


def _way(entry: Json) -> str:
    known = _known_for(entry["days_of_exposure"]) if "days_of_exposure" in entry else ""
    if entry.get("way_out"):
        return f" Way out: {' → '.join(map(str, entry['way_out']))}.{known}{_besides(entry)}"
    return f" No way out: {entry['no_way_out']}.{known}" if entry.get("no_way_out") else ""


def _known_for(days: int) -> str:
    """Say for how long an entry has been known to be affected, by the day that is asked about."""
    since = f"for {counted(days, 'day')}" if days else "since the day asked about"
    return f" Known to be affected {since}."


def _besides(entry: Json) -> str:
    """Say what else affects the entries of a way out, and which longer way leads to a cleaner end."""
    said = " Caution: " + ". ".join(_texts(entry, "way_out_cautions")) + "." if "way_out_cautions" in entry else ""
    if not entry.get("cleaner_way_out"):
        return said
    cautions = "".join(f" {text}." for text in _texts(entry, "cleaner_way_out_cautions"))
    return f"{said} Longer, but to a cleaner end: {' → '.join(map(str, entry['cleaner_way_out']))}.{cautions}"


def _texts(entry: Json, field: str) -> list[str]:
    return [each["text"] for each in entry.get(field, ())]


def _vulnerability_lines(answer: Json) -> Iterator[Line]:
    for each in answer["vulnerabilities"]:
        vulnerability = each["vulnerability"]
        title = f" {vulnerability['title']}" if vulnerability.get("title") else ""
        yield Line(f"{vulnerability['number']}. {vulnerability['reference']}{title}", strong=True)
        yield Line(_counts(each["verdicts"]), 2)
        yield from _condition(vulnerability)
        yield from (Line(f"{said}.", 2) for said in vulnerability.get("rejected", ()))
        yield from (Line(shared["text"], 2) for shared in vulnerability.get("same_cve", ()))
        without = sum(each["without_a_way_out"].values())
        onto = each["onto_affected_by_another"]
        besides = f" ({onto} onto what another vulnerability affects)" if onto else ""
        yield Line(f"{each['with_a_way_out']} with a way out{besides}, {without} without.", 2)


def _vulnerability_rows(answer: Json) -> Iterator[Json]:
    for each in answer["vulnerabilities"]:
        vulnerability, verdicts = each["vulnerability"], each["verdicts"]
        severity = vulnerability.get("severity", {})
        yield {
            **vulnerability,
            "cves": " ".join(vulnerability.get("cves", ())),
            "affected_versions": "; ".join(found["words"] for found in vulnerability["ranges"]),
            "score": severity.get("score", ""),
            "severity": severity.get("word", ""),
            **{f"{name}_entries": found["entries"] for name, found in verdicts.items()},
            **{f"{name}_devices": found.get("devices", "") for name, found in verdicts.items()},
            "with_a_way_out": each["with_a_way_out"],
            "onto_affected_by_another": each["onto_affected_by_another"],
            "most_activations": each["most_activations"],
            "without_a_way_out": sum(each["without_a_way_out"].values()),
        }


def _ask_fixes(committee: "Committee", arguments: argparse.Namespace) -> Json:
    whole, fixes = committee.fixes(vulnerability_of(committee, arguments), **asked_of(arguments), limit="1000")
    fields = {name: value for name, value in whole.items() if name != "next_cursor"}
    return {**fields, "fixes": list(fixes)}


def _fix_lines(answer: Json) -> Iterator[Line]:
    yield from (Line(each["text"]) for each in answer["fixes"])
    if not answer["fixes"]:
        yield Line("No further upgrade would rescue an entry.")


def _fix_rows(answer: Json) -> Iterator[Json]:
    for each in answer["fixes"]:
        yield {**each, **{name: " ".join(map(str, each[name])) for name in ("rescued", "adds", "only")}}


def _letter_lines(answer: Json) -> Iterator[Line]:
    for each in answer["letters"]:
        to = f" to {each['manufacturer_name']}" if each.get("manufacturer_name") else ""
        contact = f", {each['contact']}" if each.get("contact") else ""
        yield Line(f"About {each['about']}{to}{contact}", strong=True)
        yield from (Line(line, as_it_is=True) for line in ("", *each["text"].split("\n")))
    if not answer["letters"]:
        yield Line("Nobody has to be asked.")


_FIRST: Final = ("affected", "unknown", "not affected")
"""Which entries are told first: those that somebody has to do something about, not those of the lowest ids."""
_BY_VERDICT: Final = tuple(
    f"{kind}_{what}" for what in ("entries", "devices") for kind in ("affected", "not_affected", "unknown")
)
OF_EXPOSURE: Final[Mapping[str, Listing]] = {
    "vulnerabilities": Listing(
        lambda committee, arguments: committee.vulnerabilities(**asked_of(arguments)),
        _vulnerability_lines,
        (
            *(
                "number",
                "reference",
                "cves",
                "title",
                "affected_versions",
                "condition",
                "cvss",
                "score",
                "severity",
            ),
            *(*_BY_VERDICT, "with_a_way_out", "onto_affected_by_another", "most_activations", "without_a_way_out"),
        ),
        _vulnerability_rows,
    ),
    "exposure": Listing(
        _ask_exposure,
        _exposure_lines,
        (
            *(
                "cpl_entry_id",
                "firmware_version",
                "chipset_vendor",
                "stack_version",
                "verdict",
                "why",
                "condition",
                "assessed_by",
            ),
            *("assessed_at", "devices", "way_out", "activations_of_exposure", "days_of_exposure"),
            *("days_since_fix_was_listed", "no_way_out"),
            *("way_out_cautions", "cleaner_way_out", "cleaner_way_out_cautions"),
        ),
        _exposure_rows,
    ),
    "fixes": Listing(
        _ask_fixes,
        _fix_lines,
        ("from", "to", "rescued", "devices", "adds", "adds_devices", "only", "only_devices", "text"),
        _fix_rows,
    ),
    "letters": Listing(
        lambda committee, arguments: committee.letters(vulnerability_of(committee, arguments), **day_of(arguments)),
        _letter_lines,
        ("about", "manufacturer_id", "manufacturer_name", "contact", "text"),
        rows_of("letters"),
    ),
}
"""The lists, by the word that asks for each."""
