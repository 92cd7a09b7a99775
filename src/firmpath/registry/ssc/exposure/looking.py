"""What the SSC sees of its exposure: logged first, then shown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from firmpath.pathways.catalogue import Catalogue
from firmpath.pathways.faults import Fault, FirmpathError, all_parsed
from firmpath.pathways.identifiers import CPLEntryID, parse_date
from firmpath.pathways.not_known import NOT_KNOWN, NotKnown
from firmpath.registry.parties.who import Who
from firmpath.registry.ssc.assessments.keeping import all_assessments, with_names
from firmpath.registry.ssc.exposure.asked import AsOf, ground_as_of
from firmpath.registry.ssc.exposure.exposed import (
    NONE_TOGETHER,
    Exposure,
    Share,
    count_all,
    expose,
    verdict_together,
)
from firmpath.registry.ssc.exposure.ground import Ground, Together, Weighed, weigh_ground
from firmpath.registry.ssc.inventories.counts import Inventory, find_inventory
from firmpath.registry.ssc.looks.log import log_look
from firmpath.registry.ssc.stacks.keeping import follow
from firmpath.registry.ssc.vulnerabilities.keeping import KeptVulnerability, known_vulnerabilities
from firmpath.registry.ssc.vulnerabilities.same_cve import SameCVE, same_cves
from firmpath.registry.ssc.ways_out.finding import Outcome, WaysOut, count_ways_out, find_ways_out
from firmpath.registry.ssc.ways_out.weighing import Weights, weights_of

ON, KNOWN_ON, INVENTORY = "As at", "As known on", "Inventory"
NOBODY: Final[Mapping[CPLEntryID, int]] = {}


class AskedOf(NamedTuple):
    """What is asked for: the day, the last day whose knowledge counts, and the number of an inventory (0: none)."""

    as_of: AsOf
    inventory: int = 0


class Picture(NamedTuple):
    """The exposure to one vulnerability, with the ways out, weighed by an inventory where one is given."""

    asked: AskedOf
    kept: KeptVulnerability
    exposure: Exposure
    found: WaysOut
    inventory: Inventory | NotKnown
    weighed: Weighed
    total: Share
    not_on_the_cpl: int
    same_cve: Sequence[SameCVE]

    @property
    def catalogue(self) -> Catalogue:
        """The CPL of the day."""
        return self.exposure.ground.catalogue

    @property
    def devices(self) -> Mapping[CPLEntryID, int]:
        """The Devices of each entry; nothing where no inventory is given."""
        return self.weighed.devices

    @property
    def together(self) -> Together:
        """The Devices that run one of several entries; nothing where no inventory is given."""
        return self.inventory.together if isinstance(self.inventory, Inventory) else NONE_TOGETHER

    @property
    def shared(self) -> Mapping[CPLEntryID, int]:
        """How many Devices run each entry or another, which the inventory does not tell apart."""
        found: Counter[CPLEntryID] = Counter()
        for ids, devices in self.together.items():
            found.update(dict.fromkeys(ids, devices))
        return found

    @property
    def weights(self) -> Weights:
        """The Devices by what they run, to weigh entries by."""
        return weights_of(self.devices, self.together)


class Line(NamedTuple):
    """One vulnerability of the list, with what it comes to."""

    kept: KeptVulnerability
    total: Share
    outcome: Outcome
    same_cve: Sequence[SameCVE]

    @property
    def without(self) -> int:
        """The affected entries that have no way out."""
        return sum(self.outcome.stuck.values())


def read_asked(query: Mapping[str, str], today: date) -> AskedOf:
    """Read what a query string asks for; what it leaves out is today, all that is known, and no inventory.

    :raises FirmpathError: every part of it that cannot be meant.
    """
    on, known_on, inventory = all_parsed(
        lambda: parse_date(query["on"], ON) if query.get("on") else today,
        lambda: parse_date(query["known_on"], KNOWN_ON) if query.get("known_on") else NOT_KNOWN,
        lambda: _read_number(query.get("inventory", "")),
    )
    return AskedOf(AsOf(today, on, known_on), inventory)


def see_exposure(number: int, asked: AskedOf, what: str, by: Who, at: datetime) -> Picture | None:
    """Give the exposure to a vulnerability; None where there is no such one, or was none by then.

    Cost: a fixed number of queries; linear in the entries, and for each vulnerability in the different stacks.
    :raises FirmpathError: there is no such inventory.
    """
    follow(at)
    known_at = asked.as_of.known_at
    on_record = known_vulnerabilities(known_at)
    kept, assessed = on_record.get(number), all_assessments(known_at)
    ground = ground_as_of(asked.as_of)
    inventory = _inventory(asked)
    log_look(by, what, at, len(ground.code_of) if kept else 0, _as_text(asked))
    if kept is None:
        return None
    exposure = expose(ground, kept.vulnerability, with_names(assessed.get(number, {})))
    others = [
        expose(ground, each.vulnerability, assessed.get(other, {}))
        for other, each in on_record.items()
        if other != number and not each.vulnerability.is_withdrawn
    ]
    weighed = _weighed(ground, inventory)
    total, elsewhere = _total(exposure, inventory, weighed)
    found, shared = find_ways_out(exposure, others), same_cves(on_record).get(number, ())
    return Picture(asked, kept, exposure, found, inventory, weighed, total, elsewhere, shared)


def see_vulnerabilities(asked: AskedOf, what: str, by: Who, at: datetime) -> list[Line]:
    """Give every vulnerability with what it comes to.

    Cost: a fixed number of queries; linear in the entries, and for each vulnerability in the different stacks.
    """
    follow(at)
    known_at = asked.as_of.known_at
    kept = known_vulnerabilities(known_at)
    assessed = all_assessments(known_at)
    ground = ground_as_of(asked.as_of)
    inventory = _inventory(asked)
    log_look(by, what, at, len(kept), _as_text(asked))
    exposures = [expose(ground, each.vulnerability, assessed.get(number, {})) for number, each in kept.items()]
    weighed = _weighed(ground, inventory)
    totals = (_total(exposure, inventory, weighed)[0] for exposure in exposures)
    shared = same_cves(kept)
    both = (shared.get(number, ()) for number in kept)
    return list(map(Line, kept.values(), totals, count_ways_out(ground, exposures), both))


def _inventory(asked: AskedOf) -> Inventory | NotKnown:
    if not asked.inventory:
        return NOT_KNOWN
    number, known_at = str(asked.inventory), asked.as_of.known_at
    found = find_inventory(asked.inventory)
    if found is None:
        raise FirmpathError(Fault(INVENTORY, number, "is not one that was given", "choose one of the list"))
    if known_at and found.recorded_at > known_at:
        wrong = f"was not given here by the end of {asked.as_of.known_on}"
        raise FirmpathError(Fault(INVENTORY, number, wrong, "choose an earlier one, or none"))
    return found


def _weighed(ground: Ground, inventory: Inventory | NotKnown) -> Weighed:
    return weigh_ground(ground, inventory.by_entry if isinstance(inventory, Inventory) else NOBODY)


def _total(exposure: Exposure, inventory: Inventory | NotKnown, by: Weighed) -> tuple[Share, int]:
    """Count all; and of an inventory, the Devices whose entry is not on this CPL on this day."""
    counted = count_all(exposure, by)
    if isinstance(inventory, NotKnown):
        return counted, 0
    weighed = Counter(counted.devices)
    for ids, devices in inventory.together.items():
        kind = verdict_together(exposure, ids)
        if not isinstance(kind, NotKnown):
            weighed[kind] += devices
    return counted._replace(devices=weighed), inventory.devices - sum(weighed.values())


def _as_text(asked: AskedOf) -> str:
    known = f", as known on {asked.as_of.known_on}" if asked.as_of.known_on else ""
    inventory = f", inventory {asked.inventory}" if asked.inventory else ""
    return f"as at {asked.as_of.on}{known}{inventory}"


def _read_number(text: str) -> int:
    if not text:
        return 0
    if text.isascii() and text.isdecimal() and len(text) < 16:
        return int(text)
    raise FirmpathError(Fault(INVENTORY, text, "is not the number of one", "choose one of the list"))
