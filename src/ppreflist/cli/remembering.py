"""The history of links as a command uses it: what need not be asked, what was learnt, what a run left undone."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from ppreflist.cli.output import note
from ppreflist.errors import HistoryUnusable

if TYPE_CHECKING:
    from ppreflist.cli.config import Config
    from ppreflist.links.captures import Captures
    from ppreflist.links.finding import Finding
    from ppreflist.links.history import History
    from ppreflist.links.link import Link
    from ppreflist.links.memory import Look, Past


_AHEAD = 86_400
"""Seconds by which a clock may have been ahead: a link that was seen in another year to come is asked again."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """Which links need not be asked: those that worked within ``stale``, or on ``since`` or later; with ``resume``
    whatever the run that was stopped had asked, and whatever was asked since ``seen`` (a Unix time)."""

    stale: timedelta | None = None
    since: date | None = None
    resume: bool = False
    seen: int | None = None

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
        self._run: int | None = None
        self._learning = False
        self._asked_since: int | None = None
        self._worked_since: float | None = None

    def begin(self, scope: Sequence[str], fresh: Freshness, *, repeats: bool = False) -> None:
        """A run begins in which links are asked; before it nothing is learnt. ``repeats``: what was asked in this very
        run need not be asked again, either."""
        self._learning = True
        if self._history is None:
            return
        name = json.dumps(list(scope))
        stopped = self._history.stopped(name) if fresh.resume else None
        if fresh.resume and stopped is None:
            note("No run over these links was stopped: every link is checked.")
        now = int(self.now())
        try:
            self._run, started = stopped or (self._history.begin(name, now), now)
        except HistoryUnusable as error:
            if fresh.needs_memory:
                raise
            self._go_on_without(error)
            return
        # A run before this one may have ended in the second in which this one begins.
        asked_here = started + 1 if repeats else None
        self._asked_since = started if stopped else fresh.seen if fresh.seen is not None else asked_here
        self._worked_since = fresh.worked_since(self.now())

    @property
    def recalls(self) -> bool:
        """Whether some links need not be asked."""
        return self._asked_since is not None or self._worked_since is not None

    def recall(self, links: Sequence[Link]) -> list[tuple[Finding, Past] | None]:
        """What was found lately of each of these links, for those that need not be asked, and what else is known."""
        from ppreflist.links.memory import address_of, recalled

        addresses = [address_of(link) for link in links]
        pasts = self._pasts(addresses) if self.recalls else {}
        found: list[tuple[Finding, Past] | None] = []
        for link, address in zip(links, addresses, strict=True):
            past = pasts.get(address)
            if past is None or not past.looks or not self._is_fresh(past.looks[0]):
                found.append(None)
            else:
                found.append((recalled(link, past.looks[0]), past))
        return found

    def _is_fresh(self, look: Look) -> bool:
        from ppreflist.links.verdict import ANSWERS, Verdict

        try:
            Verdict(look.verdict)
        except ValueError:  # of a later version
            return False
        if look.at > self.now() + _AHEAD:
            return False
        if self._worked_since is not None and look.at >= self._worked_since and look.verdict in ANSWERS:
            return True
        return self._asked_since is not None and look.at >= self._asked_since

    def learn(self, findings: Sequence[Finding]) -> Mapping[str, Past]:
        """Remember findings, and say what is known of their addresses now, these findings among it."""
        from ppreflist.links.memory import address_of, drifted, is_remembered, look_of

        pasts = self._pasts([address_of(finding.link) for finding in findings])
        if self._history is None or not self._learning:
            return pasts
        looks: dict[str, Look] = {}
        for finding in findings:
            if is_remembered(finding):
                address = address_of(finding.link)
                looks[address] = look_of(drifted(finding, pasts.get(address)), int(self.now()))
        try:
            return {**pasts, **self._history.add(looks)} if looks else pasts
        except HistoryUnusable as error:
            self._go_on_without(error)
            return pasts

    def end(self, *, interrupted: bool) -> None:
        """The run is over, or was stopped and can be resumed."""
        if self._history is not None and self._run is not None and not interrupted:
            try:
                self._history.end(self._run)
            except HistoryUnusable as error:
                self._go_on_without(error)

    def _pasts(self, addresses: Sequence[str]) -> Mapping[str, Past]:
        try:
            return self._history.past(addresses) if self._history is not None else {}
        except HistoryUnusable as error:
            self._go_on_without(error)
            return {}

    def _go_on_without(self, error: HistoryUnusable) -> None:
        note(f"{error}. Going on without it. {error.hint}")
        self._history = None

    @property
    def history(self) -> History:
        """The history; HistoryUnusable where there is none."""
        if self._history is None:
            raise HistoryUnusable("there is no history to remember it in", hint="Leave out --no-history.")
        return self._history

    @property
    def captures(self) -> Captures | None:
        """What is remembered of archives and reviews; None without a history."""
        try:
            return None if self._history is None else self._history.captures()
        except HistoryUnusable as error:
            self._go_on_without(error)
            return None

    @property
    def can_resume(self) -> bool:
        return self._run is not None and self._history is not None
