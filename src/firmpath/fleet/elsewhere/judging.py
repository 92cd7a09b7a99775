"""The core's answers to the readings of an inventory that lies elsewhere, as rows of the small table."""

from collections.abc import Iterator, Mapping, Sequence

from firmpath.fleet.answering import MOST_READINGS
from firmpath.fleet.planned import Judged, Question, judge
from firmpath.fleet.readings import Reading
from firmpath.fleet.telling import Told
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError

JudgedReadings = Mapping[Reading, Judged]


def judge_readings(
    catalogue: Catalogue, question: Question, readings: Mapping[Reading, int], told: Told
) -> JudgedReadings:
    """Answer once for each reading, in a sorted order, so that the same readings give the same table.

    Cost: that of `judge` for each.
    :raises FirmpathError: there are more of them than there can be.
    """
    if len(readings) > MOST_READINGS:
        wrong = f"has more than {MOST_READINGS:,} different readings of firmware, more than there is firmware"
        raise FirmpathError(Fault("Inventory", "", wrong, "see that each column is named right", quoted=False))
    judged = {}
    for at, reading in enumerate(sorted(readings)):
        judged[reading] = judge(catalogue, reading, question)
        if not at % 500:
            told("Finding pathways", at / len(readings))
    told("Finding pathways", 1.0)
    return judged


def planned_rows(judged: JudgedReadings, columns: Sequence[str]) -> Iterator[tuple[str | int, ...]]:
    """Give the rows of the small table: the columns of a reading that are used, then what is planned for it."""
    for reading, each in judged.items():
        yield (*(getattr(reading, column) for column in columns), *each.planned)
