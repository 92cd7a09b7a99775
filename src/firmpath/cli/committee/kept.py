"""What the SSC keeps: assessments, stacks, names with their worklist, inventories, and the record of looks."""

import argparse
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Final

from firmpath.cli.committee.listing import Json, Line, Listing, rows_of, vulnerability_of
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError

if TYPE_CHECKING:
    from firmpath.client.committee import Committee


def _assessment_lines(answer: Json) -> Iterator[Line]:
    for each in answer["assessments"]:
        why = f" ({each['justification']})" if each.get("justification") else ""
        yield Line(f"CPL entry {each['cpl_entry_id']}: {each['verdict']}{why}", strong=True)
        yield Line(f"{each['recorded_at']}, {each['entered_by']}: {each['reason']}", 2)
    if not answer["assessments"]:
        yield Line("Nothing was assessed.")


def _stack_lines(answer: Json) -> Iterator[Line]:
    for each in answer["stacks"]:
        said = [each[name] for name in ("chipset_vendor", "stack_version") if each.get(name)]
        name = f"{each['cpl_entry_id']} ({each['firmware_version']})"
        yield Line(f"{name}: {'; '.join(said) or 'nobody has said'}")


def _ask_stacks(committee: "Committee", arguments: argparse.Namespace) -> Json:
    whole, stacks = committee.stacks()
    return {"as_at": whole["as_at"], "stacks": list(stacks)}


def _ask_looks(committee: "Committee", arguments: argparse.Namespace) -> Json:
    most = _MOST_LOOKS if arguments.most is None else arguments.most
    if most < 1:
        right = "give --most a number from 1"
        raise FirmpathError(Fault("Number of looks", str(most), "is less than 1", right, quoted=False))
    found = list(islice(committee.looks(), most + 1))
    return {"looks": found[:most], "more": len(found) > most}


_MOST_LOOKS: Final = 100


def _look_lines(answer: Json) -> Iterator[Line]:
    for each in answer["looks"]:
        searched = f" for '{each['searched']}'" if each.get("searched") else ""
        rows = counted(each["rows"], "row")
        yield Line(f"{each['looked_at']} {each['name']}: {each['what']}{searched}, {rows}")
    if answer["more"]:
        yield Line(f"There are more; --most {len(answer['looks']) * 10} shows up to that many.")


def _inventory_lines(answer: Json) -> Iterator[Line]:
    for each in answer["inventories"]:
        yield Line(f"{each['number']}. {each['name']}, {each['counted_on']}: {each['devices']:,} Devices")
    if not answer["inventories"]:
        yield Line("No inventory was given.")


def _name_lines(answer: Json) -> Iterator[Line]:
    makers = {each["number"]: each["name"] for each in answer["makers"]}
    yield Line("Makers", strong=True)
    for each in answer["makers"]:
        yield Line(f"{each['number']}. {each['name']}{_spelt(each)}", 2)
    yield Line("Stacks", strong=True)
    for each in answer["stacks"]:
        maker = f", of {makers[each['maker']]}" if each.get("maker") else ""
        yield Line(f"{each['number']}. {each['name']}{_spelt(each)}{maker}: {each['rule']}", 2)
    yield Line("Matches nothing" if answer["unmatched"] else "Every text is matched.", strong=True)
    for each in answer["unmatched"]:
        spelling = f"'{each['text']}'" if each["text"] else "a version alone, without a name,"
        yield Line(f"{spelling} as a {each['kind']}: {_where(each)}", 2)
    if answer["not_comparable"]:
        yield Line("Cannot be compared", strong=True)
    for each in answer["not_comparable"]:
        yield Line(f"{each['stack']}: '{each['text']}': {_where(each)}", 2)


def _spelt(each: Json) -> str:
    return f" (also {', '.join(each['spellings'])})" if each.get("spellings") else ""


def _where(each: Json) -> str:
    return "; ".join((counted(each["entries"], "entry", "entries"), *each.get("references", ())))


def _name_rows(answer: Json) -> Iterator[Json]:
    makers = {each["number"]: each["name"] for each in answer["makers"]}
    for kind, found in (("maker", answer["makers"]), ("stack", answer["stacks"])):
        for each in found:
            own = {"what": kind, "text": each["name"], "maker": makers.get(each.get("maker", 0), "")}
            yield {**each, **own, "spellings": "; ".join(each.get("spellings", ()))}
    for what, found in (("matches nothing", answer["unmatched"]), ("not comparable", answer["not_comparable"])):
        for each in found:
            yield {**each, "what": what, "references": "; ".join(each.get("references", ()))}


NAMES: Final = Listing(
    lambda committee, arguments: committee.names(),
    _name_lines,
    ("what", "number", "text", "spellings", "maker", "rule", "kind", "stack", "entries", "references"),
    _name_rows,
)
OF_WHAT_IS_KEPT: Final[Mapping[str, Listing]] = {
    "assessments": Listing(
        lambda committee, arguments: committee.assessments(
            vulnerability_of(committee, arguments), arguments.known_at or ""
        ),
        _assessment_lines,
        ("cpl_entry_id", "verdict", "justification", "reason", "entered_by", "recorded_at"),
        rows_of("assessments"),
    ),
    "stacks": Listing(
        _ask_stacks,
        _stack_lines,
        ("cpl_entry_id", "firmware_version", "chipset_vendor", "stack_version"),
        rows_of("stacks"),
    ),
    "names": NAMES,
    "inventories": Listing(
        lambda committee, arguments: committee.inventories(),
        _inventory_lines,
        ("number", "name", "counted_on", "devices"),
        rows_of("inventories"),
    ),
    "looks": Listing(
        _ask_looks,
        _look_lines,
        ("number", "looked_at", "name", "what", "searched", "rows"),
        rows_of("looks"),
    ),
}
"""The lists, by the word that asks for each."""
