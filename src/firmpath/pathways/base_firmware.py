"""Which entries a firmware can be put on top of: the three states of MP231's 'base firmware'.

`Bases` names them, `NO_PREVIOUS_VERSION` is the `N/A` that the submitter wrote, and `NOT_PROVIDED` means
that nobody has said. They are never an empty list. Source: MP231 section 3 item 1; DESIGN decision 3.
"""

from typing import Final, NamedTuple

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import CPLEntryID, parse_cpl_entry_id


class Bases(NamedTuple):
    """The entries that the firmware can be applied to: at least one, each once, in ascending order."""

    ids: tuple[CPLEntryID, ...]

    def __str__(self) -> str:
        return "; ".join(map(str, self.ids))


class NoPreviousVersion:
    """The submitter wrote `N/A`: there is no previous version. The one value is `NO_PREVIOUS_VERSION`."""

    __slots__ = ()

    def __str__(self) -> str:
        return "N/A"

    __repr__ = __str__

    def __reduce__(self) -> str:
        return "NO_PREVIOUS_VERSION"


class NotProvided:
    """Nobody has said. The one value is `NOT_PROVIDED`."""

    __slots__ = ()

    def __str__(self) -> str:
        return ""

    def __repr__(self) -> str:
        return "NOT_PROVIDED"

    def __reduce__(self) -> str:
        return "NOT_PROVIDED"


NO_PREVIOUS_VERSION: Final = NoPreviousVersion()
NOT_PROVIDED: Final = NotProvided()

BaseFirmware = Bases | NoPreviousVersion | NotProvided


def parse_base_firmware(text: str) -> BaseFirmware:
    """Read `N/A`, nothing, or entry ids such as `12; 15`.

    :raises FirmpathError: an id that is none, or an id given twice; every such fault at once.
    """
    stripped = text.strip()
    if not stripped:
        return NOT_PROVIDED
    if stripped.upper() == "N/A":
        return NO_PREVIOUS_VERSION
    ids, faults = _read_ids(stripped)
    if faults:
        raise FirmpathError(*faults)
    return Bases(tuple(sorted(ids)))


def _read_ids(text: str) -> tuple[set[CPLEntryID], list[Fault]]:
    ids: set[CPLEntryID] = set()
    faults = []
    for part in text.replace(",", ";").split(";"):
        try:
            cpl_entry_id = parse_cpl_entry_id(part)
        except FirmpathError:
            wrong = f"has '{part.strip()[:40]}', which is not a CPL Entry ID"
            faults.append(Fault("Base firmware", text, wrong, "write N/A, or ids as in 12; 15", rule="R09"))
            continue
        if cpl_entry_id in ids:
            wrong = f"names CPL entry {cpl_entry_id} twice"
            faults.append(Fault("Base firmware", text, wrong, "name each entry once", rule="R09"))
        ids.add(cpl_entry_id)
    return ids, faults
