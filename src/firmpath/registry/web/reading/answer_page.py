"""What the page of an answer shows: the next step first, then why, then what else there is to know."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from firmpath.drawing.svg import write_svg
from firmpath.drawing.upgrade_map import map_of_pathway
from firmpath.fleet.manifest_form import service_request
from firmpath.pathways.answers import (
    AlreadyThere,
    Answer,
    AnswerKind,
    CandidatesAgree,
    CandidatesDisagree,
    CautionKind,
    NoPathway,
    NotOnTheCPL,
    Pathway,
    SeveralTargets,
)
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.days import day_in_words
from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.explain.answers import explain
from firmpath.pathways.explain.cautions import caution_in_words, end_in_words
from firmpath.pathways.explain.contacts import contacts_in_words, explain_with_contacts
from firmpath.pathways.explain.explanation import Explanation
from firmpath.pathways.faults import FirmpathError
from firmpath.pathways.naming import full_name, listing
from firmpath.pathways.notices import Notice
from firmpath.pathways.towards_any import Shut
from firmpath.pathways.upgrades import BarKind
from firmpath.registry.parties.who import Who
from firmpath.registry.web.reading.alternatives import Alternatives, alternatives_to
from firmpath.registry.web.reading.asking import Wanted
from firmpath.registry.web.reading.letters import letter_about, mail_link

_HEADINGS: Final = {
    AnswerKind.PATHWAY: "There is a pathway",
    AnswerKind.ALREADY_THERE: "Nothing to do",
    AnswerKind.UNKNOWN_DEVICE: "This firmware is not on the CPL",
    AnswerKind.UNKNOWN_TARGET: "The target is not on the CPL",
    AnswerKind.SEVERAL_TARGETS: "Which target is meant?",
    AnswerKind.OTHER_HARDWARE: "This firmware is for other hardware",
    AnswerKind.BLOCKED_BY_NOTICE: "Not now: a notice is open",
    AnswerKind.PATHWAY_CLOSED: "The pathway may not be used",
    AnswerKind.DEAD_END: "This is a dead end",
    AnswerKind.NOBODY_HAS_SAID: "Not known: nobody has said",
    AnswerKind.NO_PATHWAY_DECLARED: "No pathway is declared",
    AnswerKind.CANDIDATES_DISAGREE: "Which of these does the Device run?",
}
_KINDS: Final = {
    AnswerKind.PATHWAY: "good",
    AnswerKind.ALREADY_THERE: "good",
    AnswerKind.BLOCKED_BY_NOTICE: "warn",
    AnswerKind.NOBODY_HAS_SAID: "warn",
    AnswerKind.SEVERAL_TARGETS: "warn",
    AnswerKind.CANDIDATES_DISAGREE: "warn",
}
_ABOUT_NEWER: Final = (CautionKind.NEWER_IS_DEAD_END, CautionKind.NEWER_IS_CLOSED)
_SENDER: Final = "Whoever sends service requests for your organisation"
_HOW: Final = {
    "11.1 + 11.3": "Service request 11.1 brings the image to the Device, and then 11.3 activates it, by the hash "
    f"above. {_SENDER} does both.",
    "11.4": f"Service request 11.4 brings the image to the Device and activates it. {_SENDER} does this.",
}
_WAIT_OR_ACCEPT: Final = (
    "Next: wait until the notice is closed. Whoever may accept its risk for your organisation can do so below."
)


class Choice(NamedTuple):
    """One of several entries that can be meant: its name, what would be right for it, and where to go on."""

    name: str
    words: str
    url: str


class Remark(NamedTuple):
    """Something to know: before the pathway is followed, or about newer firmware, which is no danger.

    `why_url` leads to why not, "" where nowhere does.
    """

    text: str
    is_newer: bool = False
    why_url: str = ""


def page_of_answer(catalogue: Catalogue, wanted: Wanted, answer: Answer, who: Who) -> dict[str, Any]:
    """Give the context of the page that shows an answer."""
    shared = answer.shared if isinstance(answer, CandidatesAgree) else answer
    page: dict[str, Any] = {
        "catalogue": catalogue,
        "wanted": wanted,
        "heading": _HEADINGS[answer.kind],
        "kind": _KINDS.get(answer.kind, "bad"),
        "explanation": _in_words(catalogue, answer),
        "choices": list(_choices(catalogue, wanted, answer)),
        "accepted": [notice for notice in catalogue.notices if notice.notice_id in wanted.accepted],
        "not_accepted_query": wanted.query(accept=None, because=None),
        "whichever": answer.candidates if isinstance(answer, CandidatesAgree) else (),
    }
    match shared:
        case Pathway():
            page |= _pathway(catalogue, wanted, shared, is_sure=shared is answer)
        case AlreadyThere():
            page |= _remarks_on(catalogue, wanted, shared)
            page["kind"] = "warn" if shared.cautions else "good"
        case NoPathway():
            page |= _no_pathway(catalogue, wanted, shared, who)
    return page


def drawing_of(catalogue: Catalogue, wanted: Wanted, answer: Answer) -> str:
    """Draw an answer that can be drawn; "" for one that has nothing to draw, or too much.

    Cost: as `write_svg`.
    """
    shared = answer.shared if isinstance(answer, CandidatesAgree) else answer
    if isinstance(shared, NotOnTheCPL | CandidatesDisagree | SeveralTargets):
        return ""
    try:
        return write_svg(map_of_pathway(catalogue, shared, wanted.accepted))
    except FirmpathError:  # more than can be read on any sheet; the steps stand in words
        return ""


def _pathway(catalogue: Catalogue, wanted: Wanted, pathway: Pathway, is_sure: bool) -> dict[str, Any]:
    following = catalogue[pathway.next_step]
    name = following.published.firmware_name
    return {
        "pathway": pathway,
        "heading": f"Next: activate firmware {following.firmware_version}{f' (“{name}”)' if name else ''}, "
        f"CPL entry {following.cpl_entry_id}",
        "following": following,
        "release": following.release_information,
        "mail_link": mail_link(following.contact),
        "how": _how(following.hardware_model.device_type),
        **_remarks_on(catalogue, wanted, pathway),
        **(alternatives_to(catalogue, wanted, pathway) if is_sure else Alternatives())._asdict(),
    }


def _how(device_type: DeviceType) -> str:
    """Say by which service requests it is done; of a hub nothing, since it may be the DCC that upgrades it."""
    return "" if device_type is DeviceType.COMMUNICATIONS_HUB else _HOW[service_request(device_type)]


def _no_pathway(catalogue: Catalogue, wanted: Wanted, answer: NoPathway, who: Who) -> dict[str, Any]:
    page: dict[str, Any] = {"letter": letter_about(catalogue, answer, who)}
    if answer.farthest != answer.installed:
        page |= {"farthest": catalogue[answer.farthest], "farthest_query": wanted.query(target=answer.farthest)}
    if answer.kind is AnswerKind.BLOCKED_BY_NOTICE:
        page |= {"blocking": _blocking(catalogue, answer), "keeping": wanted.fields(because=None)}
    return page


def _in_words(catalogue: Catalogue, answer: Answer) -> Explanation:
    """Explain an answer as this page shows it: what stands elsewhere on it is left out."""
    words = explain_with_contacts(catalogue, answer, is_register=True)
    if isinstance(answer, AlreadyThere):
        return words._replace(lines=())  # the remarks
    if isinstance(answer, CandidatesDisagree):
        asked = contacts_in_words(catalogue, answer.reference, answer.candidates)
        return words._replace(lines=asked)  # the choices say the rest
    if answer.kind is AnswerKind.BLOCKED_BY_NOTICE:
        return words._replace(next_step=_WAIT_OR_ACCEPT)
    return words


def _remarks_on(catalogue: Catalogue, wanted: Wanted, answer: Pathway | AlreadyThere) -> dict[str, Any]:
    found = list(_remarks(catalogue, wanted, answer))
    return {
        "dangers": [remark for remark in found if not remark.is_newer],
        "newer": [remark for remark in found if remark.is_newer],
    }


def _remarks(catalogue: Catalogue, wanted: Wanted, answer: Pathway | AlreadyThere) -> Iterator[Remark]:
    ends = {caution.cpl_entry_id for caution in answer.cautions if caution.kind is CautionKind.NOTHING_LEADS_ON}
    for caution in answer.cautions:
        if caution.kind is CautionKind.NOTHING_LEADS_ON:
            url = wanted.query(installed=caution.cpl_entry_id, target=None)
            yield Remark(f"{end_in_words(catalogue, caution)}.", caution.why != Shut.FOR_GOOD, url)
        elif caution.kind is CautionKind.NEWER_UNREACHED and caution.cpl_entry_id in ends:
            continue  # to say that nothing leads on says it as well
        elif caution.kind is CautionKind.NEWER_UNREACHED:
            newer = listing(catalogue, caution.others)
            url = wanted.query(installed=answer.installed, target=caution.others[-1])
            yield Remark(f"There is newer firmware, {newer}, but no pathway to it is open.", True, url)
        else:
            yield Remark(caution_in_words(catalogue, caution), caution.kind in _ABOUT_NEWER)


def _choices(catalogue: Catalogue, wanted: Wanted, answer: Answer) -> Iterator[Choice]:
    if isinstance(answer, SeveralTargets):
        for each in answer.candidates:
            words = f"Listed on {day_in_words(catalogue[each].listed_on)}."
            yield Choice(full_name(catalogue, each), words, wanted.query(target=each))
    if isinstance(answer, CandidatesDisagree):
        for each, one in zip(answer.candidates, answer.answers, strict=True):
            headline = explain(catalogue, one).headline
            yield Choice(full_name(catalogue, each), headline, wanted.query(installed=each))


def _blocking(catalogue: Catalogue, answer: NoPathway) -> list[Notice]:
    ids = {bar.notice_id for _, bars in answer.bars for bar in bars if bar.kind is BarKind.NOTICE}
    return [notice for notice in catalogue.notices if notice.notice_id in ids]
