"""The picture in the README: docs/pathway.svg, drawn from the example CPL."""

from datetime import date

from firmpath.cli.commands.demo import EXAMPLE_CPL
from firmpath.cli.reading import read_statements
from firmpath.drawing.svg import write_svg
from firmpath.drawing.upgrade_map import map_of_pathway
from firmpath.pathways.fold import fold
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.one_answer import answer_for
from tests.docs.page import Page


def write() -> str:
    """Draw the pathway that the README asks for."""
    catalogue = fold(read_statements(EXAMPLE_CPL), date(2026, 1, 15))
    answer = answer_for(catalogue, CPLEntryID(110), CPLEntryID(140), frozenset())
    return write_svg(map_of_pathway(catalogue, answer, frozenset()))


PAGE = Page("docs/pathway.svg", write)
