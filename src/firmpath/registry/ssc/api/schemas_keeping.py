"""Assessments, inventories and stacks as the SSC's calls take and give them."""

from typing import Annotated, Any, Final, Literal

from ninja import Field
from pydantic import BeforeValidator, ConfigDict

from firmpath.registry.api.schemas.answers import Exact
from firmpath.registry.api.taken import DAY, IDInBody, Taken, as_whole, free_text
from firmpath.registry.ssc.assessments.assessment import JUSTIFICATIONS

_ASSESSMENT: Final[Any] = {
    "cpl_entry_ids": [3],
    "verdict": "not affected",
    "justification": "vulnerable_code_not_present",
    "reason": "The manufacturer builds it without that cluster; shown to us on 12 May.",
}
_INVENTORY: Final[Any] = {
    "name": "All Suppliers",
    "counted_on": "2026-05-31",
    "counts": [{"cpl_entry_ids": [3], "devices": 120000}, {"cpl_entry_ids": [4, 5], "devices": 800}],
}


class AssessmentIn(Taken):
    """What the SSC says of entries."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ASSESSMENT]})

    cpl_entry_ids: list[IDInBody] = Field(min_length=1, max_length=10_000)
    verdict: Literal["affected", "not affected", "unknown", "taken back"]
    justification: str = Field("", json_schema_extra={"enum": ["", *JUSTIFICATIONS]})
    reason: Annotated[str, free_text("Reason", 10_000)]


class AssessmentOut(Exact):
    """What the SSC said of an entry."""

    cpl_entry_id: int
    verdict: str
    justification: str = ""
    reason: str
    entered_by: str
    recorded_at: str


class Assessments(Exact):
    """What the SSC said of entries, the newest first."""

    version: int
    assessments: list[AssessmentOut]


class CountIn(Taken):
    """How many Devices run an entry, or any of several that the inventory does not tell apart."""

    cpl_entry_ids: list[IDInBody] = Field(min_length=1, max_length=100)
    devices: Annotated[int, Field(ge=0, le=10**9), BeforeValidator(as_whole)]


class InventoryIn(Taken):
    """The counts of an inventory."""

    model_config = ConfigDict(json_schema_extra={"examples": [_INVENTORY]})

    name: Annotated[str, free_text("Name of the inventory", 100)]
    counted_on: Annotated[Any, DAY]
    counts: list[CountIn] = Field(min_length=1, max_length=100_000)


class InventoryOut(Exact):
    """An inventory."""

    number: int
    name: str
    counted_on: str
    devices: int


class Inventories(Exact):
    """The inventories, the newest first."""

    version: int
    inventories: list[InventoryOut]


class OneInventory(Exact):
    """An inventory."""

    version: int
    inventory: InventoryOut


class StackOut(Exact):
    """What is known of an entry's stack; what nobody has said is left out."""

    cpl_entry_id: int
    firmware_version: str
    chipset_vendor: str = ""
    stack_version: str = ""


class Stacks(Exact):
    """The entries with their stacks, a page at a time."""

    version: int
    as_at: str
    stacks: list[StackOut]
    next_cursor: str = ""
