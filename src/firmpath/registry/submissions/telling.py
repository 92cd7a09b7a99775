"""E-mails about submissions: to whoever has to look at one, and to whoever sent it. They hold no answers."""

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.db import transaction
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
    letter = letter_about(submission)
    addresses = list(_addresses(submission))

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


def _addresses(submission: Submission) -> Iterable[str]:
    """Give the e-mail addresses of those whom it concerns, each once."""
    desk = _DESKS.get(Status(submission.status))
    people = Person.objects.filter(is_active=True, party__is_active=True)
    if desk:
        concerned = people.filter(party__role=desk)
    else:
        concerned = people.filter(
            pk__in=[submission.made_by_id, submission.submitted_by_id or submission.made_by_id]
        )
    return concerned.order_by("pk").values_list("email", flat=True)


def _address_of(submission: Submission) -> str:
    return f"{settings.CONFIGURATION.public_url}{reverse('submission', args=[submission.reference])}"
