"""The pages of vulnerabilities: the list, adding, changing, taking in from files, and their history."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.example.filling import can_be_filled
from firmpath.registry.ssc.exposure import tables
from firmpath.registry.ssc.exposure.looking import AskedOf, Line, read_asked, see_vulnerabilities
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.looks.log import log_look
from firmpath.registry.ssc.pages.asking import (
    as_of_questions,
    carried_of,
    file_of,
    refused,
    table_response,
    wanted_of,
)
from firmpath.registry.ssc.pages.lists import in_asked_order, is_sorted
from firmpath.registry.ssc.pages.searching import Search, search_field, search_of
from firmpath.registry.ssc.stacks.listing import SEARCH, select
from firmpath.registry.ssc.vulnerabilities import keeping
from firmpath.registry.ssc.vulnerabilities import vulnerability as terms
from firmpath.registry.ssc.vulnerabilities.csv_files import COLUMNS
from firmpath.registry.ssc.vulnerabilities.file_size import refuse_large
from firmpath.registry.ssc.vulnerabilities.files import check_file, take_in_file
from firmpath.registry.ssc.vulnerabilities.range_words import parse_ranges, write_range
from firmpath.registry.ssc.vulnerabilities.scoring import score
from firmpath.registry.ssc.vulnerabilities.vulnerability import AffectedRange, Vulnerability, words_of_changes
from firmpath.registry.web.questions import Question, asked, summary
from firmpath.tables.files import LARGEST_SENT_OCTETS

_QUESTIONS: Final = (
    Question("reference", terms.REFERENCE, "The number of the advisory, or a CVE id", width=30),
    Question("cves", terms.CVES, "With spaces between them", optional=True),
    Question("title", terms.TITLE, "A few words", optional=True),
    Question(
        "ranges",
        terms.RANGES,
        "One a line, as in: EmberZNet: 7.3.x and earlier. Or: EmberZNet: 7.1.3 to 7.3.0; below 7.4.0; every "
        "version. Its maker may stand before the stack with a slash, a chipset vendor at the end: on chips of … "
        "What the advisory leaves open: EmberZNet: every other version is unknown",
        "textarea",
        rows=6,
    ),
    Question(
        "condition",
        terms.CONDITION,
        "What a Device must have besides, for example the Price cluster",
        optional=True,
    ),
    Question("cvss", terms.CVSS, "As in CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", optional=True),
    Question("note", terms.NOTE, "", "textarea", optional=True),
    Question("sources", terms.SOURCES, "One a line", "textarea", rows=3, optional=True),
)
_WITHDRAWN: Final = Question("is_withdrawn", "Withdrawn", label="It has been withdrawn", kind="checkbox")
_WHY: Final = Question("reason", "Reason", "Why it changes; kept with the history", "textarea", rows=3)
_FORMS: Final = f"CSV, a CVE record, or OSV; at most {LARGEST_SENT_OCTETS // 2**20} MiB"
_FILE: Final = Question(
    "file",
    "File",
    _FORMS,
    "file",
    accept=".csv,.json,text/csv,application/json",
)
_SORTS: Final[Mapping[str, Callable[[Line], Any]]] = {
    "reference": lambda line: line.kept.vulnerability.reference,
    "severity": lambda line: _severity_of(line),
    "affected": lambda line: (line.total.devices[VerdictKind.AFFECTED], line.total.entries[VerdictKind.AFFECTED]),
    "unknown": lambda line: (line.total.devices[VerdictKind.UNKNOWN], line.total.entries[VerdictKind.UNKNOWN]),
    "out": lambda line: line.outcome.rescued,
    "without": lambda line: line.without,
}
_STATES: Final[Mapping[str, tuple[str, Callable[[Line], object]]]] = {
    "affecting": ("Affects an entry", lambda line: line.total.entries[VerdictKind.AFFECTED]),
    "stuck": ("Affects an entry without a way out", lambda line: line.without),
    "unknown": ("Unknown of an entry", lambda line: line.total.entries[VerdictKind.UNKNOWN]),
    "counts": ("Counts", lambda line: not line.kept.vulnerability.is_withdrawn),
    "withdrawn": ("Withdrawn", lambda line: line.kept.vulnerability.is_withdrawn),
    "rejected": ("CVE rejected", lambda line: line.kept.vulnerability.rejected),
}
_NOT_SCORED: Final = "not scored"
_SEVERITIES: Final = ("critical", "high", "medium", "low", "none", _NOT_SCORED)
_STATE: Final = select("state", "What it comes to", [(name, words) for name, (words, _) in _STATES.items()])
_SEVERITY: Final = select("severity", "Severity", [(each, each.capitalize()) for each in _SEVERITIES])
MOST_FAULTS_SHOWN: Final = 200
"""Of a file, on its page; the list of all is a file as well."""
NO_FAULTS: Final[tuple[Fault, ...]] = ()
NOTHING_SEEN: Final[Mapping[str, object]] = {}


@allowed(GET=Act.READ_SSC)
def vulnerabilities(request: Asked) -> HttpResponse:
    """List the vulnerabilities with what each comes to, or take the list away."""
    name, faults = request.GET.get("format", ""), NO_FAULTS
    what = f"vulnerabilities as {name.upper()}" if name in tables.KINDS else "vulnerabilities"
    try:
        wanted = wanted_of(request)
        lines = see_vulnerabilities(wanted, what, request.who, request.at)
    except FirmpathError as error:
        if name in tables.KINDS:
            return refused(error)
        faults = error.faults
        wanted = read_asked({}, request.today)
        lines = see_vulnerabilities(wanted, what, request.who, request.at)
    search = search_of(request)
    on_record, lines = len(lines), [line for line in lines if _is_wanted(line, request, search)]
    if name in tables.KINDS:
        lines = in_asked_order(lines, request, _SORTS)
        return table_response(name, tables.vulnerabilities_table(lines), f"vulnerabilities-{request.today}")
    lines.sort(key=lambda line: (line.kept.vulnerability.is_withdrawn, -line.total.entries[VerdictKind.AFFECTED]))
    lines = in_asked_order(lines, request, _SORTS)
    context = {
        "lines": [(line, score(line.kept.vulnerability.cvss)) for line in lines],
        "on_record": on_record,
        "known_on": wanted.as_of.known_on,
        "carried": urlencode(carried_of(wanted)),
        "is_sorted": is_sorted(request, _SORTS),
        **search_field(request, "ssc_vulnerabilities"),
        "can_be_filled": not on_record and can_be_filled(request.at),
        **_filters(request, wanted, faults),
    }
    return render(request, "ssc/vulnerabilities.html", context, status=422 if faults else 200)


def _is_wanted(line: Line, request: Asked, search: Search) -> bool:
    """Say whether a vulnerability is in the list that is asked for; what no answer names is not asked for."""
    test = _STATES.get(request.GET.get("state", ""))
    severity = request.GET.get("severity", "")
    found = score(line.kept.vulnerability.cvss)
    is_so_severe = severity not in _SEVERITIES or (found.word.lower() if found else _NOT_SCORED) == severity
    return (
        is_so_severe and (test is None or bool(test[1](line))) and search.finds(*_words_of(line.kept.vulnerability))
    )


def _words_of(each: Vulnerability) -> Iterator[str]:
    yield from (each.reference, *each.cves, each.title, each.condition, *(one.words for one in each.ranges))


def _severity_of(line: Line) -> float:
    severity = score(line.kept.vulnerability.cvss)
    return severity.score if severity else 0.0


def _filters(request: Asked, wanted: AskedOf, faults: tuple[Fault, ...]) -> dict[str, Any]:
    questions = (_STATE, _SEVERITY, SEARCH, *as_of_questions(wanted.as_of.known_at))
    asked_list = asked(questions, request.GET, faults)
    return {"filters_asked": asked_list, "problems": summary(asked_list, faults), "faults": faults}


@allowed(GET=Act.WORK_SSC, POST=Act.WORK_SSC)
def add(request: Asked) -> HttpResponse:
    """Add a vulnerability."""
    if request.method != "POST":
        return _form(request, "Add a vulnerability", _QUESTIONS, {})
    try:
        number = keeping.add_vulnerability(_read(request.POST), request.who, request.at)
    except FirmpathError as error:
        return _form(request, "Add a vulnerability", _QUESTIONS, request.POST, error.faults)
    messages.success(request, "The vulnerability has been added.")
    return redirect("ssc_vulnerability", number=number)


@allowed(GET=Act.WORK_SSC, POST=Act.WORK_SSC)
def edit(request: Asked, number: int) -> HttpResponse:
    """Change a vulnerability; what it said before stays in its history."""
    revisions = keeping.history_of_vulnerability(number)
    if not revisions:
        raise Http404("There is no such vulnerability.")
    before, questions = revisions[0], (*_QUESTIONS, _WITHDRAWN, _WHY)
    title = f"Change {before.vulnerability.reference}"
    log_look(request.who, f"vulnerability {number}", request.at, 1)
    sent = request.POST.get("revision")
    was = next((each for each in revisions if str(each.kept.revision) == sent), before)
    seen = {"number": number, "revision": str(was.kept.revision)}
    if request.method != "POST":
        return _form(request, title, questions, _present(before.vulnerability), NO_FAULTS, seen)
    try:
        changed = _read(request.POST, was.vulnerability.ranges)
        changed = changed._replace(is_withdrawn="is_withdrawn" in request.POST)
        reason = _text(request.POST, "reason")
        keeping.change_vulnerability(was.kept, changed, reason, request.who, request.at)
    except FirmpathError as error:
        return _form(request, title, questions, request.POST, error.faults, seen)
    messages.success(request, "The vulnerability has been changed.")
    return redirect("ssc_vulnerability", number=number)


@allowed(GET=Act.READ_SSC)
def history(request: Asked, number: int) -> HttpResponse:
    """Show what a vulnerability said over time."""
    revisions = keeping.history_of_vulnerability(number)
    log_look(request.who, f"history of vulnerability {number}", request.at, len(revisions))
    if not revisions:
        raise Http404("There is no such vulnerability.")
    before = [*(each.vulnerability for each in revisions[1:]), Vulnerability("")]
    changes = [
        (now, list(words_of_changes(was, now.vulnerability))) for now, was in zip(revisions, before, strict=True)
    ]
    return render(request, "ssc/vulnerability_history.html", {"number": number, "changes": changes})


@allowed(GET=Act.WORK_SSC, POST=Act.WORK_SSC)
def take_in(request: Asked) -> HttpResponse:
    """Take vulnerabilities in from a file: all of them, or none."""
    context: dict[str, Any] = {"columns": COLUMNS, "asked": asked((_FILE,), {}), "faults": NO_FAULTS}
    if request.method != "POST":
        return render(request, "ssc/vulnerability_import.html", context)
    is_list_wanted = "faults" in request.POST
    try:
        name, octets = file_of(request, "file", refuse_large)
        if is_list_wanted:
            check_file(octets)
            messages.info(request, "The file has no fault. Nothing of it has been taken in yet.")
            return redirect("ssc_vulnerability_import")
        taken = take_in_file(name, octets, request.who, request.at)
    except FirmpathError as error:
        if is_list_wanted and "file" in request.FILES:
            rows: list[tuple[str, ...]] = [(each.where, str(each)) for each in error.faults]
            return table_response("csv", (("where", "fault"), rows), "faults")
        context |= _shown_faults(error.faults)
        return render(request, "ssc/vulnerability_import.html", context, status=422)
    words, cautions = f"Taken in: {taken.words}.", taken.cautions
    if cautions:  # they are shown at once: what waits for the next page waits outside the SSC's database
        log_look(request.who, "cautions about what was taken in", request.at, len(cautions))
        return render(request, "ssc/vulnerability_taken_in.html", {"words": words, "cautions": cautions})
    messages.success(request, words)
    return redirect("ssc_vulnerabilities")


def _shown_faults(faults: tuple[Fault, ...]) -> dict[str, Any]:
    """Give the first faults of a file for its page, and how many there are."""
    shown = faults[:MOST_FAULTS_SHOWN]
    asked_list = asked((_FILE,), {}, shown)
    return {
        "asked": asked_list,
        "faults": shown,
        "problems": summary(asked_list, shown),
        "more_faults": len(faults) - len(shown),
        "fault_count": len(faults),
    }


def _form(
    request: Asked,
    title: str,
    questions: tuple[Question, ...],
    values: Mapping[str, object],
    faults: tuple[Fault, ...] = NO_FAULTS,
    seen: Mapping[str, object] = NOTHING_SEEN,
) -> HttpResponse:
    asked_list = asked(questions, values, faults)
    context = {
        "title": title,
        "asked": asked_list,
        "problems": summary(asked_list, faults),
        "faults": faults,
        **seen,
    }
    return render(request, "ssc/vulnerability_form.html", context, status=422 if faults else 200)


def _read(answers: Mapping[str, str], known: tuple[AffectedRange, ...] = ()) -> Vulnerability:
    (ranges,) = all_parsed(lambda: parse_ranges(_text(answers, "ranges"), known))
    return Vulnerability(
        _text(answers, "reference"),
        tuple(dict.fromkeys(_text(answers, "cves").replace(",", " ").replace(";", " ").split())),
        _text(answers, "title"),
        ranges,
        _text(answers, "condition"),
        _text(answers, "cvss"),
        _text(answers, "note"),
        tuple(line.strip() for line in _text(answers, "sources").split("\n") if line.strip()),
    )


def _present(vulnerability: Vulnerability) -> dict[str, object]:
    return {
        **vulnerability._asdict(),
        "cves": " ".join(vulnerability.cves),
        "ranges": "\n".join(map(write_range, vulnerability.ranges)),
        "sources": "\n".join(vulnerability.sources),
        "is_withdrawn": "on" if vulnerability.is_withdrawn else "",
    }


def _text(answers: Mapping[str, str], name: str) -> str:
    return answers.get(name, "").replace("\r\n", "\n").strip()
