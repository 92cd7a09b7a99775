"""The application: the record."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The record."""

    name = "firmpath.registry.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
