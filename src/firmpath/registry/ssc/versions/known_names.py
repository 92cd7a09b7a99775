"""The list of makers and stacks that the SSC edits: read, checked, added to and changed."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import transaction

from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.parties.who import Who
from firmpath.registry.routing import SSC
from firmpath.registry.ssc import taken_names
from firmpath.registry.ssc.models import NameRevision
from firmpath.registry.ssc.revisions import Kept, keep_new, keep_next, latest, revisions_of
from firmpath.registry.ssc.stacks.parsing import check_name
from firmpath.registry.ssc.versions.comparing import RULES
from firmpath.registry.ssc.versions.names import Maker, Names, Stack, names_of, spelt
from firmpath.registry.ssc.wall import ssc_open

MAKER, STACK = "maker", "stack"
NAME, SPELLINGS, RULE = "Name", "Other spellings", "How versions compare"


class KnownName(NamedTuple):
    """A maker or a stack as it is written: `maker` is the number of a stack's maker, 0 where nobody has said."""

    kind: str
    name: str
    spellings: tuple[str, ...] = ()
    maker: int = 0
    rule: str = ""


@ssc_open()
def known_names(known_at: datetime | NotKnown = NOT_KNOWN) -> Names:
    """Give the makers and stacks, as known at an instant.

    Cost: one query.
    """
    makers: dict[int, Maker] = {}
    stacks: dict[int, Stack] = {}
    for number, kept in latest(NameRevision, known_at).items():
        each = name_of(kept)
        if each.kind == MAKER:
            makers[number] = Maker(number, each.name, each.spellings)
        else:
            stacks[number] = Stack(number, each.name, each.maker, RULES[each.rule], each.spellings)
    return names_of(makers, stacks)


@ssc_open()
def last_revisions() -> dict[int, int]:
    """Give the number of the last revision of each maker and stack, which a change of it names."""
    return {number: kept.revision for number, kept in latest(NameRevision).items()}


@ssc_open()
def find_name(number: int) -> list[Kept]:
    """Give what was written of a maker or a stack, the newest first; nothing where there is no such one."""
    return revisions_of(NameRevision, number)


def name_of(kept: Kept) -> KnownName:
    """Read a revision."""
    fields: Mapping[str, Any] = kept.content
    return KnownName(**{**fields, "spellings": tuple(fields.get("spellings", ()))})


@ssc_open()
def add_name(name: KnownName, by: Who, at: datetime) -> int:
    """Add a maker or a stack, and give its number.

    :raises FirmpathError: every fault of what was written.
    """
    refuse_if_any(_faults_of(name, known_names(), 0))
    return keep_new(NameRevision, _content(name), _taken(name), by, at)


@ssc_open()
def change_name(seen: Kept, name: KnownName, reason: str, by: Who, at: datetime) -> None:
    """Change a maker or a stack that was seen.

    :raises FirmpathError: every fault of what was written, or somebody else has changed it in the meantime.
    """
    faults = list(_faults_of(name, known_names(), seen.number))
    if not reason:
        faults.append(
            Fault("Reason", "", "is not given", "say why; what it says today may rest on it", quoted=False)
        )
    refuse_if_any(faults)
    keep_next(NameRevision, seen, _content(name), _taken(name), by, at, reason)


def _taken(name: KnownName) -> taken_names.OwnNames:
    return taken_names.OwnNames(name.kind, NAME, {spelt(each): each for each in (name.name, *name.spellings)})


def _content(name: KnownName) -> dict[str, object]:
    return {field: value for field, value in name._asdict().items() if value}


def _faults_of(name: KnownName, names: Names, own: int) -> Iterator[Fault]:
    if name.name:
        yield from check_name(name.name, NAME)
    else:
        yield Fault(NAME, "", "is not given", "write it as its maker does", quoted=False)
    taken = names.makers_by_spelling if name.kind == MAKER else names.stacks_by_spelling
    known = {number: each.name for number, each in names.makers.items()}
    known |= {number: each.name for number, each in names.stacks.items()}
    for text in (name.name, *name.spellings):
        yield from check_name(text, SPELLINGS) if text else ()
        other = taken.get(spelt(text), own)
        if other != own:
            yield Fault(
                SPELLINGS, text, f"is a spelling of {known[other]} already", "take it out of one of the two"
            )
    if name.kind == STACK and name.rule not in RULES:
        yield Fault(RULE, name.rule, "has not been chosen", "choose one", quoted=bool(name.rule))
    if name.kind == MAKER and (name.rule or name.maker):
        yield Fault(NAME, name.name, "is to be that of a maker, which has no rule and no maker", "leave them out")
    if name.kind == STACK and name.maker and name.maker not in names.makers:
        yield Fault("Stack maker", str(name.maker), "is not on the list", "add the maker first")


STARTING_LIST: Final = (
    (KnownName(MAKER, "Silicon Labs", ("Silicon Laboratories", "SiLabs")), KnownName(
        STACK, "EmberZNet", ("EmberZNet PRO", "EmberZNet SDK"), rule="dotted numbers")),
    (KnownName(MAKER, "Texas Instruments", ("TI",)), KnownName(
        STACK, "Z-Stack", ("TI Z-Stack",), rule="dotted numbers")),
)  # fmt: skip
"""Makers, each with a stack whose published advisories number it by this rule; added only when the SSC says so."""


def missing_of_starting_list(names: Names) -> list[str]:
    """Give the names of the starting list that match nothing yet."""
    makers = [maker.name for maker, _ in STARTING_LIST if not isinstance(names.maker(maker.name), int)]
    return [*makers, *(stack.name for _, stack in STARTING_LIST if not isinstance(names.stack(stack.name), int))]


@ssc_open()
def begin_with_starting_list(by: Who, at: datetime) -> int:
    """Add those of the starting list that are not on the list yet, all of them or none, and give how many."""
    added = 0
    with transaction.atomic(using=SSC):
        for maker, stack in STARTING_LIST:
            names = known_names()
            number = names.maker(maker.name)
            if not isinstance(number, int):
                number, added = add_name(maker, by, at), added + 1
            if not isinstance(names.stack(stack.name), int):
                add_name(stack._replace(maker=number), by, at)
                added += 1
    return added
