"""`firmpath serve` as somebody who runs it meets it."""

import re
import signal
import socket
import sqlite3
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from firmpath.cli.exit_codes import ExitCode
from tests.registry.operations.calling import ask
from tests.registry.operations.running import firmpath, program, settings_of
from tests.servers.postgres import find_programs, running_postgres
from tests.servers.register import SERVE, free_port, running_register
from tests.servers.wanted import NotInstalledError, go_without
from tests.waiting import LONGEST_WAIT_S

SIGN_IN = "/account/sign-in/"
LINK = re.compile(r"(/account/join/\S+)")


def test_the_first_person_joins_by_a_link_that_is_printed_once(
    tmp_path: Path, fresh_databases: Callable[[], dict[str, str]]
) -> None:
    folder, databases = tmp_path / "data", fresh_databases()
    links: list[str] = []
    for starts in (1, 2):
        with running_register(folder, environment=databases) as register:
            links = LINK.findall(register.printed)  # of every start so far
            assert len(set(links)) == len(links) == starts
            assert register.printed.count("By this link the first person joins, as SECAS") == starts
            assert ask(register.address, links[-1]).status == 200
    assert program("joined", environment=settings_of(folder, databases)).returncode == 0
    with running_register(folder, environment=databases) as register:
        assert LINK.findall(register.printed) == links
        assert f"The register is at {register.address}. Stop it with Ctrl+C." in register.printed


def test_two_that_start_at_once_share_one_key_and_nothing_is_readable_by_others(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    starting = [running_register(folder) for _ in range(2)]
    with ExitStack() as stack, ThreadPoolExecutor(2) as pool:
        registers = list(pool.map(stack.enter_context, starting))
        assert [ask(each.address, "/health/ready").status for each in registers] == [200, 200]
        found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert {name for name, mode in found.items() if mode & 0o077} == set()
    assert found["secret-key"] == found["register.sqlite3"] == found["ssc.sqlite3"] == 0o600
    assert [name for name in found if name.startswith(".")] == []


def test_a_request_that_is_being_answered_is_answered_whole_before_it_stops(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with running_register(folder) as register, closing(open_database(folder)) as database:
        page = ask(register.address, SIGN_IN)
        token = re.search(rb'csrfmiddlewaretoken" value="(\w+)"', page.body)
        assert token
        cookie = page.headers["set-cookie"].partition(";")[0]
        body = b"csrfmiddlewaretoken=%s&login=nobody%%40brook.example&password=wrong" % token[1]
        database.execute("BEGIN IMMEDIATE")  # signing in counts attempts, and now it has to wait to
        with sent_but_not_answered(register.address, SIGN_IN, cookie, body) as answer:
            register.kept.send(signal.SIGTERM)
            while _listens(register.address):
                assert register.kept.is_running
            database.execute("ROLLBACK")
            head, _, html = answer.read().partition(b"\r\n\r\n")
        assert register.kept.wait(LONGEST_WAIT_S) == 0
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"content-length: %d\r\n" % len(html) in head
    assert html.endswith(b"</html>\n")


def open_database(folder: Path) -> sqlite3.Connection:
    """Open the register's database as somebody else."""
    return sqlite3.connect(folder / "register.sqlite3", isolation_level=None)


@contextmanager
def sent_but_not_answered(address: str, path: str, cookie: str, body: bytes) -> Iterator[BinaryIO]:
    """Send a form once the register asks for it, and so has begun with the request; give where the answer comes."""
    host, port = address.removeprefix("http://").split(":")
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {host}:{port}",
        f"Referer: {address}{path}",
        f"Cookie: {cookie}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
        "Expect: 100-continue",
    ]
    with (
        socket.create_connection((host, int(port)), timeout=LONGEST_WAIT_S) as connection,
        connection.makefile("rb") as answer,
    ):
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        assert answer.readline() == b"HTTP/1.1 100 Continue\r\n"
        assert answer.readline() == b"\r\n"
        connection.sendall(body)
        yield answer


def _listens(address: str) -> bool:
    try:
        socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=LONGEST_WAIT_S).close()
    except ConnectionRefusedError:
        return False
    return True


def test_the_example_is_loaded_into_a_register_that_has_none(tmp_path: Path) -> None:
    with running_register(tmp_path / "data", command=[*SERVE, "--with-example"]) as register:
        assert b'"cpl_entry_id":101' in ask(register.address, "/api/v1/entries?limit=1").body


def test_it_is_alive_and_not_ready_while_a_database_is_away(tmp_path: Path) -> None:
    try:
        find_programs()
    except NotInstalledError as missing:
        go_without(missing)
    with ExitStack() as server:
        postgres = server.enter_context(running_postgres())
        databases = {"SSC_DATABASE_URL": postgres.create_database("ssc", "firmpath_ssc")}
        with running_register(tmp_path / "data", environment=databases) as register:
            assert ask(register.address, "/health/ready").body == b'{"ready": true, "not_ready": []}'
            server.close()
            away = ask(register.address, "/health/ready")
            assert (away.status, away.body) == (503, b'{"ready": false, "not_ready": ["database of the SSC"]}')
            assert away.headers["retry-after"] == "5"
            assert ask(register.address, "/health/live").status == 200


@pytest.mark.parametrize(
    ("arguments", "variables", "said"),
    [
        (["--port", "65536"], {}, "Port '65536' is not a whole number from 1 to 65535"),
        (["--workers", "0"], {}, "Workers '0' is not a whole number from 1 to 64"),
        (
            ["--host", "192.0.2.1"],
            {},
            "Address '192.0.2.1:8000' cannot be listened on: cannot assign requested address",
        ),
        ([], {"FIRMPATH_DATA_DIR": "{file}/data"}, "cannot be written to: not a directory; set FIRMPATH_DATA_DIR"),
        (
            [],
            {"DATABASE_URL": "mysql://user:password@host/canary"},
            "DATABASE_URL is not the address of a database; write postgresql:",
        ),
        (
            [],
            {"DATABASE_URL": "postgresql:///none?host={file}"},
            "Database 'default' cannot be prepared: connection",
        ),
    ],
)
def test_what_cannot_be_served_is_refused_in_words(
    arguments: list[str], variables: dict[str, str], said: str, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()
    environment = settings_of(tmp_path / "data", {name: text.format(file=file) for name, text in variables.items()})
    port = () if arguments else ("--port", free_port())
    done = firmpath("serve", *arguments, *port, environment=environment)
    assert done.returncode == ExitCode.REFUSED
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert "canary" not in done.stderr


@pytest.mark.parametrize(("database", "app"), [("register", "submissions"), ("ssc", "ssc")])
def test_tables_that_a_newer_release_has_changed_are_refused_in_words(
    database: str, app: str, tmp_path: Path
) -> None:
    environment = settings_of(tmp_path)
    assert firmpath("ledger", "verify", environment=environment).returncode == ExitCode.YES
    with closing(sqlite3.connect(tmp_path / f"{database}.sqlite3", isolation_level=None)) as opened:
        opened.execute("INSERT INTO django_migrations (app, name, applied) VALUES (?, '0099_later', 1)", [app])
    done = firmpath("ledger", "verify", environment=environment)  # which begins as serving does
    assert done.returncode == ExitCode.REFUSED
    assert done.stderr.endswith(
        f" was changed by a newer Firmpath, which made {app}.0099_later; "
        "serve it with that release, or restore a backup\n"
    )


def test_an_address_that_is_taken_is_refused_in_words(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = firmpath("serve", "--port", port, environment=settings_of(tmp_path / "data"))
    assert done.returncode == ExitCode.REFUSED
    assert done.stderr == (
        f"firmpath: Address '127.0.0.1:{port}' cannot be listened on: address already in use; "
        "set FIRMPATH_HOST and FIRMPATH_PORT, or give --host and --port\n"
    )
