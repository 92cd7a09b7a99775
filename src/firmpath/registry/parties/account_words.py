"""What pages about accounts say when something is wrong or done, by allauth's names for it."""

from typing import Final

TOO_OFTEN: Final = "There were too many attempts. Wait five minutes, then try again."

ACCOUNT_FAULTS: Final = {
    "account_inactive": "This account has been switched off. Ask SECAS.",
    "email_password_mismatch": "The e-mail address or the password is not right.",
    "enter_current_password": "This is not your present password.",
    "incorrect_password": "This is not your password.",
    "incorrect_code": "The code is not right, or was used already.",
    "invalid_login": "The e-mail address or the password is not right.",
    "invalid_password_reset": "The link has expired or was used already.",
    "too_many_login_attempts": TOO_OFTEN,
    "rate_limited": TOO_OFTEN,
}

FACTOR_FAULTS: Final = {
    "incorrect_code": "The code is not right, or was used already. Wait for the next one and enter that.",
    "not_accepted": "The key was not accepted. Try again, or use another way.",
    "cannot_generate_recovery_codes": "Set up an authenticator app or a passkey first.",
    "cannot_delete_authenticator": "This cannot be removed.",
    "unverified_email": "Your e-mail address has not been checked yet. Ask SECAS.",
}

DONE: Final = {
    "account/messages/logged_out.txt": "You have signed out.",
    "account/messages/password_changed.txt": "Your password has changed. You have been signed out everywhere else.",
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up.",
    "mfa/messages/totp_deactivated.txt": "The authenticator app has been removed.",
    "mfa/messages/webauthn_added.txt": "The passkey or security key has been added.",
    "mfa/messages/webauthn_removed.txt": "The passkey or security key has been removed.",
}
"""Other messages of allauth are not shown: the page one comes to says the same."""
