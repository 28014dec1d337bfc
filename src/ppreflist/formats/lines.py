"""The lines of a text, counted as editors count them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_END: Final = re.compile(r"\r\n|\r|\n")


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its number from 1. Only CR, LF and CR LF end one (``str.splitlines`` knows more)."""
    if "\r" in text:
        text = _END.sub("\n", text)
    return enumerate(text.split("\n"), 1)


def joined(tags: Iterable[tuple[str, Iterable[str]]]) -> list[tuple[str, str]]:
    """Tags with the lines that belong to each as one text."""
    return [(tag, " ".join(line for line in lines if line)) for tag, lines in tags]


class LineCount:
    """The line of each of some positions that come in ascending order; linear in the text altogether."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end = "\n" if "\n" in text else "\r"
        self._position = 0
        self._line = 1

    def at(self, position: int) -> int:
        """The line (1-based) of a position not before the last one asked for."""
        self._line += self._text.count(self._end, self._position, position)
        self._position = max(position, self._position)
        return self._line
