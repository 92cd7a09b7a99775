"""Why an entry is a mandatory stop, in words."""

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.bars import mark_in_words
from firmpath.pathways.naming import full_name, listing
from firmpath.pathways.stepping_stones import SteppingStone


def explain_stone(catalogue: Catalogue, stone: SteppingStone) -> str:
    """Say that every pathway stops at the stone, and what can be reached without it: the proof in a sentence."""
    entry = catalogue[stone.cpl_entry_id]
    name = full_name(catalogue, stone.cpl_entry_id)
    marked = f" It is also marked so: {mark_in_words(entry.stepping_stone)}" if entry.stepping_stone else ""
    without = listing(catalogue, stone.without)
    return f"Every pathway stops at {name}: without it a Device comes no farther than {without}.{marked}"
