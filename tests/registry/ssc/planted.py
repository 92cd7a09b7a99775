"""Make a register with values planted by every way in, in databases that stay: `planted`."""

from contextlib import suppress
from threading import enumerate as threads

import django

if __name__ == "__main__":
    django.setup()
    from django.test import Client

    from firmpath.registry.ledger.loading import load
    from firmpath.registry.operations.preparing import prepare
    from firmpath.registry.parties.mail import SENDING
    from firmpath.registry.parties.roles import Role
    from firmpath.registry.ssc.stacks.keeping import follow
    from tests.notation import statements
    from tests.registry.conftest import AT
    from tests.registry.people import make_people
    from tests.registry.ssc.scene import plant

    prepare()
    people = make_people(AT)
    load(statements("1 <- 2 ; notice N1: 1 -> 2"), AT)

    def sign_in(role: Role) -> Client:
        """Give a browser in which somebody of a role is signed in."""
        client = Client()
        if role is not Role.PUBLIC:
            client.force_login(people[role], "allauth.account.auth_backends.AuthenticationBackend")
        return client

    plant(people, sign_in)
    follow(AT)
    for each in threads():
        if each.name == SENDING:
            with suppress(RuntimeError):
                each.join()
