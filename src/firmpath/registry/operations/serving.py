"""Serve the register: granian hands requests to Django, in processes of a few threads each. Source: ADR 0018."""

import socket
from functools import partial
from typing import Final, NamedTuple

from django.conf import settings
from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.operations.logs import LOGGING
from firmpath.registry.operations.whole_requests import load

_SECONDS_TO_FINISH: Final = 30
"""How long requests that are being answered may take to finish when the register is told to stop."""

_MOST_CONNECTIONS: Final = 4096
"""Connections that a process holds at once; the next wait until one of them ends."""

_LARGEST_HEAD: Final = 64 * 1024
"""Octets of a request line and its headers, which a connection may hold before anything is known of it."""


class Served(NamedTuple):
    """Where to listen, and with how many processes and threads in each."""

    host: str
    port: int
    workers: int
    threads: int


def find_address(host: str, port: int) -> str:
    """Give the address to listen on, once it is sure that nobody else listens there.

    :raises FirmpathError: it is not an address of this machine, it is taken, or it may not be used.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        wrong = f"cannot be listened on: {(error.strerror or str(error)).lower()}"
        right = "set FIRMPATH_HOST and FIRMPATH_PORT, or give --host and --port"
        raise FirmpathError(Fault("Address", f"{host}:{port}", wrong, right)) from None
    return str(address[0])


def serve(served: Served, application: str = "firmpath.registry.wsgi:application") -> None:
    """Serve until told to stop (SIGTERM or ^C); requests that are being answered are finished first."""
    connections.close_all()  # no two processes may use the same one
    Granian(
        application,
        address=served.host,
        port=served.port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=settings.CONFIGURATION.seconds_to_send * 1000,
            max_buffer_size=_LARGEST_HEAD,
        ),
        backpressure=_MOST_CONNECTIONS,
        workers=served.workers,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=LOGGING,
        respawn_failed_workers=True,
        workers_kill_timeout=_SECONDS_TO_FINISH,
    ).serve(target_loader=partial(load, application, served.threads), wrap_loader=False)
