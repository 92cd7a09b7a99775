"""Submissions as calls take and give them."""

from typing import Annotated, Any, Final, Literal

from ninja import Field
from pydantic import ConfigDict, WithJsonSchema

from firmpath.registry.api.schemas.answers import Exact, Named, Words
from firmpath.registry.api.taken import ReadBy, Taken, free_text
from firmpath.registry.submissions.answers import LONGEST_ANSWER, PARTS, term_of
from firmpath.registry.submissions.status import Happening, Status

LONGEST_REASON: Final = 4000

_EXAMPLE: Final = {"device_type": "ESME", "manufacturer_id": "F001", "base_cpl_entry_ids": "2"}
_ANSWERS_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "description": "Answers by name, as texts as they are typed. Those that are not named stay as they are.",
    "properties": {
        name: {"type": "string", "maxLength": LONGEST_ANSWER, "description": term_of(name)}
        for names in PARTS.values()
        for name in names
    },
    "examples": [_EXAMPLE],
}
_LINE: Final = {"type": "string", "maxLength": 200, "pattern": r"^([A-Za-z0-9]([ -~]*[!-~])?)?$"}

AnswersIn = Annotated[dict[str, Annotated[str, Field(max_length=LONGEST_ANSWER)]], WithJsonSchema(_ANSWERS_SCHEMA)]
Why = Annotated[str, free_text("Reason", LONGEST_REASON)]
_OnceGiven = Annotated[str, ReadBy(lambda text: text, _LINE)]


def _example(body: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [body]})


class DraftIn(Taken):
    """What a draft begins with."""

    model_config = _example({"answers": _EXAMPLE})

    answers: AnswersIn = {}


class EntryAnswersIn(Taken):
    """Answers of an entry, right or wrong."""

    model_config = _example({"answers": {"base_cpl_entry_ids": "2; 3"}})

    answers: AnswersIn


class CorrectedAnswersIn(Taken):
    """Answers that SECAS corrects, and why; what stood there before is kept."""

    model_config = _example({"answers": {"base_cpl_entry_ids": "2"}, "reason": "The release notes say so."})

    answers: AnswersIn
    reason: Why


class ReasonIn(Taken):
    """Why a submission goes back; the submitter reads it."""

    model_config = _example({"reason": "The firmware name is not that of the release notes."})

    reason: Why


class ZigBeeIn(Taken):
    """What only the Security Sub-Committee will read; '' where nothing is given."""

    model_config = _example({"chipset_vendor": "Example Silicon", "stack_version": "1.2"})

    chipset_vendor: _OnceGiven
    stack_version: _OnceGiven


class ZigBeeGiven(Exact):
    """Whether the two were given; what they are is told to nobody but the Security Sub-Committee."""

    chipset_vendor: bool
    stack_version: bool


class SubmissionEntryOut(Exact):
    """An entry of a submission, by its position, which counts from 1."""

    position: int
    answers: dict[str, str]
    zigbee_given: ZigBeeGiven
    cpl_entry_id: int = Field(0, description="the CPL Entry ID that was issued, once it is published")


class EventOut(Exact):
    """Something that happened to a submission."""

    at: str
    what: Happening
    party: str
    reason: str = ""


class SubmissionSummary(Exact):
    """Where a submission stands."""

    reference: str
    status: Status
    party: str
    begun_at: str
    changed_at: str
    submitted_at: str = ""
    endorsed_at: str = ""
    decided_at: str = ""
    needs_endorsement: bool
    returned_reason: str = ""


class SubmissionOut(SubmissionSummary):
    """A submission with what happened to it. Of one that went back, only its Party sees the entries."""

    version: int
    entries: list[SubmissionEntryOut] = []
    events: list[EventOut]


class SubmissionPage(Exact):
    """Some submissions, the newest first; `next_cursor` gives those before them, if there are any."""

    version: int
    submissions: list[SubmissionSummary]
    next_cursor: str = ""


class Added(Exact):
    """The position of an entry that was added."""

    version: int
    position: int


class PathwayChangeOut(Exact):
    """A pathway with its activations before and after; null where there is none."""

    from_id: int = Field(alias="from")
    to_id: int = Field(alias="to")
    before: int | None
    after: int | None


class FindingOut(Exact):
    """What a rule finds."""

    rule: str
    title: str
    severity: str
    cpl_entry_id: int
    text: str
    remedy: str


class RehearsalOut(Exact):
    """What publishing a submission now would change, as `firmpath rehearse --json` says it."""

    version: int
    answer: Literal["refused", "needs_reason", "acceptable"]
    before: str
    after: str
    new_entries: list[int]
    listed: list[int]
    no_longer_listed: list[int]
    withdrawn: list[int]
    reinstated: list[int]
    changed: list[int]
    gained: list[PathwayChangeOut]
    lost: list[PathwayChangeOut]
    lengthened: list[PathwayChangeOut]
    shortened: list[PathwayChangeOut]
    lost_only_way_out: list[int]
    gained_first_way_out: list[int]
    newly_stranded: list[int]
    rescued: list[int]
    pathway_counts: dict[str, int]
    counts: dict[str, int]
    findings: list[FindingOut]
    entries: dict[str, Named]
    explanation: Words
