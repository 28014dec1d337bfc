"""The history of links as a command uses it: what need not be asked, what was learnt, what a run left undone."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from ppreflist.cli.output import note
from ppreflist.errors import HistoryUnusable

if TYPE_CHECKING:
    from ppreflist.cli.config import Config
    from ppreflist.links.captures import Captures
    from ppreflist.links.finding import Finding
    from ppreflist.links.history import History
    from ppreflist.links.link import Link
    from ppreflist.links.memory import Look, Past

_BATCH: Final = 500
_SECONDS: Final = 1.0
"""How often what was learnt is written: so much may be lost when the process is killed."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """Which links need not be asked: those that worked within ``stale``, or on ``since`` or later; and with ``resume``
    whatever the run that was stopped had asked."""

    stale: timedelta | None = None
    since: date | None = None
    resume: bool = False

    @property
    def needs_memory(self) -> bool:
        return self.stale is not None or self.since is not None or self.resume

    def worked_since(self, now: float) -> float | None:
        """The Unix time since when a link must have worked, or None when all are to be asked."""
        times = []
        if self.stale is not None:
            times.append(now - self.stale.total_seconds())
        if self.since is not None:
            times.append(datetime(self.since.year, self.since.month, self.since.day, tzinfo=UTC).timestamp())
        return max(times) if times else None


def chosen_history(given: str, config: Config) -> str:
    """The history that the command line names, else the one of the settings unless the environment names another."""
    from ppreflist.links.history import HISTORY_VARIABLE

    return given or ("" if os.environ.get(HISTORY_VARIABLE) else str(config.history or ""))


@contextmanager
def remembering(given: str, *, without: bool, required: bool = False, reading: bool = False) -> Iterator[Memory]:
    """The memory while the block runs: empty ``without`` one, or when the file cannot be used, which is said.

    ``required`` (the user asked for something that needs it) makes that an error. A run that is only ``reading``
    makes no file.
    """
    from ppreflist.links.history import History, history_path

    path = history_path(given)
    if without or (reading and not path.exists()):
        yield Memory(None)
        return
    try:
        history = History(path)
    except HistoryUnusable as error:
        if required or given:
            raise
        note(f"{error}. Going on without it. {error.hint}")
        yield Memory(None)
        return
    with history:
        yield Memory(history)


class Memory:
    """One run's use of the history; without one it remembers nothing. ``now`` is the clock (Unix time)."""

    def __init__(self, history: History | None, now: Callable[[], float] = time.time) -> None:
        self._history = history
        self.now = now
        self._pending: dict[str, Look] = {}
        self._pasts: dict[str, Past] = {}
        self._written = 0.0
        self._run: int | None = None

    def recall(
        self, links: Sequence[Link], scope: Sequence[str], fresh: Freshness, *, asking: bool = True
    ) -> dict[int, Finding]:
        """Read what is known of the links, and begin a run (unless nobody is going to be asked); the findings, by the
        links' places, of those that need not be asked."""
        from ppreflist.links.memory import address_of, recalled
        from ppreflist.links.verdict import ANSWERS

        if self._history is None:
            return {}
        addresses = [address_of(link) for link in links]
        self._pasts = self._history.past(addresses)
        if not asking:
            return {}
        history, name = self._history, json.dumps(list(scope))
        stopped = history.stopped(name) if fresh.resume else None
        if fresh.resume and stopped is None:
            note("No run over these links was stopped: every link is checked.")
        self._run = stopped[0] if stopped else history.begin(name, int(self.now()))
        since = fresh.worked_since(self.now())
        if stopped is None and since is None:
            return {}
        found: dict[int, Finding] = {}
        for place, (link, address) in enumerate(zip(links, addresses, strict=True)):
            past = self._pasts.get(address)
            if past is None or not past.looks:
                continue
            look = past.looks[0]
            good = since is not None and look.at >= since and look.verdict in ANSWERS
            if good or (stopped is not None and look.at >= stopped[1]):
                found[place] = recalled(link, look)
        return found

    def learn(self, finding: Finding) -> None:
        """Remember a finding, soon."""
        from ppreflist.links.memory import address_of, drifted, is_remembered, look_of

        if self._history is None or not is_remembered(finding):
            return
        address = address_of(finding.link)
        self._pending[address] = look_of(drifted(finding, self._pasts.get(address)), int(self.now()))
        if len(self._pending) >= _BATCH or time.monotonic() - self._written > _SECONDS:
            self.write()

    def write(self) -> None:
        """Write what was learnt."""
        pending, self._pending = self._pending, {}
        self._written = time.monotonic()
        if self._history is None or not pending:
            return
        try:
            self._pasts |= self._history.add(pending)
        except HistoryUnusable as error:
            note(f"{error}. Going on without it.")
            self._history = None
        except KeyboardInterrupt:
            self._pending = pending | self._pending
            raise

    def end(self, *, interrupted: bool) -> None:
        """The run is over, or was stopped and can be resumed."""
        self.write()
        if self._history is not None and self._run is not None and not interrupted:
            self._history.end(self._run)

    @property
    def pasts(self) -> Mapping[str, Past]:
        return self._pasts

    @property
    def captures(self) -> Captures | None:
        """What is remembered of archives and reviews; None without a history."""
        return None if self._history is None else self._history.captures()

    @property
    def can_resume(self) -> bool:
        return self._run is not None and self._history is not None
