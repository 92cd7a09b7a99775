"""Which folders a plan may take the place of: another plan, whole and with nothing else in it."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from firmpath.fleet.manifest_form import NAME
from firmpath.fleet.manifest_reading import read_manifest
from firmpath.fleet.stuck import NAME as STUCK
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.tables.files import shown_path

_FILES: Final = ("report.html", STUCK, f"waves/{NAME}")
_PART: Final = re.compile(r"plan\.parquet/part-\d{5,}\.parquet")
_RIGHT: Final = "name a new folder, or remove it"


def require_plan(folder: Path) -> None:
    """Refuse a folder that is no finished plan, or has anything in it that no plan has made.

    :raises FirmpathError: it is none; what is found in it first says why.
    """
    if wrong := _why_not(folder):
        raise FirmpathError(Fault("Plan", shown_path(folder), f"is there already, and {wrong}", _RIGHT))


def _why_not(folder: Path) -> str:
    if folder.is_symlink() or not folder.is_dir():
        return "is no folder that a plan has made"
    files = set(_files_in(folder))
    lacking = [each for each in _FILES if each not in files]
    if lacking or not any(each == "plan.csv" or _PART.fullmatch(each) for each in files):
        return f"is no plan: it has no {lacking[0] if lacking else 'plan.parquet'}"
    try:
        manifest = read_manifest(folder)
    except FirmpathError as error:
        return f"its manifest is not understood: {error.faults[0]}"
    waves = {f"waves/{file.name}" for wave in manifest.waves for file in wave.files}
    others = [each for each in files - waves - {*_FILES, "plan.csv"} if not _PART.fullmatch(each)]
    return f"has {min(others)}, which is no part of a plan" if others else ""


def _files_in(folder: Path) -> Iterator[str]:
    """Give every file below a folder, as manifests name them; a folder that is empty or a link is one as well."""
    for place, folders, files in os.walk(folder):
        links = [each for each in folders if os.path.islink(os.path.join(place, each))]
        found = [*files, *links] or ([] if folders else [""])
        yield from (Path(place, each).relative_to(folder).as_posix() for each in found)
