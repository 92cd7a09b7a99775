"""The letter to a manufacturer about what is missing: drafted from the gaps, and noted once it was sent."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.core.signing import Signer
from django.db import transaction
from django.utils.crypto import constant_time_compare

from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.days import britains_day
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.naming import name_of
from firmpath.pathways.zigbee_band import ZigBeeBand
from firmpath.registry.parties.acts import log_act
from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.turns import take_turn
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.models_deciding import LONGEST_ADDRESSEE, LetterSent
from firmpath.registry.submissions.standing import require_act
from firmpath.registry.submissions.worklist import Gap, Lacking, ToAsk

SUBJECT: Final = "Firmware on the Central Products List: what we have to ask you"
DAYS_TO_ANSWER: Final = 28
"""After so many days without an answer a letter is due for a reminder, unless the page is asked otherwise."""

_INTRODUCTION: Final = """\
Smart meters can lose their function if firmware is put on them in the wrong order. So the Firmware Information
Repository shows Suppliers which firmware each upgrade can be applied to. Where you have not told us, no upgrade is
offered, and the Devices of your customers stay where they are.

Please answer the questions below. If you do not know an answer, say so: we leave the field empty, and guess
nothing."""

_SSC_ONLY: Final = """\
Your answers about ZigBee chipset vendor and stack version go to the Security Sub-Committee (SSC) only. They are
kept apart and are shown neither to SEC Parties nor to anybody else. Please do not put them into your answer to the
other questions: send them in an e-mail of their own with the subject "ZigBee details for the SSC". SECAS passes
them on, and cannot read them back."""


def draft_letter(to_ask: ToAsk, today: date) -> str:
    """Write the letter to a manufacturer, as plain text; the same gaps on the same day give the same letter."""
    parts = [
        f"{today.day} {today:%B %Y}",
        f"To {to_ask.name} (manufacturer identifier {to_ask.manufacturer_id})",
        SUBJECT,
        _INTRODUCTION,
        *_numbered(to_ask),
        "Yours faithfully\n\nSECAS",
    ]
    return "\n\n".join(parts) + "\n"


class Sent(NamedTuple):
    """A letter as it was shown, with the `mark` that says so, and when and to whom it was sent."""

    manufacturer_id: str
    text: str
    mark: str
    sent_on: date
    sent_to: str


def mark_shown(manufacturer_id: str, text: str) -> str:
    """Give a mark by which a letter that was shown is known again when it comes back."""
    return Signer(salt="firmpath letter").signature(f"{manufacturer_id}\n{text}")


def record_sent(sent: Sent, by: Who, at: datetime) -> LetterSent:
    """Note that the letter that was shown was sent, to whom and when; noted already, it stays as it is.

    :raises FirmpathError: the day is still to come, the addressee is too long, or it is not what was shown.
    """
    require_act(by, Act.EDIT)
    refuse_if_any(_faults_of(sent, britains_day(at)))
    what = {"manufacturer_id": sent.manufacturer_id, "sent_on": sent.sent_on, "sent_to": sent.sent_to}
    with transaction.atomic():
        take_turn("letters")
        letter, is_new = LetterSent.objects.get_or_create(
            **what, text=sent.text, defaults={"recorded_by_id": by.person_id, "recorded_at": at}
        )
        if is_new:
            log_act(by, "letter sent", f"letter {letter.pk}", at)
    return letter


def _faults_of(sent: Sent, today: date) -> Iterator[Fault]:
    if sent.sent_on > today:
        wrong, right = "is still to come", "note a letter once it was sent"
        yield Fault("Sent on", sent.sent_on.isoformat(), wrong, right, quoted=False)
    if len(sent.sent_to) > LONGEST_ADDRESSEE:
        wrong = f"has {len(sent.sent_to)} characters, more than {LONGEST_ADDRESSEE}"
        yield Fault("Sent to", sent.sent_to, wrong, "shorten it")
    if not constant_time_compare(sent.mark, mark_shown(sent.manufacturer_id, sent.text)):
        right = "look at the letter below, and note it as sent if that is what you sent"
        yield Fault("Letter", "", "is not the one that was shown", right, quoted=False)


def record_answered(letter_id: int, by: Who, at: datetime) -> LetterSent:
    """Note that a letter was answered, today.

    :raises FirmpathError: there is no such letter, or it was answered already.
    """
    require_act(by, Act.EDIT)
    with transaction.atomic():
        letter = LetterSent.objects.select_for_update().filter(pk=letter_id, answered_on=None).first()
        if letter is None:
            wrong = "does not exist, or was answered already"
            raise FirmpathError(Fault("Letter", str(letter_id), wrong, "look at the list again", quoted=False))
        letter.answered_on = britains_day(at)
        letter.save()
        log_act(by, "letter answered", f"letter {letter.pk}", at)
    return letter


def letters_to(manufacturer_id: str) -> tuple[LetterSent, ...]:
    """Give the letters sent to a manufacturer, the latest first."""
    found = LetterSent.objects.select_related("recorded_by").filter(manufacturer_id=manufacturer_id)
    return tuple(found.order_by("-sent_on", "-pk"))


def last_letters() -> Mapping[str, LetterSent]:
    """Give the last letter that was sent to each manufacturer, by manufacturer identifier."""
    found = LetterSent.objects.select_related("recorded_by").defer("text").order_by("sent_on", "pk")
    return {each.manufacturer_id: each for each in found}


def is_due(letter: LetterSent | None, today: date, days: int) -> bool:
    """Say whether a letter was sent at least so many days ago and has had no answer."""
    return letter is not None and letter.answered_on is None and letter.sent_on <= today - timedelta(days=days)


def _numbered(to_ask: ToAsk) -> Iterator[str]:
    """Give a part of the letter for each thing that is missing, the ZigBee details last and apart."""
    parts = (
        (_lacking(to_ask, Gap.BASE), _ask_base),
        (_lacking(to_ask, Gap.BAND), _ask_band),
        (_zigbee(to_ask), _ask_zigbee),
    )
    asked = [write(group) for group, write in parts if group]
    yield from (f"{number}. {text}" for number, text in enumerate(asked, 1))


def _ask_base(group: list[Lacking]) -> str:
    question = (
        "Base firmware. To which earlier entries on the CPL can each of these be applied? Please name every one\n"
        "of them by its CPL Entry ID, or write N/A if there is no previous version."
    )
    return f"{question}\n\n{_listed(group)}"


def _ask_band(group: list[Lacking]) -> str:
    options = "\n".join(f"   {band.value}: {band.description}" for band in ZigBeeBand)
    lines = "\n".join(f" - {_model(each.entry)}{_band_now(each.entry)}" for each in group)
    return f"ZigBee band. Which of these describes how each Device joins?\n\n{options}\n\n{lines}"


def _ask_zigbee(group: list[Lacking]) -> str:
    question = "ZigBee details. Which ZigBee chipset, and which version of the ZigBee stack, does each use?"
    lines = "\n".join(f" - {_model(each.entry)}: {' and '.join(_zigbee_gaps(each))}" for each in group)
    return f"{question}\n\n{_SSC_ONLY}\n\n{lines}"


def _listed(group: list[Lacking]) -> str:
    return "\n".join(f" - {_model(each.entry)}" for each in group)


def _model(entry: CPLEntry) -> str:
    return f"{name_of(entry)}, {entry.hardware_model.device_type} {entry.hardware_model}"


def _band_now(entry: CPLEntry) -> str:
    return f"; on record is '{entry.zigbee_band}', which has to be confirmed" if entry.zigbee_band else ""


def _lacking(to_ask: ToAsk, gap: Gap) -> list[Lacking]:
    return [each for each in to_ask.lacking if gap in each.gaps]


def _zigbee(to_ask: ToAsk) -> list[Lacking]:
    return [each for each in to_ask.lacking if _zigbee_gaps(each)]


def _zigbee_gaps(lacking: Lacking) -> list[str]:
    return [gap.value.removeprefix("ZigBee ") for gap in lacking.gaps if gap in (Gap.VENDOR, Gap.STACK)]
