"""Nothing in a request is passed over in silence: no parameter we do not know, no body that nobody asked for."""

import json
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Final, NoReturn

from django.http import HttpRequest, HttpResponseBase
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.parser import Parser

from firmpath.pathways.faults import Fault, refuse_if_any
from firmpath.registry.api.problems import ProblemError

_JSON: Final = "application/json"
_NO_BODY: Final = "This call takes no body."


class StrictParser(Parser):
    """Reads a body as JSON in UTF-8, by the letter of RFC 8259."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Read the body.

        :raises ProblemError: it is not JSON, or does not say that it is.
        """
        charset = (request.content_params or {}).get("charset", "utf-8")
        if request.content_type != _JSON or charset.lower() != "utf-8":
            raise ProblemError(415)
        return read_json(request.body)


def read_json(octets: bytes) -> Any:
    """Read JSON; no name may stand twice in an object, and no number or text be one that JSON does not have.

    :raises ProblemError: it is not that.
    """
    try:
        text = octets.decode()
        found = _DECODER.decode(text)
        if "\\u" in text:
            json.dumps(found, ensure_ascii=False).encode()  # halves of surrogate pairs are no text
    except (ValueError, RecursionError) as error:
        said = str(error) if isinstance(error, _TwiceError) else ""
        raise ProblemError(400, said) from None
    return found


class _TwiceError(ValueError):
    """A name stands twice in one object."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _TwiceError(
            "An object in the body has the same name twice; which of the two is meant cannot be known."
        )
    return found


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse, object_pairs_hook=_object)


def be_strict(api: NinjaAPI) -> None:
    """See that every call refuses what it does not know; call this before the calls are added."""
    api.add_decorator(_note_parameters, mode="view")
    api.add_decorator(_refuse_the_rest, mode="operation")


def faults_of_query(request: HttpRequest) -> Iterator[Fault]:
    """Yield the query parameters that the call does not have, or that are given twice."""
    known: dict[str, bool] = getattr(request, "known_parameters", {})
    for name, values in request.GET.lists():
        if name not in known:
            right = f"it has {', '.join(sorted(known))}" if known else "it has none"
            yield Fault("Parameter", name, "is not one that this call has", right)
        elif len(values) > 1 and not known[name]:
            yield Fault("Parameter", name, f"is given {len(values)} times", "give it once")


def _note_parameters(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    operation: Operation = run.__self__  # type: ignore[attr-defined]  # the framework passes its method
    known = _parameters(operation)
    takes_body = any(model.__ninja_param_source__ == "body" for model in operation.models)

    @wraps(run)
    def noted(request: Any, **values: Any) -> HttpResponseBase:
        request.known_parameters = known
        request.takes_body = takes_body
        return run(request, **values)

    return noted


def _refuse_the_rest(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def strict(request: Any, **values: Any) -> HttpResponseBase:
        refuse_if_any(faults_of_query(request))
        if not request.takes_body and request.body:
            raise ProblemError(400, _NO_BODY)
        return view(request, **values)

    return strict


def _parameters(operation: Operation) -> dict[str, bool]:
    """Give the names of a call's query parameters, and whether each may be given several times."""
    found: dict[str, bool] = {}
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            several = model.__ninja_collection_fields__
            found |= {name: name in several for name in model.__ninja_flatten_map__}
    return found
