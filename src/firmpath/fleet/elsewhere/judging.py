"""The core's answers to the readings of an inventory that lies elsewhere, as rows of the small table."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Sized

from firmpath.fleet.answering import MOST_READINGS
from firmpath.fleet.planned import Judged, Question, judge
from firmpath.fleet.readings import Reading
from firmpath.fleet.telling import Told
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError

JudgedReadings = Mapping[Reading, Judged]


def judge_readings(
    catalogue: Catalogue,
    question: Question,
    readings: Mapping[Reading, int],
    columns: Collection[str],
    told: Told,
) -> JudgedReadings:
    """Answer once for each reading, in a sorted order, so that the same readings give the same table.

    `columns` are those that the inventory has.

    Cost: that of `judge` for each.
    :raises FirmpathError: there are more of them than there can be.
    """
    require_few(readings)
    judged = {}
    for at, reading in enumerate(sorted(readings)):
        judged[reading] = judge(catalogue, reading, question, columns)
        if not at % 500:
            told("Finding pathways", at / len(readings))
    told("Finding pathways", 1.0)
    return judged


def require_few(readings: Sized) -> None:
    """Make sure that there are no more readings than there can be.

    :raises FirmpathError: there are.
    """
    if len(readings) > MOST_READINGS:
        wrong = f"has more than {MOST_READINGS:,} different readings of firmware, more than there is firmware"
        raise FirmpathError(Fault("Inventory", "", wrong, "see that each column is named right", quoted=False))


def columns_that_tell_apart(readings: Collection[Reading], columns: Sequence[str]) -> tuple[str, ...]:
    """Give columns that suffice to tell all readings apart, at least one: the others need not be looked at.

    Cost: linear in the readings, for each column.
    """
    kept = tuple(columns)
    for column in columns:
        fewer = tuple(each for each in kept if each != column)
        if fewer and len({tuple(getattr(reading, each) for each in fewer) for reading in readings}) == len(
            readings
        ):
            kept = fewer
    return kept


def planned_rows(judged: JudgedReadings, columns: Sequence[str]) -> Iterator[tuple[str | int, ...]]:
    """Give the rows of the small table: the columns of a reading that are used, then what is planned for it."""
    for reading, each in judged.items():
        yield (*(getattr(reading, column) for column in columns), *each.planned)
