import re
from typing import Any

from django.db import migrations, models


def _spelt(text: str) -> str:
    return re.sub(r"[\s_\-–®™]+", "", text).casefold()


def _names_of(content: dict[str, Any]) -> tuple[str, set[str]]:
    if "kind" not in content:
        return "vulnerability", {content["reference"]}
    return content["kind"], {_spelt(each) for each in (content["name"], *content.get("spellings", ()))}


def take_the_names_of_what_is_kept(apps: Any, schema_editor: Any) -> None:
    """Take the names of the last revision of each thing; of two that have one name already the older has it."""
    alias = schema_editor.connection.alias
    taken = apps.get_model("ssc", "TakenName")
    for model in ("NameRevision", "VulnerabilityRevision"):
        rows = apps.get_model("ssc", model).objects.using(alias).order_by("pk")
        last = {row.first_id or row.pk: row.content for row in rows}
        made = [
            taken(kind=kind, name=name, number=number)
            for number, content in sorted(last.items())
            for kind, names in [_names_of(content)]
            for name in sorted(names)
        ]
        taken.objects.using(alias).bulk_create(made, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("ssc", "0004_what_the_ssc_states_is_only_added")]

    operations = [
        migrations.CreateModel(
            name="TakenName",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=1000)),
                ("number", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "name"), name="ssc_taken_names")],
            },
        ),
        migrations.RunPython(take_the_names_of_what_is_kept, migrations.RunPython.noop),
    ]
