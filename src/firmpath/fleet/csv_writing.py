"""The plan as CSV, for those whose tools read nothing else."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow.csv as pc
import pyarrow.parquet as pq


def write_csv(parts: Iterable[Path], file: Path) -> None:
    """Put the parts of a plan together in one file of CSV, with a line of headings first.

    Cost: one read of the plan; memory for one part.
    """
    with open(file, "wb") as written:
        for at, part in enumerate(parts):
            options = pc.WriteOptions(include_header=at == 0, quoting_style="needed")
            pc.write_csv(pq.read_table(part), written, options)
