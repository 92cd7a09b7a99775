"""Every fault of a register line that is not sound, looked for without haste."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.register_fields import FIELDS, shown
from firmpath.pathways.register_kinds import FACT_SHAPES, STATEMENT_SHAPE, Shape
from firmpath.pathways.register_writer import HEADER
from firmpath.pathways.statement import Statement


def faults_of_header(line: str) -> Iterator[Fault]:
    """Say what is wrong with the first line of a register file."""
    if line.rstrip("\n") == HEADER:
        return
    wrong = "is not the first line of a register file that this version reads"
    right = f"expected {HEADER}; a newer register needs a newer Firmpath"
    yield Fault("Line", line.rstrip("\n"), wrong, right, "in line 1", "R16")


def faults_of_line(line: str) -> Iterator[Fault]:
    """Say everything that is wrong with a line that the quick reading refused."""
    try:
        written = json.loads(line, object_pairs_hook=_once_each)
    except FirmpathError as error:
        yield from error.faults
        return
    except (ValueError, RecursionError):
        yield Fault("Line", line, "is not JSON", "restore the file from where it came", rule="R16")
        return
    found = False
    for fault in _faults_of_object(written, STATEMENT_SHAPE, "statement"):
        found = True
        yield fault
    if not found:
        wrong = "is not in canonical form"
        right = "keys in order, no spaces, text unescaped; write it with `firmpath export`"
        yield Fault("Line", line, wrong, right, rule="R16")


def faults_of_order(statements: Sequence[Statement], first_number: int = 1) -> Iterator[Fault]:
    """Say where numbers have a gap or instants go back; both mean that lines are missing or moved."""
    before = None
    for at, statement in enumerate(statements):
        expected = first_number + at
        if statement.number != expected:
            where = f"in line {at + 2}"
            wrong = f"stands where statement {expected} should"
            right = "a register has every statement, in order"
            yield Fault("Statement", str(statement.number), wrong, right, where, "R16", quoted=False)
            return
        if before is not None and statement.recorded_at < before:
            where = f"in line {at + 2}"
            wrong = "is recorded before the statement that it follows"
            yield Fault("Statement", str(statement.number), wrong, "", where, "R16", quoted=False)
        before = statement.recorded_at


def _faults_of_object(written: object, shape: Shape, what: str) -> Iterator[Fault]:
    if not isinstance(written, dict):
        yield Fault("Line", shown(written), f"is not a {what}", rule="R16")
        return
    for field in sorted(shape.required - set(written)):
        yield Fault("Field", field, f"is missing from the {what}", rule="R16")
    for field, raw in written.items():
        if field not in shape.required | shape.optional:
            yield Fault(
                "Field",
                field,
                f"is not known in a {what}",
                "a newer register needs a newer Firmpath",
                rule="R16",
            )
        elif field == "fact":
            yield from _faults_of_fact(raw)
        elif field != "kind":
            yield from _faults_of_value(field, raw)


def _faults_of_fact(written: Any) -> Iterator[Fault]:
    kind = written.get("kind") if isinstance(written, dict) else None
    shape = FACT_SHAPES.get(kind) if isinstance(kind, str) else None
    if shape is None:
        name = kind if isinstance(kind, str) else shown(written)
        yield Fault("Kind of fact", name, "is not known", "a newer register needs a newer Firmpath", rule="R16")
        return
    yield from _faults_of_object(written, shape, f"fact of kind {kind}")


def _faults_of_value(field: str, raw: object) -> Iterator[Fault]:
    try:
        FIELDS[field](raw)
    except FirmpathError as error:
        yield from error.faults


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Make an object of its pairs, refusing a name that stands twice: which value counts would be a guess."""
    written = dict(pairs)
    if len(written) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise FirmpathError(Fault("Field", twice, "stands twice in one line", "keep one of them", rule="R16"))
    return written
