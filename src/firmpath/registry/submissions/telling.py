"""E-mails about submissions: to whoever has to look at one, and to whoever sent it. They hold no answers."""

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from firmpath.registry.parties.letters import Letter
from firmpath.registry.parties.mail import send_soon
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role
from firmpath.registry.submissions.models import Submission
from firmpath.registry.submissions.status import Status

_DESKS: Final = {Status.WITH_DCC: Role.DCC, Status.WITH_SECAS: Role.SECAS}


def tell(submission: Submission) -> None:
    """Tell, once the transaction at hand is through, those whom the new state of a submission concerns."""
    _send(letter_about(submission), _people(submission, Status(submission.status)))


def tell_of_correction(submission: Submission, terms: Iterable[str], position: int, reason: str) -> None:
    """Tell those who made a submission which answers of an entry SECAS has corrected, and why."""
    reference = submission.reference
    corrected = "\n".join(f"- {term}" for term in terms)
    said = (
        f"SECAS has corrected answers of entry {position} of submission {reference}:\n\n{corrected}\n\n"
        f"for this reason:\n\n{reason}\n\n"
        "What you submitted is kept, and is published beside the correction. The page shows both. If the "
        "correction is wrong, tell SECAS, or take the submission back before it is published."
    )
    letter = Letter(f"SECAS has corrected submission {reference}", f"{said}\n\n{_address_of(submission)}\n")
    _send(letter, _makers(submission))


def tell_of_recall(submission: Submission, desk: Status) -> None:
    """Tell those for whom a submission waited that they need not look at it."""
    reference, party = submission.reference, submission.party.name
    said = f"{party} has taken submission {reference} back. There is nothing for you to do."
    _send(Letter(f"Submission {reference} was taken back", f"{said}\n"), _people(submission, desk))


def _send(letter: Letter, people: QuerySet[Person]) -> None:
    addresses = list(people.order_by("pk").values_list("email", flat=True))

    def send_all() -> None:
        for address in addresses:
            send_soon(address, letter)

    transaction.on_commit(send_all)


def letter_about(submission: Submission) -> Letter:
    """Write what there is to say about the present state of a submission."""
    reference, party = submission.reference, submission.party.name
    match submission.status:
        case Status.WITH_DCC:
            subject = f"Submission {reference} waits for the DCC's endorsement"
            said = f"{party} has made submission {reference}, which has a Communications Hub in it."
        case Status.WITH_SECAS:
            subject = f"Submission {reference} waits for review"
            endorsed = ", and the DCC has endorsed it" if submission.endorsed_at else ""
            said = f"{party} has made submission {reference}{endorsed}."
        case Status.RETURNED:
            subject = f"Submission {reference} has come back"
            said = f"Submission {reference} was returned for this reason:\n\n{submission.returned_reason}\n\n"
            said += "Nothing is lost: put it right and submit it again."
        case _:
            issued = submission.entries.exclude(cpl_entry_id=None).values_list("cpl_entry_id", flat=True)
            subject = f"Submission {reference} is published"
            said = f"Submission {reference} is on the CPL. Its CPL Entry IDs: {', '.join(map(str, issued))}."
    return Letter(subject, f"{said}\n\n{_address_of(submission)}\n")


def _active() -> QuerySet[Person]:
    return Person.objects.filter(is_active=True, party__is_active=True)


def _people(submission: Submission, status: Status) -> QuerySet[Person]:
    """Give those whom it concerns that a submission has a status: whose turn it is, or who made it."""
    desk = _DESKS.get(status)
    return _active().filter(party__role=desk) if desk else _makers(submission)


def _makers(submission: Submission) -> QuerySet[Person]:
    return _active().filter(pk__in=[submission.made_by_id, submission.submitted_by_id or submission.made_by_id])


def _address_of(submission: Submission) -> str:
    return f"{settings.CONFIGURATION.public_url}{reverse('submission', args=[submission.reference])}"
