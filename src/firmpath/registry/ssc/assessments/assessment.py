"""An assessment: that an entry is affected or not, by whom, when and why."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from firmpath.registry.ssc.exposure.verdict import VerdictKind

JUSTIFICATIONS: Final[Mapping[str, str]] = {
    "component_not_present": "The Device does not have the part that is vulnerable",
    "vulnerable_code_not_present": "The vulnerable code is not in this firmware",
    "vulnerable_code_not_in_execute_path": "The vulnerable code is there and never runs",
    "vulnerable_code_cannot_be_controlled_by_adversary": "Nobody from outside can reach the vulnerable code",
    "inline_mitigations_already_exist": "Something else in the firmware prevents it",
}
"""Why an entry is not affected, by the words of OpenVEX 0.2.0."""


class Assessment(NamedTuple):
    """What the SSC last said; `justification` is a word of OpenVEX where the entry is not affected, else ''."""

    kind: VerdictKind
    justification: str
    reason: str
    entered_by: str
    recorded_at: datetime
