"""Logs: one JSON object a line, with nothing in it about people, and nothing that was typed."""

import json
import logging
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final

_OF_THE_SERVER: Final = "_granian"
"""The logger of the server underneath, which speaks of its processes alone."""

_OF_THE_SSC: Final = "/registry/ssc/"
_MOST_PLACES: Final = 12


class JSONLines(logging.Formatter):
    """Write a record as one line of JSON; of an exception its kind and where it arose, never its text.

    Of one in the code of the SSC there is neither, but a reference, under which the SSC's own log has both.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Give the line of a record."""
        fields: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "what": getattr(record, "what", record.name),
            **getattr(record, "fields", {}),
        }
        if record.name.startswith(_OF_THE_SERVER):
            fields["what"] = f"server: {record.getMessage().partition(chr(10))[0]}"  # what follows can be a text
        if hasattr(record, "status_code"):
            fields["status"] = record.status_code
        if record.exc_info and record.exc_info[0]:
            fields |= _told_of(*record.exc_info)
        return json.dumps(fields, ensure_ascii=True)


def _told_of(
    kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None
) -> dict[str, Any]:
    """Tell the kind of an exception and where it arose; of one in the SSC's code its reference there alone."""
    where = _where(traceback)
    if any(_OF_THE_SSC in each for each in where):
        return {"exception": "in what is the SSC's", "reference": getattr(error, "reference", "")}
    return {"exception": kind.__name__, "where": where[-_MOST_PLACES:]}


def _where(traceback: TracebackType | None) -> list[str]:
    places = []
    while traceback:
        code = traceback.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('site-packages/')[2]}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return places


LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "firmpath.registry.operations.logs.JSONLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"handlers": [], "level": "ERROR", "propagate": True},  # others are in the request's line
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        _OF_THE_SERVER: {"handlers": [], "level": "WARNING", "propagate": True},
    },
}


def log_whatever_else_is_printed() -> None:
    """Have warnings, and exceptions that nobody catches, logged as everything else is; Python prints their text."""
    logging.captureWarnings(True)
    sys.excepthook = lambda kind, error, traceback: _log_uncaught(kind, error, traceback)
    threading.excepthook = lambda told: _log_uncaught(told.exc_type, told.exc_value, told.exc_traceback)
    sys.unraisablehook = lambda told: _log_uncaught(told.exc_type, told.exc_value, told.exc_traceback)


def _log_uncaught(kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
    if error is not None:
        extra = {"what": "an exception that nobody caught"}
        logging.getLogger("firmpath").error("", exc_info=(kind, error, traceback), extra=extra)
