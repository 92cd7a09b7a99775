"""The settings of e-mail and of single sign-on: parsed once, refused in words, and no secret repeated."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password

from firmpath.pathways.faults import FirmpathError
from firmpath.registry.parties.mail import send
from firmpath.registry.parties.mail_settings import parse_email_url
from firmpath.registry.parties.single_sign_on import single_sign_on

DATA = Path("/data")
OIDC = {
    "OIDC_NAME": "Brook Energy",
    "OIDC_SERVER_URL": "https://sign-in.brook.example",
    "OIDC_CLIENT_ID": "firmpath",
    "OIDC_CLIENT_SECRET": "secret-of-brook",
}


def test_a_mail_server_with_encryption_after_the_greeting() -> None:
    found = parse_email_url("smtp://al%40brook.example:a%2Fb@mail.brook.example?tls=1", DATA)
    assert found == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.brook.example",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "al@brook.example",
        "EMAIL_HOST_PASSWORD": "a/b",
        "EMAIL_USE_SSL": False,
        "EMAIL_USE_TLS": True,
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": "Firmpath <al@brook.example>",
    }


def test_a_mail_server_with_encryption_from_the_first_byte() -> None:
    found = parse_email_url("smtps://mail.brook.example:2465?from=register@brook.example", DATA)
    assert (found["EMAIL_PORT"], found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (2465, True, False)
    assert found["DEFAULT_FROM_EMAIL"] == "Firmpath <register@brook.example>"


def test_without_a_mail_server_each_e_mail_becomes_a_file() -> None:
    assert parse_email_url("", DATA) == {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": "/data/outbox",
    }


@pytest.mark.parametrize(
    "url",
    [
        "mail.brook.example",
        "imap://user:pw@brook.example",
        "smtp://",
        "smtp://user:pw@h:port",
        "smtp://user:pw@h?tsl=1",
    ],
)
def test_another_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        parse_email_url(url, DATA)
    assert str(refused.value) == (
        "EMAIL_URL is not the address of a mail server; write smtp://user:password@host:587?tls=1, "
        "or smtps://user:password@host"
    )


def test_single_sign_on_needs_all_four_or_none() -> None:
    assert single_sign_on({}) == {}
    (provider,) = single_sign_on(OIDC)["openid_connect"]["APPS"]
    assert (provider["name"], provider["secret"]) == ("Brook Energy", "secret-of-brook")
    with pytest.raises(FirmpathError) as refused:
        single_sign_on({"OIDC_NAME": "Brook Energy", "OIDC_CLIENT_SECRET": "secret-of-brook"})
    assert str(refused.value).splitlines() == [
        "OIDC_SERVER_URL is not set, while others of OpenID Connect are; set all four or none",
        "OIDC_CLIENT_ID is not set, while others of OpenID Connect are; set all four or none",
    ]


@pytest.mark.parametrize("address", ["http://sign-in.brook.example", "sign-in.brook.example", "https://"])
def test_a_provider_is_never_asked_in_the_clear(address: str) -> None:
    with pytest.raises(FirmpathError) as refused:
        single_sign_on(OIDC | {"OIDC_SERVER_URL": address})
    assert str(refused.value) == (
        f"OIDC_SERVER_URL '{address}' is not an https address; write it as https://sign-in.utility.example"
    )


def test_a_provider_on_this_machine_may_be_asked_in_the_clear() -> None:
    assert single_sign_on(OIDC | {"OIDC_SERVER_URL": "http://127.0.0.1:8080"})


def test_e_mails_that_become_files_are_for_nobody_else(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "data" / "outbox"
    assert not send("jo@brook.example", "Subject", "Body")  # kept, but it reaches nobody by itself
    (kept,) = settings.EMAIL_FILE_PATH.iterdir()
    assert "To: jo@brook.example" in kept.read_text(encoding="utf-8")
    assert settings.EMAIL_FILE_PATH.stat().st_mode & 0o077 == 0


def test_passwords_are_hashed_at_the_full_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # what makes them quick for tests
    assert make_password("four wooden stepping stones").startswith("scrypt$16384$")
