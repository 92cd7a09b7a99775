"""The pages of the makers and stacks that the SSC knows, the rules by which versions compare, and the worklist."""

from collections.abc import Mapping
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.looks.log import log_look
from firmpath.registry.ssc.pages.asking import table_response
from firmpath.registry.ssc.pages.lists import Keys, form_of, in_asked_order
from firmpath.registry.ssc.pages.searching import Search, search_field, search_of
from firmpath.registry.ssc.versions import known_names as keeping
from firmpath.registry.ssc.versions.comparing import RULES
from firmpath.registry.ssc.versions.known_names import MAKER, STACK, KnownName
from firmpath.registry.ssc.versions.looking import SeenNames, see_names
from firmpath.registry.ssc.versions.names import Names
from firmpath.registry.ssc.versions.tables import names_table, worklist_table
from firmpath.registry.ssc.versions.worklist import Spelling
from firmpath.registry.web.questions import Choice, Question, asked, summary

_NAME: Final = Question("name", keeping.NAME, "As its maker writes it", width=40)
_SPELLINGS: Final = Question(
    "spellings",
    keeping.SPELLINGS,
    "One a line. Case, spaces and hyphens do not matter",
    "textarea",
    rows=4,
    optional=True,
)
_RULE: Final = Question(
    "rule",
    keeping.RULE,
    kind="radios",
    choices=tuple(Choice(rule.name, rule.name.capitalize(), rule.words) for rule in RULES.values()),
)
_WHY: Final = Question("reason", "Reason", "Why it changes; kept with the history", "textarea", rows=3)
_SORTS: Final[Keys[Spelling]] = {
    "spelling": lambda each: each.text.casefold(),
    "kind": lambda each: each.kind,
    "vulnerabilities": lambda each: len(each.references),
    "entries": lambda each: each.entries,
}


@allowed(GET=Act.READ_SSC, POST=Act.WORK_SSC)
def names(request: Asked) -> HttpResponse:
    """Show the list, the rules and the worklist; or begin with the starting list."""
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            added = keeping.begin_with_starting_list(request.who, request.at)
            messages.success(request, f"{added} name{' has' if added == 1 else 's have'} been added.")
            return redirect("ssc_names")
        except FirmpathError as error:
            faults = error.faults
    form, is_worklist = form_of(request), request.GET.get("list") == "worklist"
    what = ("worklist" if is_worklist else "names") + f" as {form.upper()}" if form else "names and worklist"
    seen = see_names(what, request.who, request.at)
    search, known = search_of(request), seen.names
    if form and request.method == "GET":
        headings, rows = worklist_table(seen) if is_worklist else names_table(known)
        table = headings, [row for row in rows if search.finds(*row[1:])]
        return table_response(form, table, f"{'worklist' if is_worklist else 'names'}-{request.today}")
    context = {
        **_found(seen, search, request),
        "is_narrowed": search.is_on,
        **search_field(request, "ssc_names"),
        "rules": list(RULES.values()),
        "missing": keeping.missing_of_starting_list(known),
        "refused": "; ".join(map(str, faults)),
    }
    return render(request, "ssc/names.html", context, status=422 if faults else 200)


def _found(seen: SeenNames, search: Search, request: Asked) -> dict[str, object]:
    """Give what is found of the worklist and of the names: by what the tables to take away say of them as well."""
    makers, stacks = seen.names.makers, seen.names.stacks.values()
    spellings = (each for each in seen.spellings if search.finds(each.kind, each.text, *each.references))
    of_stacks = ((each, makers.get(each.maker)) for each in stacks)
    return {
        "spellings": in_asked_order(spellings, request, _SORTS),
        "unreadable": [
            each for each in seen.unreadable if search.finds("version", each.stack, each.text, *each.references)
        ],
        "stacks": [
            (each, maker)
            for each, maker in of_stacks
            if search.finds("stack", each.name, *each.spellings, maker.name if maker else "", each.rule.name)
        ],
        "makers": [each for each in makers.values() if search.finds("maker", each.name, *each.spellings)],
        "has_names": bool(makers or stacks),
        "has_work": bool(seen.spellings or seen.unreadable),
    }


@allowed(GET=Act.WORK_SSC, POST=Act.WORK_SSC)
def add(request: Asked, kind: str) -> HttpResponse:
    """Add a maker or a stack."""
    if kind not in (MAKER, STACK):
        raise Http404("There is no such kind of name.")
    known = keeping.known_names()
    log_look(request.who, "names to add to", request.at, len(known.makers))  # its choices, and faults, name some
    questions = _questions(kind, known)
    if request.method != "POST":
        return _form(request, f"Add a {kind}", questions, {}, ())
    try:
        keeping.add_name(_read(kind, request.POST), request.who, request.at)
    except FirmpathError as error:
        return _form(request, f"Add a {kind}", questions, request.POST, error.faults)
    messages.success(request, f"The {kind} has been added.")
    return redirect("ssc_names")


@allowed(GET=Act.WORK_SSC, POST=Act.WORK_SSC)
def change(request: Asked, number: int) -> HttpResponse:
    """Change a maker or a stack, and show what it was before."""
    revisions = keeping.find_name(number)
    if not revisions:
        raise Http404("There is no such name.")
    log_look(request.who, f"name {number}", request.at, len(revisions))
    known = keeping.name_of(revisions[0])
    questions = (*_questions(known.kind, keeping.known_names()), _WHY)
    past = [(each, keeping.name_of(each)) for each in revisions]
    title = f"Change {known.name}"
    if request.method != "POST":
        values = {**known._asdict(), "spellings": "\n".join(known.spellings), "maker": str(known.maker or "")}
        return _form(request, title, questions, values, (), past, revisions[0].revision)
    reason = request.POST.get("reason", "").replace("\r\n", "\n").strip()
    seen = next((each for each in revisions if str(each.revision) == request.POST.get("revision")), revisions[0])
    try:
        keeping.change_name(seen, _read(known.kind, request.POST), reason, request.who, request.at)
    except FirmpathError as error:
        return _form(request, title, questions, request.POST, error.faults, past, seen.revision)
    messages.success(request, f"The {known.kind} has been changed.")
    return redirect("ssc_names")


def _questions(kind: str, known: Names) -> tuple[Question, ...]:
    if kind == MAKER:
        return _NAME, _SPELLINGS
    makers = (
        Choice("", "Nobody has said"),
        *(Choice(str(each.number), each.name) for each in known.makers.values()),
    )
    return _NAME, _SPELLINGS, Question("maker", "Stack maker", kind="select", choices=makers), _RULE


def _read(kind: str, answers: Mapping[str, str]) -> KnownName:
    lines = answers.get("spellings", "").split("\n")
    maker = answers.get("maker", "")
    number = int(maker) if maker.isascii() and maker.isdecimal() and len(maker) < 16 else 0
    spellings = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
    return KnownName(kind, answers.get("name", "").strip(), spellings, number, answers.get("rule", ""))


def _form(
    request: Asked,
    title: str,
    questions: tuple[Question, ...],
    values: Mapping[str, object],
    faults: tuple[Fault, ...],
    past: object = (),
    revision: int = 0,
) -> HttpResponse:
    asked_list = asked(questions, values, faults)
    context = {"title": title, "asked": asked_list, "problems": summary(asked_list, faults), "faults": faults}
    seen = {"past": past, "revision": revision}
    return render(request, "ssc/name_form.html", {**context, **seen}, status=422 if faults else 200)
