"""The answer to the check of a service request; docs/cli.md has the same fields under `firmpath preflight`."""

from typing import Literal

from ninja import Field

from firmpath.images.targets import ObjectionKind
from firmpath.registry.api.schemas.answers import Exact, Named, Words


class ObjectionOut(Exact):
    """What speaks against the request as a whole."""

    kind: ObjectionKind
    text: str
    remedy: str


class GroupOut(Exact):
    """Devices of which the same is to be said."""

    go: bool
    reason: str
    candidates: list[int] = Field(description="the entries that they can be running, as far as that is known")
    text: str
    next_step: str = Field(description="what would settle it; empty where nothing has to be done")
    devices: int


class DeviceOut(Exact):
    """The verdict for a Device; `group` is the place in `groups` of what is to be said of it."""

    device_id: str
    go: bool
    reason: str
    group: int


class AssuranceOut(Exact):
    """What was counted as known because the caller answers for it, and of how many Devices."""

    reason: str = Field(description="the reason that would else make them a no-go, as in `devices`")
    status: str = Field("", description="the device_status that counts as in use, if it is about that")
    because: str
    devices: int


class PreflightOut(Exact):
    """Whether the request may be sent as it is: `go` only if every Device may take what it brings."""

    version: Literal[1]
    answer: Literal["go", "no_go"]
    as_at: str
    service_request: str
    request_id: str
    is_signed: bool = Field(description="whether it has a signature, which is not looked into")
    manufacturer_image_hashes: list[str]
    targets: list[int]
    excluded_entries: list[int] = Field([], description="what was left out")
    objections: list[ObjectionOut]
    groups: list[GroupOut]
    devices: list[DeviceOut]
    repaired: list[str] = Field(description="the Device IDs that may take it")
    assurances: list[AssuranceOut] = Field(description="what was counted as known on your word")
    not_known: list[str] = Field(description="what could not be checked, and why")
    entries: dict[str, Named] = Field(description="every entry that is mentioned, by id")
    explanation: Words
