"""People for tests: one of each role, with a Party of its own."""

from datetime import datetime
from functools import cache

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from firmpath.registry.parties.models import ManufacturerIdentifier, Party, Person
from firmpath.registry.parties.roles import Role

TOTP_SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "four wooden stepping stones"  # not a secret: only tests know these people

PARTIES = {
    Role.SUPPLIER: "Brook Energy",
    Role.MAP: "Hazel Meter Assets",
    Role.OTHER: "Larch Consulting",
    Role.MANUFACTURER: "Aster Metering",
    Role.DCC: "The DCC",
    Role.SECAS: "SECAS",
    Role.SSC: "Security Sub-Committee",
}


def make_people(at: datetime) -> dict[Role, Person]:
    """Make one person of each role; the manufacturer answers for F001."""
    people = {role: make_person(role, name, at) for role, name in PARTIES.items()}
    ManufacturerIdentifier.objects.create(identifier="F001", party=people[Role.MANUFACTURER].party)
    return people


def make_person(role: Role, party_name: str, at: datetime, name: str = "", *, second_factor: bool = True) -> Person:
    """Make a person of a Party, which is made as well if it is not there."""
    party, _ = Party.objects.get_or_create(name=party_name, defaults={"role": role.value})
    name = name or f"Robin of {party_name}"
    email = f"{name.replace(' ', '.').lower()}@{role.name.lower()}.example"
    person = Person(name=name, email=email, party=party, joined_at=at, admitted_at=at)
    person.password = _hashed(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    if second_factor:
        TOTP.activate(person, TOTP_SECRET)
    return person


@cache
def _hashed(password: str) -> str:
    """Hash a password once: to be slow is what the hash is for."""
    return make_password(password)
