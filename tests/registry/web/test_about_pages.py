"""Rules, roles, API and accessibility; and the pages for when something goes wrong."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import bad_request, server_error

from firmpath.pathways.rules import RULES
from firmpath.registry import web
from firmpath.registry.parties.roles import MAY, Act, Role
from firmpath.registry.web.glossary import require_word, sections
from tests.registry.web.rendering import rendered

ABOUT = ("rules", "glossary", "roles", "api", "accessibility")


@pytest.mark.parametrize("name", ABOUT)
def test_everybody_can_read_about_the_service(client: Client, name: str) -> None:
    page = client.get(f"/about/{name}/")
    assert page.status_code == 200
    assert page.text.count("<h1>") == 1


def test_every_rule_is_shown_once_with_its_words(client: Client) -> None:
    page = client.get("/about/rules/").text
    for rule in RULES.values():
        assert page.count(f'id="{rule.number}"') == 1
        assert f"{rule.number}: " in page
    assert f"{len(RULES)} numbered rules" in page


def test_every_word_is_explained_once_and_can_be_linked_to(client: Client) -> None:
    page = unescape(client.get("/about/glossary/").text)
    words = [each for section in sections() for each in section.words]
    assert len({each.slug for each in words}) == len(words) > 100
    for each in words:
        assert page.count(f'<div id="{each.slug}"><dt><dfn>{each.word}</dfn></dt>') == 1
    assert "Said of an entry that has no Pathway to the newest entry of its HardwareModel.</dd>" in page
    assert "<span class=\"quiet\">Source: MP231 section 4, 'Devices'.</span>" in page
    for inner in ("DOMAIN", "FEATURES", "DESIGN", "In code", "`", "Source: ours"):
        assert inner not in re.sub("<[^>]*>", "", page)


def test_a_page_explains_the_words_it_uses(client: Client) -> None:
    page = client.get("/").text
    assert "<summary>Words on this page</summary>" in page
    assert '<dfn><a href="/about/glossary/#cpl-entry-id">CPL Entry ID</a></dfn></dt><dd>The number of a CPL' in page


def test_pages_explain_no_word_that_the_glossary_lacks() -> None:
    folder = Path(web.__path__[0]) / "templates"
    found = [
        word
        for template in sorted(folder.rglob("*.html"))
        for named in re.findall(r"{% words (.+?) %}", template.read_text(encoding="utf-8"))
        for word in re.findall('"([^"]+)"', named)
    ]
    assert len(found) > 50
    assert {require_word(each).word for each in found} == set(found)


def test_a_word_that_is_no_word_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="the glossary has no word 'Gadget'"):
        rendered('{% words "Gadget" %}')


def test_roles_are_the_table_that_is_in_force(client: Client) -> None:
    page = client.get("/about/roles/").text
    assert page.count(">Yes<") == sum(len(acts) for acts in MAY.values())
    assert page.count('<th scope="row">') == len(Act)
    assert all(f'<th scope="col">{role.value[:1].upper()}{role.value[1:]}</th>' in page for role in Role)


@pytest.mark.parametrize(
    ("template", "heading"),
    [
        ("400.html", "This request cannot be understood"),
        ("403.html", "This is not for your role"),
        ("403_csrf.html", "This page has grown old"),
        ("404.html", "There is no such page"),
        ("429.html", "Too many attempts"),
        ("500.html", "Something went wrong"),
    ],
)
def test_error_pages_say_what_to_do(template: str, heading: str) -> None:
    page = render_to_string(template)
    assert f"<h1>{heading}</h1>" in page
    assert "<style" not in page
    assert 'href="/"' in page


def test_an_address_that_is_none_leads_on(client: Client) -> None:
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert "There is no such page" in page.text
    assert "The CPL" in page.text  # the navigation


@pytest.mark.django_db(databases=[])
def test_the_page_of_a_failure_needs_no_database() -> None:
    request = RequestFactory().get("/")
    assert b"Something went wrong" in server_error(request).content
    assert b"This request cannot be understood" in bad_request(request, Exception("no")).content


def test_a_role_without_leave_is_told_so(signed_in: Any, recorded: Any) -> None:
    page = signed_in(Role.MAP).get("/worklist/")
    assert page.status_code == 403
    assert "You are signed in as Robin of Hazel Meter Assets of Hazel Meter Assets (MAP)." in page.text


def test_a_forged_form_is_refused_in_words() -> None:
    page = Client(enforce_csrf_checks=True).post("/", {"installed": "1"})
    assert page.status_code == 403
    assert "This page has grown old" in page.text
