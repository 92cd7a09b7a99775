"""How the SSC's pages write numbers and names: `{% load ssc %}`."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from firmpath.pathways.explain.explanation import counted

register = template.Library()


@register.filter
def in_entries(number: int) -> str:
    """Write how many entries as in `1 entry` or `2,730 entries`."""
    return counted(number, "entry", "entries")


@register.filter
def unbroken(text: str) -> SafeString:
    """Keep what has a hyphen in one line, such as a reference: A-00000454 broken after A- is hard to find again."""
    words = text.split(" ")
    return format_html_join(" ", "{}", ((_whole(each) if "-" in each else each,) for each in words))


def _whole(word: str) -> SafeString:
    return format_html('<span class="whole">{}</span>', word)
