"""How vulnerabilities are asked for by what people call them, and what is found."""

from typing import Annotated

from ninja import Field
from pydantic import ConfigDict

from firmpath.registry.api.schemas.answers import Exact
from firmpath.registry.api.taken import Taken, free_text

_Identifier = Annotated[str, free_text("Identifier", 200, is_seen=True)]


class IdentifiersIn(Taken):
    """What people call vulnerabilities: references of the SSC's own, or CVE ids; in letters of any size."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"identifiers": ["CVE-2026-1234", "A-00000001"]}]})

    identifiers: list[_Identifier] = Field(min_length=1, max_length=1000)


class NamedOut(Exact):
    """A vulnerability that has the identifier."""

    number: int = Field(description="by which every other call names it")
    reference: str
    cves: list[str] = []
    is_withdrawn: bool


class FoundOut(Exact):
    """An identifier, and what has it: nothing, one vulnerability, or several that share a CVE id."""

    identifier: str
    vulnerabilities: list[NamedOut]


class FoundVulnerabilities(Exact):
    """What was found of each identifier, in the order in which they were asked for, each once."""

    version: int
    found: list[FoundOut]
