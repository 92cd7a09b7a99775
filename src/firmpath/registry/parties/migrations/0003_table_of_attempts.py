"""Make the table in which all processes count attempts to sign in; see CACHES in the settings."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make_table(apps: Any, schema_editor: Any) -> None:
    """Make it, unless it is there."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """Make the table of the cache."""

    dependencies = [("parties", "0002_acts_are_only_added")]
    operations = [migrations.RunPython(make_table)]
