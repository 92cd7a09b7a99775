"""Who is asking: a value that is made once for a request, and passed to whatever is done for it."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from firmpath.registry.parties.models import APIToken, Person
from firmpath.registry.parties.roles import (
    BY_SSC_TOKEN,
    MAY,
    NOT_ADMITTED,
    NOT_BY_TOKEN,
    ONLY_BY_SSC_TOKEN,
    READING,
    Act,
    Role,
    Scope,
)


class Who(NamedTuple):
    """A person, or a program with a token of theirs, or nobody in particular; `may` does not change later.

    `is_to_be_confirmed` is somebody of a Party with the role SSC whom no second person has confirmed yet.
    """

    role: Role
    acts: frozenset[Act]
    person_id: int = 0
    name: str = ""
    party_id: int = 0
    party_name: str = ""
    manufacturer_ids: frozenset[str] = frozenset()
    token_id: int = 0
    is_to_be_confirmed: bool = False

    def may(self, act: Act) -> bool:
        """Say whether they may do something."""
        return act in self.acts

    @property
    def is_signed_in(self) -> bool:
        """Whether it is known who they are."""
        return bool(self.person_id)

    @property
    def role_name(self) -> str:
        """The name of their role, as pages show it."""
        return self.role.value

    @property
    def in_record(self) -> str:
        """How the record names them: by number, since it is kept for ever and names of people are not."""
        return f"person {self.person_id}"


NOBODY: Final = Who(Role.PUBLIC, MAY[Role.PUBLIC])
"""Somebody who is not signed in."""


def who_is(person: Person, manufacturer_ids: Iterable[str]) -> Who:
    """Say who a signed-in person is; one who has been switched off, or whose Party has, is nobody."""
    if not person.is_active or not person.party.is_active:
        return NOBODY
    role = Role(person.party.role)
    waits = role is Role.SSC and person.admitted_at is None
    return Who(
        role,
        NOT_ADMITTED if waits else MAY[role],
        person.pk,
        person.name,
        person.party.pk,
        person.party.name,
        frozenset(manufacturer_ids),
        is_to_be_confirmed=waits,
    )


def with_token(who: Who, token: APIToken) -> Who:
    """Narrow who somebody is to what one of their tokens is good for."""
    scope = Scope(token.scope)
    acts = who.acts - NOT_BY_TOKEN
    if scope in BY_SSC_TOKEN:
        acts &= BY_SSC_TOKEN[scope]
    else:
        acts -= ONLY_BY_SSC_TOKEN
    if scope == Scope.READ:
        acts &= READING
    return who._replace(acts=acts, token_id=token.pk)
