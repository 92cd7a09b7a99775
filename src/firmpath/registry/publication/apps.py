"""The application: what leaves the register."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """What leaves the register."""

    name = "firmpath.registry.publication"
    label = "publication"
    default_auto_field = "django.db.models.BigAutoField"
