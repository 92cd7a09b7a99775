"""Where requests for corrections and SECAS's changes stand, as they are stored."""

from enum import StrEnum


class CorrectionState(StrEnum):
    """Where a request for a correction stands: it is open until SECAS says that it is settled, or refuses it."""

    OPEN = "open"
    APPLIED = "applied"
    REFUSED = "refused"


class ProposalState(StrEnum):
    """Where a change by SECAS stands."""

    WAITING = "waiting"
    RECORDED = "recorded"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class EffectKind(StrEnum):
    """Whether a change needs a second person."""

    WIDENS = "widens"
    NARROWS = "narrows"
