"""A known answer, read from its file: why it matters, the catalogue, the question, and the answer to it.

The answer is worked out by hand from the words of the specification; no case is written by running the engine.

    name = "…"              what it is about
    why = "…"               why it matters to a person
    source = "…"            where it is asked for
    catalogue = "1 <- 2"    in the notation of tests/notation.py
    on = 2026-06-01         optional: the day asked about
    known_at = 2026-03-31T23:59:59Z     optional: only what had been recorded by then
    accepted = ["N1"]       optional: notices whose risk is accepted
    excluded = [2]          optional: entries that no Device is to be taken to
    [[statements]]          optional: statements that follow; `fact` as in a register file
    [question]              `kind` is path unless it says otherwise; see asking.py
    [answer]                everything that the answer holds; what it does not hold is left out
"""

import json
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.facts import Retracted, slot_of
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID, write_instant
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.register_reader import read_register
from firmpath.pathways.register_writer import write_register
from firmpath.pathways.statement import Channel, Statement
from tests.notation import ON, statements

FOLDER = Path(__file__).parent

_REQUIRED = {"name", "why", "source", "catalogue", "question", "answer"}
_OPTIONAL = {"on", "known_at", "accepted", "excluded", "statements"}


class Case(NamedTuple):
    """One known answer; `case_id` is its path below tests/cases, without the suffix."""

    case_id: str
    name: str
    why: str
    source: str
    notation: str
    question: Mapping[str, Any]
    answer: Mapping[str, Any]
    on: date = ON
    known_at: datetime | NotKnown = NOT_KNOWN
    accepted: frozenset[str] = frozenset()
    excluded: frozenset[int] = frozenset()
    more: tuple[Mapping[str, Any], ...] = ()

    @property
    def folder(self) -> str:
        """The topic."""
        return self.case_id.rpartition("/")[0]

    @property
    def kind(self) -> str:
        """The kind of question."""
        return str(self.question.get("kind", "path"))

    def record(self) -> tuple[Statement, ...]:
        """Give the statements of the notation and those that follow, through a register file and back.

        :raises FirmpathError: the register does not understand them.
        """
        lines = list(write_register(statements(self.notation)))
        for added in self.more:
            lines.append(_line(read_register(lines), added))
        return read_register(lines)

    def catalogue(self, on: date | None = None, known_at: datetime | NotKnown = NOT_KNOWN) -> Catalogue:
        """Give the Catalogue asked about, or that of another day or of what was known at another instant."""
        listed = fold(self.record(), on or self.on, known_at or self.known_at)
        return listed.excluding(map(CPLEntryID, self.excluded))


@cache
def cases() -> tuple[Case, ...]:
    """Give every case, in order of its id."""
    return tuple(_read(path) for path in sorted(FOLDER.rglob("*.toml")))


def _read(path: Path) -> Case:
    case_id = path.relative_to(FOLDER).with_suffix("").as_posix()
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    if wrong := (_REQUIRED - written.keys()) | (written.keys() - _REQUIRED - _OPTIONAL):
        raise ValueError(f"{case_id} lacks or does not know: {', '.join(sorted(wrong))}")
    return Case(
        case_id,
        written["name"],
        " ".join(written["why"].split()),
        written["source"],
        written["catalogue"],
        written["question"],
        written["answer"],
        written.get("on", ON),
        written.get("known_at", NOT_KNOWN),
        frozenset(written.get("accepted", ())),
        frozenset(written.get("excluded", ())),
        tuple(written.get("statements", ())),
    )


def _line(before: tuple[Statement, ...], added: Mapping[str, Any]) -> str:
    """Write an added statement as a line of a register file, so that it is read as strictly as any other."""
    written = {
        "number": len(before) + 1,
        "party": "Brackenfell Metering",
        "channel": Channel.SECAS_CORRECTION.value,
        **added,
    }
    if "corrects" in added:
        written["corrects"] = _latest_about(before, added["corrects"])
    return (
        json.dumps(written, default=_json_value, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
    )


def _latest_about(before: tuple[Statement, ...], subject: str) -> int:
    """Find the statement that `base firmware of 3` or `notice closed of N1` names: the latest one about it."""
    for statement in reversed(before):
        if not isinstance(statement.fact, Retracted):
            what, which = slot_of(statement.fact)
            if f"{what} of {which}" == subject:
                return statement.number
    raise ValueError(f"no statement is about the {subject}")


def _json_value(value: object) -> str:
    if isinstance(value, datetime):
        return write_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a register file")
