"""Some who fill the SSC's part with what is invented at once, each by a connection of their own: `filled_at_once`.

Prints, as JSON, what each was told, sorted, and how many vulnerabilities there are then.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Final

import django

_AT_ONCE: Final = 3


def main() -> None:
    """Fill it, and print what came of it."""
    from firmpath.cli.commands.demo import EXAMPLE_CPL
    from firmpath.cli.reading import read_statements
    from firmpath.registry.ledger.loading import load
    from firmpath.registry.operations.preparing import prepare
    from firmpath.registry.parties.roles import Role
    from firmpath.registry.ssc.vulnerabilities.keeping import known_vulnerabilities
    from tests.registry.conftest import AT
    from tests.registry.people import PARTIES, make_person

    prepare()
    load(read_statements(EXAMPLE_CPL), AT)
    person = make_person(Role.SSC, PARTIES[Role.SSC], AT, "Una").pk
    together = Barrier(_AT_ONCE)
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        told = sorted(threads.map(lambda _: _fill(person, together), range(_AT_ONCE)))
    print(json.dumps({"told": told, "vulnerabilities": len(known_vulnerabilities())}))


def _fill(person: int, together: Barrier) -> str:
    from django.db import DatabaseError, connections

    from firmpath.pathways.faults import FirmpathError
    from firmpath.registry.parties.models import Person
    from firmpath.registry.parties.queries import find_who
    from firmpath.registry.ssc.example.filling import fill
    from tests.registry.conftest import AT

    try:
        who = find_who(Person.objects.get(pk=person))
        together.wait()
        return f"inventory {fill(who, AT)}"
    except (DatabaseError, FirmpathError) as wrong:
        return str(wrong)
    finally:
        connections.close_all()


if __name__ == "__main__":
    django.setup()
    main()
