"""A register of its own, with submissions that wait for SECAS to publish them, for processes that tests start."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import connections, transaction

from firmpath.registry.ledger.loading import load
from firmpath.registry.operations.preparing import prepare
from firmpath.registry.parties.models import Person
from firmpath.registry.parties.queries import find_who
from firmpath.registry.parties.roles import Role
from firmpath.registry.parties.who import Who
from firmpath.registry.submissions.drafts import add_entry, create_draft, save_answers, submit
from firmpath.registry.submissions.zigbee_given import note_given
from tests.notation import statements
from tests.registry.conftest import AT
from tests.registry.people import make_people
from tests.registry.submissions.drafting import ANSWERS

PROJECT = Path(__file__).parents[3]
NOT_HANDED_ON = ("DATABASE_URL", "SSC_DATABASE_URL", "EMAIL_URL", "FIRMPATH_", "OIDC_")


def program(
    module: str, folder: Path, databases: Mapping[str, str], *arguments: object, beside: str = __package__
) -> dict[str, Any]:
    """Give how `subprocess.run` starts one of the programs of a package, this one, on a register of its own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(NOT_HANDED_ON)}
    return {
        "args": [sys.executable, "-m", f"{beside}.{module}", *map(str, arguments)],
        "cwd": PROJECT,
        "env": {
            **inherited,
            **databases,
            "FIRMPATH_DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "firmpath.registry.settings",
        },
        "text": True,
        "check": False,
        "timeout": 600,
    }


def stage(submissions: int) -> tuple[Who, Sequence[str]]:
    """Make a register with a CPL of two entries; give its SECAS, and the references of the waiting submissions.

    Each has two entries, of HardwareModels that no other has.
    """
    prepare()
    with transaction.atomic():
        people = make_people(AT)
        load(statements("1 <- 2"), AT)
        references = [_submitted(find_who(people[Role.MANUFACTURER]), number) for number in range(submissions)]
        secas = find_who(Person.objects.get(pk=people[Role.SECAS].pk))
    connections.close_all()
    return secas, references


def _submitted(by: Who, number: int) -> str:
    first, second = (_answers(number, revision) for revision in ("01", "02"))
    made = create_draft(by, AT, first)
    save_answers(made.reference, add_entry(made.reference, by, AT).position, second, by, AT)
    for entry in made.entries.all():
        note_given(entry, vendor=True, stack=True, at=AT)
    return submit(made.reference, by, AT).reference


def _answers(number: int, revision: str) -> dict[str, str]:
    return ANSWERS | {
        "model_id": f"{0x1000 + number:04X}",
        "hardware_revision": revision,
        "manufacturer_image_hash": f"{number:04X}{revision}".rjust(64, "A"),
        "base_cpl_entry_ids": "N/A",
    }
