"""What a change by SECAS would do, judged while nobody has to wait, and named so that it is what is recorded."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, NamedTuple

from firmpath.pathways.comparison import Difference
from firmpath.pathways.days import britains_day
from firmpath.pathways.explain.differences import explain_difference
from firmpath.pathways.explain.explanation import Explanation
from firmpath.pathways.facts import EntryFact, NoticeFact
from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.pathways.living_register import LivingRegister
from firmpath.pathways.register_writer import write_line
from firmpath.pathways.rehearsal import Rehearsal, day_of_rehearsal
from firmpath.pathways.rules import Severity, check_catalogue
from firmpath.pathways.statement import Statement
from firmpath.registry.ledger.append import Ledger, Stated
from firmpath.registry.ledger.current import current
from firmpath.registry.submissions.changes import what_it_replaces
from firmpath.registry.submissions.days_ahead import days_with, is_about_every_upgrade
from firmpath.registry.submissions.effects import Effect, Widens, effect_of
from firmpath.registry.submissions.image_changes import ImageChange, image_changes

_NO_INSTANT: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in names of effects for the instant of recording, which nobody can have seen."""


class Preview(NamedTuple):
    """What a change would do if it were recorded now. `statements` have the numbers they would get.

    `image_changes` are those to which image the CPL entry is. `replaces` says what is on record about the same
    things now. `register` is what all of this was judged by.
    """

    statements: tuple[Statement, ...]
    rehearsal: Rehearsal
    effect: Effect
    image_changes: tuple[ImageChange, ...]
    replaces: tuple[str, ...]
    is_everywhere: bool
    register: LivingRegister

    @property
    def widens(self) -> bool:
        """Whether a second person has to approve it."""
        return isinstance(self.effect, Widens)

    @property
    def explanation(self) -> Explanation:
        """The pathways gained, lost or lengthened, in words; of a change to every upgrade, only that it is one."""
        if self.is_everywhere:
            return Explanation("This is about every upgrade on the CPL, so its pathways are not listed one by one.")
        return explain_difference(self.rehearsal.before, self.rehearsal.after, self.rehearsal.difference)

    @property
    def seen(self) -> str:
        """A name for what is shown, and for what would be recorded: anything else has another."""
        findings = (f"{each.rule} {each}" for each in self.rehearsal.findings)
        recorded = (
            write_line(each._replace(number=at, recorded_at=_NO_INSTANT))
            for at, each in enumerate(self.statements, 1)
        )
        effect = (type(self.effect).__name__, *self.effect.why)
        shown = (*effect, *self.explanation, *findings, *recorded, *self.replaces)
        return sha256("\n".join(map(str, shown)).encode()).hexdigest()[:32]


class EffectChanged(Exception):  # noqa: N818  # not an error of anybody: the page is shown again
    """The effect is no longer the one that was seen; `preview` is the one it would have now."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(preview)
        self.preview = preview


def preview(stated: tuple[Stated, ...], at: datetime) -> Preview:
    """Show what a change would do; nothing is recorded, and nobody waits for it.

    :raises FirmpathError: it contradicts the record, or a rule refuses it.
    """
    return _judged(Ledger(current(), at), stated, at)


def preview_apart(stated: tuple[Stated, ...], at: datetime) -> Preview:
    """Show what `preview` shows, and leave no trace in the Catalogues from which everybody else is answered.

    :raises FirmpathError: it contradicts the record, or a rule refuses it.
    """
    head = current()
    return _judged(Ledger(head._replace(register=head.register.apart()), at), stated, at)


def preview_seen(stated: tuple[Stated, ...], seen: str, at: datetime) -> Preview:
    """Show what a change would do that somebody has `seen`.

    :raises FirmpathError: it contradicts the record, or a rule refuses it.
    :raises EffectChanged: it is not what was seen.
    """
    return _require_seen(preview(stated, at), seen)


def still_seen(ahead: Preview, ledger: Ledger, stated: tuple[Stated, ...], seen: str, at: datetime) -> Preview:
    """Give what was judged `ahead` of taking the ledger; judge it again only if the ledger has moved since.

    :raises FirmpathError: it contradicts the record by now, or a rule refuses it.
    :raises EffectChanged: it is no longer what was seen.
    """
    return ahead if ahead.register is ledger.register else _require_seen(_judged(ledger, stated, at), seen)


def _require_seen(shown: Preview, seen: str) -> Preview:
    if shown.seen != seen:
        raise EffectChanged(shown)
    return shown


def _judged(ledger: Ledger, stated: tuple[Stated, ...], at: datetime) -> Preview:
    statements, register, today = ledger.numbered(stated), ledger.register, britains_day(at)
    is_everywhere = is_about_every_upgrade(register, statements)
    on = day_of_rehearsal(statements, today)
    if is_everywhere:  # to look for the pathways of the whole CPL takes seconds, and nobody reads 100,000 of them
        rehearsal = Rehearsal(*register.without_and_with(statements, on), (), Difference(), ())
    else:
        rehearsal = register.rehearse(statements, on)
    images = image_changes(register, statements)
    effect = effect_of(days_with(register, statements, today), today)
    if images:
        effect = Widens((*(f"{each}." for each in images), *effect.why))
    replaces = tuple(_replaced(register, rehearsal, statements))
    shown = Preview(statements, rehearsal, effect, images, replaces, is_everywhere, register)
    refuse_if_any(_faults_by_rules(shown))
    return shown


def _replaced(register: LivingRegister, rehearsal: Rehearsal, statements: tuple[Statement, ...]) -> Iterator[str]:
    """Say what stands about the same things: a colleague may have changed that, to the same effect."""
    for statement in statements:
        fact = statement.fact
        if isinstance(fact, NoticeFact):
            yield from (str(each) for each in rehearsal.before.notices if each.notice_id == fact.notice_id)
        elif isinstance(fact, EntryFact):
            yield f"{fact.cpl_entry_id} {what_it_replaces(register, fact)}"


def _faults_by_rules(shown: Preview) -> Iterator[Fault]:
    """What narrows may leave a rule broken that was broken before: mending it can take several steps."""
    refused = [each for each in shown.rehearsal.findings if each.severity is Severity.REFUSE]
    if refused and not shown.widens:
        before = shown.rehearsal.before
        families = {before.family_of(each.cpl_entry_id) for each in refused if each.cpl_entry_id in before}
        known = {(each.rule, each.cpl_entry_id) for each in check_catalogue(before, families=families)}
        refused = [each for each in refused if (each.rule, each.cpl_entry_id) not in known]
    for each in refused:
        wrong = f"breaks rule {each.rule}: {each.text}"
        yield Fault("The change", "", wrong, each.remedy, rule=each.rule, quoted=False)
