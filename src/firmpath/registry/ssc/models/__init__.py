"""The tables of the SSC's own database. Triggers keep what was recorded; see the migrations."""

from firmpath.registry.ssc.models.looks import LookLog
from firmpath.registry.ssc.models.stacks import DraftStack, StackStatement

__all__ = ["DraftStack", "LookLog", "StackStatement"]
