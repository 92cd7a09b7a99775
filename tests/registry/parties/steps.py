"""What people do in tests about accounts: sign in, type codes, read e-mails."""

import threading
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from firmpath.registry.parties.mail import SENDING
from firmpath.registry.parties.models import Person
from tests.registry.people import PASSWORD, TOTP_SECRET

SIGN_IN = "/account/sign-in/"
SECOND_STEP = "/account/sign-in/second-step/"


def code(secret: str = TOTP_SECRET, at: int = 1) -> str:
    """Give a code that an authenticator app shows: the one before (0), now (1), or the one after (2)."""
    return str(format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[at])))


def sign_in(person: Person, password: str = PASSWORD, client: Client | None = None, at: int = 1) -> Client:
    """Sign in as a person does: with the password, then with a code."""
    client = client or Client()
    client.post(SIGN_IN, {"login": person.email, "password": password})
    client.post(SECOND_STEP, {"code": code(at=at)})
    return client


def signed_in_as(client: Client) -> str:
    """Give the name that the frame of a page shows, "" if nobody is signed in."""
    who: Any = client.get("/account/switched-off/").context["who"]
    return str(who.name)


def text_of(answer: Any) -> str:
    """Give the HTML of a page."""
    text: str = answer.content.decode()
    return text


def letters() -> list[mail.EmailMessage]:
    """Give the e-mails that were sent, those included that are on their way."""
    for thread in threading.enumerate():
        if thread.name == SENDING:
            thread.join()
    return list(mail.outbox)
