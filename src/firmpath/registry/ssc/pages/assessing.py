"""The page on which the SSC says of entries what follows from no version."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.pathways.identifiers import CPLEntryID, parse_cpl_entry_id
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.assessments import keeping
from firmpath.registry.ssc.assessments.assessment import JUSTIFICATIONS
from firmpath.registry.ssc.assessments.keeping import Said
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.looks.log import log_look
from firmpath.registry.ssc.vulnerabilities.keeping import known_vulnerabilities
from firmpath.registry.web.questions import Choice, Question, asked, summary

_TAKE_BACK: Final = "take back"
_QUESTIONS: Final = (
    Question("ids", keeping.ENTRIES, "CPL Entry IDs with spaces between them, as in: 311 402", "textarea", rows=3),
    Question(
        "kind",
        keeping.KIND,
        kind="radios",
        choices=(
            Choice(VerdictKind.NOT_AFFECTED, "Not affected", "Whatever the version of the stack says"),
            Choice(VerdictKind.AFFECTED, "Affected", "Whatever the version of the stack says"),
            Choice(VerdictKind.UNKNOWN, "Unknown", "Being looked into"),
            Choice(_TAKE_BACK, "Take back what the SSC said", "What follows from the version counts again"),
        ),
    ),
    Question(
        "justification",
        keeping.WHY_NOT,
        "Only where you say 'Not affected', and needed there",
        kind="select",
        choices=(
            Choice("", "Nothing: it is not called unaffected"),
            *(Choice(word, text) for word, text in JUSTIFICATIONS.items()),
        ),
    ),
    Question("reason", keeping.REASON, "How it was found out, and by whom; kept for good", "textarea"),
)


@allowed(GET=Act.WORK_SSC, POST=Act.WORK_SSC)
def assess(request: Asked, number: int) -> HttpResponse:
    """Take what the SSC says of a vulnerability and some entries."""
    kept = known_vulnerabilities().get(number)
    if kept is None:
        raise Http404("There is no such vulnerability.")
    log_look(request.who, f"assessments of vulnerability {number}", request.at, 1)
    values = request.POST if request.method == "POST" else request.GET
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            (ids,) = all_parsed(lambda: _ids(request))
            kind = request.POST.get("kind", "not chosen")
            said = Said(
                keeping.TAKEN_BACK if kind == _TAKE_BACK else kind,
                request.POST.get("justification", ""),
                request.POST.get("reason", "").replace("\r\n", "\n").strip(),
            )
            keeping.assess(number, ids, said, request.who, request.at)
            messages.success(request, f"The assessment of {counted(len(ids), 'entry', 'entries')} is kept.")
            return redirect("ssc_vulnerability", number=number)
        except FirmpathError as error:
            faults = error.faults
    asked_list = asked(_QUESTIONS, values, faults)
    context = {
        "number": number,
        "vulnerability": kept.vulnerability,
        "asked": asked_list,
        "problems": summary(asked_list, faults),
        "faults": faults,
    }
    return render(request, "ssc/assess.html", context, status=422 if faults else 200)


def _ids(request: Asked) -> list[CPLEntryID]:
    """Read CPL Entry IDs, each once.

    :raises FirmpathError: every one that is none.
    """
    written = request.POST.get("ids", "").replace(",", " ").replace(";", " ").split()
    ids = all_parsed(*(lambda each=each: parse_cpl_entry_id(each) for each in written))
    return list(dict.fromkeys(ids))
