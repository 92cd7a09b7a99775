from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def confirm_those_who_are_of_it(apps: Any, schema_editor: Any) -> None:
    """Whoever is of the SSC already stays so; nobody is confirmed by this who joins later."""
    people = apps.get_model("parties", "Person").objects.using(schema_editor.connection.alias)
    people.filter(party__role="SSC").update(admitted_at=F("joined_at"))


def _person() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0004_scopes_of_the_ssc"),
    ]

    operations = [
        migrations.AddField("person", "let_in_by", _person()),
        migrations.AddField("person", "admitted_by", _person()),
        migrations.AddField("person", "admitted_at", models.DateTimeField(null=True)),
        migrations.RunPython(confirm_those_who_are_of_it, migrations.RunPython.noop),
    ]
