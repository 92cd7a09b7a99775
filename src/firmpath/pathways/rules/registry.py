"""What a rule is, and the list of all of them.

A rule has one number, one source, its plain words in its docstring, and one test named after it. The same rules
judge a form, a bulk file and the whole register. Source: DESIGN decision 7.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.device_model import HardwareFamily
from firmpath.pathways.identifiers import CPLEntryID


class Severity(StrEnum):
    """What follows from a finding."""

    REFUSE = "refuse"
    NEEDS_REASON = "needs a reason"
    NOTE = "note"


class Found(NamedTuple):
    """What a check found about an entry, and what would put it right.

    `also_declared_by` are further entries whose declared base firmware has part in it, so that a reason given with
    any of them counts.
    """

    cpl_entry_id: CPLEntryID
    text: str
    remedy: str = ""
    also_declared_by: tuple[CPLEntryID, ...] = ()


class Finding(NamedTuple):
    """What a rule has to say about one entry, in words a person reads."""

    rule: str
    severity: Severity
    cpl_entry_id: CPLEntryID
    text: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.text}; {self.remedy}" if self.remedy else self.text


EntryCheck = Callable[[Catalogue, CPLEntry], Iterator[Found]]
FamilyCheck = Callable[[Catalogue, HardwareFamily], Iterator[Found]]


class Rule(NamedTuple):
    """A numbered rule. `severity` holds for a new submission, `on_record` for what is on the CPL already.

    Format rules have no check of their own: what breaks them is refused where it is read.
    """

    number: str
    title: str
    words: str
    source: str
    severity: Severity
    on_record: Severity
    check_entry: EntryCheck | None = None
    check_family: FamilyCheck | None = None


RULES: dict[str, Rule] = {}
"""Every rule by its number, in order of number."""


def entry_rule(
    number: str, source: str, severity: Severity, on_record: Severity | None = None
) -> Callable[[EntryCheck], EntryCheck]:
    """Make a numbered rule of a check of one entry; its docstring is the title and the words of the rule."""

    def register(check: EntryCheck) -> EntryCheck:
        title, words = _words_of(check)
        _add(Rule(number, title, words, source, severity, on_record or severity, check_entry=check))
        return check

    return register


def family_rule(number: str, source: str, severity: Severity) -> Callable[[FamilyCheck], FamilyCheck]:
    """Make a numbered rule of a check of all entries of a HardwareFamily together."""

    def register(check: FamilyCheck) -> FamilyCheck:
        title, words = _words_of(check)
        _add(Rule(number, title, words, source, severity, severity, check_family=check))
        return check

    return register


def format_rule(number: str, source: str, title: str, words: str) -> None:
    """Add a rule that parsers enforce: whatever breaks it is refused."""
    _add(Rule(number, title, words, source, Severity.REFUSE, Severity.REFUSE))


def _words_of(check: Callable[..., object]) -> tuple[str, str]:
    title, _, words = (check.__doc__ or "").partition("\n")
    return title.strip(), " ".join(words.split())


def _add(rule: Rule) -> None:
    if rule.number in RULES:
        raise ValueError(f"rule {rule.number} is given twice")
    RULES[rule.number] = rule
    for number in sorted(RULES):  # whichever module is imported first
        RULES[number] = RULES.pop(number)
