"""Devices are counted by their next step in parts of any size."""

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from firmpath.fleet.waves import count_devices

ROWS = 300_000


def test_all_of_a_part_is_counted_in_however_many_chunks_it_is_read(tmp_path: Path) -> None:
    steps = [at % 7 or None for at in range(ROWS)]
    part = tmp_path / "part-00001.parquet"
    columns = {"remaining_steps": pa.array([2] * ROWS, pa.int32()), "next_entry": pa.array(steps, pa.int64())}
    pq.write_table(pa.table(columns), part, max_rows_per_page=1000, use_dictionary=False)
    assert pq.read_table(part, use_threads=False)["next_entry"].num_chunks > 1
    found = count_devices([part], ("remaining_steps", "next_entry"))
    assert found == {("2", str(step)): many for step, many in Counter(steps).items() if step}
