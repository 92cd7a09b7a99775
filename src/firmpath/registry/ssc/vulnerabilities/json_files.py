"""Vulnerabilities from JSON: CVE records (format 5) and OSV. What is not understood and matters is refused.

Source: CVE JSON record format 5.1; Open Source Vulnerability format 1.6.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.registry.ssc.versions.ranges import VersionRange
from firmpath.registry.ssc.vulnerabilities.json_shape import check_shape
from firmpath.registry.ssc.vulnerabilities.vulnerability import AffectedRange, RangeStatus, Vulnerability

Json = dict[str, Any]
_PUBLISHED: Final = "PUBLISHED"
_REJECTED: Final = "REJECTED"
_NO_BOUND: Final = ("", "0", "*", "n/a", "unspecified")


def read_json(octets: bytes) -> list[Vulnerability]:
    """Read a record, or a list of records, each in one of the two formats.

    :raises FirmpathError: it is neither, or it says something that is not understood.
    """
    try:
        found = json.loads(octets.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _refused(
            "File", "", f"is no JSON that can be read: {error}", "give the record as it was published"
        ) from None
    records = found if isinstance(found, list) else [found]
    if not records:
        raise _refused("File", "", "has no record in it", "give at least one")
    return list(all_parsed(*(lambda record=record: _read_record(record) for record in records)))


def _read_record(record: Any) -> Vulnerability:
    if not isinstance(record, dict):
        raise _refused("Record", str(record)[:80], "is not an object", "give a CVE record or an OSV record")
    check_shape(record)
    try:
        if record.get("dataType") == "CVE_RECORD":
            return _of_cve(record)
        if "id" in record and "affected" in record:
            return _of_osv(record)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise _refused("Record", "", f"lacks something, or has it in another form: {error}", "check it") from None
    raise _refused("Record", "", "is neither a CVE record of format 5 nor OSV", "give one of the two")


# ---------------------------------------------------------------- CVE


def _of_cve(record: Json) -> Vulnerability:
    cve, state = record["cveMetadata"]["cveId"], record["cveMetadata"].get("state", _PUBLISHED)
    container = record["containers"]["cna"]
    if state == _REJECTED:
        return Vulnerability(cve, (cve,), rejected=(_why_rejected(cve, record["cveMetadata"], container),))
    if state != _PUBLISHED:
        raise _refused("state", state, "is not that of a published CVE", "take it in once it is published", cve)
    ranges = [each for affected in container["affected"] for each in _cve_ranges(cve, affected)]
    for other in record["containers"].get("adp", ()):
        ranges += (each for affected in other.get("affected", ()) for each in _added_ranges(cve, affected))
    texts = _in_english(container.get("descriptions", ()))
    return Vulnerability(
        cve,
        (cve,),
        _line(container.get("title", "")),
        tuple(dict.fromkeys(ranges)),
        cvss=_cve_vector(container),
        note="\n\n".join(text.strip() for text in texts),
        sources=tuple(_line(each["url"]) for each in container.get("references", ())),
    )


def _in_english(texts: Iterable[Json]) -> list[str]:
    return [each["value"] for each in texts if each.get("lang", "en").startswith("en")]


def _why_rejected(cve: str, about: Json, container: Json) -> str:
    """Say in one line when a CVE was rejected, and why, as far as it is said. Source: CVE record format 5."""
    day = str(about.get("dateRejected", about.get("dateUpdated", "")))[:10]
    reasons = " ".join(_line(each) for each in _in_english(container.get("rejectedReasons", ())))
    return f"{cve} was rejected{f' on {day}' if day else ''}: {reasons.rstrip('. ') or 'no reason is given'}"


def _cve_ranges(cve: str, affected: Json) -> Iterator[AffectedRange]:
    """Give the ranges of a product; versions that it does not name are unknown, unless it says what they are.

    Source: CVE record format 5, `defaultStatus`: left out, it is `unknown`.
    """
    maker, stack = _line(affected.get("vendor", "")), _line(affected["product"])
    default = _status("defaultStatus", affected.get("defaultStatus", RangeStatus.UNKNOWN), cve)
    versions = affected.get("versions", [])
    if default is RangeStatus.AFFECTED and versions:
        wrong = "calls every version affected but some"
        raise _refused("defaultStatus", default, wrong, "add it by hand, with the ranges that are affected", cve)
    _refuse_narrowed(affected, default, cve)
    for each in versions:
        if "lessThan" in each and "lessThanOrEqual" in each:
            wrong = f"is given beside lessThanOrEqual '{each['lessThanOrEqual']}', and a range has one end"
            raise _refused("lessThan", each["lessThan"], wrong, "add it by hand, with the end that is meant", cve)
        if each.get("changes"):
            wrong = "says that the status changes within a range"
            raise _refused("changes", "", wrong, "add it by hand, range by range", cve)
        status = _status("status", each["status"], cve)
        if status is not RangeStatus.UNAFFECTED or status is not default:
            if status is RangeStatus.UNAFFECTED:
                _refuse_open(each, cve)
            yield AffectedRange(maker, stack, "", _cve_versions(each), _cve_words(each), status)
    if default is not RangeStatus.UNAFFECTED:
        printed = "every version" if default is RangeStatus.AFFECTED else "versions that are not named"
        yield AffectedRange(maker, stack, as_printed=printed, status=default)


def _added_ranges(cve: str, affected: Json) -> Iterator[AffectedRange]:
    """Give what somebody other than the publisher adds: what is affected or named as unknown, never what is safe.

    Source: CVE record format 5, `adp`: containers of authorized data publishers.
    """
    whole = {name: value for name, value in affected.items() if name not in _NARROWING}
    if affected.get("defaultStatus") != RangeStatus.AFFECTED:
        versions = affected.get("versions", ())
        whole["versions"] = [each for each in versions if each.get("status") != RangeStatus.UNAFFECTED]
    for each in _cve_ranges(cve, whole):
        if each.status is not RangeStatus.UNAFFECTED and not each.is_rest:
            yield each


_NARROWING: Final = ("platforms", "modules", "packageName")


def _status(term: str, text: object, cve: str) -> RangeStatus:
    if text not in tuple(RangeStatus):
        raise _refused(term, str(text)[:80], "is none", f"give one of {', '.join(RangeStatus)}", cve)
    return RangeStatus(str(text))


def _refuse_narrowed(affected: Json, default: RangeStatus, cve: str) -> None:
    """Refuse a part of a product that is called unaffected: no stack's name says that it is that part.

    A part that is affected is read as the whole, which calls nothing safe.
    """
    stated = (default, *(each["status"] for each in affected.get("versions", ())))
    for name in _NARROWING:
        if affected.get(name) and RangeStatus.UNAFFECTED in stated:
            value = affected[name] if isinstance(affected[name], str) else ", ".join(map(str, affected[name]))
            wrong = "narrows the product, but versions of it are called unaffected"
            raise FirmpathError(Fault(name, value, wrong, "add it by hand, with what is affected", f"in {cve}"))


def _refuse_open(version: Json, cve: str) -> None:
    """Refuse a bound of unaffected versions that bounds nothing: read as no bound, it would call all of them safe.

    Source: CVE record format 5, `version`: 0 is the beginning of a range, and `*` an end that there is not.
    """
    ends = [name for name in ("lessThan", "lessThanOrEqual") if name in version]
    for name, open_word in (("version", "0" if ends else None), *((end, "*") for end in ends)):
        text = version[name].strip().casefold()
        if text in _NO_BOUND and text != open_word:
            wrong = "bounds no versions, but they are called unaffected"
            right = "add it by hand, with the versions that are unaffected"
            raise FirmpathError(Fault(name, version[name], wrong, right, f"in {cve}"))


def _cve_versions(version: Json) -> VersionRange:
    since = _bound(version["version"])
    if "lessThan" in version and not version["lessThan"].strip().endswith(".*"):
        return VersionRange(since, "", _bound(version["lessThan"]))
    if "lessThan" in version:  # below 2.* is below the end of the 2 series, which is all of it
        return VersionRange(since, _bound(version["lessThan"]), "")
    if "lessThanOrEqual" in version:
        return VersionRange(since, _bound(version["lessThanOrEqual"]), "")
    return VersionRange(since, since, "")


def _cve_words(version: Json) -> str:
    ends = (("lessThan", "<"), ("lessThanOrEqual", "up to"))
    end = " ".join(f"{sign} {version[name]}" for name, sign in ends if name in version)
    return _line(f"{version['version']} {end}".strip())


def _cve_vector(container: Json) -> str:
    for name in ("cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0"):
        for metric in container.get("metrics", ()):
            if name in metric:
                return str(metric[name]["vectorString"])
    return ""


# ---------------------------------------------------------------- OSV


def _of_osv(record: Json) -> Vulnerability:
    reference = record["id"]
    names = [reference, *record.get("aliases", ())]
    ranges = tuple(each for affected in record["affected"] for each in _osv_ranges(reference, affected))
    scores = {each["type"]: each["score"] for each in record.get("severity", ())}
    return Vulnerability(
        reference,
        tuple(each for each in names if each.startswith("CVE-")),
        _line(record.get("summary", "")),
        ranges,
        cvss=next((scores[kind] for kind in ("CVSS_V4", "CVSS_V3", "CVSS_V2") if kind in scores), ""),
        note=record.get("details", "").strip(),
        sources=tuple(_line(each["url"]) for each in record.get("references", ())),
        is_withdrawn="withdrawn" in record,
    )


def _osv_ranges(reference: str, affected: Json) -> Iterator[AffectedRange]:
    """Give the ranges of a package; where it names no version that is affected, all of them are unknown."""
    stack = _line(affected["package"]["name"])
    found = tuple(_osv_affected(reference, stack, affected))
    yield from found or (AffectedRange("", stack, as_printed="no version is named", status=RangeStatus.UNKNOWN),)


def _osv_affected(reference: str, stack: str, affected: Json) -> Iterator[AffectedRange]:
    for version in affected.get("versions", ()):
        yield AffectedRange("", stack, "", VersionRange(version, version, ""), _line(version))
    for each in affected.get("ranges", ()):
        if each["type"] == "GIT":
            wrong = "counts commits, which no stack version names"
            raise _refused("type", "GIT", wrong, "add it by hand, by versions", reference)
        for versions in _osv_versions(reference, each["events"]):
            yield AffectedRange("", stack, "", versions, "")


def _osv_versions(reference: str, events: list[Mapping[str, str]]) -> Iterator[VersionRange]:
    """Read events in order: each `introduced` goes on to the `fixed` or `last_affected` after it, or has no end."""
    if any(len(event) != 1 for event in events):
        wrong = "has an event that says more than one thing, or nothing"
        raise _refused("events", "", wrong, "add it by hand, range by range", reference)
    steps = [step for event in events for step in event.items()]
    for name, version in steps:
        if name not in _OSV_ENDS and name != "introduced":
            raise _refused(name, version, "is an event that is not understood", "add it by hand", reference)
    for (name, version), (end, last) in pairwise([*steps, ("introduced", "")]):
        if name == "introduced":
            yield _OSV_ENDS.get(end, _no_end)(_bound(version), last)


def _no_end(since: str, last: str) -> VersionRange:
    return VersionRange(since, "", "")


_OSV_ENDS: Final[Mapping[str, Callable[[str, str], VersionRange]]] = {
    "fixed": lambda since, last: VersionRange(since, "", last),
    "last_affected": lambda since, last: VersionRange(since, last, ""),
}


def _bound(text: str) -> str:
    return "" if text.strip().casefold() in _NO_BOUND else _line(text)


def _line(text: str) -> str:
    return " ".join(str(text).split())


def _refused(term: str, value: str, wrong: str, right: str, where: str = "") -> FirmpathError:
    return FirmpathError(Fault(term, value, wrong, right, f"in {where}" if where else "", quoted=bool(value)))
