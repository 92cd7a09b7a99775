"""Whatever comes back in the place of an answer is a `RegisterError`, and says what came."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from firmpath.client import Register, RegisterError


@contextmanager
def answering(octets: bytes) -> Iterator[str]:
    """Give the address of a server that answers one call with some octets, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(octets)

        thread = Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()


@pytest.mark.parametrize(
    ("octets", "status", "words"),
    [
        (b"", 0, "gave no whole answer: Remote end closed connection without response"),
        (b"SSH-2.0-OpenSSH\r\n", 0, "gave no whole answer: SSH-2.0-OpenSSH"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", 0, "gave no whole answer: IncompleteRead"),
        (b"HTTP/1.1 200 OK\r\n\r\n<html>", 200, "the answer was 200 OK, and not that of a register"),
        (b"HTTP/1.1 200 OK\r\n\r\n[1]", 200, "the answer was 200 OK, and not that of a register"),
        (b"HTTP/1.1 200 OK\r\n\r\n\xff", 200, "the answer was 200 OK, and not that of a register"),
        (b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", 302, "the answer was 302 Found, and not that of a register"),
        (
            b"HTTP/1.1 500 No\r\nContent-Length: 9\r\n\r\n{}",
            500,
            "the answer was 500 No, and not that of a register",
        ),
    ],
)
def test_what_is_no_answer_is_told(octets: bytes, status: int, words: str) -> None:
    with answering(octets) as address, pytest.raises(RegisterError) as told:
        Register(address).entry(1)
    assert told.value.status == status
    assert words in str(told.value)


def test_a_register_that_takes_too_long_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(RegisterError, match="gave no whole answer: timed out"):
            Register(address, timeout=0.05).entry(1)
