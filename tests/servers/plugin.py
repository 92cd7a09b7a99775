"""Choose the databases of a test run before Django reads its settings, and give tests the servers they ask for.

SQLite in a temporary folder, unless FIRMPATH_TEST_DATABASE is `postgresql`: then one server is started for the
whole run, and each of its processes has databases of its own in it. Loaded by `-p tests.servers.plugin`, because
pytest-django reads the settings before it reads any conftest.py.
"""

import os
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Final

import pytest

from tests.servers.kept import ServerError
from tests.servers.postgres import Postgres, find_programs, running_postgres
from tests.servers.wanted import NotInstalledError, go_without

pytest_plugins = ["tests.servers.browser", "tests.servers.spark"]

CHOICE: Final = "FIRMPATH_TEST_DATABASE"
_SERVER: Final = "FIRMPATH_TEST_SERVER"
"""Where the run's first process says to the others in which folder the socket of the server is."""

# What the register reads; the settings of whoever runs the tests are kept out of them.
_OF_THE_REGISTER: Final = (
    *("DATABASE_URL", "SSC_DATABASE_URL", "EMAIL_URL"),
    *("FIRMPATH_API_CALLS_A_MINUTE", "FIRMPATH_HOST", "FIRMPATH_HOSTS", "FIRMPATH_PORT", "FIRMPATH_PUBLIC_URL"),
    *("FIRMPATH_SECONDS_TO_SEND", "FIRMPATH_SECRET_KEY", "FIRMPATH_TRUST_PROXY"),
    *("OIDC_NAME", "OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"),
)
_NUMBERS: Final = count(1)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Choose before anybody else's hook of this name is called, and clear up when the run ends."""
    later = ExitStack()
    early_config.add_cleanup(later.close)
    try:
        choose_databases(later)
    except (NotInstalledError, ServerError) as wrong:
        raise pytest.UsageError(f"{CHOICE} is postgresql. {wrong}") from None
    yield


def choose_databases(later: ExitStack) -> None:
    """Set the variables that name the databases of this process; what undoes it goes into `later`.

    :raises pytest.UsageError: the choice is not understood.
    """
    choice = os.environ.get(CHOICE) or "sqlite"
    if choice not in ("sqlite", "postgresql"):
        raise pytest.UsageError(f"{CHOICE} is {choice!r}; make it sqlite or postgresql")
    folder = later.enter_context(tempfile.TemporaryDirectory(prefix="firmpath-tests-"))
    patch = pytest.MonkeyPatch()
    later.callback(patch.undo)
    for name in _OF_THE_REGISTER:
        patch.delenv(name, raising=False)
    patch.setenv("FIRMPATH_DATA_DIR", folder)
    if choice == "postgresql":
        if _SERVER not in os.environ:
            patch.setenv(_SERVER, str(later.enter_context(running_postgres()).folder))
        for name, url in _new_urls(Postgres(Path(os.environ[_SERVER]))).items():
            patch.setenv(name, url)


def _new_urls(postgres: Postgres) -> dict[str, str]:
    """The SSC's database has an owner of its own, and nobody else may connect to it."""
    number = f"{os.getpid()}_{next(_NUMBERS)}"
    return {
        "DATABASE_URL": postgres.create_database(f"register_{number}"),
        "SSC_DATABASE_URL": postgres.create_database(f"ssc_{number}", "firmpath_ssc"),
    }


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Give a PostgreSQL server: that of the run if there is one, or one of this process."""
    if _SERVER in os.environ:
        yield Postgres(Path(os.environ[_SERVER]))
        return
    try:
        find_programs()
    except NotInstalledError as missing:
        go_without(missing)
    with running_postgres() as started:
        yield started


@pytest.fixture(scope="session")
def fresh_databases() -> Callable[[], dict[str, str]]:
    """Give what makes the variables of a register with two empty databases, of the kind that this run is about.

    With SQLite that is none: the databases are files in the register's folder.
    """
    return lambda: _new_urls(Postgres(Path(os.environ[_SERVER]))) if _SERVER in os.environ else {}
