"""Let the database itself refuse to change or delete a statement, or to leave a gap in the numbers."""

from typing import Any

from django.db import migrations

_REFUSAL = "the ledger is only ever added to"
_GAP = "a statement takes the next number of the ledger"

_SQLITE = [
    f"""CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger_ledgerrow
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    f"""CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger_ledgerrow
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    f"""CREATE TRIGGER ledger_no_gap BEFORE INSERT ON ledger_ledgerrow
        WHEN NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_ledgerrow)
        BEGIN SELECT RAISE(ABORT, '{_GAP}'); END""",
]

_POSTGRESQL = [
    f"""CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$""",
    f"""CREATE FUNCTION ledger_next() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_ledgerrow) THEN
            RAISE EXCEPTION '{_GAP}' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$""",
    """CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE ON ledger_ledgerrow
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON ledger_ledgerrow
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_no_gap BEFORE INSERT ON ledger_ledgerrow
        FOR EACH ROW EXECUTE FUNCTION ledger_next()""",
]


def forbid(apps: Any, schema_editor: Any) -> None:
    """Make the triggers of the database at hand."""
    for statement in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Forbid changes to the ledger."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(forbid)]
