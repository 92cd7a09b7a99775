"""Vulnerabilities and exposure as the SSC's calls take and give them."""

from typing import Annotated, Any, Final, Literal

from ninja import Field
from pydantic import ConfigDict

from firmpath.pathways.faults import Fault, FirmpathError
from firmpath.registry.api.schemas.answers import Exact
from firmpath.registry.api.taken import IDInBody, ReadBy, Taken, free_text
from firmpath.registry.ssc.vulnerabilities.file_size import refuse_large
from firmpath.registry.ssc.vulnerabilities.vulnerability import RangeStatus
from firmpath.tables.files import LARGEST_SENT_OCTETS

_LINE: Final = 200
_Line = Annotated[str, free_text("Text", _LINE, may_be_empty=True)]
_Required = Annotated[str, free_text("Text", _LINE)]
_Paragraphs = Annotated[str, free_text("Text", 10_000, may_be_empty=True)]
_FILE: Final[Any] = {"name": "advisories.csv", "text": "reference,stack,affected_to\nA-00000001,EmberZNet,7.3.x\n"}
_EXAMPLE: Final[Any] = {
    "reference": "A-00000001",
    "ranges": [{"stack": "EmberZNet", "up_to": "7.3.x", "as_printed": "7.3.x and earlier"}],
}


class RangeIn(Taken):
    """Versions of a stack: from one on, and up to one that is included, or below one that is not."""

    stack_maker: _Line = ""
    stack: _Line = ""
    chipset_vendor: _Line = Field("", description="only where the chip is of this vendor")
    since: _Line = ""
    up_to: _Line = ""
    below: _Line = ""
    as_printed: _Line = ""
    status: RangeStatus = Field(
        RangeStatus.AFFECTED, strict=False, description="of what is unknown, only what is unaffected is safe"
    )


class VulnerabilityIn(Taken):
    """A vulnerability."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    reference: _Required
    cves: list[_Required] = []
    title: _Line = ""
    ranges: list[RangeIn] = Field(min_length=1, max_length=100)
    condition: _Line = ""
    cvss: _Line = ""
    note: _Paragraphs = ""
    sources: list[_Required] = []
    is_withdrawn: bool = False


class VulnerabilityChange(VulnerabilityIn):
    """A vulnerability as it is to be, the revision that was looked at, and why it changes."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**_EXAMPLE, "revision": 7, "reason": "the advisory was revised"}]}
    )

    revision: IDInBody
    reason: Annotated[str, free_text("Reason", 10_000)]


def _read_file(text: str) -> str:
    """Take a file as text.

    :raises FirmpathError: it is too large, or no text.
    """
    try:
        refuse_large(len(text.encode()))
    except UnicodeEncodeError as error:
        wrong, right = f"has half a character at {error.start + 1}", "send it in UTF-8"
        raise FirmpathError(Fault("File", "", wrong, right, quoted=False)) from None
    return text


class FileIn(Taken):
    """A file of vulnerabilities."""

    model_config = ConfigDict(json_schema_extra={"examples": [_FILE]})

    name: _Required = "a file"
    text: Annotated[str, ReadBy(_read_file, {"type": "string"})] = Field(
        description=f"the whole of it: CSV, a CVE record, or OSV; at most {LARGEST_SENT_OCTETS // 2**20} MiB"
    )


class RangeOut(Exact):
    """A range of versions. What is not known is left out."""

    stack_maker: str = ""
    stack: str = ""
    chipset_vendor: str = ""
    since: str = ""
    up_to: str = ""
    below: str = ""
    as_printed: str = ""
    status: RangeStatus = RangeStatus.AFFECTED
    words: str


class Numbers(Exact):
    """How many entries and Devices have a verdict; no Devices where no inventory is named."""

    entries: int
    devices: int = 0


class Verdicts(Exact):
    """The entries and Devices by verdict."""

    affected: Numbers
    not_affected: Numbers
    unknown: Numbers


class SeverityOut(Exact):
    """What the vector comes to."""

    score: float
    word: str


class SameCVEOut(Exact):
    """Another record of the same CVE, and whether it names the same versions and the same condition."""

    number: int
    reference: str
    cves: list[str]
    agrees: bool
    text: str


class VulnerabilityOut(Exact):
    """A vulnerability with its number. What is not known is left out."""

    number: int
    revision: int
    recorded_at: str = Field(description="when it was first recorded here")
    changed_at: str = Field(description="when the revision that is shown was")
    reference: str
    cves: list[str] = []
    title: str = ""
    ranges: list[RangeOut]
    condition: str = ""
    cvss: str = ""
    severity: SeverityOut | None = None
    note: str = ""
    sources: list[str] = []
    is_withdrawn: bool = False
    rejected: list[str] = Field([], description="its CVEs that were rejected since: when and why")
    same_cve: list[SameCVEOut] = Field([], description="other records of the same CVE")


class OneVulnerability(Exact):
    """A vulnerability."""

    version: int
    vulnerability: VulnerabilityOut


class LineOut(Exact):
    """A vulnerability with what it comes to."""

    vulnerability: VulnerabilityOut
    verdicts: Verdicts
    with_a_way_out: int
    onto_affected_by_another: int = Field(
        description="of those with a way out: whose nearest unaffected entries another vulnerability all affects"
    )
    most_activations: int
    without_a_way_out: dict[str, int] = Field(description="entries by reason")


class Vulnerabilities(Exact):
    """All vulnerabilities with what they come to."""

    version: int
    as_at: str
    known_on: str = ""
    vulnerabilities: list[LineOut]


class TakenIn(Exact):
    """What became of the vulnerabilities of a file."""

    version: int
    added: int
    changed: int
    as_it_was: int
    cautions: list[str] = Field([], description="what was shortened, rejected, or is on record twice")


class ShareOut(Exact):
    """The part of one manufacturer, Device type or band."""

    name: str
    verdicts: Verdicts


class RemarkOut(Exact):
    """What is known besides of an entry on a way: the references of what affects it, and of what may."""

    cpl_entry_id: int
    affected_by: list[str] = []
    not_known_of: list[str] = []
    text: str


class Exposed(Exact):
    """An entry with its verdict and why; `way_out` leads from it to the nearest unaffected one."""

    cpl_entry_id: int
    firmware_version: str
    verdict: Literal["affected", "not affected", "unknown"]
    why: str
    condition: str = Field("", description="what must hold besides, of which the verdict tells nothing")
    chipset_vendor: str = ""
    stack_version: str = ""
    assessed_by: str = ""
    assessed_at: str = ""
    devices: int = 0
    way_out: list[int] = []
    way_out_cautions: list[RemarkOut] = Field([], description="what else affects entries on it, or may")
    cleaner_way_out: list[int] = Field(
        [],
        description="where others affect the end of the way out, or may: a longer way to a cleaner end",
    )
    cleaner_way_out_cautions: list[RemarkOut] = []
    no_way_out: str = Field("", description="why there is none")
    days_of_exposure: int = Field(
        0,
        description="of an affected entry: days since it was listed and the vulnerability recorded here, whichever "
        "came later; left out where it was recorded after the day asked about",
    )
    days_since_fix_was_listed: int = Field(0, description="of the unaffected entry to which the way out leads")


class ExposureOut(Exact):
    """The exposure to one vulnerability, a page of entries at a time."""

    version: int
    as_at: str
    known_on: str = ""
    vulnerability: int
    condition: str = Field("", description="what a Device must have besides, which no version tells")
    verdicts: Verdicts
    not_on_the_cpl: int = Field(0, description="Devices of the inventory whose firmware is not on this CPL")
    shares: dict[str, list[ShareOut]]
    entries: list[Exposed]
    next_cursor: str = ""


class FixOut(Exact):
    """An upgrade that would rescue entries; without `to` it takes new firmware."""

    from_id: int = Field(alias="from")
    to_id: int = Field(0, alias="to")
    rescued: list[int]
    devices: int = Field(
        0, description="that run them; one that runs one of several counts where all of these are rescued"
    )
    adds: list[int] = Field(description="those of them that no upgrade before it in this order rescues")
    adds_devices: int = Field(0, description="that it rescues after those before it")
    only: list[int] = Field(description="those of them that none of the other upgrades rescues")
    only_devices: int = Field(0, description="that run these")
    cautions: list[RemarkOut] = Field([], description="what else affects the entries that it leads to, or may")
    text: str


class Fixes(Exact):
    """The upgrades that would rescue most, a page at a time."""

    version: int
    as_at: str
    known_on: str = ""
    fixes: list[FixOut]
    next_cursor: str = ""
