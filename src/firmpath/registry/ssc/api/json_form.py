"""The SSC's values as JSON; what is not known is left out."""

from collections.abc import Iterator, Sequence

from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.identifiers import CPLEntryID, write_instant
from firmpath.pathways.json_form.entries import Json
from firmpath.pathways.naming import short_name
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.pathway import Steps
from firmpath.registry.ssc.exposure.days import days_of_exposure, days_since_fix
from firmpath.registry.ssc.exposure.exposed import Share, break_down
from firmpath.registry.ssc.exposure.looking import AskedOf, Line, Picture
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.vulnerabilities.keeping import KeptVulnerability
from firmpath.registry.ssc.vulnerabilities.same_cve import SameCVE
from firmpath.registry.ssc.vulnerabilities.scoring import score
from firmpath.registry.ssc.vulnerabilities.vulnerability import to_json
from firmpath.registry.ssc.ways_out.fixes import Fix, way_by
from firmpath.registry.ssc.ways_out.ordering import Placed, words_of_place
from firmpath.registry.ssc.ways_out.others import remarks_on, words_of


def vulnerability_json(found: KeptVulnerability, same_cve: Sequence[SameCVE]) -> Json:
    """Give a vulnerability, with the other records of the same CVE."""
    severity = score(found.vulnerability.cvss)
    kept = {"recorded_at": write_instant(found.kept.begun_at), "changed_at": write_instant(found.kept.recorded_at)}
    scored = {"severity": severity._asdict()} if severity else {}
    written = to_json(found.vulnerability)
    both = zip(written["ranges"], found.vulnerability.ranges, strict=True)
    ranges = [{**fields, "words": affected.words} for fields, affected in both]
    return {
        "number": found.number,
        "revision": found.kept.revision,
        **kept,
        **written,
        "ranges": ranges,
        **scored,
        **_shared(same_cve),
    }


def _shared(same_cve: Sequence[SameCVE]) -> Json:
    fields = [{**each._asdict(), "cves": list(each.cves), "text": f"{each.words}."} for each in same_cve]
    return {"same_cve": fields} if fields else {}


def line_json(line: Line) -> Json:
    """Give a vulnerability with what it comes to."""
    return {
        "vulnerability": vulnerability_json(line.kept, line.same_cve),
        "verdicts": verdicts_json(line.total),
        "with_a_way_out": line.outcome.rescued,
        "onto_affected_by_another": line.outcome.onto_affected,
        "most_activations": line.outcome.most_activations,
        "without_a_way_out": {why.value: count for why, count in sorted(line.outcome.stuck.items())},
    }


def verdicts_json(share: Share) -> Json:
    """Give how many entries and Devices have each verdict."""
    return {
        kind.value.replace(" ", "_"): {
            "entries": share.entries[kind],
            **({"devices": share.devices[kind]} if share.devices[kind] else {}),
        }
        for kind in VerdictKind
    }


def as_of_json(asked: AskedOf) -> Json:
    """Give which day and which knowledge an answer is of."""
    known_on = {"known_on": asked.as_of.known_on.isoformat()} if asked.as_of.known_on else {}
    return {"version": 1, "as_at": asked.as_of.on.isoformat(), **known_on}


def shares_json(picture: Picture) -> Json:
    """Give the exposure by manufacturer, Device type and band."""
    return {
        name.lower().replace(" ", "_"): [{"name": share.name, "verdicts": verdicts_json(share)} for share in found]
        for name, found in break_down(picture.exposure, picture.weighed, picture.together).items()
    }


def exposed_json(picture: Picture, cpl_entry_id: CPLEntryID) -> Json:
    """Give an entry with its verdict, why, and its way out."""
    exposure, found = picture.exposure, picture.found
    verdict, assessed = exposure.verdict_of(cpl_entry_id), exposure.assessed.get(cpl_entry_id)
    given = exposure.ground.given.get(cpl_entry_id)
    said = {
        "why": assessed.reason if assessed else verdict.why.value,
        "condition": exposure.condition_of(cpl_entry_id),
        "assessed_by": assessed.entered_by if assessed else "",
        "assessed_at": write_instant(assessed.recorded_at) if assessed else "",
        "chipset_vendor": str(given.chipset_vendor or "") if given else "",
        "stack_version": str(given.stack_version or "") if given else "",
        "devices": picture.devices.get(cpl_entry_id, 0),
        "way_out": list(found.ways.get(cpl_entry_id, ())),
        "way_out_cautions": remarks_json(picture, found.ways.get(cpl_entry_id, ())),
        "cleaner_way_out": list(found.cleaner.get(cpl_entry_id, ())),
        "cleaner_way_out_cautions": remarks_json(picture, found.cleaner.get(cpl_entry_id, ())),
        "no_way_out": str(found.stuck.get(cpl_entry_id, "")),
    }
    entry = picture.catalogue[cpl_entry_id]
    always = {
        "cpl_entry_id": cpl_entry_id,
        "firmware_version": str(entry.firmware_version),
        "verdict": verdict.kind.value,
    }
    days = {
        "days_of_exposure": days_of_exposure(picture, cpl_entry_id),
        "days_since_fix_was_listed": days_since_fix(picture, cpl_entry_id),
    }
    known = {name: number for name, number in days.items() if not isinstance(number, NotKnown)}
    return {**always, **{name: value for name, value in said.items() if value}, **known}


def remarks_json(picture: Picture, way: Steps) -> list[Json]:
    """Give what other vulnerabilities are known to affect of the entries on a way, or may."""
    return [
        {
            "cpl_entry_id": each.cpl_entry_id,
            **({"affected_by": list(each.affected_by)} if each.affected_by else {}),
            **({"not_known_of": list(each.not_known_of)} if each.not_known_of else {}),
            "text": words_of(each, picture.catalogue),
        }
        for each in remarks_on(picture.found.others, way)
    ]


def fix_json(picture: Picture, placed: Placed) -> Json:
    """Give an upgrade that would rescue entries, how it overlaps with others, and all of it in words as well."""
    fix = placed.fix
    target = {"to": fix.to_id} if fix.to_id else {}
    weighed = {
        "devices": fix.devices,
        "adds_devices": placed.adds_devices,
        "only_devices": placed.only_devices,
    }
    overlaps = words_of_place(placed, is_weighed=bool(picture.inventory))
    cautions = remarks_json(picture, way_by(picture.found, fix))
    return {
        "from": fix.from_id,
        **target,
        "rescued": list(fix.rescued),
        "adds": list(placed.adds),
        "only": list(placed.only),
        **{name: number for name, number in weighed.items() if number},
        **({"cautions": cautions} if cautions else {}),
        "text": " ".join((*_words(picture, fix), *overlaps, *(f"{each['text']}." for each in cautions))),
    }


def _words(picture: Picture, fix: Fix) -> Iterator[str]:
    start = short_name(picture.catalogue, fix.from_id)
    if fix.to_id:
        yield f"Publishing an upgrade from {start} to {short_name(picture.catalogue, CPLEntryID(fix.to_id))}"
    else:
        yield f"New firmware that can be put on {start}"
    entries = counted(len(fix.rescued), "entry", "entries")
    yield f"would rescue {entries}{f', {fix.devices:,} Devices' if fix.devices else ''}."
