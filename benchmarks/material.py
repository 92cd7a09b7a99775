"""What the benchmarks work on: invented CPLs, made once for each size."""

import io
import random
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Final

from firmpath.cli.main import main
from firmpath.cli.reading import lines_of, read_file
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.pathways.walking import Successors

ON: Final = date(2026, 6, 1)
"""The day that every benchmark asks about."""

_SEED: Final = "1"
_REACH: Final = 2.0  # of as many entries before it as this times its bases, an entry names some


class Material:
    """Registers and workbooks of any size, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def register(self, entries: int) -> Path:
        """Give a register file of so many entries."""
        return self._made(entries, "register")

    def workbook(self, entries: int) -> Path:
        """Give an XLSX file of so many entries."""
        return self._made(entries, "xlsx")

    def lines(self, entries: int) -> list[str]:
        """Give the lines of the register file of so many entries, the header first."""
        path = str(self.register(entries))
        return list(lines_of(read_file(path), path))

    def _made(self, entries: int, ending: str) -> Path:
        path = self.folder / f"{entries}.{ending}"
        if not path.exists():
            with redirect_stdout(io.StringIO()):
                main(["generate", "--entries", str(entries), "--seed", _SEED, "--out", str(path)])
        return path


def dense_family(entries: int, upgrades: int) -> Successors:
    """Give the upgrades among the entries of one HardwareModel where each can be put on many of the last ones.

    Each entry names about as many bases as every other, drawn by chance from a stretch of entries before it.
    """
    chance = random.Random(_SEED)
    ids = [CPLEntryID(number) for number in range(1, entries + 1)]
    targets: dict[CPLEntryID, list[CPLEntryID]] = {cpl_entry_id: [] for cpl_entry_id in ids}
    made = 0
    for at in range(1, entries):
        wanted = round((upgrades - made) / (entries - at))
        stretch = ids[max(0, at - round(_REACH * upgrades / entries)) : at]
        for base in chance.sample(stretch, min(wanted, len(stretch))):
            targets[base].append(ids[at])
            made += 1
    return {cpl_entry_id: tuple(to_ids) for cpl_entry_id, to_ids in targets.items()}
