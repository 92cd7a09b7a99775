"""Let the database itself refuse to change or delete a line of the log of acts."""

from typing import Any

from django.db import migrations

_REFUSAL = "the log of acts is only ever added to"

_SQLITE = [
    f"""CREATE TRIGGER acts_no_update BEFORE UPDATE ON parties_actlog
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    f"""CREATE TRIGGER acts_no_delete BEFORE DELETE ON parties_actlog
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
]

_POSTGRESQL = [
    f"""CREATE FUNCTION acts_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$""",
    """CREATE TRIGGER acts_no_change BEFORE UPDATE OR DELETE ON parties_actlog
        FOR EACH ROW EXECUTE FUNCTION acts_refuse()""",
    """CREATE TRIGGER acts_no_truncate BEFORE TRUNCATE ON parties_actlog
        FOR EACH STATEMENT EXECUTE FUNCTION acts_refuse()""",
]


def forbid(apps: Any, schema_editor: Any) -> None:
    """Make the triggers of the database at hand."""
    for statement in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Forbid changes to the log of acts."""

    dependencies = [("parties", "0001_initial")]
    operations = [migrations.RunPython(forbid)]
