"""The register itself, as calls give it."""

from firmpath.registry.api.schemas.answers import Exact


class Me(Exact):
    """Who calls."""

    version: int
    role: str
    party: str
    acts: list[str]


class Head(Exact):
    """Where the ledger stands: the number of its last statement, and the chain up to it (64 hex digits)."""

    version: int
    number: int
    chain: str


class RuleOut(Exact):
    """A rule; `severity` is what comes of breaking it in a submission."""

    number: str
    title: str
    words: str
    source: str
    severity: str


class Rules(Exact):
    """All rules, in order of their numbers."""

    version: int
    rules: list[RuleOut]
