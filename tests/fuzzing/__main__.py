"""Give hostile input to everything that reads any, and say what came of it: `python -m tests.fuzzing --help`."""

import argparse
import resource
import signal
import sys
import time
from collections.abc import Sequence
from typing import Final, NamedTuple

from firmpath.pathways.faults import FirmpathError
from tests.fuzzing.mutating import mutated
from tests.fuzzing.targets import TARGETS, Target

LONGEST_SECONDS: Final = 5
"""For one input; a slower one is a failure."""
MOST_MEMORY: Final = 2**30
"""Octets of address space for the whole run; more is a failure."""


_HEADINGS: Final = ("what reads", "inputs", "answered", "refused", "slowest", "memory grew by", "failures")


class Outcome(NamedTuple):
    """What came of a run: inputs answered and refused, the slowest, growth of memory, and every failure."""

    answered: int
    refused: int
    slowest_ms: float
    grown_mib: float
    failures: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """The same, for a table."""
        counts = (f"{self.answered:,}", f"{self.refused:,}")
        return (*counts, f"{self.slowest_ms:.0f} ms", f"{self.grown_mib:.1f} MiB", str(len(self.failures)))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main(argv: Sequence[str]) -> int:
    """Run, print a line for each target, and give 1 if anything ended in anything else."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("--inputs", metavar="N", type=int, default=300_000, help="for each target")
    parser.add_argument("--first", metavar="N", type=int, default=0, help="the number of the first input")
    parser.add_argument("--only", metavar="TARGET", choices=TARGETS, help=", ".join(TARGETS))
    arguments = parser.parse_args(argv)
    print("\n".join((_row(_HEADINGS), _row(["---"] * len(_HEADINGS)))))
    failed = 0
    for name, target in TARGETS.items():
        if arguments.only in (None, name):
            found = fuzz(target, range(arguments.first, arguments.first + arguments.inputs))
            print(_row((name, f"{arguments.inputs:,}", *found.cells)), flush=True)
            failed += len(found.failures)
            for failure in found.failures[:5]:
                print(failure, file=sys.stderr)
    return 1 if failed else 0


def fuzz(target: Target, numbers: range) -> Outcome:
    """Give a target the inputs of these numbers."""
    answered, refused, slowest, failures = 0, 0, 0.0, []
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in numbers:
        octets = mutated(target.seeds, number)
        began = time.process_time()
        try:
            target.run(octets)
            answered += 1
        except FirmpathError as error:
            str(error)
            refused += 1
        except Exception as error:  # which is what is looked for
            failures.append(f"input {number}: {type(error).__name__}: {error}")
        slowest = max(slowest, time.process_time() - began)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if slowest > LONGEST_SECONDS:
        failures.append(f"some input took {slowest:.1f} s")
    return Outcome(answered, refused, slowest * 1000, grown, tuple(failures))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.alarm(3600)
    sys.exit(main(sys.argv[1:]))
