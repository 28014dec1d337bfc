"""Sockets that end in time, never take in more than was agreed, and can take in what came without waiting for more.

The time-outs of sockets bound each *wait*, not the whole: a server that sends a byte a second holds a reader for ever.
The sockets here ask their :class:`Budget` before every wait, so that it all ends by one deadline.

A thread that watches many connections (``net/waiting.py``) must never wait for one of them. It takes in what has
arrived (``take_in``), and lets the answer be read from that while the socket is not ``patient``: reading beyond it
raises :class:`RanDry`, after which ``rewind`` lets somebody patient read the same answer from its beginning.
"""

from __future__ import annotations

import socket
import ssl
from time import monotonic
from typing import TYPE_CHECKING, Any

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from ppreflist.net.failure import DeadlinePassed, TooManyBytes

try:
    import resource
except ImportError:  # Windows, where nothing limits sockets but memory
    resource = None  # type: ignore[assignment]

_PIECE = 65536


class RanDry(Exception):
    """What had arrived does not hold what is wanted, and the reader may not wait."""


class Budget:
    """What is left for the request in hand, in seconds and in bytes. One a channel, used by one thread at a time."""

    __slots__ = ("bytes_left", "connected", "read", "until")

    def __init__(self) -> None:
        self.until = 0.0
        self.read = 0.0
        self.bytes_left = 0
        self.connected = False

    def start(self, until: float, read: float, max_bytes: int) -> None:
        self.until = until
        self.read = read
        self.bytes_left = max_bytes
        self.connected = False

    def wait(self, longest: float) -> float:
        """Seconds that the next wait may take, at most ``longest``; DeadlinePassed when there are none."""
        left = self.until - monotonic()
        if left <= 0:
            raise DeadlinePassed("deadline")
        return min(left, longest)

    def spend(self, count: int) -> None:
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise TooManyBytes("too many bytes")


class _Ahead:
    """What a socket has taken in and nobody has read yet."""

    __slots__ = ("end", "held", "place")

    def __init__(self) -> None:
        self.held = bytearray()
        self.place = 0
        self.end: OSError | bool = False  # the peer's end, or what went wrong; read after what is held

    def read_into(self, buffer: Any) -> int:
        """Bytes copied; 0 at the peer's end, RanDry when more may come."""
        count = min(len(buffer), len(self.held) - self.place)
        if count:
            buffer[:count] = self.held[self.place : self.place + count]
            self.place += count
        elif isinstance(self.end, OSError):
            raise self.end
        elif not self.end:
            raise RanDry
        return count


class Bounded(socket.socket if TYPE_CHECKING else object):  # type: ignore[misc]
    """What the sockets of both kinds do alike."""

    budget: Budget | None = None  # none during a TLS handshake, which has its own time-out as a whole
    patient = True
    _ahead: _Ahead | None = None

    def recv_into(self, buffer: Any, *rest: Any) -> int:
        budget = self.budget
        if budget is None:
            return int(super().recv_into(buffer, *rest))
        if self._ahead is not None:
            try:
                return self._ahead.read_into(buffer)
            except RanDry:
                if not self.patient:
                    raise
        self.settimeout(budget.wait(budget.read))
        try:
            count = int(super().recv_into(buffer, *rest))
        except TimeoutError:
            budget.wait(0.0)
            raise
        budget.spend(count)
        return count

    def begin(self, *, patient: bool) -> None:
        """Be ready for the next answer; nothing of the one before may be left."""
        self._ahead = None if patient else _Ahead()
        self.patient = patient

    def take_in(self, most: int) -> tuple[bytearray, bool]:
        """Take in what has arrived, about ``most`` bytes in all; everything taken in, and whether that was the end.

        Never waits, never raises: what goes wrong is raised when the answer is read as far as that.
        """
        ahead, budget = self._ahead, self.budget
        assert ahead is not None
        assert budget is not None
        try:
            self.settimeout(0.0)
            while len(ahead.held) < most and not ahead.end:
                part = self.recv(_PIECE)
                budget.spend(len(part))
                ahead.held += part
                ahead.end = not part
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            pass
        except OSError as error:
            ahead.end = error
        return ahead.held, bool(ahead.end)

    def rewind(self) -> None:
        """Let what was taken in be read again, and what follows be waited for."""
        if self._ahead is not None:
            self._ahead.place = 0
        self.patient = True

    @property
    def is_drained(self) -> bool:
        """Whether all that was taken in has been read."""
        return self._ahead is None or self._ahead.place == len(self._ahead.held)


class PlainSocket(Bounded, socket.socket):
    """A TCP connection."""


class TlsSocket(Bounded, ssl.SSLSocket):
    """A TCP connection with TLS."""


def open_files(wanted: int) -> int:
    """How many files and sockets this process may have open; the system is asked to allow ``wanted``. The usual limits
    are 1,024 (Linux) and 256 (macOS), which may be raised."""
    if resource is None:
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    raised = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (raised, hard))
    except (OSError, ValueError):
        return soft
    return raised


def tls_context(ca_bundle: str) -> ssl.SSLContext:
    """A verifying context, to be shared by every connection: loading the bundle costs 17 ms of CPU."""
    context = ssl.create_default_context(cafile=ca_bundle or DEFAULT_CA_BUNDLE_PATH)
    context.sslsocket_class = TlsSocket
    return context
