"""The OpenAPI document: what the calls themselves say, and what all of them have in common.

Source: OpenAPI 3.1; RFC 9457; RFC 9110.
"""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any, Final

from ninja import NinjaAPI
from ninja.operation import Operation

from firmpath.pathways.json_form.entries import Json
from firmpath.registry.api.gate import Takes
from firmpath.registry.api.problems import CONTENT_TYPE, WORDS
from firmpath.registry.parties.roles import BY_SSC_TOKEN, MAY, ONLY_BY_SSC_TOKEN, READING, Act, Role, Scope

_TOKEN: Final = {"type": "http", "scheme": "bearer", "description": "an API token, made on the page 'API tokens'"}
_FAULT_FIELDS: Final = ("term", "value", "where", "rule", "remedy", "text")
_PROBLEM: Final[Json] = {
    "type": "object",
    "description": "What went wrong (RFC 9457); `faults` lists what was refused, with what would be right.",
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "faults": {
            "type": "array",
            "items": {
                "type": "object",
                "required": list(_FAULT_FIELDS),
                "additionalProperties": False,
                "properties": {name: {"type": "string"} for name in _FAULT_FIELDS},
            },
        },
    },
}
_EVERY_CALL: Final = (400, 401, 403, 405, 422, 429, 500, 503)
_WITH_A_BODY: Final = (408, 411, 413, 415)
_HEADERS: Final[dict[int, Json]] = {
    401: {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}},
    405: {"Allow": {"required": True, "schema": {"type": "string"}}},
    429: {"Retry-After": {"required": True, "description": "seconds to wait", "schema": {"type": "integer"}}},
    503: {"Retry-After": {"description": "seconds to wait", "schema": {"type": "integer"}}},
}
_ETAG: Final[Json] = {"ETag": {"required": True, "schema": {"type": "string"}}}
_IF_NONE_MATCH: Final[Json] = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "description": "the ETag of the answer you have; while it would be the same, you are told so (304)",
    "schema": {"type": "string"},
}
_UNCHANGED: Final[Json] = {
    "description": "Nothing has changed since the answer with that ETag.",
    "headers": _ETAG,
}


class DocumentedAPI(NinjaAPI):
    """An API whose calls go by the names of their functions in its document."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Name a call."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """Give what the calls say of themselves; HEAD, which goes with GET, is not said."""
        schema = super().get_openapi_schema(*args, **kwargs)
        for methods in schema["paths"].values():
            methods.pop("head", None)
        return schema

    def acts(self) -> dict[str, Act]:
        """Give what each call takes, by its name."""
        operations = [
            operation
            for router in self._get_bound_routers()
            for view in router.path_operations.values()
            for operation in view.operations
        ]
        return {
            self.get_openapi_operation_id(operation): gate.act
            for operation in operations
            for gate in operation.auth_callbacks
            if isinstance(gate, Takes)
        }


@cache
def write_document(api: DocumentedAPI) -> Json:
    """Give the OpenAPI document of all calls, written when it is first asked for; it is not to be changed.

    Cost: a tenth of a second, once.
    """
    document: Json = deepcopy(dict(api.get_openapi_schema(path_prefix="/api/v1/")))
    components = document["components"]
    components["securitySchemes"] = {"token": _TOKEN}
    components.setdefault("schemas", {})["Problem"] = _PROBLEM
    document["paths"] = dict(sorted(document["paths"].items()))
    acts = api.acts()
    for methods in document["paths"].values():
        for call in methods.values():
            _complete(call, acts[call["operationId"]])
    for part in _parts(document):
        _tidy(part)
    return document


def _complete(call: Json, act: Act) -> None:
    """Say of a call what it may answer besides, and who may make it."""
    responses = {str(status): response for status, response in call["responses"].items()}
    for each in call["parameters"]:
        if "examples" in each:
            each["example"] = each.pop("examples")[0]
        if "anyOf" in each["schema"]:  # or nothing at all, which is to leave it out
            each["schema"] = each["schema"]["anyOf"][0]
    if call.pop("x-conditional", False):
        call["parameters"].append(_IF_NONE_MATCH)
        responses["200"]["headers"] = _ETAG
        responses["304"] = _UNCHANGED
    statuses = {*_EVERY_CALL, *(_WITH_A_BODY if "requestBody" in call else ()), *call.pop("x-problems", ())}
    statuses |= {404 for each in call["parameters"] if each["in"] == "path"}
    responses |= {str(status): _problem(status) for status in statuses if str(status) not in responses}
    call["responses"] = dict(sorted(responses.items()))
    roles = [role.value for role in Role if act in MAY[role]]
    call["description"] = f"{call.get('description', '')}\n\nFor: {', '.join(roles)}.{_scopes(act)}".strip()
    call["security"] = [{}, {"token": []}] if act in MAY[Role.PUBLIC] else [{"token": []}]


def _scopes(act: Act) -> str:
    """Say which scopes a token may have, where not every scope will do."""
    of_ssc = " or ".join(f"'{scope}'" for scope, acts in BY_SSC_TOKEN.items() if act in acts)
    if act in ONLY_BY_SSC_TOKEN:
        return f" The token's scope has to be {of_ssc}."
    return "" if act in READING else f" The token's scope has to be '{Scope.WRITE}'."


def _problem(status: int) -> Json:
    response: Json = {
        "description": WORDS[status],
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in _HEADERS:
        response["headers"] = _HEADERS[status]
    return response


def _parts(value: Any) -> Iterator[Json]:
    """Give every object within a document."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _parts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _parts(each)


def _tidy(part: Json) -> None:
    """Take out what the framework says of how fields are kept, and not of what is taken or given."""
    if isinstance(part.get("title"), str) and ("type" in part or "anyOf" in part or "$ref" in part):
        del part["title"]
    if "default" in part and not part["default"]:
        del part["default"]  # stands for what is left out, and is never sent
