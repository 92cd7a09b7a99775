"""What people write about Parties and people, parsed once."""

from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.plain_text import unseen_in_words
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.roles import Role

EMAIL: Final = "E-mail address"
PASSWORD: Final = "Password"
AGAIN: Final = "Password again"
ROLE: Final = "Role"

_WEAK: Final = {
    "password_too_short": "is shorter than 12 characters",
    "password_too_common": "is one that many people use",
    "password_entirely_numeric": "holds digits alone",
    "password_too_similar": "is too much like the name or the e-mail address",
}


def parse_line(text: str, term: str, most: int = 200) -> str:
    """Read one line of text, such as a name.

    :raises FirmpathError: nothing was written, or too much, or what cannot be printed.
    """
    line = " ".join(text.split())
    if not line:
        raise FirmpathError(Fault(term, "", "is missing", "write it", quoted=False))
    if len(line) > most:
        raise FirmpathError(Fault(term, line, f"has {len(line)} characters", f"use {most} at most"))
    if not line.isprintable():
        wrong = unseen_in_words(line) or "holds characters that cannot be shown"
        raise FirmpathError(Fault(term, line, wrong, "write it anew"))
    return line


def parse_optional_line(text: str, term: str) -> str:
    """Read one line of text that may be left out.

    :raises FirmpathError: too much was written, or what cannot be printed.
    """
    return parse_line(text, term) if text.strip() else ""


def parse_email(text: str) -> str:
    """Read an e-mail address, in lower case.

    :raises FirmpathError: it is none.
    """
    address = parse_line(text, EMAIL, 254).lower()
    try:
        validate_email(address)
    except ValidationError:
        right = "write it as name@utility.example"
        raise FirmpathError(Fault(EMAIL, address, "is not an e-mail address", right)) from None
    return address


def parse_role(text: str) -> Role:
    """Read the role of a Party.

    :raises FirmpathError: there is no such role, or no Party can have it.
    """
    roles = {role.value: role for role in Role if role is not Role.PUBLIC}
    if text not in roles:
        if not text:
            raise FirmpathError(Fault(ROLE, "", "is missing", "choose one", quoted=False))
        raise FirmpathError(Fault(ROLE, text, "is not a role", f"choose one of {', '.join(roles)}"))
    return roles[text]


def parse_password(text: str, again: str, name: str, email: str) -> str:
    """Read a new password, written twice; it is never repeated in a refusal.

    :raises FirmpathError: it is too weak, or was not written the same way twice.
    """
    weak, right = _weaknesses(text, name, email), "choose another" if text else "write it"
    faults = [Fault(PASSWORD, "", wrong, right, quoted=False) for wrong in weak]
    if text != again:
        faults.append(Fault(AGAIN, "", "is not the same as the password", "write both alike", quoted=False))
    if faults:
        raise FirmpathError(*faults)
    return text


def _weaknesses(text: str, name: str, email: str) -> list[str]:
    if not text:
        return ["is missing"]
    try:
        validate_password(text, Person(name=name, email=email))
    except ValidationError as refusal:
        return [_WEAK.get(each.code or "", "is too weak") for each in refusal.error_list]
    return []
