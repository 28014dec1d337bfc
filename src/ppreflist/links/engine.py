"""Asking many addresses politely and at once. The unit of work is the host, not the address.

Each host owns its queue, its budget (requests in flight, seconds between two starts, pauses that it asked for), its
failures and its kept-alive connections. Whichever host is ready is asked one address and put back, so that a slow or
pausing host holds nobody up. A redirect to another host goes into that host's queue: its budget counts there.

One thread, that of ``drive``, does all of this and all that follows from an answer; requests under way wait in a
``WaitingRoom``. What may take time (to look up a name, connect, shake hands, wait for the rest of an answer) is an
errand for one of the helpers, threads that know nothing of hosts.

Investigations (``links/investigate.py``) wait on addresses, not on requests: an address is asked once however many
links have it.
"""

from __future__ import annotations

import heapq
import itertools
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from queue import SimpleQueue
from typing import Any

from ppreflist.links.hostqueue import HOST_BUDGETS, Budget, Host, Task, host_key
from ppreflist.links.page import visited
from ppreflist.links.question import Inquiry, Question
from ppreflist.net.answer import Answer, Hop, redirect_target
from ppreflist.net.channel import Channel
from ppreflist.net.client import Client
from ppreflist.net.failure import Failure, FailureKind, mistake, redirected
from ppreflist.net.settings import origin_of
from ppreflist.net.sockets import open_files
from ppreflist.net.waiting import WaitingRoom

PREFIX = 32 * 1024
"""Bytes of a page that are read: enough for its head, and to use the connection again after a short page."""

RECORD = 64 * 1024

_BURST = 16
_TICK = 0.1
_SOON = 0.01

MOST_OUTCOMES = 1000
"""Outcomes that are remembered for other links with the same address, the latest ones."""

MOST_RESTING = 1000
"""Hosts with nothing to ask that are remembered for their pauses, and as many more for their failures."""

MOST_KEPT = 256
"""Connections that are kept for later over all hosts."""

MOST_HELPERS = 128

_OTHER_FILES = 64


@dataclass(slots=True)
class _Underway:
    """A task that is being asked of a host, and by which channel; when a helper had sent it (0: no helper did)."""

    host: Host
    task: Task
    channel: Channel | None
    sent: float = 0.0


_Errand = Callable[[_Underway], Answer | Failure | None]
"""What a helper does: the outcome, or None when the request is under way."""


def _receive(underway: _Underway) -> Answer | Failure | None:
    """Wait for the rest of an answer."""
    assert underway.channel is not None
    return underway.channel.receive(patient=True)


class Engine:
    """One run. ``drive`` may be called once."""

    def __init__(
        self,
        client: Client,
        *,
        jobs: int = 256,
        budget: Budget | None = None,
        host_budgets: dict[str, Budget] | None = None,
    ) -> None:
        self._client = client
        room = open_files(max(jobs, MOST_KEPT) + MOST_KEPT + _OTHER_FILES) - _OTHER_FILES
        self._jobs = max(1, jobs if jobs + MOST_KEPT <= room else min(jobs, room // 2))
        self._most_kept = max(0, min(MOST_KEPT, room - self._jobs))
        self._budget = budget or Budget()
        self._host_budgets = HOST_BUDGETS if host_budgets is None else host_budgets
        self._hosts: dict[str, Host] = {}
        self._resting: dict[str, Host] = {}
        self._troubled: dict[str, Host] = {}
        self._connected: dict[str, Host] = {}  # those that rest and have connections
        self._heap: list[tuple[float, int, int, Host]] = []
        self._order = itertools.count()
        self._outcomes: dict[Question, Answer | Failure] = {}
        self._waiting: dict[Question, list[tuple[int, Inquiry]]] = {}
        self._done: deque[tuple[int, object]] = deque()
        self._room: WaitingRoom[_Underway] = WaitingRoom()
        self._under_way = 0
        self._helpers: list[threading.Thread] = []
        self._errands: SimpleQueue[tuple[_Underway, _Errand] | None] = SimpleQueue()
        self._sent_out = 0
        self._back: deque[tuple[_Underway, Answer | Failure | None]] = deque()
        self._asleep = False
        self._kept = 0
        self._reading = True
        self._over = False
        # Channels that were handed back are closed by drive, those that come later by the helper who has them.
        self._handing_back = threading.Lock()

    def drive(
        self,
        investigations: Iterable[Inquiry | None],
        *,
        window: int = sys.maxsize,
        idle: Callable[[], None] | None = None,
    ) -> Generator[tuple[int, object], None, None]:
        """Run investigations side by side; yields (place in the input, what it returned) as they end.

        The input is drawn as there is room: at most ``window`` investigations are open at one time. None in it (which
        has no place) says that there is nothing to begin for the moment. ``idle`` is called while nothing ends.
        Nothing is asked and no answer taken between two steps of the iterator, but what is under way comes in.

        What an investigation or the asking itself raises by mistake is yielded in its place as the exception. Closing
        the iterator stops the run: nothing new is asked, what is under way is abandoned.
        """
        source = iter(investigations)
        begun = ended = 0
        lately = time.monotonic()
        try:
            while True:
                drawn = 0
                pause = _TICK
                while self._reading and begun - ended < window and drawn < _BURST:
                    try:
                        investigation = next(source)
                    except StopIteration:
                        self._reading = False
                        break
                    if investigation is None:
                        pause = _SOON
                        break
                    self._advance(begun, investigation, None)
                    begun += 1
                    drawn += 1
                if not self._reading and ended == begun:
                    return
                self._turn(0.0 if drawn or self._done else pause)
                if self._done:
                    while self._done:
                        ended += 1
                        yield self._done.popleft()
                    lately = time.monotonic()
                elif idle is not None and time.monotonic() - lately > _TICK:
                    idle()
                    lately = time.monotonic()
        finally:
            self._close_all()

    def ended(self) -> Iterator[tuple[int, object]]:
        """What has ended and was not yielded yet; for when ``drive`` was stopped."""
        while self._done:
            yield self._done.popleft()

    def _close_all(self) -> None:
        with self._handing_back:
            self._over = True
        for _ in self._helpers:
            self._errands.put(None)
        for underway, _ in self._back:
            _drop(underway)
        for channel in self._room.close():
            channel.close()
        for host in self._hosts.values():
            self._close(host)

    # Investigations ---------------------------------------------------------------------------------------------------

    def _advance(self, place: int, investigation: Inquiry, outcome: Answer | Failure | None) -> None:
        """Send an outcome to an investigation, and do what it asks next until it must wait or ends."""
        try:
            while True:
                question = next(investigation) if outcome is None else investigation.send(outcome)
                asked = replace(question, url=question.url.partition("#")[0]) if "#" in question.url else question
                outcome = self._outcomes.get(asked)
                if outcome is None:
                    self._enlist(place, investigation, asked)
                    return
        except StopIteration as end:
            self._done.append((place, end.value))
        except Exception as error:  # one link must never end the run
            self._done.append((place, error))

    def _enlist(self, place: int, investigation: Inquiry, question: Question) -> None:
        """Let an investigation wait for a question, which is asked unless it is being asked already."""
        waiting = self._waiting.setdefault(question, [])
        waiting.append((place, investigation))
        if len(waiting) == 1:
            self._enqueue(Task(question, question.url))

    def _settle(self, question: Question, outcome: Answer | Failure) -> None:
        if isinstance(outcome, Answer) and not question.record:
            outcome = visited(outcome)
        self._outcomes[question] = outcome
        if len(self._outcomes) > MOST_OUTCOMES:
            del self._outcomes[next(iter(self._outcomes))]
        for place, investigation in self._waiting.pop(question, []):
            self._advance(place, investigation, outcome)

    # Hosts ------------------------------------------------------------------------------------------------------------

    def _budget_of(self, name: str) -> Budget:
        """The budget that was given to a host, under its name with the port or without."""
        bare = name.rpartition(":")[0]
        return self._host_budgets.get(name) or self._host_budgets.get(bare) or self._budget

    def _enqueue(self, task: Task, *, after: float = 0.0, first: bool = False) -> None:
        """Put a task into its host's queue."""
        name = host_key(task.url)
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = Host(name, self._budget_of(name))
        else:
            self._resting.pop(name, None)
            self._troubled.pop(name, None)
            self._connected.pop(name, None)
        if task.question.again and not (host.slow or host.queue or host.later or host.in_flight):
            host.slow_down(self._budget)
        if after:
            heapq.heappush(host.later, (after, next(self._order), task))
        elif first:
            host.queue.appendleft(task)
        else:
            host.queue.append(task)
        self._offer(host)

    def _offer(self, host: Host) -> None:
        """Put a host into the heap when it has something to be asked and will not be offered in time."""
        at = host.next_at()
        if at is None or (host.due is not None and host.due <= at):
            return
        host.due = at
        heapq.heappush(self._heap, (at, -len(host.queue), next(self._order), host))

    def _foregone(self, host: Host, task: Task) -> Answer | Failure | None:
        """The outcome of a task that need not be asked, or None."""
        lost = host.lost.get(origin_of(task.url))
        if lost is not None:
            return _alike(lost, task)
        if self._client.is_known_offline(task.url):
            return Failure(FailureKind.OFFLINE, "this machine has no network", task.url)
        return None

    # Asking -----------------------------------------------------------------------------------------------------------

    def _turn(self, longest: float) -> None:
        """Ask what is ready to be asked, and take what has come of it; wait for that at most so many seconds."""
        while self._back:
            self._sent_out -= 1
            self._returned(*self._back.popleft())
        now = time.monotonic()
        while self._heap and self._heap[0][0] <= now and self._under_way < self._jobs:
            at, _, _, host = heapq.heappop(self._heap)
            if host.due != at:
                continue  # offered again for an earlier time
            host.due = None
            task = host.next_task(now)
            if task is not None:
                self._begin(host, task, now)
            self._offer(host)
        if self._heap and self._under_way < self._jobs:
            longest = min(longest, self._heap[0][0] - now)
        # One at a time: many an errand is over before so many are needed.
        if len(self._helpers) < min(self._sent_out, self._jobs, MOST_HELPERS):
            helper = threading.Thread(target=self._help, name=f"links-{len(self._helpers)}", daemon=True)
            self._helpers.append(helper)
            helper.start()
            longest = 0.0
        self._asleep = True
        for underway, outcome in self._room.wait(0.0 if self._back or self._done else longest):
            self._received(underway, outcome)
        self._asleep = False

    def _begin(self, host: Host, task: Task, now: float) -> None:
        """Ask a host a task's address, or conclude it when the outcome is known beforehand."""
        host.in_flight += 1
        self._under_way += 1
        underway = _Underway(host, task, None)
        outcome = self._foregone(host, task)
        if outcome is not None:
            self._conclude(underway, outcome)
            return
        host.started = now
        host.asked += 1
        host.ready_at = max(host.ready_at, now + host.budget.gap)
        if host.channels:
            self._kept -= 1
            underway.channel = host.channels.pop()
        else:
            underway.channel = self._client.channel()
        try:
            if not underway.channel.is_open(task.url):
                self._send_out(underway, self._ask)
                return
            outcome = self._send(underway, underway.channel)
        except Exception as error:  # a mistake of ours must cost one address, not the run
            outcome = mistake(error, task.url)
        self._returned(underway, outcome)

    def _send(self, underway: _Underway, channel: Channel) -> Failure | None:
        return channel.send(underway.task.url, **self._wishes(underway.task), patient=False)

    def _wishes(self, task: Task) -> dict[str, Any]:
        record = task.question.record
        cookie = task.cookies.header(task.url)
        task.seen.add((task.url, cookie))
        task.started = time.monotonic()
        return {
            "headers": {"Accept": "application/json"} if record else {"Cookie": cookie} if cookie else None,
            "max_bytes": RECORD if record else PREFIX,
            "text_only": not record,
            "trusting": record,
            "until": task.started + self._client.settings.deadline - task.spent,
        }

    def _returned(self, underway: _Underway, outcome: Answer | Failure | None) -> None:
        """A task's request was sent, or there is an outcome at once."""
        channel = underway.channel
        assert channel is not None
        if underway.sent:
            # The host hears of it only now, after the connection was made: its gap begins again.
            underway.host.ready_at = max(underway.host.ready_at, underway.sent + underway.host.budget.gap)
        if outcome is not None:
            self._conclude(underway, outcome)
        elif channel.must_be_waited_for:
            self._send_out(underway, _receive)
        else:
            self._room.enter(channel, underway)

    def _received(self, underway: _Underway, outcome: Answer | Failure | None) -> None:
        """The answer is there, or as much of it as can be had without waiting."""
        if outcome is None:
            self._send_out(underway, _receive)
        else:
            self._conclude(underway, outcome)

    # Helpers ----------------------------------------------------------------------------------------------------------

    def _send_out(self, underway: _Underway, errand: _Errand) -> None:
        self._sent_out += 1
        self._errands.put((underway, errand))

    def _help(self) -> None:
        while (order := self._errands.get()) is not None:
            underway, errand = order
            outcome: Answer | Failure | None
            try:
                outcome = None if self._over else errand(underway)
                if isinstance(outcome, Failure) and self._client.is_offline(outcome):
                    outcome = Failure(FailureKind.OFFLINE, "this machine has no network", underway.task.url)
            except Exception as error:  # a mistake of ours must cost one address, not a thread
                outcome = mistake(error, underway.task.url)
            with self._handing_back:
                is_wanted = not self._over
                if is_wanted:
                    self._back.append((underway, outcome))
            if not is_wanted:
                _drop(underway)
            elif self._asleep:
                self._room.wake()

    def _ask(self, underway: _Underway) -> Answer | Failure | None:
        """Connect and send; by a proxy, receive as well."""
        channel, task = underway.channel, underway.task
        assert channel is not None
        if self._client.proxy_for(task.url):
            return channel.ask(task.url, **self._wishes(task))
        failure = self._send(underway, channel)
        underway.sent = time.monotonic()
        return failure

    def _conclude(self, underway: _Underway, outcome: Answer | Failure) -> None:
        """Decide what a task does next: follow a redirect, wait and try again, or be answered."""
        host, task = underway.host, underway.task
        settings = self._client.settings
        self._under_way -= 1
        if underway.channel is not None:
            task.spent += time.monotonic() - task.started
            self._keep(host, underway.channel)
        asked = task.url
        onward: Callable[[], None] | None = None
        target = redirect_target(outcome) if isinstance(outcome, Answer) and not task.question.record else ""
        if target and isinstance(outcome, Answer):
            task.hops.append(Hop(task.url, outcome.status, target))
            target = target.partition("#")[0]
            task.cookies.keep(task.url, outcome.headers)
            # Back at an address with a new cookie is no circle.
            circle = (target, task.cookies.header(target)) in task.seen
            if len(task.hops) > settings.max_redirects or circle:
                outcome = Failure(FailureKind.REDIRECTS, "it redirects in a circle", task.url)
            else:
                task.url, task.tries = target, 0
                onward = lambda: self._enqueue(task, first=True)  # noqa: E731
        else:
            task.tries += 1
            pause = settings.retry.pause(outcome, task.tries, self._client.now(), self._client.jitter())
            if pause is not None and origin_of(task.url) not in host.lost and task.spent < 0.9 * settings.deadline:
                after = time.monotonic() + pause
                if isinstance(outcome, Answer) and outcome.status in (429, 503):
                    host.ready_at = max(host.ready_at, after)
                onward = lambda: self._enqueue(task, after=after)  # noqa: E731
        host.in_flight -= 1
        host.note(origin_of(asked), outcome, final=onward is None)
        if onward is not None:
            onward()
        self._offer(host)
        if not (host.queue or host.later or host.in_flight):
            self._rest(host)
        if onward is None:
            if isinstance(outcome, Answer) and task.hops:
                outcome = replace(outcome, redirects=tuple(task.hops))
            elif isinstance(outcome, Failure) and task.hops:
                outcome = redirected(outcome, task.hops[-1].url)
            self._settle(task.question, outcome)

    def _keep(self, host: Host, channel: Channel) -> None:
        """Keep a channel for the host's next address while there is room."""
        if self._kept >= self._most_kept and self._connected:
            self._close(next(iter(self._connected.values())))
        if self._kept < self._most_kept:
            host.channels.append(channel)
            self._kept += 1
        else:
            channel.close()

    def _rest(self, host: Host) -> None:
        """A host has nothing to be asked: it may be forgotten after many others, but not before its pause is over. Its
        connections are kept while more may come for it."""
        troubled = bool(host.lost) or any(host.failures.values())
        if troubled or not self._reading:
            self._close(host)
        elif host.channels:
            self._connected[host.name] = host
        others = self._troubled if troubled else self._resting
        others[host.name] = host
        now = time.monotonic()
        for _ in range(min(2, len(others) - MOST_RESTING)):
            name, oldest = next(iter(others.items()))
            del others[name]
            if oldest.ready_at > now:
                others[name] = oldest
            else:
                self._close(oldest)
                del self._hosts[name]

    def _close(self, host: Host) -> None:
        self._connected.pop(host.name, None)
        self._kept -= len(host.channels)
        for channel in host.channels:
            channel.close()
        host.channels.clear()


def _drop(underway: _Underway) -> None:
    if underway.channel is not None:
        underway.channel.close()


def _alike(outcome: Answer | Failure, task: Task) -> Answer | Failure:
    """The outcome of one address of a host, as that of another which was not asked any more, or never."""
    never = not task.tries
    if isinstance(outcome, Failure):
        return replace(outcome, url=task.url, inferred=never)
    return Answer(outcome.status, task.url, inferred=never)
