"""The application: the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages."""

    name = "firmpath.registry.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
