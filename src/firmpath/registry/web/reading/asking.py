"""What is asked of the pathway page: questions, and what a query string makes of them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from types import MappingProxyType
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict

from firmpath.images.known_devices import parse_plain_device_id
from firmpath.pathways.ask import faults_of_accepting
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import britains_day
from firmpath.pathways.faults import Fault, FirmpathError, all_parsed, refuse_if_any
from firmpath.pathways.identifiers import parse_date
from firmpath.pathways.plain_text import parse_text
from firmpath.pathways.reference import Newest, Reference, Target, parse_reference, parse_target
from firmpath.registry.web.questions import Question, asked, written_day

INSTALLED: Final = Question(
    "installed",
    "Entry",
    "A CPL Entry ID, or manufacturer/model@firmware version, or a Manufacturer Image hash, "
    "or a whole answer pasted in: that of the inventory (service request 8.2), or of the Device itself (11.2).",
    label="What does the Device run?",
    autocomplete="off",
)
TARGET: Final = Question(
    "target",
    "Target",
    "Leave this empty for the newest firmware that can be reached.",
    label="Which firmware should it run in the end?",
    optional=True,
    autocomplete="off",
)
DAY: Final = Question("on", "Day", "Leave this empty for today.", kind="date", label="On which day?", optional=True)
QUESTIONS: Final = (INSTALLED, TARGET, DAY)

BECAUSE: Final = Question(
    "because",
    "Reason",
    "It stands in the link to this answer, and nowhere else: Firmpath does not record it.",
    label="Why is the risk accepted?",
    autocomplete="off",
)
DEVICE: Final = "device"
"""The field that says which Device a question came of, where a pasted answer did; it changes no answer."""

NO_FAULTS: Final[Mapping[str, Sequence[Fault]]] = MappingProxyType({})


class NotUnderstoodError(FirmpathError):
    """What was answered cannot be meant; `by_name` has the faults by the names of the questions."""

    def __init__(self, by_name: Mapping[str, Sequence[Fault]]) -> None:
        super().__init__(*(fault for faults in by_name.values() for fault in faults))
        self.by_name = by_name


class Wanted(NamedTuple):
    """A question about a pathway: from what to what, on which day, and which notices are accepted and why.

    `device` is the Device ID that it came of, "" where nobody said one.
    """

    installed: Reference
    target: Target
    on: date
    accepted: frozenset[str]
    because: str
    is_today: bool
    device: str = ""

    def query(self, **changes: object) -> str:
        """Give the query string that asks this again, with changes; what is None is left out."""
        return f"?{urlencode(self.fields(**changes))}"

    def fields(self, **changes: object) -> list[tuple[str, str]]:
        """Give the fields of a form that asks this again, with changes; what is None is left out."""
        fields: dict[str, object] = {"installed": written(self.installed)}
        if not isinstance(self.target, Newest):
            fields["target"] = written(self.target)
        if not self.is_today:
            fields["on"] = self.on.isoformat()
        if self.accepted:
            fields |= {"accept": sorted(self.accepted), "because": self.because}
        if self.device:
            fields[DEVICE] = self.device
        known = {name: value for name, value in (fields | changes).items() if value is not None}
        every = {name: value if isinstance(value, list) else [value] for name, value in known.items()}
        return [(name, str(each)) for name, values in every.items() for each in values]


def written(reference: Reference) -> str:
    """Write a reference so that it is read as the same one."""
    match reference:
        case (int() as cpl_entry_id,):
            return str(cpl_entry_id)
        case (str() as image_hash,):
            return image_hash
        case (manufacturer_id, model, version):
            return f"{manufacturer_id}/{model}@{version}"
    raise TypeError(f"{reference!r} is no reference")


def read_wanted(query: QueryDict, at: datetime) -> Wanted:
    """Read what is asked.

    :raises NotUnderstoodError: something that cannot be meant; every fault of every part.
    """
    today = britains_day(at)
    installed, target, on, accepted, device = read_all(
        installed=lambda: read_installed(query.get("installed", "")),
        target=lambda: parse_target(query.get("target", "").strip() or "newest"),
        on=lambda: read_day(query, "on", today),
        because=lambda: _accepted(query.getlist("accept"), query.get("because", "").strip()),
        device=lambda: parse_plain_device_id(query.get(DEVICE, "")) if query.get(DEVICE) else "",
    )
    because = query.get("because", "").strip() if accepted else ""
    return Wanted(installed, target, on, accepted, because, on == today, device)


def device_of(values: Mapping[str, str]) -> str:
    """Give the Device ID that a question came of, as the DUIS has it; "" where none can be read."""
    with suppress(FirmpathError):
        return parse_plain_device_id(values.get(DEVICE, ""))
    return ""


def refuse_unknown_notices(catalogue: Catalogue, accepted: frozenset[str]) -> None:
    """Refuse to accept a notice that is not open on the day.

    :raises FirmpathError: every such notice.
    """
    refuse_if_any(faults_of_accepting(catalogue, accepted))


def read_all(**parses: Callable[[], Any]) -> tuple[Any, ...]:
    """Give what each of these reads; each has the name of the question whose answer it reads.

    :raises NotUnderstoodError: every fault of every one of them.
    """
    by_name: dict[str, tuple[Fault, ...]] = {}

    def noting(name: str, parse: Callable[[], Any]) -> Any:
        try:
            return parse()
        except FirmpathError as error:
            by_name[name] = error.faults
            raise

    try:
        return all_parsed(*(partial(noting, name, parse) for name, parse in parses.items()))
    except FirmpathError:
        raise NotUnderstoodError(by_name) from None


def read_day(values: Mapping[str, object], name: str, default: date, term: str = "Day") -> date:
    """Read a day from a query string, or give the default where none is written.

    :raises FirmpathError: it is no day of the calendar.
    """
    day = written_day(values, name)
    return parse_date(day, term) if day else default


def asked_again(
    questions: Sequence[Question], values: Mapping[str, object], faults: Mapping[str, Sequence[Fault]] = NO_FAULTS
) -> dict[str, Any]:
    """Give the context of a form: the questions with their answers, and every fault of them.

    `faults` has them by the names of the questions, since an entry can be named in so many ways.
    """
    found = [
        each._replace(faults=tuple(map(str, faults.get(each.question.name, ()))))
        for each in asked(questions, values)
    ]
    field_ids = {each.question.name: f"#{each.id}" for each in found}
    problems = [(str(fault), field_ids.get(name, "")) for name, part in faults.items() for fault in part]
    return {"asked": found, "problems": problems}


def read_installed(text: str) -> Reference:
    """Read what the Device runs.

    :raises FirmpathError: nothing is written, or it is no way to name an entry.
    """
    refuse_blank(text)
    return parse_reference(text)


def refuse_blank(text: str) -> None:
    """Refuse to look for what a Device runs where nothing is written.

    :raises FirmpathError: nothing is.
    """
    if not text.strip():
        right = "write what the Device runs, for example 118"
        raise FirmpathError(Fault("Entry", "", "is not given", right, quoted=False))


def _accepted(notices: list[str], because: str) -> frozenset[str]:
    named = frozenset(filter(None, (each.strip() for each in notices)))
    if named:
        require_reason(because)
    return named


def require_reason(because: str) -> None:
    """Refuse to accept a notice without a reason.

    :raises FirmpathError: none is given, or it is no plain text.
    """
    if not because:
        wrong = "is not given, and accepting a risk is an act that somebody answers for"
        raise FirmpathError(Fault("Reason", "", wrong, "say why it is accepted", quoted=False))
    parse_text(because, "Reason")
