"""Which of the two databases a model lives in: the SSC's own, or the register's."""

from typing import Any, Final

SSC: Final = "ssc"
"""The alias of the SSC's database, and the label of the one application that uses it."""


class Routing:
    """Send the models of the SSC to its database, all others to the register's; nothing joins the two."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Name the database to read from."""
        return SSC if model._meta.app_label == SSC else "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Name the database to write to."""
        return self.db_for_read(model)

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        """Refuse what would point from one database into the other."""
        return self.db_for_read(first) == self.db_for_read(second)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Say whether the tables of an application belong in a database."""
        return (app_label == SSC) == (db == SSC)
