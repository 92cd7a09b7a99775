"""The application of Parties and people."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Parties, people and what they may do."""

    name = "firmpath.registry.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have allauth's signals logged."""
        from firmpath.registry.parties.factor_acts import begin_logging

        begin_logging()
