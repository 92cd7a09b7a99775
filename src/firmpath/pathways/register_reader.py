"""Lines of a register file to statements: quick on canonical lines, thorough on all others.

A register of 50,000 entries has a quarter of a million lines, so the way of a sound line is short: it is
read by a plan made once for each set of keys that occurs, and what stands around the fact is read once for all
the lines that have it alike. A line that does not fit in every way is read again slowly, to name every fault in
it. Source: ADR 0004.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from json import JSONDecoder
from json.scanner import make_scanner
from operator import call, itemgetter
from typing import Any, NamedTuple

from firmpath.pathways.collection import collection_paused
from firmpath.pathways.device_model import DeviceModel, HardwareModel
from firmpath.pathways.facts import EntryPublished, Fact
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.identifiers import LARGEST_CPL_ENTRY_ID
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.pathways.register_faults import faults_of_header, faults_of_line, faults_of_order
from firmpath.pathways.register_fields import FIELDS
from firmpath.pathways.register_kinds import FACT_SHAPES, KINDS, STATEMENT_SHAPE, Shape
from firmpath.pathways.register_writer import write_line
from firmpath.pathways.statement import Channel, Statement

_scan = make_scanner(JSONDecoder())  # type: ignore[arg-type]  # typeshed has the scanner's own type here

# Values that seldom repeat are parsed each time; all others are remembered by how they are written.
_SELDOM_REPEATED = frozenset({"number", "cpl_entry_id", "manufacturer_image_hash", "firmware_version"})
_NOT_TEXT = frozenset({"number", "corrects", "cpl_entry_id", "fixed_in", "base_firmware", "steps", "fact"})
_HARDWARE = HardwareModel._fields
_STATEMENT = ""
"""Stands for the kind of fact where the object is a whole statement."""

_FACT, _NUMBER = '"fact":', ',"number":'
"""What stands just before the fact, and between it and the number; no text in a line can contain either."""

_PUBLISHED = tuple(field for field in EntryPublished._fields if field != "device_model")


def read_register(lines: Iterable[str], first_number: int = 1) -> tuple[Statement, ...]:
    """Read a register file's lines, the header first; a line may end in a line feed.

    `first_number` is other than 1 only for statements that go on from a register.
    Cost: about that of `json.loads` on the same lines.
    :raises FirmpathError: every fault of every line, each with its line number.
    """
    every = iter(lines)
    faults = list(faults_of_header(next(every, "")))
    if faults:
        raise FirmpathError(*faults)
    with collection_paused():
        return _read_statements(every, first_number)


def read_lines(lines: Iterable[str]) -> tuple[Statement, ...]:
    """Read some lines out of a register that is known to be sound; gaps in the numbers are expected.

    :raises FirmpathError: a line that is not sound after all.
    """
    read = _Reader().read
    return tuple(read(line) for line in lines)


def _read_statements(lines: Iterable[str], first_number: int) -> tuple[Statement, ...]:
    statements: list[Statement] = []
    faults = []
    read = _Reader().read
    for at, line in enumerate(lines, 2):
        try:
            statements.append(read(line[:-1] if line[-1:] == "\n" else line))
        except FirmpathError as error:
            faults += [fault.at(f"in line {at}") for fault in error.faults]
    faults = faults or list(faults_of_order(statements, first_number))
    if faults:
        raise FirmpathError(*faults)
    return tuple(statements)


class _Remembered(dict[Any, Any]):
    """What a parser made of each text that it was given."""

    def __init__(self, parse: Callable[[object], object]) -> None:
        super().__init__()
        self.parse = parse

    def __missing__(self, raw: object) -> object:
        value = self[raw] = self.parse(raw)
        return value


class _Plan(NamedTuple):
    """How to read one JSON object with one set of keys, and the length that its canonical form has."""

    take: Callable[[dict[str, Any]], tuple[Any, ...]]
    parsers: tuple[Callable[[Any], Any], ...]
    take_texts: Callable[[dict[str, Any]], tuple[str, ...]]
    take_others: Callable[[dict[str, Any]], tuple[Any, ...]]
    length_besides: int
    build: Callable[[Iterable[Any]], Any]


class _MisfitError(Exception):
    """The line does not fit its plan; the slow reading will say why."""


class _Reader:
    """Reads lines one after another, remembering plans and values between them."""

    def __init__(self) -> None:
        self._plans: dict[tuple[str, ...], _Plan] = {}
        self._parsers: dict[str, Callable[[Any], Any]] = {
            field: parse if field in _SELDOM_REPEATED | _NOT_TEXT else _Remembered(parse).__getitem__
            for field, parse in FIELDS.items()
        }
        self._parsers["fact"] = self._read_fact
        self._hardware: dict[HardwareModel, HardwareModel] = {}
        self._before: dict[str, tuple[date, Channel, str | NotKnown, int | NotKnown]] = {}
        self._after: dict[str, tuple[datetime, str, str | NotKnown]] = {}
        self._length = 0

    def read(self, line: str) -> Statement:
        """Read one canonical line."""
        try:
            statement = self._read_like_others(line) or self._read_whole(line)
            if statement:
                return statement
        except (_MisfitError, StopIteration, TypeError, ValueError, LookupError, RecursionError, FirmpathError):
            pass
        raise FirmpathError(*faults_of_line(line))

    def _read_like_others(self, line: str) -> Statement | None:
        """Read a line that is like an earlier one but for its fact and its number."""
        begin = line.index(_FACT) + len(_FACT)
        end = line.index(_NUMBER, begin)
        digits, comma, _ = line[end + len(_NUMBER) : end + 32].partition(",")
        before = self._before.get(line[:begin])
        after = self._after.get(line[end + len(_NUMBER) + len(digits) :])
        if before is None or after is None:
            return None
        number = int(digits)
        written, scanned = _scan(line, begin)
        self._length = 0
        fact = self._read_fact(written)
        if not (self._length == end - begin and scanned == end and digits == str(number)):
            return None
        if not 0 < number <= LARGEST_CPL_ENTRY_ID:
            return None
        effective_from, channel, entered_by, corrects = before
        recorded_at, party, reason = after
        return Statement(number, recorded_at, effective_from, party, channel, fact, entered_by, reason, corrects)

    def _read_whole(self, line: str) -> Statement | None:
        """Read a line by itself, and remember what stands around its fact."""
        written, end = _scan(line, 0)
        self._length = 0
        statement: Statement = self._build(written, (_STATEMENT, *written))
        if not (self._length == len(line) == end or write_line(statement) == line):
            return None
        number, recorded_at, effective_from, party, channel, _, entered_by, reason, corrects = statement
        before, _, others = line.partition(_FACT)
        after = others.partition(f"{_NUMBER}{number}")[2]
        self._before[before + _FACT] = effective_from, channel, entered_by, corrects
        self._after[after] = recorded_at, party, reason
        return statement

    def _read_fact(self, written: dict[str, Any]) -> Fact:
        fact: Fact = self._build(written, (written["kind"], *written))
        return fact

    def _build(self, written: dict[str, Any], shape: tuple[str, ...]) -> Any:
        plan = self._plans.get(shape) or self._plan(*shape)
        # The canonical form is the shortest one with these keys and values, so the length alone shows it.
        self._length += plan.length_besides + len("".join(plan.take_texts(written)))
        for other in plan.take_others(written):
            self._length += len(str(other)) if type(other) is int else _length_of_list(other)
        return plan.build(map(call, plan.parsers, plan.take(written)))

    def _plan(self, kind: str, *keys: str) -> _Plan:
        is_statement = kind == _STATEMENT
        expected = STATEMENT_SHAPE if is_statement else FACT_SHAPES.get(kind)
        if expected is None or not _fits(keys, expected):
            raise _MisfitError
        fields: tuple[str, ...] = Statement._fields if is_statement else KINDS[kind]._fields
        build: Callable[[Iterable[Any]], Any] = (Statement if is_statement else KINDS[kind])._make
        if kind == "entry_published":
            fields, build = _PUBLISHED + _HARDWARE + ("firmware_version",), self._published
        plan = self._plans[kind, *keys] = _Plan(
            _taker([field if field in keys else keys[0] for field in fields]),
            tuple(self._parsers[field] if field in keys else _absent for field in fields),
            _taker([key for key in keys if key not in _NOT_TEXT]),
            _taker([key for key in keys if key in _NOT_TEXT and key != "fact"]),
            len("{}") + len(keys) - 1 + sum(len(key) + (3 if key in _NOT_TEXT else 5) for key in keys),
            build,
        )
        return plan

    def _published(self, values: Iterable[Any]) -> EntryPublished:
        *published, kind, maker, model, version, revision, firmware_version = values
        hardware = HardwareModel(kind, maker, model, version, revision)
        hardware = self._hardware.setdefault(hardware, hardware)
        cpl_entry_id, *others = published
        return EntryPublished(cpl_entry_id, DeviceModel(hardware, firmware_version), *others)


def _fits(keys: tuple[str, ...], shape: Shape) -> bool:
    return list(keys) == sorted(keys) and shape.required <= set(keys) <= shape.required | shape.optional


def _taker(keys: list[str]) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    """Take the values of these keys as a tuple, which `itemgetter` does for two keys and more only."""
    if len(keys) > 1:
        return itemgetter(*keys)
    return (lambda written: (written[keys[0]],)) if keys else (lambda written: ())


def _absent(_: object) -> NotKnown:
    return NOT_KNOWN


def _length_of_list(written: Any) -> int:
    """Give the length of `"N/A"`, or of a list as JSON writes it: without the spaces that Python adds."""
    if type(written) is str:
        return len(written) + 2
    return len(str(written).replace("'", '"').replace(", ", ","))
