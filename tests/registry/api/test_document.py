"""The OpenAPI document: valid, complete, and of use to a reader."""

import json
import re
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from django.test import Client
from django.urls import reverse

from firmpath.registry.api.document import write_document
from firmpath.registry.parties.roles import MAY, Role
from firmpath.registry.urls import api
from tests.registry.api.calling import Caller

DOCUMENT: Any = json.loads(json.dumps(write_document(api)))
CALLS = [
    pytest.param(address, method, call, id=f"{method} {address}")
    for address, methods in DOCUMENT["paths"].items()
    for method, call in methods.items()
]


def test_it_is_an_openapi_document() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    schemathesis.openapi.from_dict(DOCUMENT).validate()


def test_it_is_written_once() -> None:
    assert write_document(api) is write_document(api)


def test_every_schema_is_one_and_its_examples_are_of_it() -> None:
    for name, schema in DOCUMENT["components"]["schemas"].items():
        validator = jsonschema_rs.Draft202012Validator({**schema, "components": DOCUMENT["components"]})
        for example in schema.get("examples", []):
            assert validator.is_valid(example), (name, example)


@pytest.mark.parametrize(("address", "method", "call"), CALLS)
def test_every_call_says_who_may_and_what_it_answers(address: str, method: str, call: Any) -> None:
    act = api.acts()[call["operationId"]]
    roles = ", ".join(role.value for role in Role if act in MAY[role])
    assert f"For: {roles}." in call["description"]
    assert call["summary"]
    assert call["tags"]
    assert {"400", "401", "403", "405", "422", "429", "500", "503"} <= call["responses"].keys()
    assert ({"413", "415"} <= call["responses"].keys()) == ("requestBody" in call)
    names = {each["name"] for each in call["parameters"] if each["in"] == "path"}
    assert names == set(re.findall(r"{(\w+)}", address))
    assert ("304" in call["responses"]) == ("If-None-Match" in {each["name"] for each in call["parameters"]})


def test_nothing_in_it_is_about_how_it_was_made() -> None:
    text = json.dumps(DOCUMENT)
    assert '"default": null' not in text
    assert '"title": "' not in text.replace('"title": "Firmpath"', "")
    assert not re.search(r"ninja|pydantic|django", text, re.IGNORECASE)


def test_it_is_given_to_everybody() -> None:
    assert json.loads(Caller().get("/openapi.json").content) == DOCUMENT


def test_people_can_read_it(db: None) -> None:
    page = Client().get(reverse("api_calls")).content.decode()
    for address, methods in DOCUMENT["paths"].items():
        for method, call in methods.items():
            assert f"<code>{method.upper()} {address}</code>" in page
            assert call["summary"] in page
    assert "curl -X GET &#x27;http://testserver/api/v1/pathways?installed=118&#x27;" in page
    assert "-d &#x27;{&quot;questions&quot;:" in page
    assert "For: Supplier, MAP, Other SEC Party, Device Manufacturer, DCC, SECAS, SSC." in page
