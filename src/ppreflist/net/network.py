"""Whether this machine has a network at all.

The resolver's word is not enough. A machine without a network is told "temporary failure" by one resolver, "no such
name" by another (macOS, Windows, and many containers), and nothing at all by a third; each of them also is what a dead
host looks like on a machine that is well connected. So the question is put the other way round: the network is *up*
when some host on the public internet was heard a moment ago. When none was, the witnesses are tried: a few hosts that
do not share an operator. The network is *down* only when none of them can be connected to. Hence

* one dead host, or a hundred, are never taken for an absent network: a witness answers;
* a machine without a network never calls a link dead: no witness can answer.

Answers from loopback and private addresses prove nothing about the internet and do not count, nor do those of hosts
written as numbers: they do not show that names can be looked up.
"""

from __future__ import annotations

import socket
import threading
import time
from typing import Any

from ppreflist.net.dns import Lookup

WITNESSES = (("doi.org", 443), ("www.wikipedia.org", 443), ("www.iana.org", 443))
"""Asked for a TCP connection only, and only after something failed before anything was heard."""

FRESH = 3.0
"""Seconds for which "up" is believed without new evidence."""

DOWN_FRESH = 10.0
"""Seconds for which "down" is believed unless something is heard."""


class Network:
    """Up or down, with the evidence for it. May be shared by threads."""

    def __init__(
        self, lookup: Lookup, witnesses: tuple[tuple[str, int], ...] = WITNESSES, *, timeout: float = 5.0
    ) -> None:
        self._lookup = lookup
        self._witnesses = witnesses
        self._timeout = timeout
        self._lock = threading.Lock()
        self._heard = float("-inf")
        self._down = float("-inf")

    def heard(self) -> None:
        """Note that a host on the public internet has just answered."""
        self._heard = time.monotonic()

    def is_up(self) -> bool:
        """Whether the network is up, as far as can be known now; may take the time-out."""
        if time.monotonic() - self._heard < FRESH:
            return True
        with self._lock:
            now = time.monotonic()
            if now - self._heard < FRESH:
                return True
            if now - self._down < DOWN_FRESH:
                return False
            up = self._probe()
            if up:
                self._heard = time.monotonic()
            else:
                self._down = time.monotonic()
            return up

    def is_known_down(self) -> bool:
        """Whether it was found down a moment ago and nothing was heard since; takes no time."""
        return self._down > self._heard and time.monotonic() - self._down < DOWN_FRESH

    def _probe(self) -> bool:
        """Try all witnesses at once; true as soon as one accepts a connection."""
        done = threading.Semaphore(0)
        reached = threading.Event()

        def witness(host: str, port: int) -> None:
            try:
                found = list(self._lookup(host, port))
            except (OSError, UnicodeError):
                found = []
            for family, kind, protocol, _, address in found:
                if _accepts(family, kind, protocol, address, self._timeout):
                    reached.set()
                    break
            done.release()

        for host, port in self._witnesses:
            threading.Thread(target=witness, args=(host, port), name="witness", daemon=True).start()
        until = time.monotonic() + 2 * self._timeout
        for _ in self._witnesses:
            done.acquire(timeout=max(0.0, until - time.monotonic()))
            if reached.is_set():
                return True
        return reached.is_set()


def _accepts(family: int, kind: int, protocol: int, address: Any, timeout: float) -> bool:
    """Whether an address accepts a connection in time."""
    try:
        with socket.socket(family, kind, protocol) as sock:
            sock.settimeout(timeout)
            sock.connect(address)
    except OSError:
        return False
    return True
