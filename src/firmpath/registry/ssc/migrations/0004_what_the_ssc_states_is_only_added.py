"""Let the database itself refuse to change or delete what the SSC has edited, stated, counted and steered."""

from typing import Any

from django.db import migrations

_REFUSAL = "what the SSC has on record is only ever added to"
_TABLES = (
    "ssc_namerevision",
    "ssc_vulnerabilityrevision",
    "ssc_assessmentstatement",
    "ssc_inventorycount",
    "ssc_steeringnotice",
)

_SQLITE = [
    f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"""
    for table in _TABLES
    for verb in ("UPDATE", "DELETE")
]

_POSTGRESQL = [
    f"""CREATE TRIGGER {table}_no_{name} BEFORE {verbs} ON {table}
        FOR EACH {each} EXECUTE FUNCTION ssc_refuse()"""
    for table in _TABLES
    for name, verbs, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT"))
]


def forbid(apps: Any, schema_editor: Any) -> None:
    """Make the triggers of the database at hand, which is the SSC's."""
    for statement in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Forbid changes to what was recorded."""

    dependencies = [("ssc", "0003_vulnerabilities")]
    operations = [migrations.RunPython(forbid)]
