"""The one expression of a plan, in SQL that is written for each dialect; the core's answers are a table in it.

Every word is in the smallest common part of the dialects: no window, no function that only some have. What it means
is what `device_ids` and `joining` mean on this machine, row by row. Source: DESIGN decision 10; ADR 0022.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from sqlglot import exp, parse_one

from firmpath.fleet.device_id_spelling import SPACES
from firmpath.fleet.planned import OfTheRow, Planned
from firmpath.fleet.readings import COLUMNS

NOT_JUDGED: Final = "not_judged"
"""The status of a row whose reading was not among those that the core has answered for: a guess would be wrong."""

INVENTORY: Final = "inventory"
PLANNED: Final = "planned"
REPEATED: Final = "repeated"
"""The tables that the expression names: the rows, the core's answers, and the Device IDs of several rows."""

KEY: Final = "reading_key"
"""The number that is made of a reading, where there is one."""

_WRITTEN_IN: Final = "duckdb"
"""The dialect in which the text below is written; SQLGlot turns it into the others."""

_DASHED: Final = "^[0-9A-F]{2}(-[0-9A-F]{2}){7}$"
_SEPARATED: Final = "^[0-9A-Fa-f]{2}([-:][0-9A-Fa-f]{2}){7}$"
_PLAIN: Final = "^[0-9A-Fa-f]{16}$"

# The lengths are compared as well, since in some dialects `$` forgives a line break at the end.
_FLEET: Final = {
    "named": "SELECT CAST(inventory.device_id AS VARCHAR) AS written, {readings} FROM inventory",
    "with_dashed": f"""
        SELECT *, CASE WHEN LENGTH(written) = 23 AND REGEXP_MATCHES(written, '{_DASHED}') THEN written END AS dashed
        FROM named""",
    "with_trimmed": f"""
        SELECT *, CASE WHEN dashed IS NULL THEN TRIM(written, '{SPACES}') END AS trimmed
        FROM with_dashed""",
    "with_digits": f"""
        SELECT *,
          CASE WHEN (LENGTH(trimmed) = 23 AND REGEXP_MATCHES(trimmed, '{_SEPARATED}'))
                 OR (LENGTH(trimmed) = 16 AND REGEXP_MATCHES(trimmed, '{_PLAIN}'))
               THEN UPPER(REPLACE(REPLACE(trimmed, '-', ''), ':', '')) END AS digits
        FROM with_trimmed""",
    "fleet": f"""
        SELECT *, COALESCE(dashed, {" || '-' || ".join(f"SUBSTRING(digits, {at}, 2)" for at in range(1, 16, 2))})
          AS device_id
        FROM with_digits""",
}
"""Every row: its reading, its Device ID as it is `written`, and as it is in DUIS, null where it is no EUI-64."""

_FLEET_IN_DUIS: Final = {
    "named": _FLEET["named"],
    # Known to be there, so that an engine can leave out what is for those that are not.
    "fleet": "SELECT *, COALESCE(written, '') AS device_id FROM named",
}
"""The same, where it is known that every Device ID is written as it is in DUIS."""

_REPEATED: Final = """
    SELECT device_id, COUNT(*) AS times FROM fleet WHERE device_id IS NOT NULL
    GROUP BY device_id HAVING COUNT(*) > 1
"""

_PLAN: Final = f"""
    SELECT
      COALESCE(fleet.device_id, fleet.written) AS device_id,
      NULLIF(planned.installed, 0) AS installed,
      NULLIF(planned.candidates, '') AS candidates,
      CASE WHEN fleet.device_id IS NULL OR repeated.times IS NOT NULL THEN NULL
           ELSE NULLIF(planned.target, 0) END AS target,
      CASE WHEN fleet.device_id IS NULL OR repeated.times IS NOT NULL THEN NULL
           ELSE NULLIF(planned.next_entry, 0) END AS next_entry,
      CASE WHEN fleet.device_id IS NULL OR repeated.times IS NOT NULL OR planned.remaining_steps IS NULL THEN 0
           ELSE planned.remaining_steps END AS remaining_steps,
      CASE WHEN fleet.device_id IS NULL THEN '{OfTheRow.MALFORMED.value}'
           WHEN repeated.times IS NOT NULL THEN '{OfTheRow.DUPLICATE_DEVICE_ID.value}'
           WHEN planned.status IS NULL THEN '{NOT_JUDGED}'
           ELSE planned.status END AS status,
      CASE WHEN fleet.device_id IS NULL THEN 'device_id'
           WHEN repeated.times IS NOT NULL THEN 'in ' || CAST(repeated.times AS VARCHAR) || ' rows'
           ELSE NULLIF(planned.reason, '') END AS reason
    FROM fleet
    LEFT JOIN planned ON {{alike}}
    LEFT JOIN repeated ON fleet.device_id = repeated.device_id
"""

STEPS: Final = frozenset((*_FLEET, REPEATED))
"""The names of the steps of the expression, which no table of the inventory may have."""


class Source(NamedTuple):
    """Where the rows are: the table, and for each column of ours the identifier that it has there.

    `numbers` are the columns whose values are compared as whole numbers; all others are compared as text. Those
    that are `filled` were found to have a value in every row: engines look up what may be nothing much more slowly.
    `as_written`: the core's answers are for texts as they are in the rows, with the spaces around them.
    `told_apart_by`: columns that tell apart all readings that are there; one number is made of their texts, and the
    answers have the same in the column `KEY`. That is for an engine that has xxhash64.
    """

    table: exp.Table
    columns: Mapping[str, exp.Identifier]
    numbers: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()
    as_written: bool = False
    told_apart_by: tuple[str, ...] = ()

    @property
    def reading_columns(self) -> tuple[str, ...]:
        """The columns that say what a Device runs, in their order."""
        return tuple(each for each in COLUMNS if each in self.columns)


def readings_query(source: Source) -> exp.Select:
    """Give the statement that counts the rows of each different reading."""
    columns = ", ".join(source.reading_columns)
    rows = f"(SELECT {_readings(source)} FROM inventory) AS named"
    return _of(source, f"SELECT {columns}, COUNT(*) AS devices FROM {rows} GROUP BY {columns} ORDER BY {columns}")


def plan_query(
    source: Source, planned: exp.Table, repeated: exp.Table | None = None, are_in_duis: bool = False
) -> exp.Select:
    """Give the statement whose rows are the plan: one for each row of the inventory, none besides.

    `planned` is the table of the core's answers, one row for each reading. `repeated` is a table of the Device IDs
    that several rows have, where somebody has made one already; else they are found in the same statement.
    `are_in_duis` says that every Device ID was found to be written as it is in DUIS: none is checked again.
    """
    fleet = _FLEET_IN_DUIS if are_in_duis else _FLEET
    found = {} if repeated else {REPEATED: _REPEATED}
    by_columns = " AND ".join(_alike(source, each) for each in source.reading_columns)
    alike = f"fleet.{KEY} = planned.{KEY}" if source.told_apart_by else by_columns
    query = _of(source, f"WITH {_steps(source, {**fleet, **found})} {_PLAN.format(alike=alike)}")
    return name_tables(query, {PLANNED: planned} | ({REPEATED: repeated} if repeated else {}))


def planned_columns(source: Source) -> dict[str, str]:
    """Give the columns of the table of answers, with their types: those of a reading, then those of a plan."""
    keys = {each: "BIGINT" if each in source.numbers else "VARCHAR" for each in source.reading_columns}
    return keys | {each: TYPES.get(each, "BIGINT") for each in Planned._fields}


TYPES: Final = {"candidates": "VARCHAR", "status": "VARCHAR", "reason": "VARCHAR", "remaining_steps": "INTEGER"}
"""The types of the columns of a plan that are no CPL Entry IDs."""


def _steps(source: Source, steps: Mapping[str, str]) -> str:
    texts = {each: _as_text(source, each) for each in source.told_apart_by}
    readings = f"{key_of(texts.values())} AS {KEY}" if texts else _readings(source)
    named = {**steps, "named": steps["named"].format(readings=readings)}
    return ", ".join(f"{name} AS ({query})" for name, query in named.items())


def _readings(source: Source) -> str:
    """Read what a Device runs: as text, nothing and blanks alike, as the core does; or as whole numbers."""
    return ", ".join(
        f"{f'inventory.{each}' if each in source.numbers else _as_text(source, each)} AS {each}"
        for each in source.reading_columns
    )


def _as_text(source: Source, column: str) -> str:
    written = f"CAST(inventory.{column} AS VARCHAR)"
    return f"COALESCE({written if source.as_written else f'TRIM({written})'}, '')"


def key_of(texts: Iterable[str]) -> str:
    """Give the expression that makes one number of some texts, none of which is null."""
    return f"XXHASH64({', '.join(texts)})"


def _alike(source: Source, column: str) -> str:
    """Compare a reading; programs that load a table may make null of what is empty, so the two are alike."""
    if column in source.filled & source.numbers:
        return f"fleet.{column} = planned.{column}"
    if column in source.numbers:
        return f"fleet.{column} IS NOT DISTINCT FROM planned.{column}"
    return f"fleet.{column} = COALESCE(planned.{column}, '')"


def _of(source: Source, query: str) -> exp.Select:
    """Parse a query, and put the names of the source into it."""
    parsed = parse_one(query, dialect=_WRITTEN_IN)
    assert isinstance(parsed, exp.Select)
    for column in list(parsed.find_all(exp.Column)):
        if column.table == INVENTORY:
            column.set("this", source.columns[column.name].copy())
    return name_tables(parsed, {INVENTORY: source.table})


def name_tables(query: exp.Select, theirs: Mapping[str, exp.Table]) -> exp.Select:
    """Put tables of theirs where a query has ours, under our names for them."""
    for table in list(query.find_all(exp.Table)):
        if table.name in theirs and not table.db:
            table.replace(exp.alias_(theirs[table.name].copy(), table.alias or table.name, table=True))
    return query
