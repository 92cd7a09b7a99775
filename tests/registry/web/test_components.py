"""The components of the pages: what a person reads, what a screen reader is told, and that nothing is inline."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError

from firmpath.pathways.answers import Pathway
from firmpath.pathways.ask import ask
from firmpath.pathways.explain.explanation import Explanation
from firmpath.pathways.faults import Fault
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.not_known import NOT_KNOWN
from firmpath.pathways.reference import ByID
from firmpath.registry import web
from firmpath.registry.web.questions import Question, asked
from tests.notation import catalogue
from tests.registry.web.rendering import rendered

WEB = Path(web.__path__[0])
VERSION = Question("firmware_version", "Firmware version")
TAKEN = Fault("CPL Entry ID", "311", "is on the CPL already")


def page(blocks: str = "", **context: object) -> str:
    """Render a whole page that nobody is signed in to."""
    frame = {"service_name": "Firmpath", "who": SimpleNamespace(is_signed_in=False), "messages": []}
    return rendered('{% extends "base.html" %}{% load firmpath %}' + blocks, "", **frame | context)


# ---------------------------------------------------------------- names, days, status


def test_entries_days_and_instants_are_written_for_people() -> None:
    held = catalogue("311 version=38040404")
    entry = held[CPLEntryID(311)]
    assert rendered("{% entry_name c 311 %}|{% entry_short c 311 %}", c=held) == (
        "CPL entry 311 (firmware 38040404, &quot;v311&quot;)|311 (38040404)"
    )
    assert rendered("{{ e|full_name }}", e=entry) == "CPL entry 311 (firmware 38040404, &quot;v311&quot;)"
    assert rendered("{% entry_link c 311 %}", c=held).endswith(
        "CPL entry 311 (firmware 38040404, &quot;v311&quot;)</a>"
    )
    assert rendered("{% day d %}", d=date(2026, 11, 2)) == '<time datetime="2026-11-02">2 November 2026</time>'
    at = datetime(2026, 11, 22, 9, 30, 5, tzinfo=UTC)
    assert rendered("{% instant at %}", at=at) == (
        '<time datetime="2026-11-22T09:30:05Z">22 November 2026, 09:30 UTC</time>'
    )
    not_known = '<span class="quiet">not known</span>'
    assert rendered("{% day n %}{% instant n %}{{ n|or_not_known }}", n=NOT_KNOWN) == not_known * 3


def test_a_hash_can_break_and_be_copied_as_it_is() -> None:
    text = rendered('{% code "07C3F1A29B4D5E6F80" "Manufacturer Image hash" %}')
    assert "<code>07C3F1A2<wbr>9B4D5E6F<wbr>80</code>" in text
    assert 'data-copies hidden>Copy<span class="hidden"> Manufacturer Image hash</span>' in text


def test_a_tag_says_its_status_in_words_and_has_a_known_kind() -> None:
    assert rendered('{% tag "Published" "good" %}') == '<span class="tag good">Published</span>'
    with pytest.raises(TemplateSyntaxError, match="a tag of kind 'green' does not exist; use good, info, warn"):
        rendered('{% tag "Published" "green" %}')


# ---------------------------------------------------------------- lists


def test_changing_the_query_keeps_the_rest_and_begins_at_the_first_page() -> None:
    query = "?q=a%26b&status=listed&status=withdrawn&page=3"
    assert rendered('{% query_with format="csv" %}', query) == (
        "?q=a%26b&amp;status=listed&amp;status=withdrawn&amp;format=csv"
    )
    assert rendered("{% query_with status=None page=4 %}", query) == "?q=a%26b&amp;page=4"


@pytest.mark.parametrize(
    ("query", "direction", "link"),
    [("?sort=version", "ascending", "?sort=-version"), ("?sort=-version", "descending", "?sort=version")],
)
def test_the_heading_of_a_sorted_column_says_so_and_turns_it_round(query: str, direction: str, link: str) -> None:
    text = rendered('{% sort_link "version" "Firmware version" %}{% sort_link "id" "CPL Entry ID" %}', query)
    assert f'<th scope="col" aria-sort="{direction}"><a class="sort" href="{link}">Firmware version' in text
    assert '<th scope="col"><a class="sort" href="?sort=id">CPL Entry ID' in text


def test_pages_are_linked_with_the_filters_kept() -> None:
    text = rendered("{% pagination page %}", "?q=aster", page=Paginator(range(60), 25).page(2))
    assert '<a href="?q=aster&amp;page=2" aria-current="page"><span class="hidden">Page </span>2</a>' in text
    assert '<a rel="prev" href="?q=aster&amp;page=1">' in text
    assert "Showing 26 to 50 of 60" in text
    assert rendered("{% pagination page %}", page=Paginator(range(5), 25).page(1)) == ""


def test_filters_keep_the_order_and_can_be_cleared() -> None:
    text = rendered('{% filters asked "/entries/" %}', "?sort=-id", asked=asked((VERSION,), {}))
    assert '<input type="hidden" name="sort" value="-id">' in text
    assert '<a href="/entries/">Clear filters</a>' in text


def test_a_summary_list_says_what_is_not_known_and_what_a_link_changes() -> None:
    text = rendered("{% summary_list rows %}", rows=[("Contact", NOT_KNOWN, "/contact/"), ("Model", "00050203")])
    assert '<dt>Contact</dt><dd><span class="quiet">not known</span></dd>' in text
    assert '<a href="/contact/">Change<span class="hidden"> Contact</span></a>' in text
    assert "<dt>Model</dt><dd>00050203</dd></div>" in text


def test_a_pathway_is_told_step_by_step_with_the_proof_of_its_stones() -> None:
    held = catalogue("1 <- 2 <- 3")
    answer = ask(held, ByID(CPLEntryID(1)), ByID(CPLEntryID(3)))
    assert isinstance(answer, Pathway)
    text = rendered("{% pathway_steps c a %}", c=held, a=answer)
    assert re.findall(r'class="place">([^<]+)', text) == ["Installed now", "Step 1", "Step 2"]
    assert re.findall(r'class="version">([^<]+)', text) == [
        str(held[step].firmware_version) for step in answer.steps
    ]
    assert re.findall(r'class="tag \w+">([^<]+)', text) == ["Activate next", "Stepping stone", "Target"]
    assert "Every pathway stops at CPL entry 2" in text


def test_an_explanation_has_its_headline_its_reasons_and_what_to_do() -> None:
    explanation = Explanation("No pathway.", ("Nobody has said.",), "Next: ask Brackenfell Metering.")
    text = rendered('{% include "components/explanation.html" with kind="bad" %}', explanation=explanation)
    assert '<h2 id="answer">No pathway.</h2><ul><li>Nobody has said.</li></ul>' in text
    assert '<p class="next">Next: ask Brackenfell Metering.</p>' in text


# ---------------------------------------------------------------- pages


def test_the_title_of_a_page_with_faults_says_so_first() -> None:
    title = "{% block title %}The CPL{% endblock %}"
    assert "<title>The CPL – Firmpath</title>" in page(title)
    assert "<title>Error: The CPL – Firmpath</title>" in page(title, faults=(TAKEN,))


def test_the_frame_says_where_one_is_and_who_one_is() -> None:
    who = SimpleNamespace(is_signed_in=True, name="Ada Wren", party_name="Hollowmere Energy", role_name="Supplier")
    text = page(who=who, navigation=[("The CPL", "/entries/", True)], footer_links=[("Rules", "/rules/")])
    assert '<a class="skip" href="#main">Skip to main content</a>' in text
    assert '<a href="/entries/" aria-current="page">The CPL</a>' in text
    assert "Ada Wren" in text
    assert 'Hollowmere Energy<span class="role"> · Supplier</span>' in text
    assert '<a href="/rules/">Rules</a>' in text


def test_messages_are_banners_that_say_in_words_what_they_are() -> None:
    text = page(messages=[Message(constants.SUCCESS, "Sent to SECAS."), Message(constants.WARNING, "Wait.")])
    assert re.findall(r'<h2 id="banner-\d">([^<]+)</h2>\s*<p>([^<]+)', text) == [
        ("Done", "Sent to SECAS."),
        ("Important", "Wait."),
    ]


def test_parts_that_hold_text_of_a_page_escape_what_is_not_theirs() -> None:
    text = rendered("{% warning %}{{ x }}{% endwarning %}{% details x %}{{ x }}{% enddetails %}", x="<b>")
    assert '<span class="hidden">Warning: </span>&lt;b&gt;' in text
    assert "<summary>&lt;b&gt;</summary><div>&lt;b&gt;</div>" in text
    region = rendered('{% scroll_region "CPL entries" %}<table></table>{% endscroll_region %}')
    assert region == '<div class="scroll" role="region" tabindex="0" aria-label="CPL entries"><table></table></div>'


@pytest.mark.parametrize(("width", "kind"), [(340, "drawing fits"), (441, "drawing")])
def test_a_drawing_little_wider_than_a_phone_is_made_smaller_there(width: int, kind: str) -> None:
    assert f'<figure class="{kind}"><div' in rendered('{% drawing svg "x" %}', svg=f'<svg width="{width}"></svg>')


def test_nothing_on_any_page_is_inline() -> None:
    inline = re.compile(
        r"<style|<script(?![^>]*(?:\bsrc=|type=.application/json))|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE
    )
    templates = sorted(WEB.rglob("templates/**/*.html"))
    assert templates
    assert [str(each.relative_to(WEB)) for each in templates if inline.search(each.read_text("utf-8"))] == []


@pytest.mark.parametrize(("name", "most"), [("firmpath.css", 25_000), ("firmpath.js", 6_000)])
def test_the_look_stays_light(name: str, most: int) -> None:
    assert (WEB / "static" / "firmpath" / name).stat().st_size < most
