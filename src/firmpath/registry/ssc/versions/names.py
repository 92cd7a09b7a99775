"""The makers and stacks that the SSC knows, and how they are spelt; what is spelt otherwise is never guessed.

Case, spaces, hyphens and underscores do not matter; every other letter does.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.ssc.versions.comparing import Rule


class Maker(NamedTuple):
    """Who makes chips, or stacks, or both."""

    number: int
    name: str
    spellings: tuple[str, ...] = ()


class Stack(NamedTuple):
    """A ZigBee stack: its maker's number (0: nobody has said), and the rule by which its versions compare."""

    number: int
    name: str
    maker: int
    rule: Rule
    spellings: tuple[str, ...] = ()


class Unmatched(NamedTuple):
    """A text that names nobody and nothing that the SSC knows."""

    text: str


Found = int | Unmatched | NotKnown
"""The number of what is meant; a text that is not matched; or nothing was given."""


class Names(NamedTuple):
    """The makers and the stacks, by number."""

    makers: Mapping[int, Maker]
    stacks: Mapping[int, Stack]
    makers_by_spelling: Mapping[str, int]
    stacks_by_spelling: Mapping[str, int]

    def maker(self, text: str) -> Found:
        """Find the maker that a text names."""
        return _found(self.makers_by_spelling, text)

    def stack(self, text: str) -> Found:
        """Find the stack that a text names."""
        return _found(self.stacks_by_spelling, text)


class ReadStack(NamedTuple):
    """What was given of an entry, as far as the SSC's names go: who makes the chip, which stack, which version.

    `version` is as it was written, '' where none was.
    """

    vendor: Found = NOT_KNOWN
    stack: Found = NOT_KNOWN
    version: str = ""


def names_of(makers: Mapping[int, Maker], stacks: Mapping[int, Stack]) -> Names:
    """Put makers and stacks together, to be found by any of their spellings."""
    return Names(makers, stacks, dict(_spelt(makers)), dict(_spelt(stacks)))


APART: Final = r"[\s_\-–®™]"
"""What does not matter in a name, as a pattern of one such character."""

_WITHOUT: Final = re.compile(rf"{APART}+")


def spelt(text: str) -> str:
    """Give a name without what does not matter in it."""
    return _WITHOUT.sub("", text).casefold()


def read_stack(names: Names, vendor: str, stack_version: str) -> ReadStack:
    """Read the two texts that were given with an entry; '' is what was not given."""
    whole = names.stack(stack_version)
    if not isinstance(whole, Unmatched):
        return ReadStack(names.maker(vendor), whole)
    for name, version in _ways_to_split(stack_version.strip()):
        stack = names.stack(name)
        if isinstance(stack, int):
            return ReadStack(names.maker(vendor), stack, version)
    last = _LAST_WORD.fullmatch(stack_version.strip())
    stack = names.stack(last["name"]) if last else NOT_KNOWN
    if last and isinstance(stack, int) and not names.stacks[stack].rule.has_order:
        return ReadStack(names.maker(vendor), stack, last["version"])
    name, version = next(iter(_ways_to_split(stack_version.strip())), (stack_version.strip(), ""))
    return ReadStack(names.maker(vendor), Unmatched(name), version)


_VERSION_AFTER: re.Pattern[str] = re.compile(
    r"(?P<name>.*?\S)\s+((version|release)\s+)?(?P<version>[vV]?[0-9]\S*)", re.IGNORECASE
)
_VERSION_ATTACHED: re.Pattern[str] = re.compile(r"(?P<name>\S*?[^\W\d_])[-_]?(?P<version>[vV]?[0-9]\S*)")
_LAST_WORD: Final = re.compile(r"(?P<name>.*?\S)\s+(?P<version>\S*[0-9]\S*)")
"""What is a version where the rule of the stack says so: of the others it has to begin with a digit."""
_VERSION_ALONE: re.Pattern[str] = re.compile(r"(?P<name>)(?P<version>[vV]?[0-9]\S*)")


def _ways_to_split(text: str) -> Iterator[tuple[str, str]]:
    """Split a text into a name and a version, which is its last word or what is attached to its only one."""
    for pattern in (_VERSION_AFTER, _VERSION_ALONE, _VERSION_ATTACHED):
        found = pattern.fullmatch(text)
        if found:
            yield found["name"], found["version"]


def _found(by_spelling: Mapping[str, int], text: str) -> Found:
    if not text.strip():
        return NOT_KNOWN
    return by_spelling.get(spelt(text), Unmatched(text.strip()))


def _spelt(known: Mapping[int, Maker] | Mapping[int, Stack]) -> Iterator[tuple[str, int]]:
    for number, each in known.items():
        for text in (each.name, *each.spellings):
            yield spelt(text), number
