"""Turns: what must not be done twice at once is done by one after the other."""

from typing import Final

from django.db import connection

PEOPLE: Final = "Parties and people"
"""The turn of whatever changes who can do what: who joins, who is switched off, what role a Party has.

Each of these looks at rows that another changes, so it is taken before any of them is locked. Source: ADR 0049.
"""


def take_turn(what: str) -> None:
    """Wait until nobody else is at this, and keep others waiting until the transaction at hand ends.

    On SQLite the transaction began by taking the only lock there is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])
