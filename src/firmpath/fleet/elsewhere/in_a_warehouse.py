"""A plan for an inventory in a warehouse, in two steps: ask for its readings, then answer for each of them.

SQL can neither parse a reading as the core does nor say why it is refused, so it judges none. Source: ADR 0022.
"""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from firmpath.fleet.elsewhere.judging import judge_readings
from firmpath.fleet.elsewhere.readings_file import read_readings
from firmpath.fleet.elsewhere.scripts import write_answer, write_question
from firmpath.fleet.elsewhere.warehouse import Warehouse
from firmpath.fleet.planned import Question
from firmpath.fleet.telling import Told
from firmpath.fleet.unfinished import complete_or_nothing
from firmpath.pathways.catalogue import Catalogue


class Answered(NamedTuple):
    """What was answered: how many rows have a reading, how many readings there are, and the rows of each status.

    Device IDs were not looked at yet: those that are unfit or there twice are counted by their reading.
    """

    rows: int
    readings: int
    by_status: Counter[str]


def ask_warehouse(warehouse: Warehouse, folder: Path) -> None:
    """Write the first step into a new folder: the SQL that asks for the readings.

    :raises FirmpathError: the folder is there, or cannot be written.
    """
    with complete_or_nothing(folder) as unfinished:
        write_question(unfinished, warehouse)


def answer_warehouse(
    catalogue: Catalogue, warehouse: Warehouse, question: Question, readings_file: str, folder: Path, told: Told
) -> Answered:
    """Write the second step into a new folder: what is planned for each reading, and the SQL that joins it.

    :raises FirmpathError: the readings cannot be understood; the folder is there, or cannot be written.
    """
    columns = warehouse.source.reading_columns
    readings = read_readings(readings_file, columns)
    judged = judge_readings(catalogue, question, readings, columns, told)
    with complete_or_nothing(folder) as unfinished:
        write_answer(unfinished, warehouse, judged)
    by_status: Counter[str] = Counter()
    for reading, each in judged.items():
        by_status[each.planned.status] += readings[reading]
    return Answered(by_status.total(), len(readings), by_status)
