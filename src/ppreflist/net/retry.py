"""What may be asked again, how often and after how long: decided here and nowhere else."""

from __future__ import annotations

import email.utils
from collections.abc import Mapping
from dataclasses import dataclass

from ppreflist.net.answer import Answer
from ppreflist.net.failure import Failure, FailureKind

_RETRIES = {
    FailureKind.NAME_TEMPORARY: 2,
    FailureKind.CLOSED: 2,
    FailureKind.REFUSED: 1,
    FailureKind.LOCAL: 2,
    FailureKind.CONNECT_TIMEOUT: 1,
    FailureKind.READ_TIMEOUT: 1,
    FailureKind.PROXY: 1,
}
_RETRY_STATUSES = {408: 1, 425: 1, 429: 2, 500: 2, 502: 2, 503: 2, 504: 2}
_TRUSTED_RETRY_AFTER = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """``back_off`` seconds before the first retry, four times as long before the next; ``longest`` caps Retry-After.

    A server that asks for a longer pause than ``longest`` is not asked again in this run.
    """

    back_off: float = 1.0
    longest: float = 30.0

    def pause(self, outcome: Answer | Failure, tries: int, now: float, jitter: float = 0.5) -> float | None:
        """Seconds to wait before the next try, or None when there is to be none.

        ``tries`` counts those already made (1 after the first), ``now`` is a Unix time (for Retry-After as a date),
        ``jitter`` a number in [0, 1) that spreads the pause by a fifth either way.
        """
        if isinstance(outcome, Failure):
            allowed = _RETRIES.get(outcome.kind, 0)
            wished = None
        else:
            allowed = _RETRY_STATUSES.get(outcome.status, 0)
            wished = retry_after(outcome.headers, now) if outcome.status in _TRUSTED_RETRY_AFTER else None
        if tries > allowed:
            return None
        if wished is not None:
            return wished if wished <= self.longest else None
        return float(self.back_off * 4 ** (tries - 1) * (0.8 + 0.4 * jitter))


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3), or None when there is none that can be read."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None
