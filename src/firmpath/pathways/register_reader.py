"""Lines of a register file to statements: quick on canonical lines, thorough on all others.

A register of 50,000 entries has a quarter of a million lines, so the way of a sound line is short: one pattern
finds all fields of its fact, and what stands around the fact is read once for all the lines that have it alike.
A line that does not fit is read slowly, and if it is not sound every fault in it is named. Source: ADR 0004.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from operator import call, itemgetter
from typing import Any, NamedTuple

from firmpath.pathways.base_firmware import NO_PREVIOUS_VERSION, Bases, NoPreviousVersion
from firmpath.pathways.collection import collection_paused
from firmpath.pathways.device_model import DeviceModel, HardwareModel
from firmpath.pathways.facts import EntryPublished, Fact
from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.register_fields import FIELDS, read_whole_number, require_ascending
from firmpath.pathways.register_kinds import KINDS
from firmpath.pathways.register_patterns import (
    BEFORE_FACT,
    BEFORE_KIND,
    WHOLE_NUMBERS,
    fields_after_number,
    fields_before_fact,
    fields_of,
    pattern_after_number,
    pattern_before_fact,
    pattern_of_fact,
)
from firmpath.pathways.statement import Statement

_MISFIT = (AttributeError, TypeError, ValueError, LookupError, RecursionError, FirmpathError)
"""What is raised where a line is not as expected."""

_new = tuple.__new__
"""A third of the time of calling the class of a value."""

_Values = tuple[Any, ...]
_Parser = Callable[[Any], Any]


def read_register(lines: Iterable[str], first_number: int = 1) -> tuple[Statement, ...]:
    """Read a register file's lines, the header first; a line may end in a line feed.

    `first_number` is other than 1 only for statements that go on from a register.
    Cost: about that of `json.loads` on the same lines.
    :raises FirmpathError: every fault of every line, each with its line number.
    """
    from firmpath.pathways.register_faults import faults_of_header  # some lines of a register need none of it

    every = iter(lines)
    faults = list(faults_of_header(next(every, "")))
    if faults:
        raise FirmpathError(*faults)
    with collection_paused():
        return _read_statements(tuple(map(str.removesuffix, every, repeat("\n"))), first_number)


def read_lines(lines: Iterable[str]) -> tuple[Statement, ...]:
    """Read some lines out of a register that is known to be sound; gaps in the numbers are expected.

    :raises FirmpathError: a line that is not sound after all.
    """
    read = _Reader().read
    return tuple(read(line) for line in lines)


def _read_statements(lines: tuple[str, ...], first_number: int) -> tuple[Statement, ...]:
    from firmpath.pathways.register_faults import faults_of_order

    try:
        statements = tuple(map(_Reader().read, lines))
    except FirmpathError:
        raise FirmpathError(*_faults_of_lines(lines)) from None
    refuse_if_any(faults_of_order(statements, first_number))
    return statements


def _faults_of_lines(lines: Iterable[str]) -> Iterator[Fault]:
    """Read all lines again where one is not sound, to report the faults of every one."""
    read = _Reader().read
    for at, line in enumerate(lines, 2):
        try:
            read(line)
        except FirmpathError as error:
            yield from (fault.at(f"in line {at}") for fault in error.faults)


class _Remembered(dict[Any, Any]):
    """What a parser made of each text that it was given; a field that is not there is not known."""

    def __init__(self, parse: _Parser) -> None:
        super().__init__({None: NOT_KNOWN})
        self.parse = parse

    def __missing__(self, written: str) -> Any:
        value = self[written] = self.parse(written)
        return value


class _Plan(NamedTuple):
    """How to read one kind of fact: what finds its fields, and what makes a value of their texts."""

    match: Callable[[str, int], Any]
    build: _Parser


class _Reader:
    """Reads lines one after another, remembering plans and values between them."""

    def __init__(self) -> None:
        self._parsers = {field: _parser(field) for field in FIELDS}
        self._parsers["base_firmware"] = self._bases
        self._plans = _Remembered(self._plan)
        self._before = _Remembered(self._around(pattern_before_fact().fullmatch, fields_before_fact()))
        self._after = _Remembered(self._around(pattern_after_number().fullmatch, fields_after_number()))

    def read(self, line: str) -> Statement:
        """Read one canonical line."""
        try:
            begin = line.index(BEFORE_FACT) + len(BEFORE_FACT)
            channel, corrects, effective_from, entered_by = self._before[line[:begin]]
            kind = line.index(BEFORE_KIND, begin) + len(BEFORE_KIND)
            match, build = self._plans[line[kind : line.index('"', kind)]]
            *written, digits, after = match(line, begin).groups()
            number = read_whole_number(int(digits))
            party, reason, recorded_at = self._after[after]
            fact = build(written)
            fields = (number, recorded_at, effective_from, party, channel, fact, entered_by, reason, corrects)
            return _new(Statement, fields)
        except _MISFIT:
            return _read_slowly(line)

    def _bases(self, written: str) -> Bases | NoPreviousVersion:
        """Read `"N/A"` or `[12,15]`; the ids are mostly those of entries that were read before."""
        if written[0] == "[":
            return require_ascending(tuple(map(self._parsers["cpl_entry_id"], written[1:-1].split(","))))
        return NO_PREVIOUS_VERSION

    def _around(self, fullmatch: Callable[[str], Any], fields: tuple[str, ...]) -> _Parser:
        """Give what reads the fields before a fact, or after a number."""
        parsers = [self._parsers[field] for field in fields]
        return lambda text: tuple(map(call, parsers, fullmatch(text).groups()))

    def _plan(self, kind: str) -> _Plan:
        build = self._published() if kind == "entry_published" else self._built(KINDS[kind], fields_of(kind))
        return _Plan(pattern_of_fact(kind).match, build)

    def _built(self, kind: type[_Values], fields: tuple[str, ...]) -> _Parser:
        """Give what makes a value of the texts of its fields."""
        take = _taker(fields, kind._fields)  # type: ignore[attr-defined]  # every kind is a NamedTuple
        parsers = [self._parsers[field] for field in kind._fields]  # type: ignore[attr-defined]
        return lambda written: _new(kind, map(call, parsers, take(written)))

    def _published(self) -> _Parser:
        """Give what makes a value of the texts of an image; the hardware is one value for all that have it."""
        fields = fields_of("entry_published")
        hardware = _Remembered(self._built(HardwareModel, HardwareModel._fields))
        own = tuple(field for field in EntryPublished._fields if field != "device_model")
        take_hardware, take = _taker(fields, HardwareModel._fields), _taker(fields, ("firmware_version", *own))
        parsers = [self._parsers[field] for field in ("firmware_version", *own)]

        def build(written: _Values) -> EntryPublished:
            firmware_version, cpl_entry_id, *others = map(call, parsers, take(written))
            device_model = _new(DeviceModel, (hardware[take_hardware(written)], firmware_version))
            return _new(EntryPublished, (cpl_entry_id, device_model, *others))

        return build


def _taker(fields: tuple[str, ...], wanted: tuple[str, ...]) -> Callable[[_Values], _Values]:
    """Give what takes the wanted ones of the values of these fields, as a tuple of however many."""
    places = [fields.index(field) for field in wanted]
    return itemgetter(*places) if len(places) > 1 else itemgetter(slice(len(places)))


def _parser(field: str) -> _Parser:
    """Give what reads a field as a line has it, and remembers it: most values are those of an earlier line."""
    parse = FIELDS[field]
    if field in WHOLE_NUMBERS:
        return _Remembered(lambda digits: parse(int(digits))).__getitem__
    if field == "steps":
        return _Remembered(lambda written: parse(_steps(written))).__getitem__
    return _Remembered(parse).__getitem__


def _steps(written: str) -> list[list[str | int]]:
    """Take `[[12,15],["any",18]]` apart as JSON would."""
    pairs = (pair.split(",") for pair in written[2:-2].split("],["))
    return [[end.strip('"') if end[0] == '"' else int(end) for end in pair] for pair in pairs]


def _read_slowly(line: str) -> Statement:
    """Read a line whatever form its text is in.

    :raises FirmpathError: it is not sound, or not canonical; every fault of it.
    """
    import json  # canonical lines without a backslash need none of it

    from firmpath.pathways.register_faults import faults_of_line
    from firmpath.pathways.register_writer import write_line

    try:
        written = json.loads(line)
        fact = written.pop("fact")
        kind: Callable[..., Fact] = KINDS[fact.pop("kind")]
        known: dict[str, Any] = {field: FIELDS[field](raw) for field, raw in fact.items()}
        if kind is EntryPublished:
            hardware = HardwareModel(*(known.pop(field) for field in HardwareModel._fields))
            known["device_model"] = DeviceModel(hardware, known.pop("firmware_version"))
        around: dict[str, Any] = {field: FIELDS[field](raw) for field, raw in written.items()}
        statement = Statement(fact=kind(**known), **around)
        if write_line(statement) == line:
            return statement
    except _MISFIT:
        pass
    raise FirmpathError(*faults_of_line(line))
