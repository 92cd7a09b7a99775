"""The worked example of docs/plan.md; `test_plan_example` makes its files, and runs what it shows."""

from typing import Final

EXAMPLE: Final = """An inventory with headings of its own, `meters.csv`:

```
Meter GUID,Maker,Model,Running,Area
02-00-00-00-00-00-00-01,F001,00050202,0002012F,North
02-00-00-00-00-00-00-02,F001,00050202,0002049E,North
02-00-00-00-00-00-00-03,F005,C0FD0302,29092002,South
02-00-00-00-00-00-00-04,F005,C0FD0302,13072001,South
02-00-00-00-00-00-00-05,F001,00120201,00001E05,South
```

What those of its headings mean that are not understood as they are, `meters.toml`:

```
[columns]
"Meter GUID" = "device_id"
"Maker" = "manufacturer_id"
"Running" = "firmware_version"
```

What the Devices are to run, one entry named by its CPL Entry ID and one by model and version, `targets.csv`:

```
target
127
F005/C0FD0302@13122003
```

Together they make a plan, in which of each area one Device takes its step on a day:

```
$ firmpath plan meters.csv --inventory-mapping meters.toml --target targets.csv --per-day-by Area=1 \
--on 2026-01-15 --out plan
Planned. Rows of the inventory: 5. Rows of the plan: 5.
  3             have a safe next step
  1             is in a dead end
  1             has no target in the list of targets
plan has plan.parquet, report.html, stuck.csv, and waves/ with 3 files for 3 next steps.
Under the limits these steps take 2 days, from 15 January 2026 to 16 January 2026. What decides that is the limit of
Area North: 2 Devices at 1 a day. After that comes the limit of Area South, at 1 day.
As at 15 January 2026. Plan again before each step: the CPL can change.
```

## Who is stuck, Device by Device

A line of `stuck.csv` counts rows; its `filter` is a condition in SQL that finds them in the plan. This writes their
Device IDs into a file:

```python
import duckdb

duckdb.sql(\"\"\"
    COPY (
        SELECT device_id FROM 'plan/plan.parquet/*.parquet'
        WHERE status = 'dead_end' AND reason IS NULL AND installed = 133
    ) TO 'ask.csv'
\"\"\")
```

Of `plan.csv` the same condition holds, and in a spreadsheet `status`, `reason` and `installed` can be filtered by.
What is wrong with the row itself (`malformed`, `duplicate_device_id`, `no_region`, `not_commissioned`) is counted
whatever the Device runs. A plan does not keep how firmware was written that is not understood or not on the CPL:
lines of `stuck.csv` about that can have the same filter, which then finds the rows of all of them."""
