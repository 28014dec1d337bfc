"""Many requests under way, watched by one thread.

A thread for every request costs more processor time than the requests: each wake-up of one of 128 threads takes the
interpreter's lock from another. Here a request that was sent waits in a selector; its answer is read when all of it
(as much as is wanted) has arrived, so that reading never waits. A server that says nothing, or drips, costs what it
costs in ``Channel.ask``: the time-out for reading after its last byte, and the deadline in all.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import selectors
import socket
from enum import Enum
from time import monotonic
from typing import Generic, TypeVar

from ppreflist.net.answer import Answer
from ppreflist.net.channel import Channel
from ppreflist.net.failure import Failure, mistake

Guest = TypeVar("Guest")


class _NotYet(Enum):
    NOT_YET = 0


_NOT_YET = _NotYet.NOT_YET


class _Seat(Generic[Guest]):
    """Somebody's request under way."""

    __slots__ = ("channel", "descriptor", "expires", "guest", "taken")

    def __init__(self, channel: Channel, guest: Guest) -> None:
        self.channel = channel
        self.descriptor = channel.fileno()
        self.guest = guest
        self.expires = channel.expires(monotonic())
        self.taken = True


class WaitingRoom(Generic[Guest]):
    """Requests under way, each on a channel of its own. Used by one thread; only ``wake`` may be called by others."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._bell, self._button = socket.socketpair()
        self._bell.setblocking(False)
        self._button.setblocking(False)
        self._selector.register(self._bell, selectors.EVENT_READ)
        self._order = itertools.count()
        self._ends: list[tuple[float, int, _Seat[Guest]]] = []

    def close(self) -> list[Channel]:
        """Wait no more; the channels whose requests are under way."""
        left = [seat.channel for _, _, seat in self._ends if seat.taken]
        self._ends.clear()
        self._selector.close()
        self._bell.close()
        self._button.close()
        return left

    def enter(self, channel: Channel, guest: Guest) -> None:
        """Wait for the answer to what a channel has sent impatiently."""
        seat = _Seat(channel, guest)
        self._selector.register(seat.descriptor, selectors.EVENT_READ, seat)
        heapq.heappush(self._ends, (seat.expires, next(self._order), seat))

    def wake(self) -> None:
        """Let ``wait`` return at once, from another thread."""
        with contextlib.suppress(OSError):  # full: it has been told; closed: nobody waits
            self._button.send(b"\0")

    def wait(self, seconds: float) -> list[tuple[Guest, Answer | Failure | None]]:
        """Wait for at most so long; the guests whose answers are there, with their outcomes.

        None: the rest of the answer must be waited for, by a patient ``receive`` in a thread of its own.
        """
        if self._ends:
            seconds = min(seconds, self._ends[0][0] - monotonic())
        found: list[tuple[Guest, Answer | Failure | None]] = []
        for key, _ in self._selector.select(max(0.0, seconds)):
            seat: _Seat[Guest] | None = key.data
            if seat is None:
                with contextlib.suppress(BlockingIOError):
                    self._bell.recv(4096)
            elif (outcome := self._arrived(seat)) is not _NOT_YET:
                found.append((seat.guest, outcome))
        now = monotonic()
        while self._ends and (self._ends[0][0] <= now or not self._ends[0][2].taken):
            _, _, seat = heapq.heappop(self._ends)
            if not seat.taken:
                continue
            if seat.expires > now:
                heapq.heappush(self._ends, (seat.expires, next(self._order), seat))
                continue
            self._leave(seat)
            found.append((seat.guest, seat.channel.give_up()))
        return found

    def _arrived(self, seat: _Seat[Guest]) -> Answer | Failure | _NotYet | None:
        try:
            if not seat.channel.has_arrived():
                seat.expires = seat.channel.expires(monotonic())
                return _NOT_YET
            self._leave(seat)
            return seat.channel.receive(patient=False)
        except Exception as error:  # a mistake of ours must cost one address
            if seat.taken:
                self._leave(seat)
            return mistake(error, "")

    def _leave(self, seat: _Seat[Guest]) -> None:
        self._selector.unregister(seat.descriptor)
        seat.taken = False
