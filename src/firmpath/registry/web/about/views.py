"""About this service: its rules and words, who may do what, the API, and how accessible the pages are."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render

from firmpath.pathways.rules import RULES
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import MAY, Act, Role
from firmpath.registry.web.glossary import sections

_GROUPS: Final = (
    ("How things are written", ("R0", "R1")),
    ("What a submission states", ("R2",)),
    ("Base firmware", ("R3",)),
    ("Several entries together", ("R4",)),
)


@allowed(GET=Act.READ_CPL)
def rules(request: Asked) -> HttpResponse:
    """Show every numbered rule, in words."""
    groups = [(title, [rule for rule in RULES.values() if rule.number[:2] in begins]) for title, begins in _GROUPS]
    return render(request, "about/rules.html", {"groups": groups, "count": len(RULES)})


@allowed(GET=Act.READ_CPL)
def roles(request: Asked) -> HttpResponse:
    """Show the table of who may do what, as the gate before each page uses it."""
    rows = [(act.value, [(role, act in MAY[role]) for role in Role]) for act in Act]
    return render(request, "about/roles.html", {"roles": [role.value for role in Role], "rows": rows})


@allowed(GET=Act.READ_CPL)
def glossary(request: Asked) -> HttpResponse:
    """Show every word of the glossary with what it means."""
    return render(request, "about/glossary.html", {"sections": sections()})


@allowed(GET=Act.READ_CPL)
def api(request: Asked) -> HttpResponse:
    """Say how programs use the register."""
    return render(request, "about/api.html")


@allowed(GET=Act.READ_CPL)
def accessibility(request: Asked) -> HttpResponse:
    """Say how accessible these pages are."""
    return render(request, "about/accessibility.html")
