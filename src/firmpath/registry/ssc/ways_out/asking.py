"""Whom to ask about entries without a way out, and the letters to send: they name no ZigBee data, and no reason."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.missing import MissingDeclaration, PossibleWay, find_possible_way
from firmpath.pathways.naming import full_name, maker_of, name_of
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.ssc.exposure.exposed import Exposure
from firmpath.registry.ssc.exposure.ground import Ground
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.ways_out.finding import Stuck, WaysOut


class Letter(NamedTuple):
    """A letter to a manufacturer, drafted; `contact` is what is on record of how to reach it."""

    manufacturer_id: str
    maker: str
    contact: str | NotKnown
    text: str


def draft_letters(exposure: Exposure, found: WaysOut, party_name: str, today: date) -> list[Letter]:
    """Write a letter for each manufacturer who has not said whether an upgrade exists.

    It asks for the fewest declarations that would open a way to an unaffected entry; where none would, to one that
    nobody knows to be affected. The same gaps give the same letter, whatever the vulnerability.
    Cost: for each stuck entry about which nobody has spoken, one search for each such entry of its family.
    """
    asked: dict[str, dict[MissingDeclaration, None]] = {}
    catalogue = exposure.ground.catalogue
    for each, why in found.stuck.items():
        missing = _missing(exposure, each) if why is Stuck.NOT_SAID else ()
        if missing:
            maker = catalogue[each].hardware_model.manufacturer_id
            asked.setdefault(maker, {}).update(dict.fromkeys(missing))
    return [
        _letter(catalogue, maker, sorted(missing), party_name, today) for maker, missing in sorted(asked.items())
    ]


def _missing(exposure: Exposure, installed: CPLEntryID) -> tuple[MissingDeclaration, ...]:
    catalogue = exposure.ground.catalogue
    upgrades = catalogue.upgrades(catalogue.family_of(installed))
    for kind in (VerdictKind.NOT_AFFECTED, VerdictKind.UNKNOWN):
        targets = [each for each in upgrades.entries if exposure.verdict_of(each).kind is kind]
        found = (find_possible_way(upgrades, installed, each) for each in targets)
        # A way to an unknown entry that nothing is missing on has nothing to ask for.
        ways = [each for each in found if isinstance(each, PossibleWay) and each.missing]
        if ways:
            return min(ways, key=lambda way: (len(way.missing), len(way.steps), way.steps)).missing
    return ()


_INTRODUCTION: Final = (
    "The Central Products List shows Suppliers which firmware each upgrade can be applied to. For the entries "
    "below nobody has said it, so no upgrade is offered, and Devices stay where they are. Please answer these "
    "questions; if you do not know an answer, say so."
)


def _letter(
    catalogue: Catalogue, manufacturer_id: str, missing: Sequence[MissingDeclaration], party: str, today: date
) -> Letter:
    entries = [catalogue[end] for each in missing for end in each]
    subject = "Base firmware on the Central Products List: what we have to ask you"
    return _to_maker(
        manufacturer_id, entries, (subject, _INTRODUCTION, *_questions(catalogue, missing)), party, today
    )


def _to_maker(
    manufacturer_id: str, entries: Sequence[CPLEntry], said: Iterable[str], party: str, today: date
) -> Letter:
    maker = maker_of(entries[0]) if entries else manufacturer_id
    paragraphs = (
        f"{today.day} {today:%B %Y}",
        f"To {maker} (manufacturer identifier {manufacturer_id})",
        *said,
        f"Yours faithfully\n\n{party}",
    )
    contact: str | NotKnown = next((entry.contact for entry in entries if entry.contact), NOT_KNOWN)
    return Letter(manufacturer_id, maker, contact, "\n\n".join(paragraphs) + "\n")


def _questions(catalogue: Catalogue, missing: Iterable[MissingDeclaration]) -> Iterable[str]:
    for number, each in enumerate(missing, 1):
        onto, base = full_name(catalogue, each.to_id), full_name(catalogue, each.from_id)
        yield f"{number}. Can {onto} be applied to {base}? If it can, please have it recorded as base firmware."


_STACK_SUBJECT: Final = "ZigBee chipset vendor and ZigBee stack version: what we have to ask you"
_STACK_INTRODUCTION: Final = (
    "CPL submissions give the ZigBee chipset vendor and the ZigBee stack version. Of the entries below one of "
    "them, or both, is not on record in full, or not by a name that we know. Please give for each entry the "
    "chipset vendor, the name of the stack, and which version of it is in that firmware, with every number that "
    "its maker gives it. If you do not know, say so. Send it to SECAS, who record it; only the Security "
    "Sub-Committee reads it. Please do not send it to anybody else."
)


def draft_stack_letters(ground: Ground, party_name: str, today: date) -> list[Letter]:
    """Write a letter for each manufacturer with entries whose stack is not given in full, by names that are known.

    It depends on what was given, on the known names, and not on any vulnerability, so it cannot tell of one.
    Cost: linear in the entries.
    """
    is_open = [
        not (isinstance(stack.vendor, int) and isinstance(stack.stack, int) and stack.version)
        for stack in ground.stacks
    ]
    asked: dict[str, list[CPLEntry]] = {}
    for each, code in ground.code_of.items():
        if is_open[code]:
            entry = ground.catalogue[each]
            asked.setdefault(entry.hardware_model.manufacturer_id, []).append(entry)
    return [
        _to_maker(maker, entries, (_STACK_SUBJECT, _STACK_INTRODUCTION, _listed(entries)), party_name, today)
        for maker, entries in sorted(asked.items())
    ]


def _listed(entries: Iterable[CPLEntry]) -> str:
    return "\n".join(
        f" - {name_of(entry)}, {entry.hardware_model.device_type} {entry.hardware_model} of {maker_of(entry)}"
        for entry in entries
    )


def draft_operators(catalogue: Catalogue, ids: Iterable[CPLEntryID], party_name: str, today: date) -> str:
    """Write to whoever operates Devices: do you have these, and how many? It does not say why."""
    paragraphs = (
        f"{today.day} {today:%B %Y}",
        "Who operates these Devices?",
        "Please tell us of each CPL entry below how many of the Devices that you operate run it today. A number "
        "for each entry is enough; we ask for no Device IDs.",
        _listed(catalogue[each] for each in ids),
        f"Yours faithfully\n\n{party_name}",
    )
    return "\n\n".join(paragraphs) + "\n"
