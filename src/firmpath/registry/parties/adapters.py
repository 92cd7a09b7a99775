"""What allauth asks us: who may sign in, what is told to whom, and in which words."""

import logging
from typing import Any, Final
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from firmpath.registry.parties import letters, mail
from firmpath.registry.parties.account_words import ACCOUNT_FAULTS, DONE, FACTOR_FAULTS
from firmpath.registry.parties.acts import log_act
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.typed import take_over

_LOG: Final = logging.getLogger("firmpath")


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth says nothing of its types
    """Passwords, signing in and out; nobody signs up."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ACCOUNT_FAULTS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: people join by an invitation."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Answer with data where a passkey is asked for, with pages everywhere else."""
        return request.path == reverse("mfa_login_webauthn") and super().is_ajax(request)

    def pre_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse | None:
        """Turn away whoever has been switched off, or whose Party has."""
        if user.is_active and not user.party.is_active:
            user.is_active = False  # not saved: it is how allauth asks
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def login(self, request: HttpRequest, user: Person) -> None:
        """Sign somebody in, who need not confirm at once that it is them."""
        with transaction.atomic():
            super().login(request, user)
            record_authentication(request, user, method="signed_in", reauthenticated=True)
            _log(user, "signed in", request)
        take_over(request.session, user.pk)

    def logout(self, request: HttpRequest) -> None:
        """Sign somebody out."""
        with transaction.atomic():
            if isinstance(request.user, Person):
                _log(request.user, "signed out", request)
            super().logout(request)

    def set_password(self, user: Person, password: str) -> None:
        """Change a password, which ends every other session of the person."""
        with transaction.atomic():
            super().set_password(user, password)
            _log(user, "password changed", self.request)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str = "", *args: Any, **kwargs: Any
    ) -> None:
        """Say what was done in our words, or nothing where a page says it already."""
        message = kwargs.get("message") or DONE.get(message_template or "")
        if message:
            super().add_message(request, level, message=message)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the account."""
        return reverse("account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Give the link for an e-mail: at our own address, whatever host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.CONFIGURATION.public_url + path.replace("UID-KEY", quote(key))

    def send_password_reset_mail(self, user: Person, email: str, context: dict[str, Any]) -> None:
        """Send the link to choose a new password."""
        link = context["password_reset_url"]
        mail.send_soon(user.email, letters.password_reset(user.name, link, settings.CONFIGURATION.public_url))

    def send_notification_mail(self, template_prefix: str, user: Person, *args: Any, **kwargs: Any) -> None:
        """Tell somebody what was done to their account."""
        at, address = self.request.at, settings.CONFIGURATION.public_url
        mail.send_soon(user.email, letters.notice(template_prefix, user.name, at, address))


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticator apps, passkeys, security keys and recovery codes."""

    error_messages = {**DefaultMFAAdapter.error_messages, **FACTOR_FAULTS}

    def generate_authenticator_name(self, user: Person, kind: str) -> str:
        """Suggest a name for a key."""
        return "My key"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Say to which site a key belongs."""
        return {"id": context.request.get_host().partition(":")[0], "name": "Firmpath"}


class SingleSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """OpenID Connect: it lets in people who have joined already, by the e-mail address that it has verified."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Refuse: people join by an invitation."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Take what the provider says for signing in alone, never to tie an account of theirs to one of ours."""
        if sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(redirect("account_login"))

    def authenticate_by_email(self, sociallogin: Any) -> tuple[Person, str] | None:
        """Find the person with an e-mail address that the provider says it has verified, in so many words."""
        for each in sociallogin.email_addresses:
            if each.verified is True:
                found = Person.objects.filter(email__iexact=each.email).first()
                if found:
                    return found, each.email
        return None

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Log that signing in by the provider failed, and why as far as that is no secret."""
        because = type(kwargs.get("exception")).__name__ if kwargs.get("exception") else str(kwargs.get("error"))
        _LOG.warning("", extra={"what": "single sign-on failed", "fields": {"because": because}})


def _log(user: Person, what: str, request: Any) -> None:
    log_act(find_who(user), what, f"person {user.pk}", request.at)
