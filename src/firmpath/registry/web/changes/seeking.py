"""Which changes a query string asks for, and who asks: somebody signed in, or a program with a token."""

from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from django.http import QueryDict

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import parse_date, parse_manufacturer_id, parse_model
from firmpath.pathways.naming import maker_of
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.parties.access import Asked
from firmpath.registry.parties.roles import Act
from firmpath.registry.parties.tokens import use_token
from firmpath.registry.publication.changes import ChangeKind, Sought, kinds_for
from firmpath.registry.web.questions import Choice, Question, written_day
from firmpath.registry.web.reading.asking import read_all
from firmpath.registry.web.reading.readers import reads_fir

_SCHEME: Final = "bearer "


class Reader(NamedTuple):
    """Whether who asks may read the FIR; `is_refused` where a token was shown that is good for nothing."""

    reads_fir: bool
    is_refused: bool = False


def find_reader(request: Asked) -> Reader:
    """Say how much may be shown to whoever asks; a token comes before a session."""
    shown = request.headers.get("Authorization", "")
    if not shown:
        return Reader(reads_fir(request))
    token = shown[len(_SCHEME) :].strip() if shown.lower().startswith(_SCHEME) else ""
    who = use_token(token, request.at)
    return Reader(who.may(Act.READ_FIR), is_refused=not who.is_signed_in)


def read_sought(query: QueryDict, with_fir: bool) -> Sought:
    """Read which changes are asked for.

    :raises NotUnderstoodError: something that cannot be meant; every fault of every part.
    """
    manufacturer, model, kind, since, before = read_all(
        manufacturer=lambda: _or_any(query, "manufacturer", parse_manufacturer_id),
        model=lambda: _or_any(query, "model", parse_model),
        kind=lambda: _kind(query.get("kind", "").strip(), kinds_for(with_fir)),
        since=lambda: _since(query),
        before=lambda: _before(query.get("before", "").strip()),
    )
    return Sought(manufacturer, model, kind, since, before)


def questions_for(catalogue: Catalogue, with_fir: bool) -> tuple[Question, ...]:
    """Give what the changes can be narrowed by."""
    makers = {entry.hardware_model.manufacturer_id: maker_of(entry) for entry in catalogue.entries.values()}
    named = sorted(makers.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
    chosen = (Choice(each, f"{name} ({each})") for each, name in named)
    kinds = (Choice(kind.name, kind.label) for kind in kinds_for(with_fir))
    return (
        Question("manufacturer", "Manufacturer", kind="select", choices=(Choice("", "Any"), *chosen)),
        Question("model", "Model", "8 characters", width=10),
        Question("kind", "Kind of change", kind="select", choices=(Choice("", "Any"), *kinds)),
        Question("since", "Since", "The first day, UTC", kind="date"),
    )


def _or_any(query: QueryDict, name: str, parse: Callable[[str], str]) -> str:
    text = query.get(name, "").strip()
    return parse(text) if text else ""


def _since(query: QueryDict) -> date | NotKnown:
    day = written_day(query, "since")
    return parse_date(day, "Since") if day else NOT_KNOWN


def _kind(text: str, kinds: tuple[ChangeKind, ...]) -> str:
    names = [kind.name for kind in kinds]
    if text and text not in names:
        raise FirmpathError(Fault("Kind of change", text, "is none", f"choose one of {', '.join(names)}"))
    return text


def _before(text: str) -> int:
    if not text:
        return 0
    if len(text) > 15 or not (text.isascii() and text.isdigit()) or not int(text):
        wrong, right = "is not the number of a change", "take it from the link to the next page"
        raise FirmpathError(Fault("Before", text, wrong, right))
    return int(text)
