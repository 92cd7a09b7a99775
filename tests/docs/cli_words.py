"""The words of docs/cli.md that no code has."""

from typing import Final

from firmpath.pathways.device_model import DeviceType
from firmpath.pathways.statement import Channel
from firmpath.pathways.zigbee_band import LegacyZigBeeBand, ZigBeeBand
from firmpath.tables.columns import DATE_COLUMNS, Column

INTRODUCTION: Final = """\
# The command line

Every command of `firmpath`, what it prints, and the files that it reads and writes. This page is written from the
code; `make docs` writes it anew.

A question is asked in this way:

    firmpath path 110 140 --cpl cpl.register

The CPL can be a CSV or XLSX table, or a register file: which of them is seen from what is in it, not from its
name. An entry is named by its CPL Entry ID, its Manufacturer Image hash, or manufacturer/model@firmware version.
A day is written `2026-01-31`, an instant `2026-01-31T09:30:00Z`.

What is not understood is refused: every fault at once, each on a line of its own on the error stream, and nothing
is done. A file is written whole or not at all, and never over another one unless `--replace` says so, or the
person at the terminal does. On a terminal lines are wrapped, headings stand out, and long work shows how far it
is; in a pipe there is none of that.
"""

ENVIRONMENT: Final = (
    ("`FIRMPATH_CPL`", "The CPL file, where `--cpl` is not given."),
    (
        "`FIRMPATH_CACHE`",
        "The folder for what makes the next question quick: an index of each register file, and tables as "
        "imported. Without it, `firmpath` in the user's cache folder (`XDG_CACHE_HOME`, or `~/.cache`). It can be "
        "deleted at any time; where it cannot be written, answers are the same and take longer.",
    ),
    ("`FIRMPATH_REGISTER`", "For `ssc`: the address of the register, where `--register` is not given."),
    (
        "`FIRMPATH_TOKEN`",
        "For `ssc`: an API token that is made for the SSC's data; never an argument, which others see.",
    ),
    ("`NO_COLOR`", "If it is set to anything, nothing is printed in bold or in colour."),
)

JSON_INTRODUCTION: Final = """\
## JSON

With `--json` a command prints one JSON object, in UTF-8, on standard output. The exit code is the same as
without.

Every object has `version`, which is 1, and `answer`, a word. Within one version a field may be added, and none is
changed or taken away; so read the fields that you know, and ignore others. A list of words may grow likewise: a
caution or a reason whose `kind` you do not know is told by its `text`. Dates are written `2026-01-31`. What is not
known is left out, unless the table says otherwise. A command line that is not understood (exit code 2) is explained
in words, also with `--json`.

In the tables below, `[]` is each item of a list, and `*` each name in an object. "Always" means whenever what it
is part of is there.
"""

TABLE_INTRODUCTION: Final = """\
## Tables

A CSV or XLSX table has a heading row, among its first 20 rows, and a row for each entry. A heading may be the
name of a column, its term, or one of the other headings below; case, spacing and punctuation do not matter.
Columns in bold have to be there. An unknown heading is refused, unless `--ignore` leaves it out or a mapping file
says what it means:

    ignore = ["Colour"]

    [columns]
    "Their heading" = "firmware_version"

A CSV is UTF-8 with commas, semicolons or tabs. In XLSX, ids, versions and hashes are best kept as text; a number
or date cell that may have lost leading zeros or digits is refused, with how to put it right.
"""

REGISTER_INTRODUCTION: Final = """\
## Register files

A register file holds the whole record: who stated what, when, and from which day it holds. It is UTF-8, and every
line ends in a line feed. The first line is

    {header}

and each line after it is a statement: one JSON object with its keys in alphabetical order, no space between them,
text as it is rather than as escapes, and nothing that is not known. So the same statement is the same bytes
everywhere. Statements are numbered from 1 without a gap, and `recorded_at` never goes back. Statements are only
ever added; one that was wrong is corrected by a later one that names it. What a release does not know, such as a
new kind of fact or a later version of the format, it refuses.

Of two statements about the same thing the one that holds from the later day counts, and of two from the same day
the one with the higher number.
"""

STATEMENT_FIELDS: Final = {
    "number": "The number of the statement.",
    "recorded_at": "The instant of recording, in UTC.",
    "effective_from": "The first day on which the fact holds.",
    "party": "The responsible Party.",
    "entered_by": "The person who entered it.",
    "channel": "The way it came in: " + ", ".join(f"`{channel.value}`" for channel in Channel) + ".",
    "fact": "What is stated: an object with a `kind`, and the fields of that kind.",
    "reason": "Why.",
    "corrects": "The number of the earlier statement whose place this one takes.",
}

FACT_FIELDS: Final = {
    "cpl_entry_id": "The entry that it is about: a positive whole number.",
    "device_type": "One of " + ", ".join(f"`{kind.value}`" for kind in DeviceType) + ".",
    "manufacturer_id": "4 hex digits in upper case.",
    "model_id": "4 hex digits.",
    "hardware_version": "2 hex digits.",
    "hardware_revision": "2 hex digits.",
    "firmware_version": "8 hex digits.",
    "manufacturer_image_hash": "64 hex digits.",
    "manufacturer_name": "Text.",
    "firmware_name": "Text: what the manufacturer calls the firmware.",
    "smets_chts_version": "Text.",
    "gbcs_version": "Text.",
    "base_firmware": "A list of CPL Entry IDs in ascending order, or `N/A` where there is no previous version.",
    "zigbee_band": "One of "
    + ", ".join(f"`{band.value}`" for band in ZigBeeBand)
    + "; or an older value, "
    + ", ".join(f"`{band.value}`" for band in LegacyZigBeeBand)
    + ".",
    "cpa_certificate": "Text: the reference of the CPA certificate.",
    "cpa_valid_until": "A date: the last day of the CPA certificate.",
    "zigbee_certificate": "Text: the reference of the ZigBee certificate.",
    "release_notes_url": "A web address.",
    "contact": "Text: whom to ask.",
    "notes": "Text.",
    "reason": "Text: why the entry is marked.",
    "notice_id": "Text: the id by which a notice is accepted, extended and closed.",
    "name": "Text: what the notice is called.",
    "text": "Text: what it warns of.",
    "steps": "A list of pairs: from which entry to which; either may be `any`.",
    "link": "A web address.",
    "fixed_in": "The CPL Entry ID of the entry that puts it right.",
}
"""In the order in which the kinds of fact list them."""

_CELLS: Final = {
    "cpl_entry_id": "A positive whole number, once in the table.",
    "device_type": ", ".join(kind.value for kind in DeviceType) + ".",
    "zigbee_band": ", ".join(band.value for band in ZigBeeBand) + "; older values are read, kept and asked about.",
    "base_cpl_entry_ids": "`N/A` where there is no previous version; CPL Entry IDs as in `12; 15`; empty where "
    "nobody has said.",
    "status": "`listed` or `removed`.",
    "removed_on": "A date, for an entry that is removed.",
    "release_notes_url": "A web address.",
}


def cell_words(column: Column) -> str:
    """Say what the cells of a column may hold."""
    if column.name in _CELLS:
        return _CELLS[column.name]
    if column.name in DATE_COLUMNS:
        return "A date, as in `2026-01-31`."
    return f"{column.hex_digits} hex digits." if column.hex_digits else "Text."
