"""The changes that SECAS can make to an entry: what each is called, what it asks, and what it states."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, NamedTuple

from firmpath.pathways.base_firmware import NotProvided
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.facts import (
    DeadEndMarked,
    EntryFact,
    EntryReinstated,
    EntryWithdrawn,
    NoticeFact,
    SteppingStoneMarked,
)
from firmpath.pathways.faults import all_parsed
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.submissions.changes import Change, facts_without_mark, standing_like
from firmpath.registry.submissions.on_record import OnRecord
from firmpath.registry.web.deciding.fields import BAND, BASE, CERTIFICATES, RELEASE, questions_about, read_facts
from firmpath.registry.web.deciding.image_facts import image_questions, read_image
from firmpath.registry.web.deciding.provenance import (
    Provenance,
    provenance_questions,
    read_provenance,
    source_questions,
)
from firmpath.registry.web.deciding.texts import Answers, text_or_not_known
from firmpath.registry.web.questions import Question
from firmpath.tables.free_text import parse_address

MARKS: Final[Mapping[str, type[SteppingStoneMarked] | type[DeadEndMarked]]] = {
    "stepping-stone": SteppingStoneMarked,
    "dead-end": DeadEndMarked,
    "not-a-stepping-stone": SteppingStoneMarked,
    "not-a-dead-end": DeadEndMarked,
}
"""The kinds of change that mark an entry or take a mark away."""

IMAGE: Final = "image-facts"
LINK: Final = Question("link", "Link", "A page that says more, beginning with https://", optional=True)


class Kind(NamedTuple):
    """A change: `title` says it as a command, `what` for lists; `offered` says to which entries it can be made."""

    name: str
    title: str
    what: str
    offered: Callable[[CPLEntry], bool]
    hint: str
    fields: tuple[str, ...] = ()
    can_be_mistake: bool = False


def _always(entry: CPLEntry) -> bool:
    return True


_ALL: Final = (
    Kind("base-firmware", "Change the base firmware", "base firmware", _always,
         "Which entries this firmware can be put on top of", (BASE,), True),
    Kind("zigbee-band", "Change the ZigBee band", "ZigBee band", _always,
         "How the Device joins the Home Area Network", (BAND,), True),
    Kind("certificates", "Change the certificates", "certificates", _always,
         "The CPA certificate, its last day, and the ZigBee certificate", CERTIFICATES, True),
    Kind("release-information", "Change the release information", "release information", _always,
         "Release notes, contact and notes", RELEASE, True),
    Kind(IMAGE, "Correct the facts of the image", "facts of the image corrected", _always,
         "Names and versions, and which image it is: model, firmware version and hash"),
    Kind("stepping-stone", "Mark as a stepping stone", "marked as a stepping stone",
         lambda entry: not entry.stepping_stone, "Every Device on the way past this entry has to stop at it"),
    Kind("not-a-stepping-stone", "Take the stepping-stone mark away", "stepping-stone mark taken away",
         lambda entry: bool(entry.stepping_stone), "Devices need no longer stop at this entry", (), True),
    Kind("dead-end", "Mark as a dead end", "marked as a dead end",
         lambda entry: not entry.dead_end, "No upgrade leads out of this entry"),
    Kind("not-a-dead-end", "Take the dead-end mark away", "dead-end mark taken away",
         lambda entry: bool(entry.dead_end), "Upgrades may lead out of this entry again", (), True),
    Kind("withdraw", "Withdraw", "withdrawn",
         lambda entry: not entry.withdrawn_on, "A place to start from, no longer one to go to"),
    Kind("reinstate", "Reinstate", "reinstated",
         lambda entry: bool(entry.withdrawn_on), "The entry comes back onto the CPL"),
)  # fmt: skip
KINDS: Final[Mapping[str, Kind]] = {kind.name: kind for kind in _ALL}
"""Every change by the name it has in an address."""


def questions_of(kind: Kind, found: OnRecord, parties: Sequence[str]) -> tuple[Question, ...]:
    """Ask what a change of this kind has to know; `parties` are those that can be chosen as responsible."""
    if kind.name == IMAGE:
        return (*image_questions(), *source_questions(parties))
    link = (LINK,) if kind.name in ("stepping-stone", "dead-end") else ()
    asked_first = (*questions_about(found.catalogue, found.entry, kind.fields), *link)
    return (*asked_first, *provenance_questions(asks_mistake(kind, found.entry), parties))


def asks_mistake(kind: Kind, entry: CPLEntry) -> bool:
    """Say whether something stands that can have been a mistake."""
    return kind.can_be_mistake and (not kind.fields or something_stands(entry, kind.fields))


def something_stands(entry: CPLEntry, fields: Collection[str]) -> bool:
    """Say whether the register has something for any of these fields."""
    held = {
        BASE: not isinstance(entry.base_firmware, NotProvided),
        BAND: bool(entry.zigbee_band),
        **dict.fromkeys(CERTIFICATES, bool(entry.certificates)),
        **dict.fromkeys(RELEASE, bool(entry.release_information)),
    }
    return any(held[field] for field in fields)


def read_change(
    kind: Kind, register: LivingRegister, found: OnRecord, answers: Answers, parties: Sequence[str]
) -> tuple[Change, Provenance]:
    """Read a change of an entry.

    :raises FirmpathError: every answer that cannot be one, at once.
    """
    if kind.name == IMAGE:
        return _read_image_change(found, answers, parties)
    entry, cpl_entry_id = found.entry, found.cpl_entry_id
    questions = questions_about(found.catalogue, entry, kind.fields)
    facts, link, told = all_parsed(
        lambda: read_facts(answers, entry, questions),
        lambda: text_or_not_known(answers, LINK.name, LINK.term, parse_address),
        lambda: read_provenance(answers, asks_mistake(kind, entry), parties),
    )
    change = change_of(told, *facts)
    match kind.name:
        case "withdraw":
            return change._replace(facts=(EntryWithdrawn(cpl_entry_id),)), told
        case "reinstate":
            return change._replace(facts=(EntryReinstated(cpl_entry_id),)), told
        case name if name in MARKS:
            return with_mark(name, register, found, change, link), told
        case _:
            return change, told


def change_of(told: Provenance, *facts: EntryFact | NoticeFact) -> Change:
    """Put facts and their provenance together."""
    return Change(facts, told.party, told.reason, told.effective_from, told.channel, told.is_mistake)


def with_mark(
    name: str, register: LivingRegister, found: OnRecord, change: Change, link: str | NotKnown = NOT_KNOWN
) -> Change:
    """Add to a change that an entry is marked or no longer marked, as the kind of that `name` does.

    A mark that was a mistake is retracted; one that was right until now is removed from a day on.
    """
    mark, cpl_entry_id = MARKS[name], found.cpl_entry_id
    if not name.startswith("not-"):
        return change._replace(facts=(*change.facts, mark(cpl_entry_id, change.reason, link)))
    if not change.is_mistake:
        gone = facts_without_mark(register, cpl_entry_id, mark, found.day)
        return change._replace(facts=(*change.facts, *gone))
    marked = mark(cpl_entry_id, "")
    return change._replace(retracts=standing_like(register, marked, found.day))


def _read_image_change(found: OnRecord, answers: Answers, parties: Sequence[str]) -> tuple[Change, Provenance]:
    """What was published is only ever corrected: an entry is not published twice."""
    (fact, listed_on), told = all_parsed(
        lambda: read_image(answers, found.entry), lambda: read_provenance(answers, False, parties)
    )
    return change_of(told, fact)._replace(effective_from=listed_on, is_mistake=True), told
