"""A mapping: which of somebody's headings mean which of our columns, and which are to be ignored.

A mapping file is TOML: `ignore = ["Colour"]` and, under `[columns]`, `"Their heading" = "our_column"`.
"""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from firmpath.pathways.faults import Fault, FirmpathError, refuse_if_any, shortened
from firmpath.tables.columns import COLUMN_NAMES, fold_heading
from firmpath.tables.files import file_fault, read_octets

_MOST_LISTED: Final = 10
_RIGHT: Final = 'name a TOML file, which is text in UTF-8: [columns], then lines of "Their heading" = "our_column"'


class Mapping(NamedTuple):
    """Headings that mean a column, as pairs of their heading and our column, and headings to ignore."""

    columns: tuple[tuple[str, str], ...] = ()
    ignore: tuple[str, ...] = ()


NO_MAPPING: Final = Mapping()


def read_mapping(path: str | Path, names: Collection[str] = COLUMN_NAMES) -> Mapping:
    """Read a mapping file; `names` are the columns that headings can mean, those of the CPL unless said otherwise.

    :raises FirmpathError: no such file, not TOML, or any of what `check_mapping` finds.
    """
    import tomllib  # only where there is a mapping

    octets = read_octets(path)
    try:
        written = tomllib.loads(octets.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        wrong = f"is not a mapping: from octet {error.start + 1} on it is not text in UTF-8"
        raise FirmpathError(file_fault(path, wrong, _RIGHT)) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FirmpathError(file_fault(path, f"is not a mapping in TOML ({error})", _RIGHT)) from None
    return _mapping_of(written, path, names)


def ignoring(mapping: Mapping, headings: Iterable[str]) -> Mapping:
    """Return the mapping with further headings to ignore.

    :raises FirmpathError: a heading is both mapped and ignored.
    """
    extended = mapping._replace(ignore=tuple(dict.fromkeys((*mapping.ignore, *headings))))
    refuse_if_any(check_mapping(extended))
    return extended


def check_mapping(mapping: Mapping, names: Collection[str] = COLUMN_NAMES) -> list[Fault]:
    """Find columns that do not exist, headings named twice, and headings both mapped and ignored."""
    faults = []
    seen: dict[str, str] = {}
    for heading, name in mapping.columns:
        if name not in names:
            right = suggest(name, names) or "the columns are " + ", ".join(names)
            faults.append(Fault("Column", name, f"in the mapping of heading '{heading}' does not exist", right))
        before = seen.setdefault(fold_heading(heading), heading)
        if before != heading:
            wrong = f"is in the mapping already, as '{before}'"
            faults.append(
                Fault("Heading", heading, wrong, "case, spacing and punctuation do not tell headings apart")
            )
    for heading in mapping.ignore:
        if fold_heading(heading) in seen:
            faults.append(Fault("Heading", heading, "is both mapped and ignored", "take it out of one of the two"))
    return faults


def suggest(written: str, choices: Iterable[str]) -> str:
    """Return `did you mean …?` with the closest choice, or nothing where none is close."""
    import difflib  # only where something is wrong

    spellings = {fold_heading(choice): choice for choice in choices}
    close = difflib.get_close_matches(fold_heading(written)[:200], spellings, n=1, cutoff=0.75)
    return f"did you mean '{spellings[close[0]]}'?" if close else ""


def listed(headings: Sequence[str]) -> str:
    """List headings, of very many the first ten, and no more of a long one than a fault shows of a value."""
    more = f" and {len(headings) - _MOST_LISTED:,} more" if len(headings) > _MOST_LISTED else ""
    return f"{', '.join(map(shortened, headings[:_MOST_LISTED]))}{more}"


def _mapping_of(written: dict[str, object], path: str | Path, names: Collection[str]) -> Mapping:
    faults = [
        Fault("Setting", key, f"in mapping '{path}' is not known", "a mapping has [columns] and ignore")
        for key in written
        if key not in ("columns", "ignore")
    ]
    columns, ignore = written.get("columns", {}), written.get("ignore", [])
    if not isinstance(columns, dict) or not all(isinstance(name, str) for name in columns.values()):
        faults.append(
            file_fault(path, "has [columns] that are not text", 'write them as "Their heading" = "our_column"')
        )
        columns = {}
    if not isinstance(ignore, list) or not all(isinstance(heading, str) for heading in ignore):
        faults.append(file_fault(path, "has an ignore that is not a list of headings", 'write it as ["Heading"]'))
        ignore = []
    mapping = Mapping(tuple(columns.items()), tuple(dict.fromkeys(ignore)))
    refuse_if_any([*faults, *check_mapping(mapping, names)])
    return mapping
