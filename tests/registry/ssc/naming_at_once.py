"""Two people of the SSC give one name to two things at once, each by a connection of their own: `naming_at_once`.

The first looks the name up, the second takes it, and then the first goes on. Prints, as JSON, what each was told.
"""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django


def main() -> None:
    """Have everything named twice, and print what came of it."""
    from django.db import connections

    from firmpath.registry.operations.preparing import prepare
    from firmpath.registry.parties.queries import find_who
    from firmpath.registry.parties.roles import Role
    from firmpath.registry.ssc.versions import known_names as names
    from firmpath.registry.ssc.versions.known_names import MAKER, KnownName
    from firmpath.registry.ssc.vulnerabilities import keeping
    from tests.registry.conftest import AT
    from tests.registry.people import make_people
    from tests.registry.ssc.exposing import VULNERABILITY

    prepare()
    ssc = find_who(make_people(AT)[Role.SSC])
    connections.close_all()
    orrin, other = KnownName(MAKER, "Orrin"), names.add_name(KnownName(MAKER, "Tarn"), ssc, AT)
    (seen,) = names.find_name(other)
    told = {
        "add": at_once(lambda: names.add_name(orrin, ssc, AT), lambda: names.add_name(orrin, ssc, AT)),
        "change": at_once(
            lambda: names.change_name(seen, KnownName(MAKER, "Tarn", ("Brook",)), "found", ssc, AT),
            lambda: names.add_name(KnownName(MAKER, "B rook"), ssc, AT),
        ),
        "vulnerability": at_once(
            lambda: keeping.add_vulnerability(VULNERABILITY, ssc, AT),
            lambda: keeping.add_vulnerability(VULNERABILITY, ssc, AT),
            "vulnerabilityrevision",
        ),
    }
    known = sorted(each.name for each in names.known_names().makers.values())
    references = sorted(each.vulnerability.reference for each in keeping.known_vulnerabilities().values())
    print(json.dumps({"told": told, "names": known, "references": references}))


def at_once(first: Callable[[], object], second: Callable[[], object], table: str = "namerevision") -> str:
    """Do something, and once it has looked names up in a table do the second; give what the first was told."""
    from django.db import connections

    from firmpath.pathways.faults import FirmpathError
    from firmpath.registry.routing import SSC

    waiting = [second]

    def execute(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found = run(sql, params, many, context)
        if table in sql and sql.startswith("SELECT") and waiting and not connections[SSC].in_atomic_block:
            with ThreadPoolExecutor(1) as elsewhere:
                elsewhere.submit(_and_close, waiting.pop()).result()
        return found

    try:
        with connections[SSC].execute_wrapper(execute):
            first()
    except FirmpathError as refused:
        return str(refused)
    return "" if waiting else "recorded"


def _and_close(work: Callable[[], object]) -> None:
    from django.db import connections

    try:
        work()
    finally:
        connections.close_all()


if __name__ == "__main__":
    django.setup()
    main()
