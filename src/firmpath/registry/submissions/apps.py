"""The application: submissions, corrections and changes."""

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """Submissions, corrections and changes."""

    name = "firmpath.registry.submissions"
    label = "submissions"
    default_auto_field = "django.db.models.BigAutoField"
