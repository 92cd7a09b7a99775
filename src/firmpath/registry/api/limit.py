"""How often each caller may call, in this process: a minute's worth at once, and then as fast as it fills again.

Source: the generic cell rate algorithm, ITU-T I.371.
"""

from datetime import datetime
from math import ceil
from threading import Lock
from typing import Final

_PERIOD_SECONDS: Final = 60.0
_MOST_CALLERS: Final = 20_000


class CallLimit:
    """Counts calls by caller; of each it keeps one number."""

    def __init__(self, calls_a_minute: int) -> None:
        self._seconds_each = _PERIOD_SECONDS / calls_a_minute
        self._used_up_to: dict[str, float] = {}
        self._lock = Lock()

    def take(self, caller: str, at: datetime) -> int:
        """Count a call; give 0, or how many seconds to wait before another is taken.

        Cost: constant.
        """
        now = at.timestamp()
        with self._lock:
            before = self._used_up_to.pop(caller, now)
            # Further ahead than a minute's worth is only who called before the clock was set back.
            used = (before if now <= before <= now + _PERIOD_SECONDS else now) + self._seconds_each
            wait = used - now - _PERIOD_SECONDS
            self._used_up_to[caller] = used - self._seconds_each if wait > 0 else used
            if len(self._used_up_to) > _MOST_CALLERS:
                del self._used_up_to[next(iter(self._used_up_to))]  # who has not called for longest
        return max(1, ceil(wait)) if wait > 0 else 0
