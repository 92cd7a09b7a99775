"""Names, looks and letters as the SSC's calls take and give them."""

from typing import Annotated, Any, Final, Literal

from ninja import Field
from pydantic import BeforeValidator, ConfigDict

from firmpath.registry.api.schemas.answers import Exact
from firmpath.registry.api.taken import IDInBody, Taken, as_whole, free_text
from firmpath.registry.ssc.versions.comparing import RULES

_LINE: Final = 200
_Line = Annotated[str, free_text("Name", _LINE)]
_NAME: Final[Any] = {"name": "EmberZNet", "spellings": ["EmberZNet PRO"], "maker": 0, "rule": "dotted numbers"}


class _Written(Taken):
    name: _Line
    spellings: list[_Line] = Field([], max_length=100)
    maker: Annotated[int, Field(ge=0, le=10**15), BeforeValidator(as_whole)] = Field(
        0, description="of a stack: the number of its maker; 0 where nobody has said"
    )
    rule: str = Field(
        "", description="of a stack: how its versions compare", json_schema_extra={"enum": ["", *RULES]}
    )


class NameIn(_Written):
    """A maker, or a stack with its rule."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"kind": "stack", **_NAME}]})

    kind: Literal["maker", "stack"]


class NameChange(_Written):
    """A name as it is to be, the revision that was looked at, and why it changes."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**_NAME, "revision": 2, "reason": "its maker spells it so now"}]}
    )

    revision: IDInBody
    reason: Annotated[str, free_text("Reason", 10_000)]


class MakerOut(Exact):
    """A maker of chips or stacks."""

    number: int
    revision: int
    name: str
    spellings: list[str] = Field([], description="other spellings; case, spaces and hyphens do not matter")


class StackNameOut(MakerOut):
    """A stack; `maker` is left out where nobody has said."""

    maker: int = 0
    rule: str


class SpellingOut(Exact):
    """A text that matches nothing on the list."""

    kind: str
    text: str
    entries: int
    references: list[str] = Field([], description="the vulnerabilities that name it")


class NotComparable(Exact):
    """A version, or a range, that cannot be compared by the rule of its stack."""

    stack: str
    text: str
    entries: int
    references: list[str] = Field([], description="the vulnerabilities that name it")


class KnownNames(Exact):
    """The makers and stacks that are known, and the worklist."""

    version: int
    makers: list[MakerOut]
    stacks: list[StackNameOut]
    unmatched: list[SpellingOut]
    not_comparable: list[NotComparable]


class LookOut(Exact):
    """That somebody looked, at what, when, and how many rows they were shown."""

    number: int
    looked_at: str
    name: str
    what: str
    searched: str = ""
    rows: int


class Looks(Exact):
    """Who looked at what, the newest first."""

    version: int
    looks: list[LookOut]
    next_cursor: str = ""


class LetterOut(Exact):
    """A letter to copy. What is not known is left out; the one to operators has no manufacturer."""

    about: Literal["upgrades", "stacks", "operators"]
    manufacturer_id: str = ""
    manufacturer_name: str = ""
    contact: str = ""
    text: str


class Letters(Exact):
    """The letters that would be written today."""

    version: int
    as_at: str
    known_on: str = ""
    letters: list[LetterOut]
