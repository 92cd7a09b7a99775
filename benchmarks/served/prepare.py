"""Make a register with a CPL and somebody who may ask it, and print an API token: `prepare FILE`."""

import sys
from datetime import UTC, datetime, timedelta

import django


def main(file: str) -> None:
    """Load the CPL, and make a Supplier with a token."""
    from firmpath.cli.reading import read_statements
    from firmpath.registry.ledger.loading import load
    from firmpath.registry.operations.preparing import prepare
    from firmpath.registry.parties.models import Party, Person
    from firmpath.registry.parties.queries import find_who
    from firmpath.registry.parties.roles import Role, Scope
    from firmpath.registry.parties.tokens import make_token

    at = datetime.now(UTC)
    prepare()
    load(read_statements(file), at)
    party = Party.objects.create(name="Brook Energy", role=Role.SUPPLIER.value)
    person = Person.objects.create(name="Robin", email="robin@brook.example", party=party, joined_at=at)
    last_day = (at + timedelta(days=7)).date().isoformat()
    print(make_token("Benchmarks", Scope.READ.value, last_day, by=find_who(person), at=at))


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1])
