"""The page of the ways out of one vulnerability: those that there are, who has none, and what would help."""

from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import Final

from django.http import HttpResponse

from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.pathways.identifiers import CPLEntryID, parse_cpl_entry_id
from firmpath.pathways.not_known import NotKnown
from firmpath.pathways.pathway import Steps
from firmpath.registry.parties.access import Asked, allowed
from firmpath.registry.parties.roles import Act
from firmpath.registry.ssc.exposure.days import DAYS_MEAN, days_of_exposure, days_since_fix
from firmpath.registry.ssc.exposure.looking import Picture
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.pages.exposure import page, picture_of, stuck_counts
from firmpath.registry.ssc.pages.lists import (
    ROWS_PER_PAGE,
    Keys,
    entry_questions,
    in_asked_order,
    is_narrowed,
    narrow,
    page_of,
)
from firmpath.registry.ssc.pages.searching import search_field, search_of
from firmpath.registry.ssc.ways_out.fixes import Fix, find_fixes, try_fix, way_by
from firmpath.registry.ssc.ways_out.ordering import Placed, put_in_order, words_of_place
from firmpath.registry.ssc.ways_out.others import remarks_on, words_of
from firmpath.registry.ssc.ways_out.weighing import weigh
from firmpath.registry.web.questions import Asked as Answered
from firmpath.registry.web.questions import Question, asked

_FROM: Final = Question("from", "From", "A CPL Entry ID", width=10, inputmode="numeric")
_TO: Final = Question("to", "To", "A CPL Entry ID", width=10, inputmode="numeric")


@allowed(GET=Act.READ_SSC)
def ways_out(request: Asked, number: int) -> HttpResponse:
    """Show the way out of each affected entry, those that have none by reason, and what would help most."""
    picture, faults = picture_of(request, number, "ways out")
    found, weights = picture.found, picture.weights
    ids = in_asked_order(narrow(picture, found.ways, request, search_of(request)), request, _keys(picture))
    ways, shared = page_of(ids, request), picture.shared
    stuck = [
        (why, count, weight, [each for each, reason in found.stuck.items() if reason is why][:ROWS_PER_PAGE])
        for why, count, weight in stuck_counts(picture)
    ]
    tried, tried_asked, wrong = _try(request, picture)
    fixes = _fixes(picture)
    by_fixes = [way_by(found, each.fix) for each in fixes]
    by_tried = way_by(found, tried) if isinstance(tried, Fix) else ()
    return page(
        request,
        "ssc/ways_out.html",
        picture,
        (*faults, *wrong),
        tried_asked,
        entry_questions(picture.catalogue),
        page=ways,
        days_mean=DAYS_MEAN,
        rows=[_way_row(picture, each, found.ways[each], shared.get(each)) for each in ways],
        remarked=_remarked(picture, [*_ways_from(picture, ways), *by_fixes, by_tried]),
        is_narrowed=is_narrowed(request),
        **search_field(request, "ssc_ways_out"),
        stuck=stuck,
        rescued=(len(found.ways), weigh(found.ways, weights)),
        left_over=_left_over(picture),
        onto_affected=found.onto_affected,
        fixes=[_fix_row(picture, *each) for each in zip(fixes, by_fixes, strict=True)],
        tried=tried,
        tried_cautions=_remarks(picture, by_tried),
        try_asked=tried_asked,
    )


def _keys(picture: Picture) -> Keys[CPLEntryID]:
    """Give the columns by which the ways out can be sorted, by where they begin."""
    ways, shared = picture.found.ways, picture.shared

    def days_of(each: CPLEntryID) -> int:
        days = days_of_exposure(picture, each)
        return -1 if isinstance(days, NotKnown) else days

    return {
        "from": lambda each: each,
        "to": lambda each: ways[each][-1],
        "activations": lambda each: len(ways[each]),
        "days": days_of,
        "devices": lambda each: (picture.devices.get(each, 0), shared.get(each, 0)),
    }


def _way_row(picture: Picture, each: CPLEntryID, way: Steps, shared: int | None) -> tuple[object, ...]:
    days = str(days_of_exposure(picture, each)), days_since_fix(picture, each)
    cleaner = picture.found.cleaner.get(each, ())
    said = _remarks(picture, way), cleaner, _remarks(picture, cleaner)
    return way, len(way) - 1, _passed(picture, way), (picture.devices.get(each), shared), *days, *said


def _remarks(picture: Picture, way: Steps) -> list[tuple[str, list[CPLEntryID]]]:
    """Say in few words of which entries of a way there is something to say, which the list below says in full."""
    found = remarks_on(picture.found.others, way)
    affected = [each.cpl_entry_id for each in found if each.affected_by]
    others = [each.cpl_entry_id for each in found if not each.affected_by]
    both = (_affected(affected), affected), ("may be affected by another", others)
    return [(words, ids) for words, ids in both if ids]


def _affected(ids: Sized) -> str:
    return f"{'is' if len(ids) == 1 else 'are'} affected by another"


def _ways_from(picture: Picture, begins: Iterable[CPLEntryID]) -> Iterator[Steps]:
    """Give the shortest way from each of these entries, and the cleaner one where there is one."""
    for each in begins:
        yield picture.found.ways[each]
        yield picture.found.cleaner.get(each, ())


def _remarked(picture: Picture, ways: Iterable[Steps]) -> list[tuple[CPLEntryID, str]]:
    """Say once of each entry on the ways that are shown what else affects it, or may."""
    on_them = sorted({each for way in ways for each in way[1:]})
    remarks = remarks_on(picture.found.others, (CPLEntryID(0), *on_them))
    return [(each.cpl_entry_id, words_of(each, picture.catalogue)) for each in remarks]


def _fixes(picture: Picture) -> list[Placed]:
    """Give the upgrades in the order to publish them, as many as are shown."""
    fixes = find_fixes(picture.exposure, picture.found, picture.weights)
    return put_in_order(fixes, picture.weights)[:ROWS_PER_PAGE]


def _fix_row(picture: Picture, placed: Placed, way: Steps) -> tuple[object, ...]:
    """Give an upgrade, how it overlaps with others, and of what on the way by it there is something to say."""
    return placed.fix, words_of_place(placed, is_weighed=bool(picture.inventory)), _remarks(picture, way)


def _passed(picture: Picture, way: Steps) -> list[tuple[CPLEntryID, VerdictKind]]:
    """Give what a way leads through: on an affected entry a Device stays exposed, on an unknown one it may be."""
    return [(each, picture.exposure.verdict_of(each).kind) for each in way[1:-1]]


def _try(request: Asked, picture: Picture) -> tuple[Fix | str, Sequence[Answered], tuple[Fault, ...]]:
    """Say what an upgrade would rescue that somebody has thought of: '' where nobody has."""
    written = [request.GET.get(each.name, "").strip() for each in (_FROM, _TO)]
    faults: tuple[Fault, ...] = ()
    tried: Fix | str = ""
    if any(written):
        try:
            from_id, to_id = all_parsed(lambda: _id(written[0], _FROM), lambda: _id(written[1], _TO))
            found = try_fix(picture.exposure, picture.found, from_id, to_id, picture.weights)
            tried = found if isinstance(found, Fix) else str(found)
        except FirmpathError as error:
            faults = error.faults
    return tried, asked((_FROM, _TO), request.GET, faults), faults


def _id(text: str, question: Question) -> CPLEntryID:
    if not text:
        raise FirmpathError(Fault(question.term, "", "is not given", "write a CPL Entry ID", quoted=False))
    try:
        return parse_cpl_entry_id(text)
    except FirmpathError as error:
        raise FirmpathError(*(fault._replace(term=question.term) for fault in error.faults)) from None


def _left_over(picture: Picture) -> int:
    """Count affected Devices that run one of several entries of which not the same becomes."""
    told = weigh(picture.found.ways, picture.weights) + sum(weight for _, _, weight in stuck_counts(picture))
    return picture.total.devices[VerdictKind.AFFECTED] - told
