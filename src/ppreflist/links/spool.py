"""Findings that wait for a second look: any number of them, in little memory."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Final, Self

from ppreflist.links.finding import Finding
from ppreflist.links.intake import Numbered

_IN_MEMORY: Final = 256 * 1024
"""Bytes up to which nothing is written to disk."""


class Spool:
    """Findings and their places, put aside in a temporary file; a context manager. ``links`` gives the links of those
    that were ``put`` so far, each once and in the same order, and ``take`` the finding of one that was given out;
    ``left`` are those not taken."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by the context
        self._unread = 0
        self._place = 0
        self._out: dict[int, Finding] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, place: int, finding: Finding) -> None:
        self._file.seek(0, os.SEEK_END)
        pickle.dump((place, finding), self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self._unread += 1

    def links(self) -> Iterator[Numbered]:
        for place, finding in self._read():
            self._out[place] = finding
            yield place, finding.link

    def has_out(self, place: int) -> bool:
        """Whether the link of this place was given out and its finding not taken."""
        return place in self._out

    def take(self, place: int) -> Finding:
        return self._out.pop(place)

    def left(self) -> Iterator[tuple[int, Finding]]:
        """What was put aside, or given out, and not taken; ordered by place among those given out."""
        for place in sorted(self._out):
            yield place, self._out.pop(place)
        yield from self._read()

    def _read(self) -> Iterator[tuple[int, Finding]]:
        while self._unread:
            self._unread -= 1
            self._file.seek(self._place)
            found = pickle.load(self._file)
            self._place = self._file.tell()
            yield found
