"""Two who change at the same moment who may do what, each by a connection of their own: `people_at_once`.

Prints, as JSON, what came of each. A third connection holds the second of two back, until both have begun.
"""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import django

from tests.waiting import LONGEST_WAIT_S

_WAITING = """
    SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND pid IN (
        SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database AND datname = current_database()
    )"""


def main() -> None:
    """Do each at once, and print what came of it."""
    from firmpath.registry.operations.preparing import prepare
    from firmpath.registry.parties.roles import Role
    from tests.registry.conftest import AT
    from tests.registry.people import PARTIES, make_person

    prepare()
    first, *two = (make_person(Role.SECAS, PARTIES[Role.SECAS], AT, name) for name in ("Una", "Vic", "Wyn"))
    numbers = [person.pk for person in two]
    print(
        json.dumps(
            {
                "switched off": _switch_each_other_off(first.pk, numbers),
                "left alone": _switch_off_the_last_two(numbers),
                "joined": _join_by_one_link(first.pk),
                "role": _change_role_while_one_joins(first.pk),
            }
        )
    )


def _switch_each_other_off(first: int, two: list[int]) -> list[str]:
    """Let each of two switch the other off, while the row that whoever is left is looked for in is held."""
    from django.db import transaction

    from firmpath.registry.parties.models import Person

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=first)
            begun = [threads.submit(_switch_off, other, by) for by, other in (two, two[::-1])]
            _wait_for_lock_or_end(begun)
        return [each.result() for each in begun]


def _switch_off_the_last_two(two: list[int]) -> list[str]:
    from firmpath.registry.parties.models import Person

    Person.objects.filter(pk__in=two).update(is_active=True)
    Person.objects.exclude(pk__in=two).update(is_active=False)
    with ThreadPoolExecutor(2) as threads:
        found = sorted(threads.map(lambda pair: _switch_off(*pair), (two, two[::-1])))
    Person.objects.update(is_active=True)
    return found


def _join_by_one_link(first: int) -> list[str]:
    """Let two join by the link of one invitation: the second while the first is not done."""
    from django.db import transaction

    token = _invited(first, "kim@brook.example", "Brook Energy")
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            one = _accept(token)
            other = threads.submit(_in_a_connection, _accept, token)
            _wait_for_lock_or_end([other])
        return [one, other.result()]


def _change_role_while_one_joins(first: int) -> list[str]:
    """Let somebody join a Party, and before that is done give it the role SSC, which it may not have then."""
    from django.db import transaction

    from firmpath.registry.parties.models import Party

    token = _invited(first, "lee@larch.example", "Larch")
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            one = _accept(token)
            other = threads.submit(_in_a_connection, _edit, Party.objects.get(name="Larch").pk, first)
            _wait_for_lock_or_end([other])
        return [one, other.result(), Party.objects.get(name="Larch").role]


def _invited(first: int, email: str, party: str) -> str:
    from firmpath.registry.parties import invitations
    from firmpath.registry.parties.actions import make_party
    from firmpath.registry.parties.roles import Role
    from tests.registry.conftest import AT

    made = make_party(party, Role.SUPPLIER.value, "", "", by=_who(first), at=AT)
    return invitations.invite(made.pk, email, by=_who(first), at=AT).link.strip("/").rpartition("/")[2]


def _accept(token: str) -> str:
    from firmpath.registry.parties import invitations
    from tests.registry.conftest import AT
    from tests.registry.people import PASSWORD

    with _in_words() as said:
        said.append(f"joined: {invitations.accept(token, 'Kim Lee', '', PASSWORD, PASSWORD, at=AT).name}")
    return said[0]


def _edit(party: int, by: int) -> str:
    from firmpath.registry.parties.actions import edit_party
    from firmpath.registry.parties.roles import Role
    from tests.registry.conftest import AT

    with _in_words() as said:
        said.append(edit_party(party, "Larch", Role.SSC.value, "", by=_who(by), at=AT).role)
    return said[0]


def _switch_off(other: int, by: int) -> str:
    return _in_a_connection(_switched_off, other, by)


def _switched_off(other: int, by: int) -> str:
    from firmpath.registry.parties.actions import switch_person
    from tests.registry.conftest import AT

    with _in_words() as said:
        switch_person(other, False, by=_who(by), at=AT)
        said.append("done")
    return said[0]


def _who(number: int) -> Any:
    from firmpath.registry.parties.models import Person
    from firmpath.registry.parties.queries import find_who

    return find_who(Person.objects.get(pk=number))


@contextmanager
def _in_words() -> Iterator[list[str]]:
    """Give what is said, and add what went wrong."""
    from django.db import DatabaseError

    from firmpath.pathways.faults import FirmpathError

    said: list[str] = []
    try:
        yield said
    except (DatabaseError, FirmpathError) as wrong:
        said.append(str(wrong))


def _in_a_connection(work: Callable[..., str], *arguments: object) -> str:
    from django.db import connections

    try:
        return work(*arguments)
    finally:
        connections.close_all()


def _wait_for_lock_or_end(begun: list[Future[str]]) -> None:
    """Wait until each of these waits for a lock, or has come to its end without."""
    from django.db import connection

    until = time.monotonic() + LONGEST_WAIT_S
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(_WAITING)
            waiting = cursor.fetchone()[0]
        if waiting + sum(each.done() for each in begun) >= len(begun):
            return
    raise TimeoutError("nobody waits, and nobody is done")


if __name__ == "__main__":
    django.setup()
    main()
