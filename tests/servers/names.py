"""A resolver for tests: names lead where the test says, and nowhere else."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterable
from typing import Any


class Names:
    """``lookup`` for a Client. Names that are not known do not exist; a name may also be an error number or ``None``,
    which is a resolver that never answers."""

    def __init__(self, **known: str | int | None) -> None:
        self.known: dict[str, str | int | None] = dict(known)
        self.asked: Counter[str] = Counter()
        self.everything: str | int | None = socket.EAI_NONAME

    def __call__(self, host: str, port: int) -> Iterable[tuple[Any, ...]]:
        self.asked[host] += 1
        found = self.known.get(host, self.everything)
        if found is None:
            threading.Event().wait(30)
        if not isinstance(found, str):
            raise socket.gaierror(found, "the test says so")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, port))]
