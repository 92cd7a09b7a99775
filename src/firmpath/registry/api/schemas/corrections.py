"""Requests for corrections as calls take and give them."""

from typing import Annotated, Any, Final, Literal

from ninja import Field
from pydantic import ConfigDict, model_validator

from firmpath.registry.api.schemas.answers import Exact
from firmpath.registry.api.taken import IDInBody, Taken, free_text

_LONGEST: Final = 10_000
_ONE_OF: Final[list[Any]] = [{"required": ["cpl_entry_id"]}, {"required": ["notice_id"]}]
_EXAMPLE: Final[Any] = {
    "cpl_entry_id": 3,
    "words": "It can be applied to 1 as well; see our release notes, section 2.",
}


class CorrectionIn(Taken):
    """What is wrong about an entry or a notice, one of which is given, and what would be right."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE], "oneOf": _ONE_OF})

    words: Annotated[str, free_text("Words", _LONGEST)]
    cpl_entry_id: IDInBody = Field(0, description="the entry that it is about")
    notice_id: str = Field("", min_length=1, max_length=64, description="the open notice that it is about")
    email_text: Annotated[str, free_text("E-mail", _LONGEST, may_be_empty=True)] = ""

    @model_validator(mode="after")
    def _about_one_thing(self) -> "CorrectionIn":
        if bool(self.cpl_entry_id) == bool(self.notice_id):
            raise ValueError("give either cpl_entry_id or notice_id")
        return self


class CorrectionOut(Exact):
    """A request for a correction. What does not apply is left out."""

    number: int
    party: str
    asked_at: str
    cpl_entry_id: int = 0
    notice_id: str = ""
    words: str
    email_text: str = ""
    state: Literal["open", "applied", "refused"]
    decided_at: str = ""
    decision_reason: str = ""


class OneCorrection(Exact):
    """One request for a correction."""

    version: int
    correction: CorrectionOut


class CorrectionPage(Exact):
    """Some requests, the newest first; `next_cursor` gives those before them, if there are any."""

    version: int
    corrections: list[CorrectionOut]
    next_cursor: str = ""
