"""Parties, people, invitations and API tokens, as they are stored."""

from collections.abc import Iterator
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from firmpath.registry.parties.roles import Role, Scope


class Party(models.Model):
    """An organisation with a role; its people have that role."""

    name = models.CharField(max_length=200, unique=True)
    role = models.CharField(
        max_length=40, choices=[(each.value, each.value) for each in Role if each != Role.PUBLIC]
    )
    contact = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class ManufacturerIdentifier(models.Model):
    """A manufacturer identifier for whose entries a Party answers."""

    identifier = models.CharField(max_length=4, unique=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="manufacturer_identifiers")

    def __str__(self) -> str:
        return self.identifier


class People(BaseUserManager["Person"]):
    """People, found by their e-mail address whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find a person by e-mail address."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who acts for a Party. People are never deleted, since the record names them by number.

    `let_in_by`, `admitted_by` and `admitted_at` are of the SSC's people: who invited them or switched them on, and
    who has confirmed them since, and when. They see nothing of the SSC's until somebody has.
    """

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    party = models.ForeignKey(Party, models.PROTECT, related_name="people")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    sessions_ended = models.PositiveIntegerField(default=0)
    let_in_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    admitted_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    admitted_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Give what each session of theirs is held against: another password or a higher count ends them all."""
        return salted_hmac(
            "firmpath.session", f"{self.password} {self.sessions_ended}", algorithm="sha256"
        ).hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Give none: with another secret key everybody signs in again."""
        return iter(())


class Invitation(models.Model):
    """A link by which somebody joins; only its SHA-256 is kept, so a copy of the database opens no door."""

    token_sha256 = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=254, blank=True)
    party = models.ForeignKey(Party, models.PROTECT)
    invited_by = models.ForeignKey(Person, models.PROTECT, null=True)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class APIToken(models.Model):
    """A token by which a program acts for a person; only its SHA-256 is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100)
    token_sha256 = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Scope])
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class ActLog(models.Model):
    """One thing that somebody did, by numbers alone; triggers of the database refuse to change or delete a row.

    `person_id` and `party_id` are 0 where nobody was signed in, as on the command line.
    """

    at = models.DateTimeField()
    person_id = models.BigIntegerField()
    party_id = models.BigIntegerField()
    what = models.CharField(max_length=60)
    about = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["about"], name="acts_by_about")]
