"""API tokens: kept as a SHA-256, good for a while, and noted when used."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties import listing, tokens
from firmpath.registry.parties.models import ActLog, APIToken, Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Act, Role, Scope
from tests.registry.conftest import AT

People = dict[Role, Person]


def test_only_the_sha256_of_a_token_is_kept(people: People) -> None:
    token = tokens.make_token(" Asset  system ", "read", "2026-06-30", by=find_who(people[Role.MAP]), at=AT)
    kept = APIToken.objects.get()
    assert token.startswith("firmpath_")
    assert len(token) == 9 + 43
    assert kept.token_sha256 == sha256(token.encode()).hexdigest()
    assert (kept.name, kept.scope) == ("Asset system", "read")
    assert kept.expires_at == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert ActLog.objects.get().what == "API token made"


def test_a_token_is_good_to_the_end_of_its_last_day(people: People) -> None:
    token = tokens.make_token("x", "read", "2026-06-30", by=find_who(people[Role.MAP]), at=AT)
    assert tokens.use_token(token, datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC)).is_signed_in
    assert not tokens.use_token(token, datetime(2026, 6, 30, 23, tzinfo=UTC)).is_signed_in


def test_a_reading_token_does_not_write_and_none_manages_people(people: People) -> None:
    for_reading = tokens.make_token("x", "read", "2026-06-30", by=find_who(people[Role.SECAS]), at=AT)
    for_writing = tokens.make_token("y", "read and write", "2026-06-30", by=find_who(people[Role.SECAS]), at=AT)
    assert not tokens.use_token(for_reading, AT).may(Act.REVIEW)
    assert tokens.use_token(for_writing, AT).may(Act.REVIEW)
    assert not tokens.use_token(for_writing, AT).may(Act.MANAGE_PEOPLE)


def test_use_is_noted_once_a_minute_at_most(people: People) -> None:
    token = tokens.make_token("x", "read", "2026-06-30", by=find_who(people[Role.MAP]), at=AT)
    for seconds, noted in ((0, 0), (59, 0), (60, 60), (100, 60)):
        assert tokens.use_token(token, AT + timedelta(seconds=seconds)).is_signed_in
        assert APIToken.objects.get().last_used_at == AT + timedelta(seconds=noted)
    assert not tokens.use_token("firmpath_no", AT).is_signed_in


def test_a_revoked_token_is_refused_and_only_its_owner_revokes_it(people: People) -> None:
    owner, other = find_who(people[Role.MAP]), find_who(people[Role.SECAS])
    token = tokens.make_token("x", Scope.READ.value, "2026-06-30", by=owner, at=AT)
    kept = listing.tokens_of(owner.person_id)[0].pk
    tokens.revoke_token(kept, by=other, at=AT)
    assert tokens.use_token(token, AT).is_signed_in
    tokens.revoke_token(kept, by=owner, at=AT)
    tokens.revoke_token(kept, by=owner, at=AT)
    assert not tokens.use_token(token, AT).is_signed_in
    assert [act.what for act in listing.acts_about("token", kept)] == ["API token revoked", "API token made"]


@pytest.mark.parametrize(
    ("last_day", "said"),
    [
        ("", "Last day is missing; give a day from 1 June 2026 to 2 June 2027"),
        ("31/13/2026", "Last day '31/13/2026' is not a day; give a day from 1 June 2026 to 2 June 2027"),
        ("2026-05-31", "Last day '31 May 2026' is past; give a day from 1 June 2026 to 2 June 2027"),
        (
            "2027-06-03",
            "Last day '3 June 2027' is more than a year away; give a day from 1 June 2026 to 2 June 2027",
        ),
    ],
)
def test_a_token_lasts_a_year_at_most(people: People, last_day: str, said: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        tokens.make_token("", "all", last_day, by=find_who(people[Role.MAP]), at=AT)
    assert str(refused.value).splitlines() == [
        "Name of the token is missing; write it",
        "What it may do 'all' has not been chosen; choose one",
        said,
    ]
    assert not APIToken.objects.exists()


def test_a_person_has_only_so_many_tokens(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_TOKENS", 1)
    owner = find_who(people[Role.MAP])
    tokens.make_token("x", "read", "2026-06-30", by=owner, at=AT)
    with pytest.raises(FirmpathError, match="one more than the 1 that a person can have; revoke one that is no"):
        tokens.make_token("y", "read", "2026-06-30", by=owner, at=AT)
    tokens.make_token("y", "read", "2026-06-30", by=find_who(people[Role.SECAS]), at=AT)
    tokens.make_token("y", "read", "2026-07-30", by=owner, at=datetime(2026, 7, 1, tzinfo=UTC))  # the first is over
