"""Try to restore folders, one after another, and print what is said of each: `restoring FOLDER…`."""

import json
import sys
from pathlib import Path

import django

if __name__ == "__main__":
    django.setup()
    from firmpath.pathways.faults import FirmpathError
    from firmpath.registry.ledger.current import current
    from firmpath.registry.operations.backup import restore

    before, refusals = current().chain, []
    for folder in sys.argv[1:]:
        try:
            restore(Path(folder), 0)
        except FirmpathError as error:
            refusals.append(str(error))
        else:
            refusals.append("")
    print(json.dumps({"before": before, "after": current().chain, "refusals": refusals}))
