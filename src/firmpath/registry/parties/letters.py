"""The e-mails about accounts: plain text, one subject and one body each."""

from datetime import datetime
from typing import Final, NamedTuple

from firmpath.pathways.days import instant_in_words


class Letter(NamedTuple):
    """An e-mail without its address."""

    subject: str
    body: str


_NOT_YOU: Final = "If this was not you, tell SECAS at once."
_FOOT: Final = "\n\nFirmpath, the register of the Central Products List\n{address}\n"


def invitation(party_name: str, link: str, expires_at: datetime, address: str) -> Letter:
    """Invite somebody into a Party."""
    body = (
        f"SECAS invites you to Firmpath, the register of the Central Products List, for {party_name}.\n\n"
        f"To join, open this link and choose a password:\n{link}\n\n"
        f"The link can be used once, until {instant_in_words(expires_at)}. You will need an authenticator app or a "
        "passkey as a second step of signing in; the pages say how to set it up.\n\n"
        "If you did not expect this, you need do nothing."
    )
    return Letter(f"Join Firmpath for {party_name}", _with_foot(body, address))


def password_reset(name: str, link: str, address: str) -> Letter:
    """Let somebody choose a new password."""
    body = (
        f"Hello {name},\n\nsomebody asked to choose a new password for your account. To do so, open this link:\n"
        f"{link}\n\nThe link can be used once, within one hour. Your second step of signing in stays as it is.\n\n"
        "If you did not ask for this, you need do nothing: your password has not changed."
    )
    return Letter("Choose a new password for Firmpath", _with_foot(body, address))


def second_factor_reset(name: str, address: str) -> Letter:
    """Say that SECAS has removed every second factor of somebody who lost theirs."""
    body = (
        f"Hello {name},\n\nSECAS has removed the second step of signing in from your account, because it was said "
        "to be lost. You have been signed out everywhere.\n\nThe next time you sign in with your password you "
        f"will be asked to set up a new one.\n\n{_NOT_YOU}"
    )
    return Letter("Your second step of signing in was removed", _with_foot(body, address))


def committee_changed(name: str, by: str, done: str, at: datetime, address: str) -> Letter:
    """Tell somebody of the SSC that who is of it changes; nothing of the SSC's data is in it."""
    body = (
        f"Hello {name},\n\non {instant_in_words(at)}, {by} {done}.\n\nThe people of a Party with the role SSC see "
        "all that is kept for the Security Sub-Committee, each once a second person has confirmed them. If you do "
        "not know of this, confirm nobody and ask SECAS at once; the page 'Who looked' lists every such change, "
        "and every look."
    )
    return Letter("Who is of the Security Sub-Committee has changed", _with_foot(body, address))


def admitted(name: str, at: datetime, address: str) -> Letter:
    """Tell somebody that a second person has confirmed that they are of the SSC."""
    body = (
        f"Hello {name},\n\non {instant_in_words(at)}, it was confirmed that you are of the Security Sub-Committee. "
        "From now on you see what is kept for it.\n\nIf you did not join it, tell SECAS at once."
    )
    return Letter("You are of the Security Sub-Committee", _with_foot(body, address))


NOTICES: Final = {
    "account/email/password_changed": ("Your password was changed", "your password was changed"),
    "account/email/password_reset": (
        "Your password was changed",
        "your password was changed by a link we sent you",
    ),
    "mfa/email/totp_activated": ("Authenticator app set up", "an authenticator app was set up for your account"),
    "mfa/email/totp_deactivated": (
        "Authenticator app removed",
        "the authenticator app was removed from your account",
    ),
    "mfa/email/webauthn_added": (
        "Passkey or security key added",
        "a passkey or security key was added to your account",
    ),
    "mfa/email/webauthn_removed": (
        "Passkey or security key removed",
        "a passkey or security key was removed from your account",
    ),
    "mfa/email/recovery_codes_generated": (
        "New recovery codes",
        "new recovery codes were made for your account; the old ones no longer work",
    ),
}
"""What somebody is told about their own account, by allauth's name for it: a subject and what was done."""


def notice(about: str, name: str, at: datetime, address: str) -> Letter:
    """Tell somebody what was done to their account; `about` is a key of `NOTICES`."""
    subject, done = NOTICES[about]
    return Letter(
        subject, _with_foot(f"Hello {name},\n\non {instant_in_words(at)}, {done}.\n\n{_NOT_YOU}", address)
    )


def _with_foot(body: str, address: str) -> str:
    return body + _FOOT.format(address=address)
