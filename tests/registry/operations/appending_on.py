"""Give the SSC a value, then record statements until stopped, and print their numbers: `appending_on CANARY`."""

import sys
from datetime import UTC, datetime
from itertools import cycle

import django


def main(canary: str) -> None:
    """Begin with a draft whose vendor only the SSC may see, and go on for ever."""
    from firmpath.pathways.facts import ZigBeeBandDeclared
    from firmpath.pathways.identifiers import CPLEntryID
    from firmpath.pathways.statement import Channel
    from firmpath.pathways.zigbee_band import ZigBeeBand
    from firmpath.registry.ledger.append import Stated, appending
    from firmpath.registry.parties.queries import find_who
    from firmpath.registry.parties.roles import Role
    from firmpath.registry.submissions.drafts import create_draft
    from firmpath.registry.submissions.sealed import ZigBeeStack, the_slot
    from tests.registry.people import make_people

    at = datetime.now(UTC)
    by = find_who(make_people(at)[Role.MANUFACTURER])
    entry = create_draft(by, at, {"manufacturer_id": "F001"}).entries.get()
    the_slot().put(entry.reference, ZigBeeStack(canary, canary), by, at)
    for band in cycle((ZigBeeBand.DUAL_BAND, ZigBeeBand.ONLY_2_4_GHZ)):
        with appending(at) as ledger:
            fact = ZigBeeBandDeclared(CPLEntryID(101), band)
            one = Stated(
                at.date(), "SECAS", Channel.SECAS_CORRECTION, fact, "person 1", "to have something to record"
            )
            (statement,) = ledger.record([one])
        print(statement.number, flush=True)


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1])
