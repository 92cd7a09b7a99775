"""The PostgreSQL server of tests: what it lets in, and that nothing of it stays."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.servers import postgres as module
from tests.servers.kept import ServerError
from tests.servers.postgres import Postgres, find_programs, running_postgres
from tests.servers.wanted import NotInstalledError, go_without
from tests.servers.watching import Watched, killed_at_the_end

OWNER = """
from tests.servers.postgres import running_postgres
with running_postgres() as postgres:
    print(postgres.folder, flush=True)
    input()
"""


def postmaster(folder: Path) -> int:
    """Read the process id of a server."""
    return int((folder / "data" / "postmaster.pid").read_text().split()[0])


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A machine without PostgreSQL."""
    monkeypatch.setattr(module, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    find_programs.cache_clear()
    yield
    find_programs.cache_clear()


def test_a_new_database_is_empty_and_its_own(postgres: Postgres) -> None:
    name = f"mine_{os.getpid()}"
    with psycopg.connect(postgres.create_database(name)) as connection:
        connection.execute("CREATE TABLE words (word text)")
        connection.execute("INSERT INTO words VALUES ('ŵyth')")
        found = connection.execute("SELECT upper(word), current_database(), current_user FROM words").fetchone()
    assert found == ("ŴYTH", name, "firmpath")


def test_one_role_cannot_reach_the_database_of_another(postgres: Postgres) -> None:
    name = f"secret_{os.getpid()}"
    psycopg.connect(postgres.create_database(name, "firmpath_ssc")).close()
    psycopg.connect(postgres.create_database(f"open_{os.getpid()}")).close()
    with pytest.raises(psycopg.OperationalError, match=f'permission denied for database "{name}"'):
        psycopg.connect(postgres.url(name))


def test_the_owner_may_create_the_databases_of_django_and_is_no_administrator(postgres: Postgres) -> None:
    with psycopg.connect(postgres.create_database(f"asked_{os.getpid()}")) as connection:
        found = connection.execute("SELECT rolcreatedb, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert found.fetchone() == (True, False)


def test_it_listens_on_no_port_and_leaves_nothing(postgres: Postgres) -> None:
    with running_postgres() as mine:
        with psycopg.connect(mine.url("postgres", "postgres")) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        server = Watched(postmaster(mine.folder))
    assert server.has_ended()
    assert not mine.folder.exists()


def test_it_ends_with_the_tests_even_when_they_are_killed(postgres: Postgres) -> None:
    with killed_at_the_end(OWNER) as first_line:
        folder = Path(first_line)
        server = postmaster(folder)
        keeper = int(Path(f"/proc/{server}/stat").read_text().split()[3])
        both = [Watched(server), Watched(keeper)]
    assert [each.has_ended() for each in both] == [True, True]
    assert not folder.exists()


@pytest.mark.usefixtures("nowhere")
def test_where_it_is_not_installed_the_test_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(NotInstalledError) as missing:
        find_programs()
    with pytest.raises(pytest.skip.Exception) as skipped:
        go_without(missing.value)
    assert str(skipped.value) == (
        "PostgreSQL's server is not installed here. On Debian: apt-get install postgresql"
    )


@pytest.mark.usefixtures("nowhere")
def test_where_everything_has_to_be_there_the_test_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(NotInstalledError) as missing:
        find_programs()
    with pytest.raises(pytest.fail.Exception, match="PostgreSQL's server is not installed here"):
        go_without(missing.value)


def test_a_folder_with_too_long_a_path_is_refused(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    long = tmp_path / ("x" * 100)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    with pytest.raises(ServerError, match="set TMPDIR to a folder with a shorter path"), running_postgres():
        pass
