"""Spellings that match nothing, most frequent first: a worklist for the SSC, and never a guess."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from firmpath.pathways.not_known import NotKnown
from firmpath.registry.ssc.stacks.queries import KnownStack
from firmpath.registry.ssc.versions.names import Names, Unmatched, read_stack, spelt
from firmpath.registry.ssc.versions.ranges import bounds_of
from firmpath.registry.ssc.vulnerabilities.vulnerability import Vulnerability


class Spelling(NamedTuple):
    """A text that names nobody known: as what it was given, by how many entries, and by which vulnerabilities."""

    kind: str
    text: str
    entries: int
    references: tuple[str, ...]


class Unreadable(NamedTuple):
    """A version that cannot be compared by the rule of its stack, or a range of which an end cannot."""

    stack: str
    text: str
    entries: int
    references: tuple[str, ...]


def unmatched(
    names: Names, given: Iterable[KnownStack], vulnerabilities: Iterable[Vulnerability]
) -> list[Spelling]:
    """Give the spellings that match nothing, those that matter to most entries first.

    Of several that differ in nothing that matters, the first stands for all.
    """
    shown: dict[tuple[str, str], str] = {}
    entries: Counter[tuple[str, str]] = Counter()
    named: dict[tuple[str, str], dict[str, None]] = {}
    for kind, text in _of_entries(names, given):
        shown.setdefault((kind, spelt(text)), text)
        entries[kind, spelt(text)] += 1
    for kind, text, reference in _of_vulnerabilities(names, vulnerabilities):
        shown.setdefault((kind, spelt(text)), text)
        named.setdefault((kind, spelt(text)), {})[reference] = None
    spellings = (Spelling(key[0], text, entries[key], tuple(named.get(key, ()))) for key, text in shown.items())
    return sorted(spellings, key=lambda each: (-each.entries, -len(each.references), each.kind, each.text))


def _of_entries(names: Names, given: Iterable[KnownStack]) -> Iterator[tuple[str, str]]:
    for stack in given:
        read = read_stack(names, str(stack.chipset_vendor or ""), str(stack.stack_version or ""))
        for kind, found in (("maker", read.vendor), ("stack", read.stack)):
            if isinstance(found, Unmatched):
                yield kind, found.text


def _of_vulnerabilities(names: Names, vulnerabilities: Iterable[Vulnerability]) -> Iterator[tuple[str, str, str]]:
    for vulnerability in vulnerabilities:
        for each in vulnerability.ranges:
            for kind, text in (("maker", each.stack_maker), ("maker", each.chipset_vendor), ("stack", each.stack)):
                found = names.maker(text) if kind == "maker" else names.stack(text)
                if isinstance(found, Unmatched):
                    yield kind, found.text, vulnerability.reference


def unreadable(
    names: Names, given: Iterable[KnownStack], vulnerabilities: Iterable[Vulnerability]
) -> list[Unreadable]:
    """Give the versions of known stacks that cannot be compared, and the ranges whose ends cannot.

    Where a stack has no order, nothing is to be mended.
    """
    entries: Counter[tuple[str, str]] = Counter()
    for stack in given:
        read = read_stack(names, str(stack.chipset_vendor or ""), str(stack.stack_version or ""))
        if isinstance(read.stack, int) and read.version:
            known = names.stacks[read.stack]
            if known.rule.has_order and isinstance(known.rule.read(read.version), NotKnown):
                entries[known.name, read.version] += 1
    found = [Unreadable(stack, text, count, ()) for (stack, text), count in entries.most_common()]
    for vulnerability in vulnerabilities:
        for each in vulnerability.ranges:
            number = names.stack(each.stack)
            if isinstance(number, int) and any(each.versions):
                rule = names.stacks[number].rule
                if rule.has_order and isinstance(bounds_of(each.versions, rule), NotKnown):
                    found.append(Unreadable(names.stacks[number].name, each.words, 0, (vulnerability.reference,)))
    return found
