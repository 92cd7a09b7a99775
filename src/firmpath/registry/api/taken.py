"""What parameters and bodies are made of: each is read by the domain's own parser, and documented as it is."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Final

from ninja import Path, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from firmpath.pathways.device_model import DeviceType, parse_device_type
from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.pathways.identifiers import (
    LARGEST_CPL_ENTRY_ID,
    parse_date,
    parse_manufacturer_id,
    parse_model,
)
from firmpath.pathways.plain_text import UNSEEN, parse_name, parse_text
from firmpath.pathways.reference import Newest, Reference, Target, parse_reference, parse_target

FAULTS: Final = "faults"
"""Under which name a parser's faults travel through the framework."""

EARLIEST_DAY: Final = date(2000, 1, 1)
MOST_AT_ONCE: Final = 1000
LONGEST_REFERENCE: Final = 200


class Taken(BaseModel):
    """A body: these fields and no others, each of its own type."""

    model_config = ConfigDict(extra="forbid", strict=True)


def as_whole(value: object) -> object:
    """Take 3.0 for 3: in JSON they are one number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


IDInBody = Annotated[int, Field(ge=1, le=LARGEST_CPL_ENTRY_ID), BeforeValidator(as_whole)]
"""A CPL Entry ID in a body."""


class ReadBy:
    """Has a text read by a parser of the domain, and documented by a JSON schema."""

    def __init__(self, parse: Callable[[str], Any], schema: dict[str, Any]) -> None:
        self.parse = parse
        self.schema = schema

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read it so, whatever its type."""
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Document it so."""
        return dict(self.schema)

    def _read(self, written: object) -> Any:
        try:
            if not isinstance(written, str):
                raise FirmpathError(Fault("Value", "", "is not text", "write it as text", quoted=False))
            return self.parse(written)
        except FirmpathError as error:
            raise PydanticCustomError("refused", "refused", {FAULTS: error.faults}) from None


def parse_day(text: str) -> date:
    """Read a day that there can be a CPL for.

    :raises FirmpathError: it is none.
    """
    day = parse_date(text, "Day")
    if day < EARLIEST_DAY:
        raise FirmpathError(Fault("Day", text, "is before there was a CPL", f"give one from {EARLIEST_DAY}"))
    return day


def parse_cursor(text: str) -> int:
    """Read the id or number that a cursor follows; 0 where there is none.

    :raises FirmpathError: it is not one of ours.
    """
    word, _, last = text.partition("-")
    if not text or (word == "after" and last.isascii() and last.isdecimal() and len(last) <= 16):
        return int(last or 0)
    right = "use the one that a page gives as `next_cursor`, or none"
    raise FirmpathError(Fault("Cursor", text, "was not given by this register", right))


def write_cursor(last: int) -> str:
    """Give the cursor of the page that follows an id or a number."""
    return f"after-{last}"


def whole_number(term: str, least: int, most: int) -> ReadBy:
    """Have a whole number read, from `least` to `most`, in digits."""

    def parse(text: str) -> int:
        if text.isascii() and text.isdecimal() and len(text) <= 16 and least <= int(text) <= most:
            return int(text)
        wrong = f"is not a whole number from {least} to {most}"
        raise FirmpathError(Fault(term, text, wrong, "write it in digits"))

    return ReadBy(parse, {"type": "integer", "minimum": least, "maximum": most})


def _text(pattern: str, parse: Callable[[str], Any], **more: Any) -> ReadBy:
    return ReadBy(parse, {"type": "string", "pattern": f"^({pattern})$", **more})


NEWEST: Final = Newest()
_HEX: Final = "[0-9A-Fa-f]"
_BY_VERSION: Final = f"{_HEX}{{4}}/{_HEX}{{8}}@{_HEX}{{8}}|{_HEX}{{4}}, ?{_HEX}{{8}}, ?{_HEX}{{8}}"
_REFERENCE: Final = f"[1-9][0-9]{{0,14}}|{_HEX}{{64}}|{_BY_VERSION}"
_DAY: Final = "[2-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_ENTRY_ID: Final = whole_number("CPL Entry ID", 1, LARGEST_CPL_ENTRY_ID)
_A_REFERENCE: Final = (
    "a CPL Entry ID, a Manufacturer Image hash, manufacturer/model@version, or these three after commas"
)

DAY: Final = _text(_DAY, parse_day, format="date")
AsAt = Annotated[
    Annotated[date, DAY] | None,
    Query(None, description="the day that is asked about; today in Britain where it is left out"),
]
Cursor = Annotated[
    int,
    _text("|after-[0-9]{1,16}", parse_cursor),
    Query(0, description="`next_cursor` of the page before; nothing for the first page"),
]
Limit = Annotated[
    int, whole_number("Limit", 1, MOST_AT_ONCE), Query(100, description="the most to give at once", examples=[100])
]
EntryID = Annotated[int, _ENTRY_ID, Path(description="the CPL Entry ID", examples=[3])]
InstalledReference = Annotated[
    Reference,
    _text(_REFERENCE, parse_reference),
    Query(description=f"what the Device runs: {_A_REFERENCE}", examples=["118"]),
]
TargetReference = Annotated[
    Target,
    _text(f"newest|{_REFERENCE}", parse_target),
    Query(
        NEWEST,
        description=f"what it is to run: newest, {_A_REFERENCE}; newest where it is left out",
        examples=["newest"],
    ),
]
MakerID = Annotated[
    str,
    _text("|[0-9A-Fa-f]{4}", lambda text: parse_manufacturer_id(text) if text else ""),
    Query("", description="only of this manufacturer identifier: 4 hex digits"),
]
Model = Annotated[
    str,
    _text("|[0-9A-Fa-f]{8}", lambda text: parse_model(text) if text else ""),
    Query("", description="only of this model identifier, hardware version and revision: 8 hex digits"),
]
Kind = Annotated[
    str,
    ReadBy(
        lambda text: parse_device_type(text) if text else "",
        {"type": "string", "enum": ["", *(each.value for each in DeviceType)]},
    ),
    Query("", description="only of this Device type"),
]


def free_text(term: str, most: int, *, may_be_empty: bool = False, is_seen: bool = False) -> ReadBy:
    """Have free text read: no space around it, at most so many characters, none that cannot be shown.

    What tells one thing from another `is_seen`: it has none that cannot be seen either.
    """
    read = parse_name if is_seen else parse_text

    def parse(text: str) -> str:
        if len(text) > most:
            raise FirmpathError(Fault(term, text, f"has {len(text)} characters, more than {most}", "shorten it"))
        return text if may_be_empty and not text else read(text, term)

    unfit = r"\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    unfit += UNSEEN if is_seen else ""
    pattern = rf"[^\s{unfit}]([^{unfit}]*[^\s{unfit}])?"
    return _text(f"|{pattern}" if may_be_empty else pattern, parse, maxLength=most)


def _parse_submission_reference(text: str) -> str:
    if not re.fullmatch(_SUBMISSION, text):
        raise FirmpathError(Fault("Submission", text, "is not a reference", "write it as in S-7K3M2Q"))
    return text


_SUBMISSION: Final = "S-[2-9A-Z]{6}"
SubmissionReference = Annotated[
    str,
    _text(_SUBMISSION, _parse_submission_reference),
    Path(description="the reference of the submission", examples=["S-7K3M2Q"]),
]
Position = Annotated[
    int, whole_number("Entry", 1, 1_000_000), Path(description="the position of the entry, from 1", examples=[1])
]
Number = Annotated[
    int, whole_number("Number", 1, LARGEST_CPL_ENTRY_ID), Path(description="the number", examples=[7])
]
