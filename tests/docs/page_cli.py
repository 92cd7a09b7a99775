"""The reference of the command line: docs/cli.md, written from its parser, and from what reads its files."""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator

from firmpath.cli.exit_codes import ExitCode
from firmpath.cli.main import COMMANDS, full_parser
from firmpath.pathways.register_kinds import FACT_SHAPES, KINDS, STATEMENT_SHAPE
from firmpath.pathways.register_writer import HEADER
from firmpath.tables.columns import COLUMNS, Column
from tests.docs.cli_committee import COMMITTEE_FORMS
from tests.docs.cli_forms import FORMS
from tests.docs.cli_json import Field, Form
from tests.docs.cli_words import (
    ENVIRONMENT,
    FACT_FIELDS,
    INTRODUCTION,
    JSON_INTRODUCTION,
    REGISTER_INTRODUCTION,
    STATEMENT_FIELDS,
    TABLE_INTRODUCTION,
    cell_words,
)
from tests.docs.page import Page

_SHARED_BY = 4
"""An argument that so many commands have is explained once."""


def write() -> str:
    """Write the page."""
    return "\n".join(
        (
            INTRODUCTION,
            *_commands(),
            "## Exit codes\n",
            _table(("Code", "Meaning"), ((str(code.value), _sentence(code.meaning)) for code in ExitCode)),
            "## Environment variables\n",
            _table(("Variable", "Meaning"), ENVIRONMENT),
            JSON_INTRODUCTION,
            *(_form(form) for form in (*FORMS[:-1], *COMMITTEE_FORMS, FORMS[-1])),
            TABLE_INTRODUCTION,
            _table(("Column", "Term", "Other headings", "Cells"), map(_column, COLUMNS)),
            REGISTER_INTRODUCTION.format(header=HEADER),
            "### The fields of a statement\n",
            _table(("Field", "", "Meaning"), _statement_fields()),
            "### The kinds of fact\n",
            _table(("Kind", "Meaning", "Fields; those in brackets may be left out"), _kinds()),
            "### The fields of a fact\n",
            _table(("Field", "Meaning"), sorted((f"`{name}`", words) for name, words in FACT_FIELDS.items())),
        )
    )


def _commands() -> Iterator[str]:
    yield "## Commands\n"
    yield _table(
        ("Command", "What it gives"), ((f"[`{name}`](#{name})", words) for name, words in COMMANDS.items())
    )
    parsers = _parsers()
    counts = Counter(argument for parser in parsers.values() for argument in _arguments(parser))
    shared = [argument for argument, count in counts.items() if count >= _SHARED_BY]
    yield "### Arguments that commands share\n"
    yield "A command has those that its own line below names.\n"
    yield _table(("Argument", "Meaning"), shared)
    for name, parser in parsers.items():
        yield f"### {name}\n"
        yield f"    {' '.join(parser.format_usage().removeprefix('usage: ').split())}\n"
        yield f"{' '.join((parser.description or '').split())}\n"
        own = [argument for argument in _arguments(parser) if argument not in shared]
        if own:
            yield _table(("Argument", "Meaning"), own)


def _parsers() -> dict[str, argparse.ArgumentParser]:
    (commands,) = (action for action in full_parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(commands.choices)


def _arguments(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    for action in parser._actions:
        if "--help" not in action.option_strings:
            value = f" {action.metavar}" if action.option_strings and action.metavar else ""
            name = f"{'/'.join(action.option_strings) or action.metavar}{value}"
            yield f"`{name}`", _sentence(action.help or "")


def _form(form: Form) -> str:
    commands = ", ".join(f"`{command}`" if command in COMMANDS else command for command in form.commands)
    answers = _table(("`answer`", "Meaning"), ((f"`{word}`", words) for word, words in form.answers.items()))
    fields = _table(("Field", "Type", "There when", "Meaning"), map(_field, form.fields))
    return f"### {form.title}: {commands}\n\n{answers}\n{fields}"


def _field(field: Field) -> tuple[str, ...]:
    return f"`{field.path}`", field.kind, field.when, _sentence(field.meaning)


def _column(column: Column) -> tuple[str, ...]:
    name = f"**`{column.name}`**" if column.required else f"`{column.name}`"
    return name, column.term, ", ".join(column.synonyms), cell_words(column)


def _statement_fields() -> Iterator[tuple[str, ...]]:
    for name, words in STATEMENT_FIELDS.items():
        yield f"`{name}`", "" if name in STATEMENT_SHAPE.required else "may be left out", words


def _kinds() -> Iterator[tuple[str, ...]]:
    for name, kind in KINDS.items():
        shape = FACT_SHAPES[name]
        required = [f"`{field}`" for field in FACT_FIELDS if field in shape.required - {"kind"}]
        optional = [f"(`{field}`)" for field in FACT_FIELDS if field in shape.optional]
        yield f"`{name}`", " ".join((kind.__doc__ or "").split()), ", ".join((*required, *optional))


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _sentence(text: str) -> str:
    """Begin with a capital, unless the first word is code."""
    return text[:1].upper() + text[1:]


PAGE = Page("docs/cli.md", write)
