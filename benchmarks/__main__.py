"""Run the benchmarks and print every figure beside its limit: `python -m benchmarks --help`."""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks import (
    all_pairs,
    batch_call,
    exposed_devices,
    exposure,
    growth,
    identify_run,
    image_reading,
    one_pathway,
    page_weight,
    pathway_call,
    preflight_run,
    register_start,
    register_to_catalogue,
    start_up,
    xlsx_import,
)
from benchmarks.material import Material
from benchmarks.measuring import Figure
from benchmarks.settings import SMALLER_BY, Settings
from benchmarks.table import table_of

FEWEST: Final = 100
"""Entries that a CPL needs to have some of everything in it."""

_OF_THE_CORE: Final = (register_to_catalogue, xlsx_import, one_pathway, all_pairs, growth)
_OF_IMAGES: Final = (image_reading, preflight_run, identify_run)
_OF_THE_SSC: Final = (exposure, exposed_devices)
_OF_THE_REGISTER: Final = (pathway_call, batch_call, register_start, page_weight)
# The start of a process comes last: by then its register has not been written to for a while.
BENCHMARKS: Final = {
    each.NAME: each for each in (*_OF_THE_CORE, *_OF_IMAGES, *_OF_THE_SSC, *_OF_THE_REGISTER, start_up)
}


def main(argv: Sequence[str]) -> int:
    """Run what is asked for, and give 1 if a limit is missed, else 0."""
    arguments = _parser().parse_args(argv)
    names = [name for name in BENCHMARKS if name in (arguments.only or BENCHMARKS)]
    began = os.times()
    with tempfile.TemporaryDirectory(prefix="firmpath-bench-") as folder:
        figures = _measure(names, arguments, Material(Path(folder)))
    _show("")
    print(f"{table_of(figures)}\n\n{_noise(began, os.times())}")
    missed = sum(not figure.is_met for figure in figures)
    print(f"Limits missed: {missed}." if missed else "Every limit is met.")
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", metavar="NAME", action="append", choices=BENCHMARKS, help=", ".join(BENCHMARKS))
    parser.add_argument("--entries", metavar="N", type=_size, default=50_000, help="entries of the large CPL")
    parser.add_argument("--family-entries", metavar="N", type=_size, default=1_300, help="of the large family")
    parser.add_argument("--family-upgrades", metavar="N", type=_size, default=58_000, help="among those entries")
    parser.add_argument("--rounds", metavar="N", type=int, default=0, help="at most so many rounds of each")
    return parser


def _size(text: str) -> int:
    if not text.isdecimal() or int(text) < FEWEST:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number of at least {FEWEST}")
    return int(text)


def _measure(names: Sequence[str], arguments: argparse.Namespace, material: Material) -> list[Figure]:
    if start_up.NAME in names:  # its register has to be a while old before an index of it is kept
        material.register(arguments.entries // SMALLER_BY)
    figures: list[Figure] = []
    for at, name in enumerate(names, 1):
        settings = Settings(
            material,
            arguments.entries,
            arguments.family_entries,
            arguments.family_upgrades,
            arguments.rounds,
            partial(_show_progress, f"[{at}/{len(names)}] {name}"),
        )
        settings.progress("getting ready")
        figures += BENCHMARKS[name].measure(settings)
    return figures


def _show_progress(benchmark: str, what: str) -> None:
    _show(f"{benchmark}: {what}")


def _show(what: str) -> None:
    """Show on a terminal what is going on, in one line that is written over."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{what}", end="", file=sys.stderr, flush=True)


def _noise(began: os.times_result, ended: os.times_result) -> str:
    """Say how much longer the clock ran than the processors worked: little, where nothing else had to be done."""
    worked = sum(ended[:4]) - sum(began[:4])
    waited = (ended.elapsed - began.elapsed) / max(worked, 0.01)
    return f"Noise: the run took {waited:.2f} times its processor time (about 1 on a quiet machine)."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
