"""Logs: one JSON object a line, with nothing in it about people, and nothing that was typed."""

import json
import logging
from datetime import UTC, datetime
from typing import Any, Final


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
        if record.exc_info and record.exc_info[0]:
            fields["exception"] = record.exc_info[0].__name__
            fields["where"] = _where(record.exc_info[2])
        return json.dumps(fields, ensure_ascii=True)


def _where(traceback: Any) -> list[str]:
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
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
