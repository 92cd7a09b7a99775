"""A question without a day is one about today in Britain."""

import argparse
import json
from datetime import UTC, date, datetime, tzinfo
from types import SimpleNamespace

import pytest

from firmpath.cli import arguments
from firmpath.cli.exit_codes import ExitCode
from tests.functional.conftest import Firmpath, Register


@pytest.mark.parametrize(
    ("at", "code", "day"),
    [
        (datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC), ExitCode.YES, "2026-06-30"),
        (datetime(2026, 6, 30, 23, tzinfo=UTC), ExitCode.NO, "2026-07-01"),
        (datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), ExitCode.NO, "2026-12-31"),
    ],
)
def test_today_is_britains_day(
    firmpath: Firmpath,
    register: Register,
    monkeypatch: pytest.MonkeyPatch,
    at: datetime,
    code: ExitCode,
    day: str,
) -> None:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Stopped":
            return cls.fromtimestamp(at.timestamp(), tz)

    monkeypatch.setattr(arguments, "datetime", Stopped)
    printed = firmpath("path", "1", "2", "--json", "--cpl", register("1 <- 2 ; 2 withdrawn=2026-07-01"))
    assert printed.code == code
    assert json.loads(printed.out)["as_at"] == day


def test_what_takes_until_after_midnight_is_of_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    instants = iter([datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC), datetime(2026, 6, 30, 23, tzinfo=UTC)])
    monkeypatch.setattr(arguments, "datetime", SimpleNamespace(now=lambda zone: next(instants)))
    asked = argparse.Namespace(on=None)
    assert [arguments.day_asked_about(asked) for _ in range(2)] == [date(2026, 6, 30)] * 2
