"""Serve the register: granian hands requests to Django, in processes of a few threads each. Source: ADR 0010."""

from typing import Final, NamedTuple

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

_SECONDS_TO_FINISH: Final = 30
"""How long requests that are being answered may take to finish when the register is told to stop."""


class Served(NamedTuple):
    """Where to listen, and with how many processes and threads in each."""

    host: str
    port: int
    workers: int
    threads: int


def serve(served: Served) -> None:
    """Serve until told to stop (SIGTERM or ^C); requests that are being answered are finished first."""
    Granian(
        "firmpath.registry.wsgi:application",
        address=served.host,
        port=served.port,
        interface=Interfaces.WSGI,
        workers=served.workers,
        blocking_threads=served.threads,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=_SECONDS_TO_FINISH,
    ).serve()
