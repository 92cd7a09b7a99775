"""What a submission states once SECAS has corrected some of its answers: both, each as whose it is.

What was submitted is stated as the submitter's own. What SECAS put in its place corrects it in the same
publication, as SECAS's, with its reason. Source: MP231 section 7; DESIGN decision 1.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from firmpath.pathways.facts import (
    BaseFirmwareDeclared,
    CertificatesRecorded,
    EntryPublished,
    Fact,
    ReleaseInformationGiven,
    Retracted,
    ZigBeeBandDeclared,
)
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.statement import Channel
from firmpath.registry.ledger.append import Stated
from firmpath.registry.submissions.answers import PARTS, Place, Terms, Wanted, state
from firmpath.registry.submissions.models import Submission
from firmpath.registry.submissions.status import Happening

_DAY: Final = "listed_on"
"""The answer that says from when everything about an entry holds."""

_SAID_BY: Final[Mapping[type[Fact], tuple[str, ...]]] = {
    EntryPublished: PARTS["device"],
    BaseFirmwareDeclared: PARTS["base-firmware"],
    ZigBeeBandDeclared: PARTS["zigbee-band"],
    CertificatesRecorded: ("cpa_certificate", "cpa_valid_until", "zigbee_certificate"),
    ReleaseInformationGiven: ("release_notes_url", "contact", "notes"),
}
"""The answers that each fact is made of."""


class Edit(NamedTuple):
    """What somebody at SECAS corrected, by position and name of the answer, and why; `party` is theirs."""

    party: str
    entered_by: str
    reason: str
    touched: frozenset[tuple[int, str]]


class Answered(NamedTuple):
    """What a submission answers: as it stands, as it was submitted, and what SECAS corrected since."""

    wanted: tuple[Wanted, ...]
    sent: tuple[Wanted, ...]
    edits: tuple[Edit, ...]

    def edited(self, position: int, answers: Mapping[str, str], edit: Edit) -> "Answered":
        """Give what it would answer with one more correction."""
        wanted = (
            Wanted(position, {**each.answers, **answers}) if each.position == position else each
            for each in self.wanted
        )
        return self._replace(wanted=tuple(wanted), edits=(*self.edits, edit))


def answered(submission: Submission) -> Answered:
    """Give what a submission answers, in the order of its entries."""
    entries = list(submission.entries.all())
    is_corrected = any(each.answers_sent for each in entries)
    return Answered(
        tuple(Wanted(each.position, each.answers) for each in entries),
        tuple(Wanted(each.position, each.answers_sent or each.answers) for each in entries),
        tuple(_edits_of(submission)) if is_corrected else (),
    )


def state_answered(said: Answered, terms: Terms, place: Place, first_number: int) -> tuple[Stated, ...]:
    """Give the statements of a submission: what was submitted, and after all of it what corrects it.

    `first_number` is that which the first of them will have in the ledger.

    :raises FirmpathError: every fault of every answer.
    """
    sent = state(said.sent, terms, place)
    corrected = [now for now, then in zip(said.wanted, said.sent, strict=True) if now.answers != then.answers]
    if not corrected:
        return sent
    stated = state(corrected, terms, lambda index, name: place(said.wanted.index(corrected[index]), name))
    ids = {terms.ids[each.position]: each.position for each in corrected}
    return (*sent, *_corrections(sent, stated, ids, said.edits, first_number))


def _edits_of(submission: Submission) -> Iterator[Edit]:
    """Give what SECAS corrected since it was submitted last, the earliest first."""
    events = submission.events.select_related("by__party")
    last_sent = events.filter(what=Happening.SUBMITTED).order_by("-pk").values_list("pk", flat=True).first() or 0
    for each in events.filter(what=Happening.EDITED, pk__gt=last_sent):
        touched = frozenset((one["position"], one["name"]) for one in each.changes)
        yield Edit(each.by.party.name, f"person {each.by_id}", each.reason, touched)


def _corrections(
    sent: Sequence[Stated],
    stated: Sequence[Stated],
    ids: Mapping[CPLEntryID, int],
    edits: Sequence[Edit],
    first_number: int,
) -> Iterator[Stated]:
    """Put each statement that differs in the place of the one submitted, and take back what is no longer said."""
    there = {_key(each): (number, each) for number, each in enumerate(sent, first_number)}
    still = {_key(each) for each in stated}
    for each in stated:
        number, before = there.get(_key(each), (NOT_KNOWN, None))
        if each != before:
            yield _as_secas(each, each.fact, number, ids[_key(each)[1]], edits)
    for key, (number, before) in there.items():
        if key[1] in ids and key not in still:
            yield _as_secas(before, Retracted(), number, ids[key[1]], edits)


def _as_secas(stated: Stated, fact: Fact, number: int | NotKnown, position: int, edits: Sequence[Edit]) -> Stated:
    names = (*_SAID_BY[type(stated.fact)], _DAY)
    own = [each for each in edits if any((position, name) in each.touched for name in names)]
    reasons = dict.fromkeys(each.reason for each in own)
    why, last = "\n".join(reasons), own[-1]
    if stated.reason and not isinstance(fact, Retracted):  # the reason for the base firmware, which is published
        why = f"{stated.reason}\nCorrected by SECAS: {why}"
    return Stated(
        stated.effective_from,
        last.party,
        Channel.SECAS_CORRECTION,
        fact,
        last.entered_by,
        why,
        number,
    )


def _key(stated: Stated) -> tuple[type[Fact], CPLEntryID]:
    """Say what a statement of a submission is about: one kind of fact of one entry, each stated once."""
    return type(stated.fact), stated.fact[0]  # type: ignore[misc, return-value]  # the first field of each kind of them
