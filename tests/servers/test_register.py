"""Serving a register for tests, tried on a stand-in and then on the register itself."""

import http.client
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers.kept import ServerError
from tests.servers.register import Register, running_register
from tests.servers.watching import Watched, killed_at_the_end
from tests.waiting import LONGEST_WAIT_S

STAND_IN = str(Path(__file__).with_name("stand_in.py"))
SERVES = (sys.executable, STAND_IN, "0")
OWNER = """
import sys
from pathlib import Path
from tests.servers.register import running_register
with running_register(Path(sys.argv[1]), command=sys.argv[2:]) as register:
    print(register.kept.process.pid, flush=True)
    input()
"""


def status_of(address: str, path: str) -> int:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def crash(register: Register) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        status_of(register.address, "/crash")
    register.kept.wait(LONGEST_WAIT_S)


def test_it_answers_as_soon_as_it_is_given_and_stops_with_the_block(tmp_path: Path) -> None:
    with running_register(tmp_path / "data", command=SERVES) as register:
        assert status_of(register.address, "/") == 200
        assert register.data_folder.is_dir()
    assert register.kept.process.returncode == 0
    with pytest.raises(ConnectionRefusedError):
        status_of(register.address, "/")


def test_it_has_its_own_settings_and_none_of_the_tests(tmp_path: Path) -> None:
    asked = {"DATABASE_URL": "postgresql://db.example/register"}
    with running_register(tmp_path / "data", command=SERVES, environment=asked) as register:
        said = {
            "FIRMPATH_DATA_DIR": str(tmp_path / "data"),
            "DATABASE_URL": "postgresql://db.example/register",
            "DJANGO_SETTINGS_MODULE": None,
        }
        assert register.printed == f"{said}\n"


def test_two_run_side_by_side(tmp_path: Path) -> None:
    with (
        running_register(tmp_path / "one", command=SERVES) as one,
        running_register(tmp_path / "two", command=SERVES) as two,
    ):
        assert one.address != two.address
        assert [status_of(each.address, "/") for each in (one, two)] == [200, 200]


def test_a_register_that_ends_badly_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(ServerError, match="was stopped and ended with exit code 3 instead of 0"),
        running_register(tmp_path / "data", command=[*SERVES[:2], "3"]),
    ):
        pass


def test_a_register_that_does_not_start_is_told_with_what_it_printed(tmp_path: Path) -> None:
    serves = [sys.executable, "-c", "exit('DATABASE_URL is not the address of a database')"]
    with pytest.raises(ServerError) as told, running_register(tmp_path / "data", command=serves):
        pass
    assert str(told.value) == (
        "The register ended with exit code 1 before it was ready. It printed:\n"
        "DATABASE_URL is not the address of a database"
    )


def test_a_register_that_ends_by_itself_in_the_middle_of_a_test_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(ServerError, match="ended by itself, with exit code 9"),
        running_register(tmp_path / "data", command=SERVES) as register,
    ):
        crash(register)


def test_a_register_that_was_killed_is_not_held_against_the_test(tmp_path: Path) -> None:
    with running_register(tmp_path / "data", command=SERVES) as register:
        register.kill()
        assert not register.kept.is_running
        with pytest.raises(ServerError, match="ended by itself, with exit code 137"):
            register.stop()


def test_it_ends_with_the_tests_even_when_they_are_killed(tmp_path: Path) -> None:
    with killed_at_the_end(OWNER, str(tmp_path / "data"), *SERVES) as first_line:
        keeper = Watched(int(first_line))
    assert keeper.has_ended()


def test_the_register_itself_is_served_and_stopped(
    tmp_path: Path, fresh_databases: Callable[[], dict[str, str]]
) -> None:
    with running_register(tmp_path / "data", environment=fresh_databases()) as register:
        assert status_of(register.address, "/") == 200
        assert f"The register is at {register.address}." in register.printed
    assert register.kept.process.returncode == 0


def test_killing_the_register_ends_every_process_that_it_started(
    tmp_path: Path, fresh_databases: Callable[[], dict[str, str]]
) -> None:
    with running_register(tmp_path / "data", environment=fresh_databases()) as register:
        assert status_of(register.address, "/health/live") == 200
        register.kill()
        # Reset, not refused, where the system still had the place in the queue of a process that is gone.
        with pytest.raises((ConnectionRefusedError, ConnectionResetError)):
            status_of(register.address, "/health/live")
