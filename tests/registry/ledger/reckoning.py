"""What a register has come to, as JSON: its ledger as `verify` finds it, and what each submission was given."""

import json
from typing import Any

import django


def reckon() -> dict[str, Any]:
    """Read the whole ledger and every published submission."""
    from firmpath.pathways.facts import EntryPublished
    from firmpath.registry.ledger.current import current
    from firmpath.registry.ledger.models import LedgerRow
    from firmpath.registry.ledger.verify import verify
    from firmpath.registry.submissions.models import SubmissionEntry
    from firmpath.registry.submissions.status import Status

    issued: dict[str, list[int | None]] = {}
    for entry in SubmissionEntry.objects.select_related("submission").order_by("submission", "position"):
        if entry.submission.status == Status.PUBLISHED or entry.cpl_entry_id:
            issued.setdefault(entry.submission.reference, []).append(entry.cpl_entry_id)
    facts = [each.fact for each in current().register.statements]
    return {
        "submissions": issued,
        "recorded": [fact.cpl_entry_id for fact in facts if isinstance(fact, EntryPublished)],
        "chains": list(LedgerRow.objects.order_by("number").values_list("number", "chain")),
        "faults": [str(fault) for fault in verify().faults],
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(reckon()))
