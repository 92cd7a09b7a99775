"""Show everything on record about an entry: its facts, the upgrades into and out of it, and its history."""

import argparse
from collections.abc import Iterator, Sequence
from typing import Final

from firmpath.cli.arguments import add_cpl, add_json, day_asked_about, known_at_json, parse_together
from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.output import print_field, print_json, print_wrapped
from firmpath.cli.part_reading import read_part
from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.explain.bars import bar_in_words
from firmpath.pathways.explain.statements import statement_in_words
from firmpath.pathways.fold import fold_sound
from firmpath.pathways.history import history_of
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.json_form.entries import Json, entry_json
from firmpath.pathways.json_form.mentioned import named_json
from firmpath.pathways.naming import full_name, short_name
from firmpath.pathways.reference import find_candidates, parse_reference, require_one
from firmpath.pathways.statement import Statement
from firmpath.pathways.statement_hash import statement_sha256
from firmpath.pathways.upgrades import Bar, Step
from firmpath.tables.columns import COLUMNS

_HEADINGS: Final = {column.name: column.term for column in COLUMNS} | {
    "base_firmware": "Base firmware",
    "base_firmware_reason": "Reason for base firmware",
    "removal_reason": "Reason for removal",
    "responsible_party": "Responsible Party",
    "marks": "Marked",
}
"""The standard's terms, as tables and refusals have them too."""

_WIDTH: Final = max(map(len, _HEADINGS.values())) + 2

_UNSAID: Final = {"N/A": "N/A: there is no previous version", "not provided": "not provided: nobody has said"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("entry", metavar="ENTRY", help="an id, a hash, or manufacturer/model@version")
    add_cpl(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Show the entry; where the name means several, show each of them."""
    (reference,) = parse_together(arguments, lambda: parse_reference(arguments.entry))
    statements = read_part(arguments, (reference,))
    catalogue = fold_sound(statements, day_asked_about(arguments))
    candidates = find_candidates(catalogue, reference) or (require_one(catalogue, reference),)
    if arguments.json:
        print_json(_as_json(catalogue, statements, candidates) | known_at_json(arguments))
        return ExitCode.YES
    if len(candidates) > 1:
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
    print_wrapped(full_name(catalogue, cpl_entry_id), strong=True)
    fields = entry_json(catalogue[cpl_entry_id])
    for name, value in fields.items():
        if name != "cpl_entry_id":
            print_field(_HEADINGS[name], _in_words(catalogue, name, value), _WIDTH)
    print()
    for line in _upgrades(catalogue, cpl_entry_id):
        print_wrapped(line, indent=2)
    print()
    print_wrapped("History", strong=True)
    for past in history_of(statements, cpl_entry_id):
        print_wrapped(statement_in_words(past.statement, past.corrected_by, catalogue), indent=2)


def _in_words(catalogue: Catalogue, name: str, value: object) -> str:
    if name == "marks" and isinstance(value, list):
        return "; ".join(f"{mark['kind'].replace('_', ' ')}: {mark['reason']}{_link(mark)}" for mark in value)
    if name == "base_firmware":
        if isinstance(value, list):
            return "; ".join(short_name(catalogue, each) for each in value)
        return _UNSAID[str(value)]
    return str(value)


def _link(mark: dict[str, str]) -> str:
    return f" ({mark['link']})" if "link" in mark else ""


def _upgrades(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> Iterator[str]:
    """Say which declared upgrades lead in and out, and why one of them may not be used."""
    steps = _steps(catalogue, cpl_entry_id)
    if not steps:
        yield "No declared upgrade leads here or away from here."
    for step, bars in steps:
        is_into = step[1] == cpl_entry_id
        name = f"from {short_name(catalogue, step[0])}" if is_into else f"to {short_name(catalogue, step[1])}"
        why = " ".join(bar_in_words(catalogue, step, bar) for bar in bars)
        yield f"Upgrade {name}: not to be used. {why}" if bars else f"Upgrade {name}: open"


def _steps(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> list[tuple[Step, tuple[Bar, ...]]]:
    """Give the declared upgrades into the entry, then those out of it, each with what bars it."""
    upgrades = catalogue.upgrades(catalogue.family_of(cpl_entry_id))
    sources = [each for each, to_ids in upgrades.declared.items() if cpl_entry_id in to_ids]
    steps = [(each, cpl_entry_id) for each in sources]
    steps += [(cpl_entry_id, each) for each in upgrades.declared[cpl_entry_id]]
    return [(step, upgrades.bars.get(step, ())) for step in steps]


def _as_json(catalogue: Catalogue, statements: Sequence[Statement], candidates: Sequence[CPLEntryID]) -> Json:
    found = [_one_as_json(catalogue, statements, each) for each in candidates]
    fields = {"version": 1, "answer": "found", "as_at": catalogue.as_at.isoformat(), "found": found}
    return {**fields, "entries": named_json(fields, catalogue)}


def _one_as_json(catalogue: Catalogue, statements: Sequence[Statement], cpl_entry_id: CPLEntryID) -> Json:
    history = [
        {
            "number": past.statement.number,
            "sha256": statement_sha256(past.statement),
            "corrected_by": past.corrected_by or None,
            "text": statement_in_words(past.statement, past.corrected_by, catalogue),
        }
        for past in history_of(statements, cpl_entry_id)
    ]
    upgrades = [
        {
            "from": step[0],
            "to": step[1],
            "open": not bars,
            "reasons": [bar_in_words(catalogue, step, bar) for bar in bars],
        }
        for step, bars in _steps(catalogue, cpl_entry_id)
    ]
    return {**entry_json(catalogue[cpl_entry_id]), "upgrades": upgrades, "history": history}
