"""The answers to pathway questions. The words stand in `docs/pathways.md`."""

from typing import Literal

from ninja import Field
from pydantic import BaseModel, ConfigDict

from firmpath.pathways.answers import AnswerKind

_Ids = list[int]


class Exact(BaseModel):
    """An object with these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class Named(Exact):
    """An entry as people know it; of one that is not on the CPL only what is known."""

    cpl_entry_id: int
    firmware_version: str = ""
    firmware_name: str = Field("", description="left out where it is not known")
    manufacturer_image_hash: str = ""
    listed_from: str = Field("", description="the day from which it is listed, where that is still to come")


class Reason(Exact):
    """Why the answer is no, or what would have to be said."""

    kind: str
    text: str
    step: _Ids = []
    cpl_entry_id: int = 0
    notice_id: str = ""
    ask: str = Field("", description="whom to ask")


class CautionOut(Exact):
    """What to know before following a pathway."""

    kind: str
    cpl_entry_id: int
    others: _Ids
    notice_id: str = ""
    why: str = ""
    text: str


class Proof(Exact):
    """What can be reached without a stepping stone; the target is not among it."""

    stepping_stone: int
    without: _Ids


class Words(Exact):
    """An answer in words."""

    headline: str
    lines: list[str]
    next_step: str


class OneAnswerOut(Exact):
    """The answer for one of several candidates. Fields that do not apply are left out."""

    answer: AnswerKind
    installed: int = 0
    target: int = 0
    targets: _Ids = []
    steps: _Ids = []
    next_step: int = 0
    activations: int = 0
    stepping_stones: _Ids = []
    proofs: list[Proof] = []
    cautions: list[CautionOut] = []
    valid_until: str = ""
    farthest: int = 0
    reasons: list[Reason] = []
    missing: list[_Ids] = []
    leads_to_target: _Ids = []
    coming: _Ids = []


class AnswerOut(OneAnswerOut):
    """An answer of `firmpath path --json`: the same fields mean the same. Fields that do not apply are left out."""

    version: Literal[1]
    as_at: str
    asked_for: str = ""
    listed_from: str = ""
    candidates: _Ids = []
    answers: list[OneAnswerOut] = []
    entries: dict[str, Named] = Field(description="every entry that is mentioned, by id")
    explanation: Words


class BriefAnswer(Exact):
    """An answer to one of many questions. Fields that do not apply are left out."""

    answer: AnswerKind | Literal["refused"]
    installed: int = 0
    target: int = 0
    next_step: int = 0
    steps: _Ids = []
    stepping_stones: _Ids = []
    farthest: int = 0
    candidates: _Ids = []
    text: str = Field(description="the answer in one or two sentences")
