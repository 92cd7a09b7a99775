"""The tags and filters of the pages: `{% load firmpath %}`. Each renders a component, and decides nothing."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from firmpath.pathways.answers import Pathway
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.naming import name_of
from firmpath.registry.web import wording
from firmpath.registry.web.form_questions import asked_of_field, problems_of
from firmpath.registry.web.glossary import require_word
from firmpath.registry.web.questions import Asked

register = template.Library()

Links = Sequence[tuple[str, str]]
"""Words and addresses; the address is "" where there is nothing to go to."""

_WIDTH_OF_SVG: Final = re.compile(r'width="([0-9]+)"')
_FITS_A_PHONE: Final = 440
"""Pixels; such a drawing is shown at three quarters of its size or more on a phone."""

TAG_KINDS: Final = ("good", "info", "warn", "bad", "quiet", "stone")


def _component(name: str) -> Callable[..., Any]:
    return register.inclusion_tag(f"components/{name}.html")


# ---------------------------------------------------------------- names, days and what is not known

register.simple_tag(wording.entry_name)
register.simple_tag(wording.entry_short)
register.simple_tag(wording.entry_link)
register.simple_tag(wording.day)
register.simple_tag(wording.instant)
register.filter(wording.or_not_known)


@register.filter
def full_name(entry: CPLEntry) -> str:
    """Name an entry as in `CPL entry 311 (firmware 38040404, "Aster 4.4")`."""
    return name_of(entry)


@register.filter
def in_thousands(number: int) -> str:
    """Write a count as in `2,730`."""
    return f"{number:,}"


@_component("code")
def code(value: object, name: str = "") -> dict[str, object]:
    """Show a hash or another code so that it wraps and can be copied; `name` says what the button copies."""
    return {"value": wording.grouped(str(value)), "name": name}


@_component("tag")
def tag(text: str, kind: str = "quiet") -> dict[str, object]:
    """Show a status as a word on a coloured ground."""
    if kind not in TAG_KINDS:
        raise template.TemplateSyntaxError(f"a tag of kind '{kind}' does not exist; use {', '.join(TAG_KINDS)}")
    return {"text": text, "kind": kind}


# ---------------------------------------------------------------- questions


@_component("question")
def question(asked: Asked, heading: str = "") -> dict[str, object]:
    """Ask one thing; with "page" as its heading the label is the page's h1."""
    return {"asked": asked, "is_heading": heading == "page"}


@_component("questions")
def questions(asked_list: Sequence[Asked]) -> dict[str, object]:
    """Ask several things, in order."""
    return {"asked_list": asked_list}


@_component("question")
def question_of_field(field: BoundField) -> dict[str, object]:
    """Ask for a field of a form made by Django or allauth."""
    return {"asked": asked_of_field(field), "is_heading": False}


@_component("questions")
def form_questions(form: BaseForm) -> dict[str, object]:
    """Ask for all fields of a form made by Django or allauth, the hidden ones too."""
    return {"asked_list": [asked_of_field(field) for field in form]}


@register.filter
def form_problems(form: BaseForm) -> list[tuple[str, str]]:
    """Give the faults of a form for `{% error_summary %}`."""
    return problems_of(form)


@_component("error_summary")
def error_summary(problems: Links | None = None) -> dict[str, object]:
    """Show every fault at the top of the page, linked to its field; nothing where there is none."""
    return {"problems": problems}


@register.inclusion_tag("components/filters.html", takes_context=True)
def filters(context: Context, asked_list: Sequence[Asked], clear_url: str) -> dict[str, object]:
    """Ask what a list shows, and keep the order that was chosen."""
    return {"asked_list": asked_list, "clear_url": clear_url, "sort": _query(context).get("sort", "")}


# ---------------------------------------------------------------- lists of things


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: object) -> str:
    """Give the present query string with changes; `page` is dropped unless it is named, and so is what is None."""
    query = _query(context).copy()
    for name, value in ({"page": None} | changes).items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/sort_link.html", takes_context=True)
def sort_link(context: Context, name: str, text: str, *, is_number: bool = False) -> dict[str, object]:
    """Give the heading of a column that a list can be sorted by: the other way round if it is already.

    That of numbers is sorted by the greatest first.
    """
    present = context.get("sort") or _query(context).get("sort", "")
    direction = {name: "ascending", f"-{name}": "descending"}.get(present, "")
    is_down = direction == "ascending" or (is_number and not direction)
    url = query_with(context, sort=f"-{name}" if is_down else name)
    return {"text": text, "direction": direction, "url": url, "is_number": is_number}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, object]:
    """Give the links to the pages of a list; nothing where one page holds it all."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [
        (number, query_with(context, page=number) if isinstance(number, int) else "", number == page.number)
        for number in numbers
    ]
    before = query_with(context, page=page.number - 1) if page.has_previous() else ""
    after = query_with(context, page=page.number + 1) if page.has_next() else ""
    return {"page": page, "links": links, "before": before, "after": after}


@_component("summary_list")
def summary_list(rows: Sequence[Sequence[object]]) -> dict[str, object]:
    """Show keys with values, and where a row has a third part the link that changes it."""
    return {"rows": rows}


@_component("task_list")
def task_list(tasks: Sequence[tuple[str, str, str, str, str]]) -> dict[str, object]:
    """Show what there is to do: its words, address, state, kind of tag and hint."""
    return {"tasks": tasks}


@_component("pathway_steps")
def pathway_steps(catalogue: Catalogue, pathway: Pathway) -> dict[str, object]:
    """Show a pathway as a numbered list from top to bottom, versions first."""
    return {"stops": wording.stops(catalogue, pathway)}


# ---------------------------------------------------------------- parts of a page


@_component("words")
def words(*named: str) -> dict[str, object]:
    """Explain the words that a page uses, folded away; each is one of the glossary."""
    try:
        return {"words": [require_word(each) for each in named]}
    except KeyError as missing:
        raise template.TemplateSyntaxError(f"the glossary has no word {missing}") from None


@_component("back_link")
def back_link(url: str, text: str = "Back") -> dict[str, object]:
    """Lead back to the page that this one belongs to."""
    return {"url": url, "text": text}


@_component("breadcrumbs")
def breadcrumbs(crumbs: Links) -> dict[str, object]:
    """Show where in the register this page is; the last crumb is the page itself."""
    return {"crumbs": crumbs}


@_component("panel")
def panel(title: str, body: str = "", reference: str = "") -> dict[str, object]:
    """Confirm that something has been done; holds the page's h1."""
    return {"title": title, "body": body, "reference": reference}


@_component("drawing")
def drawing(svg: str, name: str, caption: str = "") -> dict[str, object]:
    """Show a drawing of ours, which has escaped what it writes, on a white card that scrolls.

    One that is little wider than a phone is made a little smaller there instead.
    """
    width = _WIDTH_OF_SVG.search(svg)
    fits = width is not None and int(width[1]) <= _FITS_A_PHONE
    return {"svg": mark_safe(svg), "name": name, "caption": caption, "fits": fits}


@register.simple_block_tag
def warning(content: SafeString) -> SafeString:
    """Set a warning apart, with a sign and the word for those who do not see it."""
    sign = mark_safe('<span class="sign" aria-hidden="true">!</span>')
    word = mark_safe('<span class="hidden">Warning: </span>')
    return format_html('<div class="warning">{}<div>{}{}</div></div>', sign, word, content)


@register.simple_block_tag
def inset(content: SafeString) -> SafeString:
    """Set a remark apart from the text around it."""
    return format_html('<div class="inset">{}</div>', content)


@register.simple_block_tag
def details(content: SafeString, text: str) -> SafeString:
    """Keep a remark out of the way until somebody wants it."""
    return format_html("<details><summary>{}</summary><div>{}</div></details>", text, content)


@register.simple_block_tag
def card(content: SafeString, heading: str) -> SafeString:
    """Set a part of a page apart, under a heading."""
    return format_html('<section class="card"><h2>{}</h2>{}</section>', heading, content)


@register.simple_block_tag
def scroll_region(content: SafeString, name: str) -> SafeString:
    """Let what is wider than the screen scroll by itself, by keyboard too; `name` is unique on the page."""
    return format_html('<div class="scroll" role="region" tabindex="0" aria-label="{}">{}</div>', name, content)


def _query(context: Context) -> QueryDict:
    query: QueryDict = context["request"].GET
    return query
