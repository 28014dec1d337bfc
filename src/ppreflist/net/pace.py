"""No faster than a service asks for: a least time between the requests to one origin."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Pace:
    """When each origin may be asked next, by ``clock`` (seconds, monotonic). Threads may share it."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._free: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, origin: str, gap: float) -> None:
        """Wait until ``origin`` may be asked, and keep it for ``gap`` seconds from then."""
        with self._lock:
            now = self._clock()
            start = max(now, self._free.get(origin, now))
            self._free[origin] = start + gap
        if start > now:
            self._sleep(start - now)
