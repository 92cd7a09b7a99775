"""A program for tests: fill the register that the environment names, and print a token for each role."""

import json

import django

if __name__ == "__main__":
    django.setup()

    from django.utils import timezone

    from firmpath.registry.parties.roles import Role, Scope
    from tests.registry.api.calling import token_of
    from tests.registry.api.world import make_world
    from tests.registry.people import make_people

    people = make_people(timezone.now())
    make_world(people, timezone.now())
    tokens = {role.name: token_of(person, Scope.WRITE) for role, person in people.items()}
    print(json.dumps({**tokens, "SSC_DATA": token_of(people[Role.SSC], Scope.WRITE_SSC)}))
