"""Citation keys in documents that cite the library: LaTeX and Markdown. Pure.

A key is replaced only where the document cites it: in the arguments of citation commands (BibLaTeX manual, 'Citation
Commands'; natbib's), and as ``@key`` or ``@{key}`` outside code (Pandoc manual, 'Citation syntax'). What is verbatim is
left alone; everything else stays as it is, to the character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

LATEX_SUFFIXES: Final = frozenset({".tex", ".ltx", ".latex", ".sty", ".cls"})
MARKDOWN_SUFFIXES: Final = frozenset({".md", ".markdown", ".mdown", ".qmd", ".rmd", ".mdx"})

_PREFIXES: Final = (
    "", "no", "auto", "paren", "foot", "footfull", "full", "text", "smart", "super", "note", "pnote", "fnote", "vol",
    "pvol", "fvol", "ftvol", "svol", "tvol", "avol", "ap", "short", "online", "in", "per", "tab", "block",
)  # fmt: skip
_ENDINGS: Final = (
    "", "s", "t", "p", "alt", "alp", "author", "authors", "fullauthor", "year", "yearpar", "title", "titles", "date",
    "url", "num", "field", "name", "list", "alias", "talias", "palias", "tp", "text", "al", "n", "np", "A", "NP", "Y",
    "yearNP", "authorNP", "fullauthorNP",
)  # fmt: skip
_COMMANDS: Final = frozenset(f"{prefix}cite{ending}" for prefix in _PREFIXES for ending in _ENDINGS) - {"citetext"}
_OTHERS: Final = frozenset({"bibentry", "defcitealias", "citetalias", "citepalias", "notecite", "mancite"})
_VOLUMES: Final = frozenset(f"{letter}volcite" for letter in ("", "p", "f", "ft", "s", "t", "a"))

_COMMAND: Final = re.compile(r"\\([A-Za-z]{3,40})\*?")
_LATEX_VERBATIM: Final = re.compile(
    r"\\begin\{(?P<name>verbatim\*?|Verbatim\*?|BVerbatim|LVerbatim|lstlisting|minted|comment|filecontents\*?)\}"
    r"(?:.*?)(?:\\end\{(?P=name)\}|\Z)"
    r"|\\(?:verb\*?|lstinline|mintinline\{\w{1,40}\})(?P<mark>[^\w\s*{])[^\n]*?(?P=mark)",
    re.DOTALL,
)
_MARKDOWN_VERBATIM: Final = re.compile(
    r"^(?P<indent>[ ]{0,3})(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?)(?:^[ ]{0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`{1,4})(?!`)[^`](?:(?!\n[ \t]*\n).)*?(?<!`)(?P=ticks)(?!`)"
    r"|<https?://[^\s<>]*>|\]\([^\s()]*\)|https?://[^\s<>()\]]+",
    re.DOTALL | re.MULTILINE,
)
_GAP: Final = re.compile(r"(?:[ \t]|%[^\n]*\n|\n(?![ \t]*\n))*")
_KEY: Final = re.compile(r"%[^\n]*(?:\n|\Z)|[^,\s%{}]+")
_AT_KEY: Final = re.compile(
    r"(?<![\w\\/@.])@(?:\{(?P<braced>[^{}\s]{1,200})\}|(?P<plain>[^\W](?:[\w]|[:.#$%&\-+?<>~/](?=\w)){0,199}))"
)
_PLAIN_KEY: Final = re.compile(r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*")


@dataclass(frozen=True, slots=True)
class Replaced:
    """A document after keys were replaced, and how many times each old key was."""

    text: str
    counts: Mapping[str, int]


def rewriter(suffix: str) -> Callable[[str, Mapping[str, str]], Replaced] | None:
    """What replaces keys in files with this suffix (``.tex``), or None when the format is not known."""
    folded = suffix.lower()
    if folded in LATEX_SUFFIXES:
        return in_latex
    return in_markdown if folded in MARKDOWN_SUFFIXES else None


def in_latex(text: str, to: Mapping[str, str]) -> Replaced:
    """Replace keys in the citation commands of a LaTeX text; ``to`` maps old keys to new ones."""
    return _replaced(text, to, _latex_spans(text, _holes(text, _LATEX_VERBATIM)))


def in_markdown(text: str, to: Mapping[str, str]) -> Replaced:
    """Replace keys in Pandoc's citations, and in LaTeX citation commands between them; code and addresses stay."""
    holes = _holes(text, _MARKDOWN_VERBATIM)
    return _replaced(text, to, [*_latex_spans(text, holes), *_markdown_spans(text, holes)])


Span = tuple[int, int, bool]
"""Where a key stands, and whether it is one after ``@`` that needs no braces (``@key``)."""


def _replaced(text: str, to: Mapping[str, str], spans: Iterator[Span] | list[Span]) -> Replaced:
    parts: list[str] = []
    counts: dict[str, int] = {}
    position = 0
    for start, end, bare in sorted(spans):
        key = text[start:end]
        new = to.get(key)
        if new is None or new == key or start < position:
            continue
        parts += text[position:start], f"{{{new}}}" if bare and not _PLAIN_KEY.fullmatch(new) else new
        counts[key] = counts.get(key, 0) + 1
        position = end
    parts.append(text[position:])
    return Replaced("".join(parts), counts)


def _holes(text: str, verbatim: re.Pattern[str]) -> list[tuple[int, int]]:
    """The spans in which nothing is replaced."""
    return [found.span() for found in verbatim.finditer(text)]


def _outside(position: int, holes: list[tuple[int, int]], place: list[int]) -> bool:
    """Whether a position, not before the last one asked for, is outside all holes; ``place`` remembers where we are."""
    while place[0] < len(holes) and holes[place[0]][1] <= position:
        place[0] += 1
    return place[0] >= len(holes) or position < holes[place[0]][0]


def _markdown_spans(text: str, holes: list[tuple[int, int]]) -> Iterator[Span]:
    place = [0]
    for found in _AT_KEY.finditer(text):
        if _outside(found.start(), holes, place):
            name = "braced" if found["braced"] is not None else "plain"
            yield *found.span(name), name == "plain"


def _latex_spans(text: str, holes: list[tuple[int, int]]) -> Iterator[Span]:
    place = [0]
    for command in _COMMAND.finditer(text):
        name = command[1]
        folded = name[0].lower() + name[1:]
        if (folded in _COMMANDS or folded in _OTHERS) and _outside(command.start(), holes, place):
            yield from _arguments(text, command.end(), folded)


def _arguments(text: str, position: int, name: str) -> Iterator[Span]:
    """The keys in the arguments behind a citation command."""
    several = name.endswith("cites")
    if several:
        position = _past(text, _past(text, position, "()"), "()")
    first = True
    while True:
        if name in _VOLUMES or (several and name[:-1] in _VOLUMES):
            position = _past(text, position, "[]")
            volume = _past(text, position, "{}")
            if volume == position:
                return
            position = volume
        for _ in range(2):
            position = _past(text, position, "[]")
        start = _GAP.match(text, position).end()  # type: ignore[union-attr]
        end = _closing(text, start, "{}")
        if end < 0 or (not first and not several):
            return
        for key in _KEY.finditer(text, start + 1, end):
            if not key[0].startswith("%"):
                yield *key.span(), False
        position = end + 1
        first = False
        if not several:
            return


def _past(text: str, position: int, pair: str) -> int:
    """Behind a group in these delimiters, if one stands here; else the position itself."""
    end = _closing(text, _GAP.match(text, position).end(), pair)  # type: ignore[union-attr]
    return position if end < 0 else end + 1


def _closing(text: str, start: int, pair: str) -> int:
    """Where the group that opens at ``start`` ends, or -1 when none opens there or it does not end soon."""
    if text[start : start + 1] != pair[0]:
        return -1
    depth = braces = 0
    position = start
    limit = min(len(text), start + 5000)
    while position < limit:
        character = text[position]
        if character == "\\":
            position += 1
        elif character == "%" and text[position - 1 : position] != "\\":
            position = text.find("\n", position, limit)
            if position < 0:
                return -1
        elif pair == "{}" or braces == 0:
            depth += (character == pair[0]) - (character == pair[1])
            if depth == 0:
                return position
        if pair != "{}":
            braces += (character == "{") - (character == "}")
        position += 1
    return -1
