"""The value of a field or ``@string`` as it stands in the file: delimiters, ``#``, macros, months."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ppreflist.bibtex.scan import GAP, IDENTIFIER

MONTHS: Final[dict[str, str]] = {
    "jan": "January",
    "feb": "February",
    "mar": "March",
    "apr": "April",
    "may": "May",
    "jun": "June",
    "jul": "July",
    "aug": "August",
    "sep": "September",
    "oct": "October",
    "nov": "November",
    "dec": "December",
}
"""The macros that every BibTeX style defines."""

LONGEST: Final = 1_000_000
"""Characters that a joined value may have; macros can refer to macros, and ten lines could ask for gigabytes."""

_GAP: Final = re.compile(GAP)
_BARE: Final = re.compile(IDENTIFIER)
_BRACE: Final = re.compile(r"[{}]")
_BRACE_OR_QUOTE: Final = re.compile(r'[{}"]')


class Macros:
    """The ``@string`` macros that are defined so far, by lower-cased name, and the months.

    ``undefined`` collects the macros asked for but not there, with their spelling and the number of uses.
    ``budget`` is what joined values may still come to, in characters; a macro is left as its name when it is used up.
    """

    def __init__(self, defined: Mapping[str, str] | None = None, budget: int = 50_000_000) -> None:
        self.defined: dict[str, str] = dict(defined or {})
        self.undefined: dict[str, int] = {}
        self.budget = budget

    def get(self, name: str) -> str | None:
        """The LaTeX value of a macro, case ignored, or None."""
        folded = name.lower()
        found = self.defined.get(folded)
        return found if found is not None else MONTHS.get(folded)

    def bare(self, word: str) -> str:
        """The value of a word without delimiters: a number is itself, a macro its value, else the word stays."""
        if word.isdigit():
            return word
        found = self.get(word)
        if found is None:
            self.undefined[word] = self.undefined.get(word, 0) + 1
            return word
        return found


def value(text: str, start: int, end: int, macros: Macros) -> str:
    """The LaTeX of the value at ``text[start:end]``: macros replaced, ``#`` joined, outer delimiters gone."""
    source = text[start:end]
    if "#" not in source:
        if source[:1] in ("{", '"'):
            return source[1:-1]
        return macros.bare(source) if source else ""
    return _joined(source, macros)


def parts(source: str) -> list[tuple[str, str]]:
    """The parts of a value between ``#``: ('{' or '"' or '', content). What cannot be read ends the list."""
    found: list[tuple[str, str]] = []
    position = _skip(source, 0)
    while position < len(source):
        first = source[position]
        if first == "{":
            end = _closing_brace(source, position)
        elif first == '"':
            end = _closing_quote(source, position)
        else:
            bare = _BARE.match(source, position)
            if bare is None:
                break
            found.append(("", bare[0]))
            position = _skip(source, bare.end())
            if source[position : position + 1] != "#":
                break
            position = _skip(source, position + 1)
            continue
        found.append((first, source[position + 1 : end]))
        position = _skip(source, end + 1)
        if source[position : position + 1] != "#":
            break
        position = _skip(source, position + 1)
    return found


def _joined(source: str, macros: Macros) -> str:
    pieces = [content if delimiter else macros.bare(content) for delimiter, content in parts(source)]
    if len(pieces) == 1:
        return pieces[0]
    length = sum(map(len, pieces))
    if length > LONGEST or length - len(source) > macros.budget:
        return "".join(content for _, content in parts(source))
    macros.budget -= max(0, length - len(source))
    return "".join(pieces)


def _skip(source: str, position: int) -> int:
    gap = _GAP.match(source, position)
    return gap.end() if gap else position


def _closing_brace(source: str, start: int) -> int:
    depth = 0
    for brace in _BRACE.finditer(source, start):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return len(source)


def _closing_quote(source: str, start: int) -> int:
    depth = 0
    for mark in _BRACE_OR_QUOTE.finditer(source, start + 1):
        if mark[0] == '"':
            if depth <= 0:
                return mark.start()
        else:
            depth += 1 if mark[0] == "{" else -1
    return len(source)
