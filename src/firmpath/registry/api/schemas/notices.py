"""Notices as calls give them."""

from typing import Literal

from ninja import Field

from firmpath.registry.api.schemas.answers import Exact, Named


class NoticeStepOut(Exact):
    """An upgrade that a notice is about: from an entry, or any, to an entry, or any."""

    from_id: int | Literal["any"] = Field(alias="from")
    to_id: int | Literal["any"] = Field(alias="to")


class NoticeOut(Exact):
    """A notice. What is not known is left out."""

    notice_id: str
    name: str
    text: str
    link: str = ""
    fixed_in: int = Field(0, description="the entry in which it is put right")
    opened_on: str
    responsible_party: str
    steps: list[NoticeStepOut]


class Notices(Exact):
    """The notices that are open on a day."""

    version: int
    as_at: str
    notices: list[NoticeOut]
    entries: dict[str, Named] = Field(description="every entry that is mentioned, by id")
