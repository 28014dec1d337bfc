"""Names to addresses, within a deadline and once a run.

``getaddrinfo`` cannot be given a time-out and may take half a minute when a name server is silent; it therefore runs
on a thread of its own, which is left behind when it takes too long.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from ppreflist.net.guard import Address, literal

Lookup = Callable[[str, int], Iterable[tuple[Any, ...]]]
"""``(host, port)`` -> tuples whose last part is a socket address, as :func:`socket.getaddrinfo` gives them."""


def system_lookup(host: str, port: int) -> Iterable[tuple[Any, ...]]:
    """The system's resolver."""
    return socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)


@dataclass
class _Answer:
    done: threading.Event = field(default_factory=threading.Event)
    addresses: tuple[Address, ...] = ()
    error: OSError | UnicodeError | None = None


MOST_NAMES = 4000


class Resolver:
    """Remembers names' addresses, the latest 4,000; two threads that ask for one name wait for one look-up.

    Failures other than "no such name" are not remembered.
    """

    def __init__(self, lookup: Lookup = system_lookup) -> None:
        self._lookup = lookup
        self._answers: dict[str, _Answer] = {}
        self._lock = threading.Lock()

    def addresses(self, host: str, port: int, timeout: float) -> tuple[Address, ...]:
        """The addresses of a host in the resolver's order; TimeoutError, socket.gaierror or UnicodeError otherwise."""
        address = literal(host)
        if address is not None:
            return (address,)
        with self._lock:
            answer = self._answers.get(host)
            if answer is None:
                answer = self._answers[host] = _Answer()
                if len(self._answers) > MOST_NAMES:
                    del self._answers[next(iter(self._answers))]
                threading.Thread(target=self._resolve, args=(host, port, answer), name="dns", daemon=True).start()
        if not answer.done.wait(max(0.0, timeout)):
            raise TimeoutError(f"the look-up of {host} took too long")
        if answer.error is not None:
            raise type(answer.error)(*answer.error.args)
        return answer.addresses

    def known(self, host: str) -> tuple[Address, ...]:
        """The addresses of a host as far as they are known without looking it up."""
        address = literal(host)
        if address is not None:
            return (address,)
        answer = self._answers.get(host)
        return answer.addresses if answer is not None else ()

    def _resolve(self, host: str, port: int, answer: _Answer) -> None:
        try:
            found = self._lookup(host, port)
            answer.addresses = tuple(dict.fromkeys(ip_address(str(each[-1][0]).partition("%")[0]) for each in found))
            if not answer.addresses:
                raise socket.gaierror(socket.EAI_NONAME, "no address")
        except (OSError, UnicodeError) as error:
            answer.error = error
            if not (isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME):
                with self._lock:
                    self._answers.pop(host, None)
        finally:
            answer.done.set()
