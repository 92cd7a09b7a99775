"""Addresses of the pages about Parties, people and accounts; those of allauth keep the names it knows them by."""

from typing import Any, Final

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as key
from allauth.socialaccount import views as social
from django.urls import URLPattern, path, re_path

from firmpath.registry.parties.roles import Act
from firmpath.registry.web.people import single_sign_on, views_admission, views_own, views_parties, views_people
from firmpath.registry.web.people.gates import of_allauth

_READ: Final = {"GET": Act.READ_CPL}
_BOTH: Final = {"GET": Act.READ_CPL, "POST": Act.READ_CPL}
_OWN: Final = {"GET": Act.OWN_ACCOUNT}
_CHANGE: Final = {"GET": Act.OWN_ACCOUNT, "POST": Act.OWN_ACCOUNT}


def _page(address: str, view: Any, name: str, acts: dict[str, Act]) -> URLPattern:
    return path(f"account/{address}", of_allauth(view, **acts), name=name)


_ALLAUTH: Final = [
    _page("sign-in/", account.login, "account_login", _BOTH),
    _page("sign-in/second-step/", factor.authenticate, "mfa_authenticate", _BOTH),
    _page("sign-in/key/", key.login_webauthn, "mfa_login_webauthn", _BOTH),
    _page("sign-out/", account.logout, "account_logout", {"POST": Act.READ_CPL}),
    _page("switched-off/", account.account_inactive, "account_inactive", _READ),
    _page("forgotten/", account.password_reset, "account_reset_password", _BOTH),
    _page("forgotten/sent/", account.password_reset_done, "account_reset_password_done", _READ),
    _page("forgotten/done/", account.password_reset_from_key_done, "account_reset_password_from_key_done", _READ),
    re_path(
        "^account/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        of_allauth(account.password_reset_from_key, **_BOTH),
        name="account_reset_password_from_key",
    ),
    _page("single-sign-on/cancelled/", social.login_cancelled, "socialaccount_login_cancelled", _READ),
    _page("single-sign-on/<provider_id>/", single_sign_on.leave, "openid_connect_login", {"POST": Act.READ_CPL}),
    _page("single-sign-on/<provider_id>/back/", single_sign_on.come_back, "openid_connect_callback", _READ),
    _page("confirm/", account.reauthenticate, "account_reauthenticate", _CHANGE),
    _page("confirm/code/", factor.reauthenticate, "mfa_reauthenticate", _CHANGE),
    _page("confirm/key/", key.reauthenticate_webauthn, "mfa_reauthenticate_webauthn", _CHANGE),
    _page("password/", account.password_change, "account_change_password", _CHANGE),
    _page("app/", app.activate_totp, "mfa_activate_totp", _CHANGE),
    _page("app/remove/", app.deactivate_totp, "mfa_deactivate_totp", _CHANGE),
    _page("recovery-codes/", codes.view_recovery_codes, "mfa_view_recovery_codes", _OWN),
    _page("recovery-codes/new/", codes.generate_recovery_codes, "mfa_generate_recovery_codes", _CHANGE),
    _page("keys/add/", key.add_webauthn, "mfa_add_webauthn", _CHANGE),
    _page("keys/<int:pk>/remove/", key.remove_webauthn, "mfa_remove_webauthn", _CHANGE),
    _page("keys/<int:pk>/name/", key.edit_webauthn, "mfa_edit_webauthn", _CHANGE),
]

_OWN_PAGES: Final = [
    path("account/", views_own.account, name="account"),
    path("account/name/", views_own.account_name, name="account_name"),
    path("account/second-step/", views_own.second_factor, name="second_factor"),
    path("account/factors/", views_own.to_account, name="mfa_index"),
    path("account/keys/", views_own.to_account, name="mfa_list_webauthn"),
    path("account/sign-out-everywhere/", views_own.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/tokens/", views_own.token_list, name="tokens"),
    path("account/tokens/new/", views_own.token_new, name="token_new"),
    path("account/tokens/<int:token_id>/revoke/", views_own.token_revoke, name="token_revoke"),
    path("account/join/<str:token>/", views_own.join, name="join"),
]

_PARTIES: Final = [
    path("parties/", views_parties.parties, name="parties"),
    path("parties/new/", views_parties.party_new, name="party_new"),
    path("parties/<int:party_id>/", views_parties.party, name="party"),
    path("parties/<int:party_id>/edit/", views_parties.party_edit, name="party_edit"),
    path("parties/<int:party_id>/switch/", views_parties.party_switch, name="party_switch"),
    path("parties/<int:party_id>/identifiers/add/", views_parties.identifier_add, name="identifier_add"),
    path(
        "parties/<int:party_id>/identifiers/<str:identifier>/remove/",
        views_parties.identifier_remove,
        name="identifier_remove",
    ),
    path("parties/<int:party_id>/invite/", views_people.invite, name="invite"),
    path("invitations/<int:invitation_id>/resend/", views_people.invitation_resend, name="invitation_resend"),
    path("invitations/<int:invitation_id>/withdraw/", views_people.invitation_withdraw, name="invitation_withdraw"),
    path("people/to-be-confirmed/", views_admission.to_be_confirmed, name="to_be_confirmed"),
    path("people/<int:person_id>/confirm/", views_admission.person_admit, name="person_admit"),
    path("people/<int:person_id>/", views_people.person, name="person"),
    path("people/<int:person_id>/switch/", views_people.person_switch, name="person_switch"),
    path("people/<int:person_id>/second-step/", views_people.person_reset, name="person_reset"),
]

urlpatterns: list[URLPattern] = [*_ALLAUTH, *_OWN_PAGES, *_PARTIES]
