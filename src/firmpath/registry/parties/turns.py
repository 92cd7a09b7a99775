"""Turns: what must not be done twice at once is done by one after the other."""

from django.db import connection


def take_turn(what: str) -> None:
    """Wait until nobody else is at this, and keep others waiting until the transaction at hand ends.

    On SQLite the transaction began by taking the only lock there is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])
