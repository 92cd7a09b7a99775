"""The tables of the SSC's own database. Triggers keep what was recorded; see the migrations."""

from firmpath.registry.ssc.models.looks import LookLog
from firmpath.registry.ssc.models.revisions import NameRevision, VulnerabilityRevision
from firmpath.registry.ssc.models.stacks import DraftStack, StackStatement
from firmpath.registry.ssc.models.statements import AssessmentStatement, InventoryCount, SteeringNotice
from firmpath.registry.ssc.models.taken import TakenName

__all__ = [
    "AssessmentStatement",
    "DraftStack",
    "InventoryCount",
    "LookLog",
    "NameRevision",
    "StackStatement",
    "SteeringNotice",
    "TakenName",
    "VulnerabilityRevision",
]
