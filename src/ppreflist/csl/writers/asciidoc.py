"""AsciiDoc (https://docs.asciidoctor.org/asciidoc/latest/), as Asciidoctor reads it.

Backslashes escape too few things there, so a character that would be markup is written as a character reference
(``&#42;``), which Asciidoctor keeps. Formatting is "unconstrained" (``__...__``), which works inside words, where
``_..._`` would not be recognised. Entries are paragraphs; a display block begins a new line with `` +``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ppreflist.csl.writers.delimited import Piece, end_of, lines, pieces
from ppreflist.csl.writers.runs import Look

if TYPE_CHECKING:
    from ppreflist.csl.results import Layout

# Begins with the characters alone, so that the search runs over text at full speed.
_ESCAPED: Final = re.compile(
    r"""
    [\\*`\#^~+{|_\[\]<=.(:;&-]
    (?: (?<=[\\*`\#^~+{|])                                           # formatting, attributes, tables
      | (?<=_)(?: (?![^\W_]) | (?<![^\W_]_) )                        # formatting, unless inside a word
      | (?<=[^\s(]\[) | (?<=\[)(?=\[) | (?<=\])$                     # macros, anchors, roles
      | (?<=<)(?=[<=-]) | (?<=-)(?: (?=[->]) | (?<=--) ) | (?<==)(?=>) # references, arrows, dashes
      | (?<=[.][.])(?=[.])                                           # dots
      | (?<=\()(?: (?=(?:C|R|TM)\)|\() | (?<=\(\() )                 # symbols, index terms
      | (?<=::) | (?<=;;) | (?<=mailto:)                             # description lists, macros
      | (?<=&)(?=\#?[A-Za-z0-9]{1,40};)
    )
    """,
    re.VERBOSE,
)
_SPACE: Final = re.compile(r"\s")
_ADDRESS: Final = re.compile(r"(?<=[a-z]):(?=//[^ ]{0,200}[&>])", re.IGNORECASE)
_LAST_COLON: Final = re.compile(r"(?<=[A-Za-z]):(?=[^\s+\[][^\s\[]{0,200}$)")
_IN_LINK: Final = re.compile(r"[\]=\",]")
_BLOCK_START: Final = re.compile(
    r"""[=.*\-/:|+<'",;!>%] | \d+\. | [A-Za-z]\. | [ivxlcdmIVXLCDM]+\)
        | (?:NOTE|TIP|IMPORTANT|WARNING|CAUTION|TODO):""",
    re.VERBOSE,
)
_PLAIN_URL: Final = re.compile(r"https?://(?:[A-Za-z0-9:/.?=%&-]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))*[A-Za-z0-9/]")
_AROUND: Final = frozenset(" \u00a0.,;:)?!")


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _escape(text: str, look: Look) -> str:
    written = _ESCAPED.sub(_reference, text)
    if look.href:
        written = _IN_LINK.sub(_reference, written)
    if "&" in written or ">" in written:
        # Two ";" make a description list; and Asciidoctor makes links of bare addresses, references or not.
        written = _ADDRESS.sub("&#58;", written.replace(";;", ";&#59;"))
    return written


def _join(row: list[Piece]) -> str:
    made: list[str] = []
    ends: list[str] = []
    for place, piece in enumerate(row):
        if not piece.kind:
            made.append(piece.text)
        elif not piece.begins:
            made.append(ends.pop())
        else:
            begin, end = _markup(row, place, ends)
            if made and made[-1].endswith("]") and begin[:1] in tuple("_*^~"):
                # "[...]" before a formatting would be its role.
                made.append("{empty}")
            if "[" in begin:
                _end_macro(made)
            made.append(begin)
            ends.append(end)
    return "".join(made)


def _end_macro(made: list[str]) -> None:
    """``name:target`` directly before a bracket is a macro: write its colon as a reference."""
    for place in range(len(made) - 1, max(len(made) - 8, -1), -1):
        made[place] = _LAST_COLON.sub("&#58;", made[place])
        if _SPACE.search(made[place]):
            return


def _markup(row: list[Piece], place: int, ends: list[str]) -> tuple[str, str]:
    piece = row[place]
    closing = end_of(row, place)
    if piece.kind == "href":
        return _link(row, place, closing)
    if piece.kind == "vertical":
        mark = "^" if piece.value == "sup" else "~"
        # They hold no white space.
        for inside in range(place, closing):
            if not row[inside].kind:
                row[inside] = Piece(_SPACE.sub(_reference, row[inside].text))
        return mark, mark
    if piece.kind in ("underline", "small_caps"):
        # Not in themselves; and they become a tag with a space in it, which "^" and "~" do not hold.
        if not {"##", "^", "~"}.isdisjoint(ends):
            return "", ""
        return ("[.underline]##" if piece.kind == "underline" else "[.small-caps]##"), "##"
    mark = "__" if piece.kind == "italic" else "**"
    before = row[place - 1] if place else Piece(" ")
    after = row[closing + 1] if closing + 1 < len(row) else Piece(" ")
    alone = (
        not (before.kind or after.kind or row[place + 1].kind or row[closing - 1].kind)
        and before.text[-1:] in " \u00a0("
        and after.text[:1] in _AROUND
    )
    return (mark[0], mark[0]) if alone else (mark, mark)


def _link(row: list[Piece], place: int, closing: int) -> tuple[str, str]:
    href = str(row[place].value).replace("+", "%2B")
    after = row[closing + 1].text[:1] if closing + 1 < len(row) else " "
    before = row[place - 1].text[-1:] if place else " "
    if (
        closing == place + 2
        and row[place + 1].text == _escape(href, Look(href=href))
        and _PLAIN_URL.fullmatch(href)
        and before in ("", " ")
        and after in _AROUND
    ):
        row[place + 1] = Piece(href)
        return "", ""
    return f"link:++{href}++[", "]"


class _Asciidoc:
    name = "asciidoc"

    def inline(self, text: str) -> str:
        made = []
        for indented, row in lines(text):
            parts = pieces(row, _escape)
            is_block = _BLOCK_START.match(parts[0].text) is not None
            line = _join(parts)
            if indented:
                line = "{nbsp}{nbsp}{nbsp}" + line
            elif is_block or (line.startswith("[") and line.endswith("]")):
                line = "{empty}" + line
            made.append(line)
        return " +\n".join(made)

    def entry(self, text: str, layout: Layout) -> str:
        return self.inline(text) + "\n"

    def bibliography(self, entries: Sequence[str], layout: Layout) -> str:
        return "\n".join(entries)


writer = _Asciidoc()
