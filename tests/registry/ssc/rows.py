"""All that the register's own database holds, table by table."""

from collections.abc import Iterator

from django.db import connection


def rows_of_the_register() -> Iterator[tuple[str, bytes]]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        assert "ledger_ledgerrow" in tables
        assert not [table for table in tables if table.startswith("ssc_")]
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield table, b"\n".join(_octets(cell) for row in cursor.fetchall() for cell in row)


def _octets(cell: object) -> bytes:
    return bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode()
