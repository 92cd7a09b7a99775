"""The databases of a test run: chosen before Django reads its settings, and gone when the run ends."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.servers.postgres import Postgres

PROJECT = Path(__file__).parents[2]
LONGEST_S = 120

INI = """
[pytest]
pythonpath = .
DJANGO_SETTINGS_MODULE = noted
"""
# What Django's settings see when they are read.
SETTINGS = """
import os
NAMES = ("FIRMPATH_DATA_DIR", "DATABASE_URL", "SSC_DATABASE_URL", "FIRMPATH_SECRET_KEY")
SEEN = {name: os.environ[name] for name in NAMES if name in os.environ}
"""
TESTS = """
import os
from pathlib import Path
import psycopg, pytest
from django.conf import settings

def write(text):
    with Path(__file__).with_name("said.txt").open("a") as said:
        said.write(f"{text}\\n")

def test_sqlite():
    assert list(settings.SEEN) == ["FIRMPATH_DATA_DIR"]
    assert Path(settings.SEEN["FIRMPATH_DATA_DIR"]).is_dir()
    write(settings.SEEN["FIRMPATH_DATA_DIR"])

@pytest.mark.parametrize("number", range(6))
def test_postgresql(number, fresh_databases, postgres):
    for url in (settings.SEEN["DATABASE_URL"], fresh_databases()["DATABASE_URL"]):
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("firmpath",)
    with psycopg.connect(settings.SEEN["SSC_DATABASE_URL"]) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("firmpath_ssc",)
    write(f"{postgres.folder} {settings.SEEN['DATABASE_URL']} {settings.SEEN['FIRMPATH_DATA_DIR']}")
"""


class Run(NamedTuple):
    """The exit code of a run of pytest, what it printed, and what its tests wrote."""

    code: int
    printed: str
    said: list[list[str]]


def run_pytest(folder: Path, *arguments: str, **variables: str) -> Run:
    """Run pytest on the tests above in a process of its own."""
    (folder / "pytest.ini").write_text(INI)
    (folder / "noted.py").write_text(SETTINGS)
    (folder / "test_noted.py").write_text(TESTS)
    plugins = ("pytest_django.plugin", "xdist.plugin", "tests.servers.plugin")
    command = [sys.executable, "-m", "pytest", *(word for name in plugins for word in ("-p", name))]
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST_", "DJANGO_", "FIRMPATH_"))
    }
    done = subprocess.run(
        [*command, "-c", str(folder / "pytest.ini"), *arguments, str(folder / "test_noted.py")],
        cwd=PROJECT,
        env=inherited | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | variables,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    said = folder / "said.txt"
    lines = said.read_text().splitlines() if said.exists() else []
    return Run(done.returncode, done.stdout + done.stderr, [line.split() for line in lines])


def test_sqlite_in_a_folder_that_goes_and_no_settings_of_whoever_runs_it(tmp_path: Path) -> None:
    mine = {"DATABASE_URL": "postgresql://db.example/live", "FIRMPATH_SECRET_KEY": "mine"}
    run = run_pytest(tmp_path, "-k", "sqlite", **mine)
    assert run.code == 0, run.printed
    ((folder,),) = run.said
    assert not Path(folder).exists()


def test_one_postgresql_for_all_processes_with_databases_for_each(postgres: Postgres, tmp_path: Path) -> None:
    run = run_pytest(tmp_path, "-k", "postgresql", "-n", "2", FIRMPATH_TEST_DATABASE="postgresql")
    assert run.code == 0, run.printed
    servers, databases, folders = (set(column) for column in zip(*run.said, strict=True))
    assert len(run.said) == 6
    assert [len(servers), len(databases), len(folders)] == [1, 2, 2]
    assert [path for path in servers | folders if Path(path).exists()] == []


def test_a_choice_that_is_not_understood_is_refused(tmp_path: Path) -> None:
    run = run_pytest(tmp_path, FIRMPATH_TEST_DATABASE="oracle")
    assert run.code == pytest.ExitCode.USAGE_ERROR
    assert "FIRMPATH_TEST_DATABASE is 'oracle'; make it sqlite or postgresql" in run.printed


def test_postgresql_that_was_asked_for_and_is_not_there_is_refused(tmp_path: Path) -> None:
    blind = "import tests.servers.postgres as p; from pathlib import Path; p.DEBIAN = Path('nowhere')"
    (tmp_path / "blind.py").write_text(blind)
    run = run_pytest(tmp_path, "-p", "blind", FIRMPATH_TEST_DATABASE="postgresql", PATH=str(tmp_path))
    assert run.code == pytest.ExitCode.USAGE_ERROR
    assert (
        "FIRMPATH_TEST_DATABASE is postgresql. PostgreSQL's server is not installed here. "
        "On Debian: apt-get install postgresql"
    ) in run.printed
