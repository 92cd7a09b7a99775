"""What a form asks, what was answered, and what is wrong with it: as values, for `{% question %}` to show."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from firmpath.pathways.faults import Fault, FirmpathError

Kind = Literal[
    "text", "textarea", "select", "radios", "checkboxes", "checkbox", "date", "email", "password", "file",
    "hidden", "search",
]  # fmt: skip
"""How a question is asked. `checkbox` is a single box beside its label; `date` is a day, a month and a year."""

_NEVER_SHOWN_AGAIN: Final = ("password", "file")
_DATE_PARTS: Final = ("day", "month", "year")
_DAY_IN_PARTS: Final = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")


class Choice(NamedTuple):
    """One answer to choose: what is sent, what is shown, and what it means."""

    value: str
    label: str
    hint: str = ""


class Question(NamedTuple):
    """One thing to ask. `term` is the standard's term, by which faults find their field, and the label.

    `label` is shown instead of the term where a whole question reads better; `width` is in characters, 0 for
    as wide as the text; `rows` are the lines of a textarea; `accept` the endings of files that can be chosen,
    and `multiple` whether several can.
    """

    name: str
    term: str
    hint: str = ""
    kind: Kind = "text"
    choices: tuple[Choice, ...] = ()
    optional: bool = False
    width: int = 0
    autocomplete: str = ""
    rows: int = 5
    inputmode: str = ""
    label: str = ""
    accept: str = ""
    multiple: bool = False

    @property
    def shown_label(self) -> str:
        """The words above the field."""
        return f"{self.label or self.term}{' (optional)' if self.optional else ''}"


class Asked(NamedTuple):
    """A question with what was answered, and the faults of that answer; `given_id` replaces the field's id."""

    question: Question
    values: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    given_id: str = ""

    @property
    def value(self) -> str:
        """The answer; of several the first."""
        return self.values[0] if self.values else ""

    @property
    def has_fault(self) -> bool:
        """Whether something is wrong with the answer."""
        return bool(self.faults)

    @property
    def id(self) -> str:
        """The id of the field; of a group of fields, of the first."""
        own = self.given_id or self.question.name
        return f"{own}-day" if self.question.kind == "date" else own

    @property
    def hint_id(self) -> str:
        """The id of the hint."""
        return f"{self.given_id or self.question.name}-hint"

    @property
    def error_id(self) -> str:
        """The id of the faults beside the field."""
        return f"{self.given_id or self.question.name}-error"

    @property
    def described_by(self) -> str:
        """The ids of what a screen reader reads out with the field."""
        ids = (self.hint_id if self.question.hint else "", self.error_id if self.faults else "")
        return " ".join(filter(None, ids))

    @property
    def day(self) -> str:
        """The day of a date."""
        return self._part(0)

    @property
    def month(self) -> str:
        """The month of a date."""
        return self._part(1)

    @property
    def year(self) -> str:
        """The year of a date."""
        return self._part(2)

    def _part(self, at: int) -> str:
        return _parts_of_date(self.value)[at]


def asked(
    questions: Iterable[Question], values: Mapping[str, object], faults: Iterable[Fault] = ()
) -> tuple[Asked, ...]:
    """Put each question together with its answer and with the faults that name its term.

    `values` is what a form sent (a QueryDict), or a mapping to text, dates or several texts.
    """
    found = tuple(faults)
    return tuple(
        Asked(
            question,
            _shown_again(question, values),
            tuple(dict.fromkeys(str(fault) for fault in found if _is_about(fault, question))),
        )
        for question in questions
    )


def summary(asked_list: Sequence[Asked], faults: Iterable[Fault]) -> list[tuple[str, str]]:
    """Give every fault with a link to its field, or with "" where no field is to blame, in the order found."""
    by_term = {each.question.term.casefold(): each.id for each in reversed(asked_list)}
    found = []
    for fault in faults:
        field_id = by_term.get(fault.term.casefold(), "")
        found.append((str(fault), f"#{field_id}" if field_id else ""))
    return list(dict.fromkeys(found))


def written_day(values: Mapping[str, object], name: str) -> str:
    """Give the day that was written in three boxes as `2026-11-22`, "" if nothing was, else all as it was written.

    A query string may name the whole day at once, and is read as well.
    """
    day, month, year = (_one(values, f"{name}-{part}").strip() for part in _DATE_PARTS)
    if not (day or month or year):
        return _one(values, name).strip()
    if _DAY_IN_PARTS.fullmatch(f"{day}/{month}/{year}"):
        return f"{year}-{month:0>2}-{day:0>2}"
    return f"{day}/{month}/{year}"


def parse_day(values: Mapping[str, object], question: Question) -> date:
    """Read the day that was written in the three boxes of a question.

    :raises FirmpathError: nothing was written, or what is no day of the calendar.
    """
    written = written_day(values, question.name)
    try:
        return date.fromisoformat(written)
    except ValueError:
        pass
    shown = "/".join(_parts_of_date(written)) if written else ""
    wrong = "is not a day of the calendar" if written else "is not given"
    right = "write day, month and year as numbers, as in 22 11 2026"
    raise FirmpathError(Fault(question.term, shown, wrong, right, quoted=bool(written)))


def _shown_again(question: Question, values: Mapping[str, object]) -> tuple[str, ...]:
    if question.kind in _NEVER_SHOWN_AGAIN:
        return ()
    if question.kind == "date":
        return tuple(filter(None, (written_day(values, question.name),)))
    return _written(values, question.name)


def _written(values: Mapping[str, object], name: str) -> tuple[str, ...]:
    """Read all answers to one question: a form can send several, and a mapping can hold several."""
    all_of = getattr(values, "getlist", None)
    written = all_of(name) if all_of else values.get(name, ())
    if isinstance(written, date):
        return (written.isoformat(),)
    if isinstance(written, (list, tuple, set, frozenset)):
        return tuple(str(each) for each in written)
    return (str(written),) if written or written == 0 else ()


def _one(values: Mapping[str, object], name: str) -> str:
    written = _written(values, name)
    return written[0] if written else ""


def _parts_of_date(text: str) -> tuple[str, str, str]:
    """Take a date apart into day, month and year, however far it was written."""
    for mark, first in (("-", "year"), ("/", "day")):
        parts = text.split(mark)
        if len(parts) == 3:
            day, month, year = reversed(parts) if first == "year" else parts
            return day, month, year
    return text, "", ""


def _is_about(fault: Fault, question: Question) -> bool:
    return fault.term.casefold() == question.term.casefold()
