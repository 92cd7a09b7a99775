"""The OpenAPI document as people read it: every call, by area, with an example to try."""

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from firmpath.pathways.json_form.entries import Json
from firmpath.registry.api.calls import api
from firmpath.registry.api.document import write_document
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act

AREAS: Final = {
    "pathways": "Pathways",
    "preflight": "Service requests",
    "entries": "Entries",
    "notices": "Notices",
    "changes": "Changes",
    "register": "The record",
    "submissions": "Submissions",
    "corrections": "Corrections",
    "dcc": "The DCC",
    "committee": "The Security Sub-Committee",
    "about": "About the register",
}
_WHERE: Final = {"path": "in the address", "query": "in the query", "header": "as a header"}


class ParameterShown(NamedTuple):
    """A parameter: where it stands, whether a call can do without, and what it is."""

    name: str
    where: str
    is_needed: bool
    words: str


class CallShown(NamedTuple):
    """A call: what it does, who may, what it takes, what it answers, and an example."""

    name: str
    method: str
    path: str
    summary: str
    paragraphs: tuple[str, ...]
    parameters: tuple[ParameterShown, ...]
    answers: tuple[tuple[str, str], ...]
    example: str


@allowed(GET=Act.READ_CPL)
def calls(request: Asked) -> HttpResponse:
    """Show every call of the API, by area."""
    address = request.build_absolute_uri("/").rstrip("/")
    found = list(_calls(write_document(api), address))
    areas = [(words, name, [call for tag, call in found if tag == name]) for name, words in AREAS.items()]
    return render(request, "about/api_calls.html", {"areas": areas})


def _calls(document: Json, address: str) -> Iterator[tuple[str, CallShown]]:
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method, call in methods.items():
            shown = CallShown(
                call["operationId"].replace("_", "-"),
                method.upper(),
                path,
                call["summary"],
                tuple(call["description"].replace("`", "").split("\n\n")),
                tuple(_parameter(each) for each in call["parameters"]),
                tuple((status, answer["description"]) for status, answer in call["responses"].items()),
                _example(address + path, method.upper(), call, schemas),
            )
            yield call["tags"][0], shown


def _parameter(parameter: Json) -> ParameterShown:
    schema = parameter["schema"]
    words = [parameter.get("description", "")]
    words += [f"one of {', '.join(filter(None, schema['enum']))}"] if "enum" in schema else []
    words += [f"from {schema['minimum']} to {schema['maximum']}"] if "maximum" in schema else []
    needed = parameter["required"]
    return ParameterShown(
        parameter["name"], _WHERE[parameter["in"]], needed, "; ".join(filter(None, words)).replace("`", "")
    )


def _example(url: str, method: str, call: Json, schemas: Json) -> str:
    """Write the call as a command line that can be tried."""
    given = {each["name"]: each.get("example") for each in call["parameters"]}
    query = {
        each["name"]: given[each["name"]]
        for each in call["parameters"]
        if each["in"] == "query" and each["required"]
    }
    url = url.format(**given) + (f"?{urlencode(query)}" if query else "")
    lines = [f"curl -X {method} '{url}'"]
    if {} not in call["security"]:
        lines.append("-H 'Authorization: Bearer …'")
    lines += [f"-H '{name}: …'" for name in ("If-Match",) if name in given]
    if "requestBody" in call:
        lines += ["-H 'Content-Type: application/json'", f"-d '{json.dumps(_body(call, schemas))}'"]
    return " \\\n  ".join(lines)


def _body(call: Json, schemas: Json) -> Any:
    schema = call["requestBody"]["content"]["application/json"]["schema"]
    return schemas[schema["$ref"].rpartition("/")[2]]["examples"][0]
