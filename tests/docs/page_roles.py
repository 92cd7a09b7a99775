"""The page of who may do what: docs/roles.md."""

from firmpath.registry.parties.roles import MAY, NOT_BY_TOKEN, Act, Role
from tests.access.cells import METHODS, Place, places
from tests.docs.page import Page

_INTRODUCTION = """\
# Who may do what

A Party has a role, and its people have the role of their Party. Who is not signed in is *public*. An API token is
good for what its person may do, less what its scope leaves out, and never for what is marked with * below.

A tick says that the role may.

SECAS makes Parties and invites people, those of the SSC as well. Who has been let into the SSC, or back into it,
may do no more than a MAP until a second person has confirmed that they are of it: somebody of the SSC or, while
nobody is, whoever runs the register, at its command line (`firmpath confirm`). Everybody of the
SSC is sent an e-mail of what was done, by whom and when, whenever a Party is made with the role SSC, given it or
relieved of it; a person is invited into such a Party, joins it or is confirmed; and such a Party or person is
switched on or off. It is listed on their page 'Who looked' as well. A Party that has people is neither given the
role SSC nor relieved of it.
"""

_PLACES = """
## Every page and call

Whoever may not use a page is asked to sign in, or told so (403). A method that stands in no row is refused (405).
HEAD goes with GET.
"""


def write() -> str:
    """Write the page."""
    return _INTRODUCTION + _acts() + _PLACES + _cells()


def _acts() -> str:
    lines = [_heading("May"), *(_row([_words(act)], [act in MAY[role] for role in Role]) for act in Act)]
    return "\n" + "".join(lines)


def _words(act: Act) -> str:
    return f"{act.value}{' *' if act in NOT_BY_TOKEN else ''}"


def _cells() -> str:
    found = places()
    calls = [place for place in found if place.address.startswith("/api/")]
    pages = [place for place in found if place not in calls]
    return f"\n### Pages\n\n{_table(pages)}\n### Calls\n\n{_table(calls)}"


def _table(found: list[Place]) -> str:
    lines = [_heading("Address", "Method")]
    for place in found:
        for method in METHODS:
            if method in place.acts and method != "HEAD":
                may = place.roles_for(method)
                lines.append(_row([f"`{place.address}`", method], [role in may for role in Role]))
    return "".join(lines)


def _heading(*columns: str) -> str:
    names = [*columns, *(role.value for role in Role)]
    return f"| {' | '.join(names)} |\n|{'---|' * len(names)}\n"


def _row(cells: list[str], ticks: list[bool]) -> str:
    return f"| {' | '.join([*cells, *('✓' if tick else '' for tick in ticks)])} |\n"


PAGE = Page("docs/roles.md", write)
