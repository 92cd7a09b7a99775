"""Ranges as people write them, one a line: `EmberZNet: 7.3.x and earlier`. What is shown can be read again.

A line can end in `is unaffected` or `is unknown`; without that it names what is affected.
"""

import re
from collections.abc import Callable
from typing import Final

from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.registry.ssc.versions.ranges import VersionRange
from firmpath.registry.ssc.vulnerabilities.vulnerability import RANGES, AffectedRange, RangeStatus

_RIGHT: Final = "write the stack, a colon and versions, as in 'EmberZNet: 7.3.x and earlier'"
_LINE: Final = re.compile(
    r"(?:(?P<maker>[^:/]+)/)?(?P<stack>[^:]+):\s*(?P<versions>.+?)(?:\s+on chips of\s+(?P<vendor>.+?))?"
    r"(?:\s+(?:is|are)\s+(?P<status>affected|unaffected|unknown))?"
)
_V: Final = r"(?:v(?=\d))?[^\s,]+"
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], VersionRange]], ...]] = (
    (re.compile(r"(every version|all versions|every other version)"), lambda found: VersionRange()),
    (re.compile(rf"below ({_V})"), lambda found: VersionRange("", "", found[1])),
    (re.compile(rf"up to(?: and including)? ({_V})"), lambda found: VersionRange("", found[1], "")),
    (re.compile(rf"({_V}) and (?:earlier|before|below)"), lambda found: VersionRange("", found[1], "")),
    (re.compile(rf"({_V}) and (?:later|after)"), lambda found: VersionRange(found[1], "", "")),
    (re.compile(rf"from ({_V})(?: on)?"), lambda found: VersionRange(found[1], "", "")),
    (re.compile(rf"(?:from )?({_V})(?: on)?,? below ({_V})"), lambda found: VersionRange(found[1], "", found[2])),
    (
        re.compile(rf"(?:from )?({_V})(?: on)?,? (?:up )?(?:to|through)(?: and including)? ({_V})"),
        lambda found: VersionRange(found[1], found[2], ""),
    ),
    (re.compile(rf"({_V})"), lambda found: VersionRange(found[1], found[1], "")),
)
_ANY_STACK: Final = "any stack"


def write_range(affected: AffectedRange) -> str:
    """Write a range as a line that `parse_ranges` reads."""
    return f"{affected.stack_maker} / {affected.words}" if affected.stack_maker else affected.words


def parse_ranges(text: str, known: tuple[AffectedRange, ...] = ()) -> tuple[AffectedRange, ...]:
    """Read ranges, one a line; one that is known already keeps how its advisory printed it.

    :raises FirmpathError: every line that is none.
    """
    as_before = {write_range(each): each for each in known}
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    found = all_parsed(*(lambda line=line: as_before.get(line) or _parse(line) for line in lines))
    return tuple(dict.fromkeys(found))


def _parse(line: str) -> AffectedRange:
    found = _LINE.fullmatch(line)
    if not found:
        raise FirmpathError(Fault(RANGES, line, "is no range of versions of a stack", _RIGHT))
    stack = found["stack"].strip()
    for form, versions in _FORMS:
        matched = form.fullmatch(found["versions"].strip())
        if matched:
            return AffectedRange(
                (found["maker"] or "").strip(),
                "" if stack.casefold() == _ANY_STACK else stack,
                (found["vendor"] or "").strip(),
                versions(matched),
                found["versions"].strip(),
                RangeStatus(found["status"] or RangeStatus.AFFECTED),
            )
    raise FirmpathError(Fault(RANGES, line, "names versions in a way that is not understood", _RIGHT))
