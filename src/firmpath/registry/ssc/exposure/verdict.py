"""What a vulnerability means for one ZigBee stack: affected, not affected, or unknown and why.

Not affected is said only where everything was given, matched and compared. Source: FEATURES F63; DOMAIN section 7.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from firmpath.pathways.not_known import NotKnown
from firmpath.registry.ssc.versions.comparing import Held
from firmpath.registry.ssc.versions.names import Found, Names, ReadStack, Unmatched
from firmpath.registry.ssc.versions.ranges import ends_before_it_begins, holds
from firmpath.registry.ssc.vulnerabilities.vulnerability import AffectedRange, RangeStatus, Vulnerability


class VerdictKind(StrEnum):
    """What can be said of an entry and a vulnerability."""

    AFFECTED = "affected"
    NOT_AFFECTED = "not affected"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """Why that is so; what is unknown says what would have to be known."""

    IN_RANGE = "the version is in an affected range"
    SAID_UNAFFECTED = "the version is one that the advisory calls unaffected"
    OUT_OF_RANGE = "the version is in no affected range"
    OTHER_STACK = "the stack is another one"
    STACK_NOT_GIVEN = "nobody has said which stack it is"
    STACK_UNMATCHED = "the name of the stack is not on the list of known stacks"
    VERSION_NOT_GIVEN = "nobody has said which version it is"
    NOT_COMPARABLE = "the version cannot be compared by the rule of its stack"
    PARTLY_IN_RANGE = "what is written may be an affected version or not"
    VENDOR_UNKNOWN = "whose chip it is decides, and that is not known"
    NOT_SAID = "the advisory does not say whether the version is affected"
    RANGE_UNMATCHED = "the vulnerability names a stack that is not on the list of known stacks"
    UPSIDE_DOWN = "the vulnerability names a range that ends before it begins"
    ASSESSED = "the SSC has assessed it"


class Verdict(NamedTuple):
    """A verdict and its reason."""

    kind: VerdictKind
    why: Why


_AFFECTED: Final = Verdict(VerdictKind.AFFECTED, Why.IN_RANGE)


def judge(vulnerability: Vulnerability, names: Names, given: ReadStack) -> Verdict:
    """Judge one stack by all ranges: one that is hit is enough; one that cannot be told leaves it unknown.

    What an advisory leaves open is unknown, but for versions that it calls unaffected; those that it names as
    unknown stay so, whatever else it calls them.
    """
    found = [(each, _judge_range(each, names, given)) for each in vulnerability.ranges]
    is_cleared = any(
        each.status is RangeStatus.UNAFFECTED and verdict == _AFFECTED and _is_of_maker(each, names, given)
        for each, verdict in found
    )
    return _strongest(
        _left_open(verdict, is_cleared=is_cleared and each.is_rest)
        if each.status is RangeStatus.UNKNOWN
        else verdict
        for each, verdict in found
        if each.status is not RangeStatus.UNAFFECTED
    )


def _is_of_maker(affected: AffectedRange, names: Names, given: ReadStack) -> bool:
    """Say whether a range names no maker, or that of the stack: another's stack of that name clears nothing."""
    if not affected.stack_maker:
        return True
    maker = names.maker(affected.stack_maker)
    return isinstance(maker, int) and isinstance(given.stack, int) and names.stacks[given.stack].maker == maker


def _left_open(verdict: Verdict, *, is_cleared: bool) -> Verdict:
    """Give what follows from a range of which nobody has said whether it is affected."""
    if verdict.kind is not VerdictKind.NOT_AFFECTED and is_cleared:
        return Verdict(VerdictKind.NOT_AFFECTED, Why.SAID_UNAFFECTED)
    return _unknown(Why.NOT_SAID) if verdict == _AFFECTED else verdict


def _strongest(found: Iterable[Verdict]) -> Verdict:
    return min(found, key=lambda each: (_KINDS[each.kind], _REASONS[each.why]))


_KINDS: Final = {VerdictKind.AFFECTED: 0, VerdictKind.UNKNOWN: 1, VerdictKind.NOT_AFFECTED: 2}
_REASONS: Final = {why: place for place, why in enumerate(Why)}


def _judge_range(affected: AffectedRange, names: Names, given: ReadStack) -> Verdict:
    by_stack = _by_stack(affected, names, given)
    if by_stack.kind is VerdictKind.NOT_AFFECTED or not affected.chipset_vendor:
        return by_stack
    vendor = names.maker(affected.chipset_vendor)
    if not isinstance(vendor, int) or not isinstance(given.vendor, int):
        return _unknown(Why.VENDOR_UNKNOWN)
    return by_stack if vendor == given.vendor else Verdict(VerdictKind.NOT_AFFECTED, Why.OTHER_STACK)


def _by_stack(affected: AffectedRange, names: Names, given: ReadStack) -> Verdict:
    if not affected.stack:
        return _AFFECTED  # whatever the stack, on the chips of one vendor
    wanted = names.stack(affected.stack)
    if not isinstance(wanted, int):
        return _unknown(Why.RANGE_UNMATCHED)
    if not isinstance(given.stack, int):
        return _unknown(_why_no_stack(given.stack))
    if wanted != given.stack:
        return Verdict(VerdictKind.NOT_AFFECTED, Why.OTHER_STACK)
    held = holds(affected.versions, given.version, names.stacks[wanted].rule)
    if held is Held.WHOLLY:
        return _AFFECTED
    if held is Held.NOT:
        return Verdict(VerdictKind.NOT_AFFECTED, Why.OUT_OF_RANGE)
    if ends_before_it_begins(affected.versions, names.stacks[wanted].rule):
        return _unknown(Why.UPSIDE_DOWN)
    if not given.version:
        return _unknown(Why.VERSION_NOT_GIVEN)
    return _unknown(Why.NOT_COMPARABLE if isinstance(held, NotKnown) else Why.PARTLY_IN_RANGE)


def _why_no_stack(stack: Found) -> Why:
    return Why.STACK_UNMATCHED if isinstance(stack, Unmatched) else Why.STACK_NOT_GIVEN


def _unknown(why: Why) -> Verdict:
    return Verdict(VerdictKind.UNKNOWN, why)
