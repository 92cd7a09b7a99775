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


class JSONLines(logging.Formatter):
    """Write a record as one line of JSON; of an exception its kind and where it arose, never its text."""

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
            fields["exception"] = record.exc_info[0].__name__
            fields["where"] = _where(record.exc_info[2])
        return json.dumps(fields, ensure_ascii=True)


def _where(traceback: TracebackType | None) -> list[str]:
    places = []
    while traceback:
        code = traceback.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('site-packages/')[2]}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return places[-12:]


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
