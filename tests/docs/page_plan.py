"""docs/plan.md: the columns of a plan, and what its statuses mean; made from the code that writes them."""

from firmpath.fleet.joining import COLUMNS
from firmpath.fleet.words import STATUS_WORDS
from tests.docs.page import Page

_COLUMN_WORDS = {
    "device_id": "the Device, as in `00-DB-12-34-56-78-90-A0`; as it was written, where it is no EUI-64",
    "installed": "the CPL entry that it runs; null where that is not known, or could be several",
    "candidates": "the entries that it can run, joined by `; `, where they are several; else null",
    "target": "the entry that it is to run in the end; null where there is none",
    "next_entry": "the entry to activate now; null unless the status is `pathway`",
    "remaining_steps": "activations to the target, this one included",
    "status": "one word; see below",
    "reason": "a code that says more; null where there is nothing to say",
}

_PAGE = """# Plans

`firmpath plan INVENTORY --out DIR` makes a folder with:

- `plan.parquet`, a folder of parts in the order of their names, or `plan.csv`: a row for every row of the
  inventory, in its order.
- `waves/`: a file for each 50,000 Devices (`--wave-size`) with the same next step, a Device ID on each line,
  and `manifest.json`, which has for each next step the service request (11.1 + 11.3, or 11.4 for a PPMID),
  the firmware version, the Manufacturer Image hash to activate, and of each file the count and the SHA-256.
- `report.html`: totals, a picture of the flows, how many steps are left, who is stuck and whom to ask.

The same inventory, CPL and day give the same bytes. The folder has its name only once all of it is there; a
run that was stopped leaves nothing under that name, and the same command again finishes. The exit code is 0
where every row has a next step or needs none, and 1 where somebody has to look.

## Columns

Version 1. A reader of this schema can rely on these columns, in this order.

| column | what it is |
|---|---|
{columns}

## Statuses

| status | a Device that |
|---|---|
{statuses}

## Reasons

| reason | what it says |
|---|---|
| `device_id`, or names of columns | these cells cannot be understood (`malformed`) |
| `more cells than headings` | so it is not sure which cell is which (`malformed`) |
| `in N rows` | the Device ID stands in so many rows, and none of them is planned |
| `not on the CPL`, `listed from DAY` | of firmware that is unknown |
| `contradicted by COLUMN` | the CPL says otherwise than this column |
| `settled by COLUMN` | this column, filled in, would tell the candidates apart |
| `targets A; B` | the newest entries, of which none is newer than the other |
| `notice N` | a notice bars the nearest way |
| `withdrawn N`, `certificate_ended N`, `dead_end N`, `skips_stepping_stone N` | this CPL entry bars it |
| `undeclared A to B` | nobody has said whether B can be applied to A; the manufacturer of B can |

## Inventories

`device_id` is an EUI-64 with dashes, colons, or as 16 hex digits. What a Device runs is read from
`cpl_entry_id`, else from `manufacturer_id`, `model` and `firmware_version`, else from
`manufacturer_image_hash`. Whatever else is given has to agree: `device_type` and the hash narrow several
candidates down, and what contradicts the CPL is a reason, never passed over. Headings are found in most
spellings; `--column OURS=HEADING` names the others. All files of a folder have the same columns.
"""


def write_page() -> str:
    """Give the page."""
    return _PAGE.format(
        columns="\n".join(f"| `{each}` | {_COLUMN_WORDS[each]} |" for each in COLUMNS),
        statuses="\n".join(f"| `{each}` | {words} |" for each, words in STATUS_WORDS.items()),
    )


PAGE = Page("docs/plan.md", write_page)
