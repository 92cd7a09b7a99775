"""Let the database itself refuse to change or delete an extract that was taken, or what was recorded as loaded."""

from typing import Any

from django.db import migrations

_REFUSAL = "what the DCC took and loaded is only ever added to"
_TABLES = ("publication_extracttaken", "publication_loadrecord")

_SQLITE = [
    f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"""
    for table in _TABLES
    for verb in ("UPDATE", "DELETE")
]

_POSTGRESQL = [
    f"""CREATE FUNCTION publication_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$""",
    *(
        f"""CREATE TRIGGER {table}_no_{name} BEFORE {verbs} ON {table}
        FOR EACH {each} EXECUTE FUNCTION publication_refuse()"""
        for table in _TABLES
        for name, verbs, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT"))
    ),
]


def forbid(apps: Any, schema_editor: Any) -> None:
    """Make the triggers of the database at hand, which is the register's."""
    for statement in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Forbid changes to what was recorded."""

    dependencies = [("publication", "0001_initial")]
    operations = [migrations.RunPython(forbid)]
