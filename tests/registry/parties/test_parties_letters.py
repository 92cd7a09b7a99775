"""What people are told by e-mail about their own accounts, word for word."""

import pytest

from firmpath.registry.parties.letters import NOTICES, notice
from tests.registry.conftest import AT

SAID = {
    "account/email/password_changed": ("Your password was changed", "your password was changed."),
    "account/email/password_reset": (
        "Your password was changed",
        "your password was changed by a link we sent you.",
    ),
    "mfa/email/totp_activated": ("Authenticator app set up", "an authenticator app was set up for your account."),
    "mfa/email/totp_deactivated": (
        "Authenticator app removed",
        "the authenticator app was removed from your account.",
    ),
    "mfa/email/webauthn_added": (
        "Passkey or security key added",
        "a passkey or security key was added to your account.",
    ),
    "mfa/email/webauthn_removed": (
        "Passkey or security key removed",
        "a passkey or security key was removed from your account.",
    ),
    "mfa/email/recovery_codes_generated": (
        "New recovery codes",
        "new recovery codes were made for your account; the old ones no longer work.",
    ),
}


@pytest.mark.parametrize("about", list(NOTICES))
def test_each_notice_says_what_was_done_and_when(about: str) -> None:
    subject, done = SAID[about]
    letter = notice(about, "Jo Reed", AT, "https://register.example")
    assert letter.subject == subject
    assert letter.body == (
        f"Hello Jo Reed,\n\non 1 June 2026, 09:30 UTC, {done}\n\nIf this was not you, tell SECAS at once.\n\n"
        "Firmpath, the register of the Central Products List\nhttps://register.example\n"
    )
