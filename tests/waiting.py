"""How long a test waits for something that is sure to come, before it takes it for something that never will."""

from typing import Final

LONGEST_WAIT_S: Final = 300
"""Far longer than anything takes on a busy machine: a shorter wait fails there, and shows no more."""
