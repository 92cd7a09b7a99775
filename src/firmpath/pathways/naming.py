"""How an entry is named to a person: never the id alone, since people know firmware by its version.

Source: DOMAIN section 2 item 9.
"""

from collections.abc import Iterable

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.cpl_entry import CPLEntry
from firmpath.pathways.identifiers import CPLEntryID


def full_name(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> str:
    """Name an entry as in `CPL entry 311 (firmware 38040404, "Aster 4.4")`."""
    entry = catalogue.entries.get(cpl_entry_id)
    return name_of(entry) if entry else f"CPL entry {cpl_entry_id}"


def name_of(entry: CPLEntry) -> str:
    """Name an entry that is at hand, as `full_name` does."""
    return f"CPL entry {entry.cpl_entry_id} ({_firmware(entry)})"


def short_name(catalogue: Catalogue, cpl_entry_id: CPLEntryID) -> str:
    """Name an entry as in `311 (38040404)`, for chains and lists."""
    entry = catalogue.entries.get(cpl_entry_id)
    return f"{cpl_entry_id} ({entry.firmware_version})" if entry else str(cpl_entry_id)


def chain(catalogue: Catalogue, ids: Iterable[CPLEntryID]) -> str:
    """Write entries one after the other, as in `311 (38040404) → 402 (38040500)`."""
    return " → ".join(short_name(catalogue, cpl_entry_id) for cpl_entry_id in ids)


def listing(catalogue: Catalogue, ids: Iterable[CPLEntryID], most: int = 6) -> str:
    """Write a list of entries, as in `311 (38040404), 402 (38040500) and 3 more`."""
    ids = tuple(ids)
    shown = ids if len(ids) <= most else ids[: most - 1]
    names = [short_name(catalogue, cpl_entry_id) for cpl_entry_id in shown]
    if len(shown) < len(ids):
        return f"{', '.join(names)} and {len(ids) - len(shown)} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def maker_of(entry: CPLEntry) -> str:
    """Name the manufacturer: by name where it is on record, else by its identifier."""
    identifier = entry.hardware_model.manufacturer_id
    return str(entry.published.manufacturer_name or f"the manufacturer with the identifier {identifier}")


def whom_to_ask(entry: CPLEntry) -> str:
    """Name the manufacturer and, where it is on record, how to reach it."""
    return f"{maker_of(entry)} ({entry.contact})" if entry.contact else maker_of(entry)


def _firmware(entry: CPLEntry) -> str:
    name = entry.published.firmware_name
    return f'firmware {entry.firmware_version}, "{name}"' if name else f"firmware {entry.firmware_version}"
