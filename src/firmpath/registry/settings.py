"""Django's settings. What differs between registers comes from the environment; see `configuration`."""

import os
from typing import Any

from firmpath.registry.configuration import read_configuration
from firmpath.registry.operations.secret_key import keep_secret_key

CONFIGURATION = read_configuration(os.environ)

SECRET_KEY = keep_secret_key(os.environ.get("FIRMPATH_SECRET_KEY", ""), CONFIGURATION.data_dir)
DEBUG = False
ALLOWED_HOSTS = list(CONFIGURATION.hosts)
CSRF_TRUSTED_ORIGINS = [CONFIGURATION.public_url]
ROOT_URLCONF = "firmpath.registry.urls"
WSGI_APPLICATION = "firmpath.registry.wsgi.application"
AUTH_USER_MODEL = "parties.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "firmpath.registry.web.apps.WebConfig",  # before allauth, whose pages it replaces
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "firmpath.registry.parties.apps.PartiesConfig",
    "firmpath.registry.ledger.apps.LedgerConfig",
    "firmpath.registry.submissions.apps.SubmissionsConfig",
    "firmpath.registry.publication.apps.PublicationConfig",
    "firmpath.registry.ssc.apps.SSCConfig",
]

MIDDLEWARE = [
    "firmpath.registry.operations.request_log.RequestLog",
    "firmpath.registry.operations.headers.SecurityHeaders",
    "firmpath.registry.operations.limits.KnownHosts",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "firmpath.registry.api.problems.APIProblems",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "firmpath.registry.parties.middleware.WhoAndWhen",
    "firmpath.registry.web.refusals.Refusals",
    "firmpath.registry.operations.limits.BodyLimit",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "firmpath.registry.web.context.frame",
            ],
        },
    }
]

DATABASES = {"default": CONFIGURATION.database, "ssc": CONFIGURATION.ssc_database}
DATABASE_ROUTERS = ["firmpath.registry.routing.Routing"]

# The table that limits on guessing passwords are counted in is shared by all processes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "firmpath_cache"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = CONFIGURATION.data_dir / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is stored as a file
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_COOKIE_NAME = "firmpath"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIGURATION.is_https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if CONFIGURATION.trusts_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

from firmpath.registry.operations.logs import LOGGING  # noqa: E402, F401
from firmpath.registry.parties.signing_in import *  # noqa: E402, F403
