"""The shape of CVE and OSV records: what each field that is read must be, before any of them is read.

Source: CVE JSON record format 5.1; Open Source Vulnerability format 1.6.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from firmpath.pathways.faults import Fault, refuse_if_any

_TEXT: Final = "text"
_ANY: Final = "*"
"""Whatever the name of the field."""

_URLS: Final = [{"url": _TEXT}]
_AFFECTED: Final = [
    {
        **dict.fromkeys(("vendor", "product", "packageName", "defaultStatus"), _TEXT),
        "platforms": [_TEXT],
        "modules": [_TEXT],
        "versions": [dict.fromkeys(("version", "lessThan", "lessThanOrEqual", "status"), _TEXT)],
    }
]
_CVE: Final = {
    "cveMetadata": dict.fromkeys(("cveId", "state", "dateRejected", "dateUpdated"), _TEXT),
    "containers": {
        "cna": {
            "title": _TEXT,
            "affected": _AFFECTED,
            "descriptions": [{"lang": _TEXT, "value": _TEXT}],
            "rejectedReasons": [{"lang": _TEXT, "value": _TEXT}],
            "metrics": [{f"cvssV{version}": {"vectorString": _TEXT} for version in ("4_0", "3_1", "3_0", "2_0")}],
            "references": _URLS,
        },
        "adp": [{"affected": _AFFECTED}],
    },
}
_OSV: Final = {
    **dict.fromkeys(("id", "summary", "details", "withdrawn"), _TEXT),
    "aliases": [_TEXT],
    "affected": [
        {
            "package": {"name": _TEXT},
            "versions": [_TEXT],
            "ranges": [{"type": _TEXT, "events": [{_ANY: _TEXT}]}],
        }
    ],
    "severity": [{"type": _TEXT, "score": _TEXT}],
    "references": _URLS,
}


def check_shape(record: dict[str, Any]) -> None:
    """Refuse a record in which a field that is read has another type of JSON than its format gives it.

    What is not there, and what is in neither format, is for the reader to tell.

    :raises FirmpathError: every such field, by its place in the record.
    """
    is_cve = record.get("dataType") == "CVE_RECORD"
    if is_cve or ("id" in record and "affected" in record):
        name = _name_of(record, is_cve)
        refuse_if_any(each.at(f"in {name}") for each in _faults(record, _CVE if is_cve else _OSV, ""))


def _name_of(record: dict[str, Any], is_cve: bool) -> str:
    about = record.get("cveMetadata") if is_cve else record
    name = about.get("cveId" if is_cve else "id") if isinstance(about, dict) else ""
    return name if isinstance(name, str) and name else "a record whose id is not text"


def _faults(value: Any, shape: Any, place: str) -> Iterator[Fault]:
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            yield _wrong(value, "an object", place)
            return
        for name, each in value.items():
            if (inner := shape.get(name, shape.get(_ANY))) is not None:
                yield from _faults(each, inner, f"{place}.{name}" if place else name)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield _wrong(value, "a list", place)
            return
        for number, each in enumerate(value):
            yield from _faults(each, shape[0], f"{place}[{number}]")
    elif not isinstance(value, str):
        yield _wrong(value, "text, in quotation marks", place)


def _wrong(value: Any, right: str, place: str) -> Fault:
    kind = right.partition(",")[0]
    return Fault(place, json.dumps(value), f"is not {kind}", f"give {right}, or leave it out")
