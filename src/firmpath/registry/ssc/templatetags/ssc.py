"""How the SSC's pages write numbers: `{% load ssc %}`."""

from django import template

register = template.Library()


@register.filter
def thousands(number: int) -> str:
    """Write a number as in 1,280,300."""
    return f"{number:,}"
