"""Fill the SSC's empty part of a register that has the example CPL with what is invented. Source: ADR 0053."""

import csv
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final

from django.db import transaction
from django.db.models import Model

from firmpath.pathways.days import britains_day
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.registry.ledger.current import current
from firmpath.registry.parties.turns import take_turn
from firmpath.registry.parties.who import Who
from firmpath.registry.routing import SSC
from firmpath.registry.ssc.assessments import keeping as assessments
from firmpath.registry.ssc.example import invented
from firmpath.registry.ssc.exposure.verdict import VerdictKind
from firmpath.registry.ssc.inventories.counts import keep_inventory, read_counts
from firmpath.registry.ssc.models import InventoryCount, NameRevision, StackStatement, VulnerabilityRevision
from firmpath.registry.ssc.stacks.actions import FromEmail, record_from_email
from firmpath.registry.ssc.versions.known_names import MAKER, STACK, KnownName, add_name
from firmpath.registry.ssc.vulnerabilities.files import take_in_file
from firmpath.registry.ssc.vulnerabilities.keeping import known_vulnerabilities
from firmpath.registry.ssc.wall import ssc_open
from firmpath.registry.submissions.sealed import ZigBeeStack

_FILLED: Final[tuple[type[Model], ...]] = (StackStatement, NameRevision, VulnerabilityRevision, InventoryCount)

_THE_TURN: Final = "the example of the SSC"
"""Whoever presses the button twice is told the second time that something is there."""

Images = frozenset[tuple[CPLEntryID, str]]
"""Entries, each with its Manufacturer Image hash."""


def can_be_filled(at: datetime) -> bool:
    """Say whether the SSC's part is empty, and the CPL has the invented entries and no other.

    Cost: some small queries, and linear in the entries of the example.
    """
    return _is_empty() and _is_the_example(at)


@ssc_open()
def fill(by: Who, at: datetime) -> int:
    """Fill it, all or nothing, by the functions that the pages use; give the number of the inventory.

    :raises FirmpathError: it has something already, or the CPL is not the example.
    """
    with transaction.atomic(), transaction.atomic(using=SSC):
        take_turn(_THE_TURN)
        if not can_be_filled(at):
            wrong = "can be written only where nothing is yet, on the example CPL as it is"
            right = "add what is yours, or begin another register with `firmpath serve --with-example`"
            raise FirmpathError(Fault("What is invented", "", wrong, right, quoted=False))
        for cpl_entry_id, given in _emails(at):
            record_from_email(cpl_entry_id, given, by, at)
        for maker, spellings, stack in invented.KNOWN:
            number = add_name(KnownName(MAKER, maker, spellings), by, at)
            add_name(KnownName(STACK, stack, (), number, "dotted numbers"), by, at)
        take_in_file("invented.csv", invented.VULNERABILITIES, by, at)
        said = assessments.Said(VerdictKind.NOT_AFFECTED, "vulnerable_code_not_present", invented.ASSESSED_BECAUSE)
        first = min(known_vulnerabilities())
        assessments.assess(first, [CPLEntryID(invented.ASSESSED)], said, by, at)
        return keep_inventory(invented.INVENTORY, britains_day(at), read_counts(invented.DEVICES), by, at)


@ssc_open()
def _is_empty() -> bool:
    return not any(table._default_manager.exists() for table in _FILLED)


def _is_the_example(at: datetime) -> bool:
    catalogue = current().register.catalogue(britains_day(at))
    wanted = _invented_images()
    if catalogue.not_yet_listed or len(catalogue.entries) != len(wanted):
        return False
    return wanted == {(each, str(entry.manufacturer_image_hash)) for each, entry in catalogue.entries.items()}


@cache
def _invented_images() -> Images:
    text = files("firmpath").joinpath("examples", "cpl.csv").read_text("utf-8-sig")
    return frozenset(
        (CPLEntryID(int(row["cpl_entry_id"])), row["manufacturer_image_hash"])
        for row in csv.DictReader(text.splitlines())
    )


def _emails(at: datetime) -> Iterator[tuple[CPLEntryID, FromEmail]]:
    """Give by entry what an invented e-mail of its manufacturer says."""
    catalogue = current().register.catalogue(britains_day(at))
    for vendor, stacks in invented.STACKS.items():
        for number, stack in stacks.items():
            cpl_entry_id = CPLEntryID(number)
            entry = catalogue[cpl_entry_id]
            party = entry.published.manufacturer_name or entry.hardware_model.manufacturer_id
            said = f"An invented e-mail: entry {number} has a chip of {vendor}, and {stack or 'a stack of theirs'}."
            yield cpl_entry_id, FromEmail(ZigBeeStack(vendor, stack), str(party), said, "")
