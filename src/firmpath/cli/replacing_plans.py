"""A plan in the place of another one: only where somebody says so, and never in that of anything else."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from firmpath.cli.reading import file_fault
from firmpath.cli.writing import may_replace
from firmpath.pathways.faults import FirmpathError


def leave_to_replace(arguments: argparse.Namespace) -> Callable[[Path], None] | None:
    """Ask whether the folder may be replaced, where there is one; give what refuses one that is no plan by then.

    :raises FirmpathError: it is no plan, it is read for the new one, or nobody said that it may be replaced.
    """
    from firmpath.fleet.replacing import require_plan

    folder = Path(arguments.out).absolute()
    if not os.path.lexists(folder):
        return require_plan if arguments.replace else None
    require_plan(folder)
    for read in filter(None, (arguments.inventory, arguments.target, arguments.cpl)):
        if Path(read).resolve().is_relative_to(folder.resolve()):
            wrong = f"is not replaced, because {read} is read from it"
            raise FirmpathError(file_fault(arguments.out, wrong, "name a new folder", "Plan"))
    if not may_replace(arguments, "Replace this plan?"):
        wrong, right = "is there already", "name a new folder, or add --replace"
        raise FirmpathError(file_fault(arguments.out, wrong, right, "Plan"))
    return require_plan
