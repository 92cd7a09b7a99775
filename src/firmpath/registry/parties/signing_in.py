"""How people sign in: settings of Django and of allauth."""

import os
from typing import Any, Final

from firmpath.registry.configuration import read_configuration
from firmpath.registry.parties.mail_settings import parse_email_url
from firmpath.registry.parties.single_sign_on import single_sign_on

_CONFIGURATION: Final = read_configuration(os.environ)

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3600

ACCOUNT_ADAPTER = "firmpath.registry.parties.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # who follows the link of an invitation has read the e-mail it was in
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is sent e-mail because a stranger typed their address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _CONFIGURATION.is_https else "http"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/h/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "join": "20/m/ip",
    "invite": "60/h/user",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_FORMS = {
    "login": "firmpath.registry.web.people.forms.SignInForm",
    "reauthenticate": "firmpath.registry.web.people.forms.ConfirmForm",
    "change_password": "firmpath.registry.web.people.forms.ChangeForm",
    "reset_password": "firmpath.registry.web.people.forms.ForgottenForm",
    "reset_password_from_key": "firmpath.registry.web.people.forms.NewPasswordForm",
}

MFA_ADAPTER = "firmpath.registry.parties.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Firmpath"
MFA_TOTP_TOLERANCE = 1  # clocks of phones differ by half a minute
MFA_FORMS = {
    "authenticate": "firmpath.registry.web.people.forms.CodeForm",
    "reauthenticate": "firmpath.registry.web.people.forms.ConfirmCodeForm",
    "activate_totp": "firmpath.registry.web.people.forms.AppForm",
    "add_webauthn": "firmpath.registry.web.people.forms.KeyForm",
    "authenticate_webauthn": "firmpath.registry.web.people.forms.KeyStepForm",
    "login_webauthn": "firmpath.registry.web.people.forms.KeySignInForm",
    "reauthenticate_webauthn": "firmpath.registry.web.people.forms.KeyConfirmForm",
    "edit_webauthn": "firmpath.registry.web.people.forms.KeyNameForm",
}

SOCIALACCOUNT_ADAPTER = "firmpath.registry.parties.adapters.SingleSignOn"
SOCIALACCOUNT_PROVIDERS = single_sign_on(_CONFIGURATION.oidc)

# A proxy in front says who asks; without one the address of the connection does.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _CONFIGURATION.trusts_proxy else 0

DEFAULT_FROM_EMAIL = f"Firmpath <register@{_CONFIGURATION.hosts[0]}>"
_MAIL = parse_email_url(_CONFIGURATION.email_url, _CONFIGURATION.data_dir)
globals().update(_MAIL)
