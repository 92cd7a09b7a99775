"""What the page shows of a check: the answer, every Device with its reason, and lists to take away.

The lists stand in the page itself, since nothing of a check is kept from which they could be made anew.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import quote

from firmpath.images.assurances import assurances_in_words
from firmpath.images.preflight import Preflight
from firmpath.images.preflight_words import Group, explain_preflight, find_groups, find_not_known
from firmpath.images.service_request import Activation
from firmpath.images.ways import ON_A_PAGE
from firmpath.pathways.days import instant_in_words
from firmpath.pathways.explain.explanation import counted
from firmpath.pathways.faults import shortened
from firmpath.pathways.identifiers import CPLEntryID
from firmpath.tables.listing import csv_of

MOST_LISTED: Final = 200
"""Device IDs of a group that stand in the page; the table to take away has all."""

_LONGEST_LINK: Final = 1_500_000
"""Characters; browsers refuse a link of 2 MB."""


class ShownGroup(NamedTuple):
    """Devices that are alike: why, what to do next, and their Device IDs, of very many the first."""

    is_go: bool
    heading: str
    text: str
    next_step: str
    device_ids: tuple[str, ...]
    others: int


class Shown(NamedTuple):
    """A check as the page shows it; a link is "" where its list would be too long for one."""

    is_go: bool
    kind: str
    headline: str
    next_step: str
    objections: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    targets: tuple[CPLEntryID, ...]
    excluded: tuple[CPLEntryID, ...]
    groups: tuple[ShownGroup, ...]
    assurances: tuple[str, ...]
    not_known: tuple[str, ...]
    repaired: str
    repaired_count: int
    repaired_link: str
    table_link: str


def show(found: Preflight) -> Shown:
    """Give what the page shows.

    Cost: linear in the Devices.
    """
    groups = find_groups(found, ON_A_PAGE)
    said = explain_preflight(found, groups, ON_A_PAGE)
    repaired = "".join(f"{each}\n" for each in found.repaired)
    return Shown(
        is_go=found.is_go,
        kind="bad" if not found.is_go else "warn" if found.assured else "good",
        headline=said.headline,
        next_step=said.next_step,
        objections=tuple(f"{each.fault}." for each in found.objections),
        facts=tuple(_facts(found)),
        targets=found.targets.entries,
        excluded=tuple(sorted(found.catalogue.excluded)),
        groups=tuple(map(_group, groups)),
        assurances=tuple(assurances_in_words(found.terms.assurances, found.assured)),
        not_known=tuple(find_not_known(found)),
        repaired=repaired,
        repaired_count=len(found.repaired),
        repaired_link=_link("text/plain", repaired.encode()) if repaired else "",
        table_link=_link("text/csv", csv_of(("device_id", "go", "reason"), _rows(found))),
    )


def _facts(found: Preflight) -> Iterator[tuple[str, str]]:
    request = found.request
    yield "Service request", request.service_reference
    yield "RequestID", str(request.request_id)
    yield "Manufacturer Image hash", " or ".join(request.hashes)
    if isinstance(request.body, Activation):
        at = request.body.executes_at
        yield "To be executed", instant_in_words(at) if at else "At once"
    yield "Devices", f"{len(found.verdicts):,}"


def _group(group: Group) -> ShownGroup:
    number = len(group.device_ids)
    listed = tuple(map(shortened, group.device_ids[:MOST_LISTED]))
    heading = f"{'Go' if group.is_go else 'No-go'}: {counted(number, 'Device')}"
    return ShownGroup(group.is_go, heading, group.text, group.next_step, listed, number - len(listed))


def _rows(found: Preflight) -> Iterator[tuple[str, str, str]]:
    for device_id, verdict in found.verdicts.items():
        yield shortened(device_id), "go" if verdict.is_go else "no-go", verdict.reason.value


def _link(content_type: str, octets: bytes) -> str:
    link = f"data:{content_type};charset=utf-8,{quote(octets)}"
    return link if len(link) <= _LONGEST_LINK else ""
