r"""Markdown that CommonMark (https://spec.commonmark.org/0.31.2/) and pandoc's Markdown read alike.

Italics are ``*...*``, bold ``**...**``; where a delimiter would not be one (``a*"b"*c``), and for what Markdown
has no markup, HTML elements stand. A character is escaped only where one of the two would read it as markup.
Left alone: straight quotes and ``...``, which pandoc makes typographic. Entries are paragraphs; a display block
begins a new line of its paragraph (a backslash at the line's end).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ppreflist.csl.writers.delimited import Piece, end_of, lines, pieces
from ppreflist.csl.writers.runs import Look

if TYPE_CHECKING:
    from ppreflist.csl.results import Layout

_ELEMENTS: Final = {
    "italic": ("<i>", "</i>"),
    "bold": ("<b>", "</b>"),
    "underline": ("<u>", "</u>"),
    "small_caps": ('<span style="font-variant:small-caps;">', "</span>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
}
_DELIMITERS: Final = {"italic": "*", "bold": "**"}
# Begins with the characters alone, so that the search runs over text at full speed.
_ESCAPED: Final = re.compile(
    r"""
    [\\`*\[\]^~$_<&@:-]
    (?: (?<=[\\`*\[\]^~$])                                  # markup everywhere
      | (?<=_)(?: (?![^\W_]) | (?<![^\W_]_) )                # emphasis, unless inside a word
      | (?<=<)(?=[A-Za-z/!?])                                # HTML, autolinks
      | (?<=&)(?=\#?[A-Za-z0-9]{1,40};)                      # entities
      | (?<=@)(?=[\w{]|$)                                    # pandoc: citations
      | (?<=:)(?=[a-z0-9_+-]{1,40}:)                         # GitHub: emoji
      | (?<=-)(?: (?=-) | (?<=--) )                          # pandoc: dashes
    )
    """,
    re.VERBOSE,
)
# What begins a block at the start of a line. The last group is what gets the backslash.
_BLOCK_START: Final = re.compile(
    r"""
    (?: ()(?=[-+](?:\s|$)) | ()(?=[>|:%=]) | ()(?=\+[-=]) | ()(?=\#)
      | (\(?(?:\d{1,9}|\#|[a-zA-Z]|[ivxlcdmIVXLCDM]+))(?=[.)](?:\s|$)) )
    """,
    re.VERBOSE,
)
# "A. Author": pandoc wants two spaces after a capital letter before it sees a list.
_INITIAL: Final = re.compile(r"[A-Z]\. (?! )")
# As an address alone in <> only what neither reader changes.
_PLAIN_URL: Final = re.compile(r"[A-Za-z0-9:/.?=%#+,;@!$*~_-]+")


# GitHub makes links of bare addresses, and shows the backslashes in them.
_ESCAPED_URL: Final = re.compile(r"(?<![A-Za-z0-9])(?:https?|ftp):(?=//[^ ]{0,200}\\)")


def _escape(text: str, look: Look) -> str:
    escaped = _ESCAPED.sub(r"\\\g<0>", text)
    if "\\" in escaped and "://" in escaped:
        return _ESCAPED_URL.sub(r"\g<0>\\", escaped)
    return escaped


def _guard_start(line: str) -> str:
    match = _BLOCK_START.match(line)
    if match is None or _INITIAL.match(line):
        return line
    return f"{line[: match.end()]}\\{line[match.end() :]}"


def _is_space(char: str) -> bool:
    return not char or char.isspace()


def _flanks(outside: str, inside: str) -> bool:
    """Whether a delimiter between these characters is one (CommonMark 0.31.2, "left-flanking").

    Narrower than the rule: of symbols such as emoji, readers do not agree whether they are punctuation.
    """
    if _is_space(inside):
        return False
    return inside.isalnum() or _is_space(outside) or unicodedata.category(outside)[0] == "P"


def _is_delimited(row: list[Piece], begin: int, end: int) -> bool:
    """Whether the formatting from piece ``begin`` to ``end`` can be written with delimiters.

    They must flank their text, and touch no other delimiters but those in which they are or which are in them.
    """
    first, last = begin + 1, end - 1
    while row[first].begins and row[first].kind in _DELIMITERS:
        first += 1
    while _ends(row[last]):
        last -= 1
    while begin and row[begin - 1].begins and row[begin - 1].kind in _DELIMITERS:
        begin -= 1
    while end + 1 < len(row) and _ends(row[end + 1]):
        end += 1
    before = row[begin - 1] if begin else Piece("")
    after = row[end + 1] if end + 1 < len(row) else Piece("")
    if row[first].kind or row[last].kind or "*" in (before.text[-1:], after.text[:1]):
        return False
    if before.kind in _DELIMITERS or after.kind in _DELIMITERS:
        return False
    outside_left = "[" if before.kind else before.text[-1:]
    outside_right = "]" if after.kind else after.text[:1]
    return _flanks(outside_left, row[first].text[:1]) and _flanks(outside_right, row[last].text[-1:])


def _ends(piece: Piece) -> bool:
    return piece.kind in _DELIMITERS and not piece.begins


def _join(row: list[Piece]) -> str:
    made: list[str] = []
    ends: list[str] = []
    for place, piece in enumerate(row):
        if not piece.kind:
            made.append(piece.text)
        elif not piece.begins:
            made.append(ends.pop())
        else:
            begin, end = _markup(row, place)
            if begin == "[" and made and made[-1].endswith("!"):
                made[-1] = made[-1][:-1] + "\\!"
            made.append(begin)
            ends.append(end)
    return "".join(made)


def _markup(row: list[Piece], place: int) -> tuple[str, str]:
    piece = row[place]
    closing = end_of(row, place)
    if piece.kind == "href":
        href = str(piece.value)
        inner = row[place + 1].text
        if closing == place + 2 and inner == _escape(href, Look()) and _PLAIN_URL.fullmatch(href):
            row[place + 1] = Piece(href)
            return "<", ">"
        if closing + 1 < len(row) and row[closing + 1].text.startswith("{"):
            # pandoc reads "{" after a link as its attributes.
            row[closing + 1] = Piece("\\" + row[closing + 1].text)
        address = href.replace("&", "&amp;") if re.search(r"&#?\w+;", href) else href
        return "[", f"]({address})"
    if piece.kind in _DELIMITERS and _is_delimited(row, place, closing):
        delimiter = _DELIMITERS[piece.kind]
        return delimiter, delimiter
    return _ELEMENTS[str(piece.value) if piece.kind == "vertical" else piece.kind]


class _Markdown:
    name = "markdown"

    def inline(self, text: str) -> str:
        made = [_guard_start(_join(pieces(row, _escape))) for _, row in lines(text)]
        return "\\\n".join(made)

    def entry(self, text: str, layout: Layout) -> str:
        return self.inline(text) + "\n"

    def bibliography(self, entries: Sequence[str], layout: Layout) -> str:
        return "\n".join(entries)


writer = _Markdown()
