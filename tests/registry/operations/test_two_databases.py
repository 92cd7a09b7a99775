"""One database by two addresses is no database for the SSC: it is refused before a table is made in it."""

import os
from itertools import count
from pathlib import Path

import psycopg
import pytest
from django.db.utils import ConnectionHandler

from firmpath.cli.exit_codes import ExitCode
from firmpath.pathways.faults import FirmpathError
from firmpath.registry.configuration import parse_database_url
from firmpath.registry.operations.stores import Store, held
from firmpath.registry.operations.two_databases import refuse_one_database
from tests.registry.operations.running import firmpath, settings_of
from tests.servers.postgres import Postgres

NUMBERS = count()
SAID = "SSC_DATABASE_URL is the register's database too, by another address; give the SSC a database of its own"


def new_database(postgres: Postgres, role: str = "firmpath") -> str:
    return postgres.create_database(f"two_databases_{os.getpid()}_{next(NUMBERS)}", role)


def by_another_address(url: str, postgres: Postgres, folder: Path) -> str:
    """Give another address of a database: the folder of the server's socket by a link to it."""
    link = folder / "socket"
    link.symlink_to(postgres.folder)
    return url.replace(str(postgres.folder), str(link))


def check(ours: str, other: str) -> None:
    databases = {"default": parse_database_url("", ours, Path()), "ssc": parse_database_url("", other, Path())}
    connections = ConnectionHandler(databases)
    refuse_one_database(connections["default"], connections["ssc"])


def test_two_databases_of_one_server_are_two(postgres: Postgres) -> None:
    ours, other = new_database(postgres), new_database(postgres, "firmpath_ssc")
    check(ours, other)
    with psycopg.connect(ours) as asked:
        locks = asked.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone()
    assert locks == (0,), "nothing is held on to"


def test_one_database_by_two_addresses_is_refused(postgres: Postgres, tmp_path: Path) -> None:
    ours = new_database(postgres)
    with pytest.raises(FirmpathError) as refused:
        check(ours, by_another_address(ours, postgres, tmp_path))
    assert str(refused.value) == SAID


def test_a_database_that_cannot_be_asked_is_named(postgres: Postgres) -> None:
    ours = new_database(postgres)
    with pytest.raises(FirmpathError, match=r"Database .ssc. cannot be prepared: .*nobody_made_it"):
        check(ours, postgres.url("nobody_made_it"))


def test_nothing_starts_and_no_table_is_made_where_both_are_one(postgres: Postgres, tmp_path: Path) -> None:
    ours = new_database(postgres)
    other = by_another_address(ours, postgres, tmp_path)
    environment = settings_of(tmp_path / "data", {"DATABASE_URL": ours, "SSC_DATABASE_URL": other})
    done = firmpath("ledger", "verify", environment=environment)
    assert (done.returncode, " ".join(done.stderr.split())) == (ExitCode.REFUSED, f"firmpath: {SAID}")
    with psycopg.connect(ours) as asked:
        tables = asked.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (0,)


def test_one_file_by_two_names_is_refused(tmp_path: Path) -> None:
    register, other = tmp_path / "register.sqlite3", tmp_path / "other.sqlite3"
    check(f"sqlite:///{register}", f"sqlite:///{other}")
    around = tmp_path / "data" / ".." / "register.sqlite3"
    with pytest.raises(FirmpathError, match="is the register's database too, by another address"):
        check(f"sqlite:///{register}", f"sqlite:///{around}")
    register.touch()
    other.touch()
    check(f"sqlite:///{register}", f"sqlite:///{other}")
    other.unlink()
    other.hardlink_to(register)
    with pytest.raises(FirmpathError, match="is the register's database too, by another address"):
        check(f"sqlite:///{register}", f"sqlite:///{other}")


def test_a_file_and_a_server_are_two(postgres: Postgres, tmp_path: Path) -> None:
    check(f"sqlite:///{tmp_path}/register.sqlite3", new_database(postgres))


def test_a_port_among_the_options_of_an_address_is_that_which_is_asked(postgres: Postgres) -> None:
    ours = new_database(postgres)
    with pytest.raises(FirmpathError, match=r"Database .ssc. cannot be prepared: .*PGSQL\.1\b"):
        check(ours, f"{ours}&port=1")
    store = Store("register", parse_database_url("", f"{ours}&port=1", Path()))
    with pytest.raises(FirmpathError, match=r"Database .register. cannot be copied: .*PGSQL\.1\b"), held(store):
        pass
