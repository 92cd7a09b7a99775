"""Changes as calls give them."""

from ninja import Field

from firmpath.registry.api.schemas.answers import Exact


class ChangeOut(Exact):
    """One change: a statement of the record, in words. Without a token it is not said who stated it, and why."""

    number: int
    sha256: str = Field(description="that of the statement's canonical bytes")
    recorded_at: str
    effective_from: str
    kind: str
    text: str
    cpl_entry_ids: list[int]
    is_retraction: bool
    corrects: int = Field(0, description="the number of the statement that this one corrects")
    corrected_by: int = Field(0, description="the number of the statement that corrects this one")
    party: str = ""
    channel: str = ""
    reason: str = ""


class ChangePage(Exact):
    """Some changes, newest first; `next_cursor` gives those before them, if there are any."""

    version: int
    changes: list[ChangeOut]
    next_cursor: str = ""
