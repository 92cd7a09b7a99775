"""Show everything on record about an entry: its facts, the upgrades into and out of it, and its history."""

import argparse
from collections.abc import Iterator, Sequence

from firmpath.cli.arguments import add_cpl, add_json, day_asked_about
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import bold, print_json, print_wrapped
from firmpath.cli.part_reading import read_part
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.bars import bar_in_words
from firmpath.pathways.explain.statements import statement_in_words
from firmpath.pathways.fold import fold_sound
from firmpath.pathways.history import history_of
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.json_form.entries import entry_json
from firmpath.pathways.naming import full_name, short_name
from firmpath.pathways.reference import ByID, find_candidates, parse_reference, require_one
from firmpath.pathways.statement import Statement
from firmpath.pathways.statement_hash import statement_sha256


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("entry", metavar="ENTRY", help="an id, a hash, or manufacturer/model@version")
    add_cpl(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Show the entry; where the name means several, show each of them."""
    reference = parse_reference(arguments.entry)
    statements = read_part(arguments, (reference,))
    catalogue = fold_sound(statements, day_asked_about(arguments))
    candidates = find_candidates(catalogue, reference) or (require_one(catalogue, reference),)
    if arguments.json:
        shown = [_as_json(catalogue, statements, each) for each in candidates]
        print_json({"version": 1, "as_at": catalogue.as_at.isoformat(), "entries": shown})
        return ExitCode.YES
    if len(candidates) > 1 and not isinstance(reference, ByID):
        print_wrapped(f"{len(candidates)} entries have this; only the CPL Entry ID says which is meant.")
        print()
    for at, each in enumerate(candidates):
        _print_entry(catalogue, statements, each, at > 0)
    return ExitCode.YES


def _print_entry(
    catalogue: Catalogue, statements: Sequence[Statement], cpl_entry_id: CPLEntryID, space_before: bool
) -> None:
    if space_before:
        print()
    print_wrapped(bold(full_name(catalogue, cpl_entry_id)))
    fields = entry_json(catalogue[cpl_entry_id])
    fields.pop("cpl_entry_id")
    mark = fields.pop("mark", None)
    for name, value in fields.items():
        shown = "; ".join(short_name(catalogue, each) for each in value) if isinstance(value, list) else value
        print_wrapped(f"{_heading(name):<24} {shown}", indent=2)
    if mark:
        print_wrapped(f"{'Marked':<24} {mark['kind'].replace('_', ' ')}: {mark['reason']}", indent=2)
    print()
    for line in _upgrades(catalogue, cpl_entry_id):
        print_wrapped(line, indent=2)
    print()
    print_wrapped(bold("History"))
    for past in history_of(statements, cpl_entry_id):
        print_wrapped(statement_in_words(past.statement, past.corrected_by), indent=2)


def _upgrades(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> Iterator[str]:
    """Say which declared upgrades lead in and out, and why one of them may not be used."""
    upgrades = catalogue.upgrades(catalogue.family_of(cpl_entry_id))
    sources = [each for each, to_ids in upgrades.declared.items() if cpl_entry_id in to_ids]
    steps = [(each, cpl_entry_id) for each in sources]
    steps += [(cpl_entry_id, each) for each in upgrades.declared[cpl_entry_id]]
    if not steps:
        yield "No declared upgrade leads here or away from here."
    for step in steps:
        other = f"from {short_name(catalogue, step[0])}" if step[1] == cpl_entry_id else ""
        name = other or f"to {short_name(catalogue, step[1])}"
        bars = upgrades.bars.get(step, ())
        why = " ".join(bar_in_words(catalogue, step, bar) for bar in bars)
        yield f"Upgrade {name}: not to be used. {why}" if bars else f"Upgrade {name}: open"


def _as_json(catalogue: Catalogue, statements: Sequence[Statement], cpl_entry_id: CPLEntryID) -> dict[str, object]:
    upgrades = catalogue.upgrades(catalogue.family_of(cpl_entry_id))
    history = [
        {
            "number": past.statement.number,
            "sha256": statement_sha256(past.statement),
            "corrected_by": past.corrected_by or None,
            "text": statement_in_words(past.statement, past.corrected_by),
        }
        for past in history_of(statements, cpl_entry_id)
    ]
    return {
        **entry_json(catalogue[cpl_entry_id]),
        "upgrades_from": list(upgrades.open_sources[cpl_entry_id]),
        "upgrades_to": list(upgrades.open[cpl_entry_id]),
        "history": history,
    }


_ABBREVIATIONS = {"cpa": "CPA", "gbcs": "GBCS", "smets": "SMETS", "chts": "CHTS", "id": "ID", "url": "link"}


def _heading(name: str) -> str:
    words = name.replace("zigbee", "ZigBee").replace("smets_chts", "SMETS/CHTS").split("_")
    text = " ".join(_ABBREVIATIONS.get(word, word) for word in words)
    return text[:1].upper() + text[1:]
