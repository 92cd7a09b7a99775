"""docs/plan.md: the columns of a plan, and what its statuses mean; made from the code that writes them."""

from collections.abc import Iterable

from firmpath.fleet.elsewhere.expression import NOT_JUDGED
from firmpath.fleet.elsewhere.warehouse import DIALECTS, EXECUTED, PLAN_TABLE, PLANNED_TABLE
from firmpath.fleet.inventing import REGIONS, SHARE_OF_FLAWS
from firmpath.fleet.joining import COLUMNS
from firmpath.fleet.manifest_form import FORMAT, VERSION
from firmpath.fleet.words import STATUS_WORDS
from tests.docs.page import Page
from tests.docs.plan_example import EXAMPLE

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
  and [`manifest.json`](#the-manifest), which says what to send to them.
- `report.html`: totals, what was asked, a picture of the flows, what to send next, the expected order and the
  steps left, who is stuck and why, and whom to ask. It opens offline; its tables sort, and long ones filter.
- `stuck.csv`: all who are stuck, those alike together: `rows`, `status`, `reason`, what they run, why, what to do
  next, whom to ask, and the [`filter`](#who-is-stuck-device-by-device) that gives their Device IDs.

The same inventory, CPL and day give the same bytes. On a terminal a bar shows the rate and the time that is left,
elsewhere a line every ten seconds does, if there is more to tell; `--quiet` shows nothing but faults.

## An example

{example}

## When it goes wrong

The folder has its name only once all of it is there. A run that was killed, or for which there was no room, leaves
nothing under that name, and the same command again finishes. The exit code is 0 where every row has a next step or
needs none, 1 where somebody has to look or a [deadline](#a-deadline) is too early, and 3 where something was
refused: a file that cannot be read or is not whole, an order with a fault, a disk that is full. Then there is no
plan, and every fault is told.

A folder that is there already stays. With `--replace`, or a yes to the question on a terminal, the new plan takes
the place of an old one, which stays as it is until the new one is complete. It has to be a whole plan with nothing
else in it: a folder with a file that no plan has made is refused, and the file is named.

An inventory has to stay as it is until the Device IDs are compared. A file that is changed, removed or added
meanwhile is named, and there is no plan: rows of it could be missing.

Compressed files are checked before they are read: gzip by its checksum, zstd by its frames. Parquet whose pages
have checksums, as Spark writes it, is checked by them. What changed on the way in other Parquet, or in zstd without
a checksum, cannot be noticed where it is well-formed still: neither has anything to tell it by.

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
| `excluded N` | `--exclude` keeps Devices from this CPL entry; where it is the only reason, nothing else does |
| `excluded N` of `already_there` | it runs the newest of the rest, and would have a step to N or through it |
| `nothing in HEADING` | the column that names regions is empty (`no_region`) |
| `HEADING is STATUS`, `nothing in HEADING` | what the inventory says of the Device's status (`not_commissioned`) |
| `undeclared A to B` | nobody has said whether B can be applied to A; the manufacturer of B can |

## Inventories

`device_id` is an EUI-64 with dashes, colons, or as 16 hex digits. What a Device runs is read from `cpl_entry_id`,
else from `manufacturer_id`, `model` and `firmware_version`, else from `manufacturer_image_hash`. A CPL Entry
ID may be written `473.0`, as programs do that took the column for floating-point numbers, up to 16777215, as
far as such numbers are exact; `NaN` is nothing. Whatever else is given has to agree: `device_type` and the hash
narrow several candidates down, and what contradicts the CPL is a reason, never passed over. Headings are found in
most spellings; `--column OURS=HEADING` names the others, in whatever case and with or without spaces, dashes and
`_`, or `--inventory-mapping FILE`, a TOML file of the form that `firmpath import --mapping` reads: `[columns]`,
then `"Their heading" = "our_column"`. It may name `device_status` and `read_on` too, so that one file serves for
`firmpath preflight` as well. All files of a folder have the same columns. What is hidden in it,
with a name that begins with `.` or `_`, is none of the inventory; a link to a folder in it, or a folder that may
not be looked into, is refused.

`firmpath generate --fleet N` invents an inventory for a CPL, to practise on, with a column `region`: {regions}.
`device_status` is for `--only-commissioned` and `firmpath preflight`, `read_on` for the latter. One row in
{flaws:,} has each of these flaws, unless `--flawless` is given: the Device ID of another row, a Device ID that is
none, a firmware version that is none, one that is well-formed and not on the CPL, no region, a Device that is
Suspended, one that is only Pending, and a row that was read 90 days before. The same CPL, day, number and `--seed`
give the same rows with the same release of Firmpath.

## Targets

`--target newest` takes each Device to the newest entry of its own hardware that it can safely come to. `--target
FILE` reads a CSV file with the one column `target`. Each row names an entry, by its CPL Entry ID, as
`manufacturer/model@version`, or by its hash; it is the target of the Devices whose hardware it is for. Hardware
without a row is `no_target`.

A target can be an entry out of which nothing leads today, though there is newer firmware. The report says how many
Devices would end at such entries, and why. Where the target is `newest` they are not counted among those at their
targets: the next plan will say of them that they are stuck. Devices that a row of FILE sends there are.

Who has different targets for Devices of the same hardware plans for each part of
the inventory by itself, so that each has a manifest of its own.

## What to leave out, and what to accept

`--exclude ENTRY` takes no Device to that entry or through it; Devices that run it are led out of it as
ever. The newest entry is then the newest of the others. A Device that runs it is `already_there`; if it would
have a step to what is left out, its reason says so, and it is counted apart. A Device that would have a step,
and has none because of this alone, is `pathway_closed` for the reason `excluded N`, and no manufacturer need be
asked. `--exclude NOTICE` excludes the entries that the notice warns of going to; where it is about going anywhere
from an entry, that entry. A step under an open notice is never planned; `--accept NOTICE --because WHY` accepts
the risk. The manifest and the report record all of these.

`--only-commissioned` leaves Devices out of the waves whose `device_status` is not `Commissioned`, or is empty: they
are `not_commissioned`, and the reason says what their status is. `firmpath preflight` would hold a request for
any of them. Without the option a plan does not look at statuses, and says so where the inventory has them.

## Limits

`--per-day N` lets at most N Devices take a step on a day; `--per-day-by HEADING=N` at most N of those with
the same value in a column of the inventory, such as a region; case, spaces and dashes in the heading are
forgiven. Both can be given. Days are counted from `--first-day`, or else from the day that is asked about, which
it may not be before. Every day of the week counts, but for those that `--not-on` leaves out: `--not-on saturday
--not-on sunday --not-on 2026-12-25`. Which days are holidays differs by nation and by Supplier, so none is known
of itself.

Every day the regions with the most Devices left come first, so that it takes no day more than it must; in a region
the Devices with the most steps left do; then those whose pathways end first; then by CPL Entry ID, and in the
order of the inventory. The plan has one more column, `region`. Where that is empty no day is guessed: the row is
`no_region`, and in no wave. The report says how many days it takes, which limit decides that, and the day on which
all steps of those that have one can be done at the earliest.

A pathway can end: a certificate runs out, or what is on record already takes effect on a later day, such as a
notice or a withdrawal. Where a Device's day comes after that, the command and the report say for exactly how many,
and the report for which next steps. They stay in their waves; whoever plans again on the day sees what is true
by then.

## A deadline

`--finish-by DATE` asks whether all steps can be taken by a day, those that follow the next one included, with
limits or without. The command, its JSON, the manifest and the report say how many steps there are and how many
days from the first on, without those that `--not-on` leaves out. A Device takes one step a day at most.

- Under limits they say how many days it takes at least, and whether there are as many; if not, how many Devices at
  least cannot take all of theirs, whoever goes first. For each limit they give the lowest that is enough.
- Without limits they say how many Devices a day are needed in all. The waves then have no days.
- Devices with more steps left than there are days are told apart: no limit helps these, and what is needed is for
  all others.
- Devices whose pathway can be used only until a day before the last of these days are told as not certain: what
  they can do after it is not known. Devices that are stuck are in none of these numbers but one of their own.

Nothing is promised: all of it is by what is on record today. The waves of a plan are next steps alone. Under a
limit in all, or one by region, whoever makes the plan anew every day is done in the fewest days; under both
together a region with few Devices and many steps can have to wait, and it can take longer.

The exit code is 1 where not all steps can be taken in time, even if every Device has a step: a question was asked,
and the answer is not a plain yes. A day before the first on which a step can be taken is refused. The waves are the
same with a deadline and without.

## The manifest

`waves/manifest.json`, version {manifest_version}. A reader refuses a version that it does not know.

| field | what it is |
|---|---|
| `format`, `version` | `{manifest_format}`, {manifest_version} |
| `as_at` | the day of the CPL |
| `known_at` | what was on record by then was used, where `--known-at` was given |
| `columns` | for each column of ours that was read, the heading of the inventory |
| `targets` | the CPL entries that `--target FILE` named; left out where targets are the newest |
| `cpl_mapping`, `inventory_mapping` | what headings mean by `--mapping` and `--inventory-mapping`; where given |
| `cpl_ignored`, `cpl_sheet` | the headings of the CPL that were left out, and its sheet; where that was said |
| `status_column` | with `--only-commissioned`, the heading of the column of statuses |
| `devices_in_a_file_at_most` | what `--wave-size` said |
| `accepted_notices`, `because` | notices whose risk is accepted, and why; where there are any |
| `excluded_entries`, `excluded_notices` | what is left out; where anything is |
| `limits` | `first_day`, `not_on`, `days`, `last_day`, `devices_a_day`, `devices_a_day_in_a_region`, \
`region_column` |
| `deadline` | what [`--finish-by`](#a-deadline) asked and what the answer is, as docs/cli.md has it under `plan` |
| `devices` | the Device IDs of all waves |
| `waves[]` | one for each next step |
| `waves[].cpl_entry_id` | the entry to activate; `device_type`, `manufacturer_id`, `model`, `firmware_version`, \
`firmware_name` and `manufacturer_image_hash` are the CPL's |
| `waves[].service_request` | `11.1 + 11.3`, which distribute and then activate, or `11.4` for a PPMID |
| `waves[].devices` | the Device IDs of its files |
| `waves[].files[]` | `name`, `devices`, `sha256`; under limits the `day`, from 1, and its date, `on` |

## On a Spark cluster

    firmpath plan INVENTORY --engine spark --master spark://HOST:PORT --out DIR

makes the same folder: the cluster reads the inventory and writes the plan, this machine compares the Device IDs,
counts what Devices run, and makes the waves and the report. The inventory is Parquet. It and DIR are in a folder
that this machine and every worker see under the same name. It needs the extras `fleet` and `cluster`, Java 17 or
newer, and the release of pyspark that the cluster runs. Memory and whatever else is the cluster's own is set, as
for every program on it, in `spark-defaults.conf` in the folder that `SPARK_CONF_DIR` names. The rows are those of
the plan made here, in the order in which Spark reads the files. `--per-day` works as here; `--per-day-by` and
`--only-commissioned` do not.

## In a warehouse

An inventory that lies in a warehouse stays there. Firmpath writes SQL, and somebody runs it. What is read has to
be named, since nobody looks into the warehouse:

    firmpath plan meters.inventory --engine sql --dialect snowflake \\
        --column device_id=GUID --column cpl_entry_id=CPL_ID --out ask

1. `ask/readings.sql` gives each different reading of firmware, with how many Devices have it. Save its answer as
   CSV.
2. Give the same command again, with `--readings readings.csv --out answer`. `answer/planned.sql` makes and fills
   the small table `{planned_table}`, whose rows `planned.csv` has as well; `plan.sql` makes `{plan_table}`, with
   the columns above; `check.sql` counts that as many rows came out as went in, and the rows of each status.

`NEXT.txt` in each folder says what to do. SQL judges no reading. So there is one status more: `{not_judged}` marks
a row whose reading was not in the answer, because the inventory has changed since, or a program has altered the
answer on its way. Such a row is not planned; take both steps anew. Statuses of Devices are not looked at there.

The SQL is one expression for all dialects. The tests run it on {executed}; for {parsed} they parse it in
the dialect, and hold every function that it calls against a list of those that the dialect has. Limits by the day,
waves and the report are made by the other two engines alone.

## The same rows everywhere

The tests hold the plans of every engine against each other by a hash of their content: each row as a line of
JSON, a list of its eight columns in their order, null where there is nothing; the lines sorted; SHA-256 over them.
"""


def write_page() -> str:
    """Give the page."""
    return _PAGE.format(
        example=EXAMPLE,
        flaws=SHARE_OF_FLAWS,
        regions=", ".join(f"{each} ({share} %)" for each, share in REGIONS.items()),
        columns="\n".join(f"| `{each}` | {_COLUMN_WORDS[each]} |" for each in COLUMNS),
        manifest_format=FORMAT,
        manifest_version=VERSION,
        statuses="\n".join(f"| `{each}` | {saying.one} |" for each, saying in STATUS_WORDS.items()),
        planned_table=PLANNED_TABLE,
        plan_table=PLAN_TABLE,
        not_judged=NOT_JUDGED,
        executed=_listed(each for each in DIALECTS if each in EXECUTED),
        parsed=_listed(each for each in DIALECTS if each not in EXECUTED),
    )


def _listed(dialects: Iterable[str]) -> str:
    *others, last = (DIALECTS[each] for each in dialects)
    return f"{', '.join(others)} and {last}"


PAGE = Page("docs/plan.md", write_page)
