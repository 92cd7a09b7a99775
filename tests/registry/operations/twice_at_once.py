"""Eight who send the same at the same instant, each by a connection of their own: `twice_at_once`.

Prints, as JSON, how many of each thing are kept then, and what those are told who fill the SSC's example late.
"""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

MANY = 8


def main() -> None:
    """Send everything many times at once, and print what came of it."""
    from firmpath.cli.commands.demo import EXAMPLE_CPL
    from firmpath.cli.reading import read_statements
    from firmpath.registry.ledger.loading import load
    from firmpath.registry.operations.preparing import prepare
    from firmpath.registry.parties import invitations, tokens
    from firmpath.registry.parties.models import APIToken, Invitation
    from firmpath.registry.parties.queries import find_who
    from firmpath.registry.parties.roles import Role, Scope
    from firmpath.registry.publication.dcc_loading import Written, record_loaded
    from firmpath.registry.publication.models import LoadRecord
    from firmpath.registry.ssc.example.filling import fill
    from firmpath.registry.submissions.corrections import Request, request_correction
    from firmpath.registry.submissions.drafts import MOST_OPEN, create_draft
    from firmpath.registry.submissions.letters import Sent, mark_shown, record_sent
    from firmpath.registry.submissions.models import Submission
    from firmpath.registry.submissions.models_deciding import CorrectionRequest, LetterSent
    from tests.registry.conftest import AT
    from tests.registry.people import make_people

    prepare()
    first = at_once(lambda _: invitations.invite_first_administrator(AT))
    links = Invitation.objects.filter(withdrawn_at=None).count()
    people = make_people(AT)
    load(read_statements(EXAMPLE_CPL), AT)
    supplier, maker, secas, dcc, ssc = (
        find_who(people[role]) for role in (Role.SUPPLIER, Role.MANUFACTURER, Role.SECAS, Role.DCC, Role.SSC)
    )
    parties = [people[role].party_id for role in (Role.SUPPLIER, Role.MAP)]
    letter = Sent("F001", "Dear maker", mark_shown("F001", "Dear maker"), AT.date(), "help@maker.example")
    for _ in range(MOST_OPEN - 1):
        create_draft(maker, AT)
    for number in range(tokens.MOST_TOKENS - 1):
        tokens.make_token(f"token {number}", Scope.READ.value, f"{AT:%Y-%m-%d}", by=supplier, at=AT)
    at_once(lambda _: request_correction(Request("106 can be put on 105", 106), supplier, AT))
    at_once(lambda _: record_sent(letter, secas, AT))
    at_once(lambda _: record_loaded([Written("105")], AT.date(), (), dcc, AT))
    at_once(lambda _: create_draft(maker, AT))
    at_once(lambda _: tokens.make_token("one more", Scope.READ.value, f"{AT:%Y-%m-%d}", by=supplier, at=AT))
    at_once(lambda at: invitations.invite(parties[at % 2], "kim@brook.example", by=secas, at=AT))
    told = set[str]()
    filled = at_once(lambda _: _telling(told, lambda: fill(ssc, AT)))
    kept = {
        "links": links,
        "requests": CorrectionRequest.objects.count(),
        "letters": LetterSent.objects.count(),
        "loaded": LoadRecord.objects.count(),
        "drafts": Submission.objects.count() - MOST_OPEN,
        "tokens": APIToken.objects.count() - tokens.MOST_TOKENS,
        "invitations": Invitation.objects.exclude(email="").count(),
        "invented": filled,
    }
    print(json.dumps({"sent": first, "kept": kept, "told": sorted(told)}))


def _telling(told: set[str], work: Callable[[], object]) -> None:
    """Do something, and note what is said where it is refused."""
    from firmpath.pathways.faults import FirmpathError

    try:
        work()
    except FirmpathError as error:
        told.add(str(error))
        raise


def at_once(work: Callable[[int], object]) -> int:
    """Do something in many threads at once, and give how many did it; those that are refused are content."""
    from django.db import connections

    from firmpath.pathways.faults import FirmpathError

    gate = Barrier(MANY)

    def one(at: int) -> bool:
        try:
            gate.wait()
            work(at)
        except FirmpathError:
            return False
        finally:
            connections.close_all()
        return True

    connections.close_all()
    with ThreadPoolExecutor(MANY) as threads:
        return sum(threads.map(one, range(MANY)))


if __name__ == "__main__":
    django.setup()
    main()
