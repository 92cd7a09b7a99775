"""Let the database itself refuse to change or delete what happened to submissions, evidence, and letters sent."""

from typing import Any

from django.db import migrations

_KEPT = {"submissions_submissionevent": "what happened", "submissions_evidencefile": "evidence"}
"""Tables that are only ever added to, and what stands in them."""

_LETTERS = "submissions_lettersent"
"""Its rows note an answer when one comes; the letter itself stays as it was sent."""


def _refusals() -> dict[str, str]:
    return {table: f"{kept} is only ever added to" for table, kept in _KEPT.items()}


def _for_sqlite() -> list[str]:
    made = []
    for table, refusal in _refusals().items():
        for act in ("UPDATE", "DELETE"):
            made.append(
                f"""CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}
                BEGIN SELECT RAISE(ABORT, '{refusal}'); END"""
            )
    return [
        *made,
        f"""CREATE TRIGGER {_LETTERS}_as_sent BEFORE UPDATE ON {_LETTERS}
            WHEN OLD.text IS NOT NEW.text OR OLD.sent_to IS NOT NEW.sent_to OR OLD.sent_on IS NOT NEW.sent_on
            BEGIN SELECT RAISE(ABORT, 'a letter stays as it was sent'); END""",
        f"""CREATE TRIGGER {_LETTERS}_no_delete BEFORE DELETE ON {_LETTERS}
            BEGIN SELECT RAISE(ABORT, 'a letter stays as it was sent'); END""",
    ]


def _for_postgresql() -> list[str]:
    made = []
    for table, refusal in (_refusals() | {_LETTERS: "a letter stays as it was sent"}).items():
        changes = "DELETE" if table == _LETTERS else "UPDATE OR DELETE"
        made += [
            f"""CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END $$""",
            f"""CREATE TRIGGER {table}_no_change BEFORE {changes} ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_refuse()""",
            f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
        ]
    return [
        *made,
        f"""CREATE TRIGGER {_LETTERS}_as_sent BEFORE UPDATE ON {_LETTERS} FOR EACH ROW
            WHEN ((OLD.text, OLD.sent_to, OLD.sent_on) IS DISTINCT FROM (NEW.text, NEW.sent_to, NEW.sent_on))
            EXECUTE FUNCTION {_LETTERS}_refuse()""",
    ]


def forbid(apps: Any, schema_editor: Any) -> None:
    """Make the triggers of the database at hand."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in _for_postgresql() if is_postgresql else _for_sqlite():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Forbid changes to what happened, to evidence, and to letters."""

    dependencies = [("submissions", "0001_initial")]
    operations = [migrations.RunPython(forbid)]
