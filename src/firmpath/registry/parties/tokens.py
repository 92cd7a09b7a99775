"""API tokens: made by a person for their own programs, shown once, used and revoked."""

import secrets
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from firmpath.pathways.days import begins_at, britains_day, day_in_words
from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.registry.parties.acts import log_act
from firmpath.registry.parties.models import APIToken
from firmpath.registry.parties.queries import find_who_by_token, token_sha256
from firmpath.registry.parties.roles import BY_SSC_TOKEN, Scope
from firmpath.registry.parties.turns import take_turn
from firmpath.registry.parties.who import Who
from firmpath.registry.parties.written import parse_line

TOKEN_NAME: Final = "Name of the token"
SCOPE: Final = "What it may do"
EXPIRES_ON: Final = "Last day"

LONGEST_DAYS: Final = 366
MOST_TOKENS: Final = 50
"""The most tokens of one person that are still good."""
_NOTED_EVERY: Final = timedelta(minutes=1)
_PREFIX: Final = "firmpath_"
"""By which people and programs that look for secrets know a token when they see one."""


def make_token(name: str, scope: str, expires_on: str, *, by: Who, at: datetime) -> str:
    """Make a token that is good to the end of a day in Britain, and give it: it is not kept.

    :raises FirmpathError: something was written wrong, the day is past or more than a year away, or the person has
        as many as there can be.
    """
    name, parsed, last_day = all_parsed(
        lambda: parse_line(name, TOKEN_NAME, 100),
        lambda: _parse_scope(scope, by),
        lambda: _parse_last_day(expires_on, britains_day(at)),
    )
    token = _PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        take_turn(f"API tokens of person {by.person_id}")
        _require_room(by, at)
        kept = APIToken.objects.create(
            person_id=by.person_id,
            name=name,
            token_sha256=token_sha256(token),
            scope=parsed.value,
            created_at=at,
            expires_at=begins_at(last_day + timedelta(days=1)),
        )
        log_act(by, "API token made", f"token {kept.pk}, person {by.person_id}", at)
    return token


def _require_room(by: Who, at: datetime) -> None:
    good = APIToken.objects.filter(person_id=by.person_id, revoked_at=None, expires_at__gt=at)
    if good.count() >= MOST_TOKENS:
        wrong = f"would be one more than the {MOST_TOKENS} that a person can have"
        raise FirmpathError(Fault("Token", "", wrong, "revoke one that is no longer used", quoted=False))


def revoke_token(token_id: int, *, by: Who, at: datetime) -> None:
    """Revoke one of one's own tokens, which does nothing to one that was revoked already."""
    with transaction.atomic():
        if APIToken.objects.filter(pk=token_id, person_id=by.person_id, revoked_at=None).update(revoked_at=at):
            log_act(by, "API token revoked", f"token {token_id}, person {by.person_id}", at)


def use_token(token: str, at: datetime) -> Who:
    """Say who acts by a token, and note that it was used; nobody where the token is not good.

    Cost: one small query; the use is written once a minute at most.
    """
    found = find_who_by_token(token, at, at - _NOTED_EVERY)
    if not found.is_noted:
        APIToken.objects.filter(pk=found.who.token_id).update(last_used_at=at)
    return found.who


def scopes_for(who: Who) -> tuple[Scope, ...]:
    """Give the scopes that a token of somebody can have: those of the SSC for its own people alone."""
    return tuple(each for each in Scope if BY_SSC_TOKEN.get(each, frozenset()) <= who.acts)


def _parse_scope(text: str, by: Who) -> Scope:
    if text not in {each.value for each in scopes_for(by)}:
        raise FirmpathError(Fault(SCOPE, text, "has not been chosen", "choose one", quoted=bool(text)))
    return Scope(text)


def _parse_last_day(text: str, today: date) -> date:
    latest = today + timedelta(days=LONGEST_DAYS)
    right = f"give a day from {day_in_words(today)} to {day_in_words(latest)}"
    try:
        day = date.fromisoformat(text)
    except ValueError:
        wrong = "is not a day" if text else "is missing"
        raise FirmpathError(Fault(EXPIRES_ON, text, wrong, right, quoted=bool(text))) from None
    if not today <= day <= latest:
        wrong = "is past" if day < today else "is more than a year away"
        raise FirmpathError(Fault(EXPIRES_ON, day_in_words(day), wrong, right))
    return day
