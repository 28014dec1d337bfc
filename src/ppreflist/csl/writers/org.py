"""Org (https://orgmode.org/worg/org-syntax.html).

Org has no escape character; as its manual advises ("Escape Character"), a zero width space (U+200B) stands
where text would be read as markup, and where markup would not be read as such. Small capitals have no markup.
Entries are paragraphs; a display block begins a new line with two backslashes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ppreflist.csl.writers.delimited import Piece, end_of, lines, pieces
from ppreflist.csl.writers.runs import Look

if TYPE_CHECKING:
    from ppreflist.csl.results import Layout

_BREAK: Final = "\u200b"
_MARKS: Final = {"italic": "/", "bold": "*", "underline": "_"}
_BEFORE: Final = frozenset(" \u00a0-({'\"")
_AFTER: Final = frozenset(" \u00a0-.,;:!?'\")}[")
# A zero width space goes after the first group and before the second.
_ESCAPED: Final = re.compile(
    r"""
    ( [*/+=~](?=\S) | [_^\\$](?=\S)                         # emphasis, sub- and superscript, entities, LaTeX
      | \[(?=\[|fn:|cite|\d*[%/]|\d{4}-) | <(?=<|\d|[A-Za-z%])          # links, footnotes, cookies, timestamps
      | \{(?=\{) | @(?=@) | \](?=\]) )
    | (?<=\S) ( [*/+=~_](?=$|[-\s.,;:!?'")}\[]) )           # what could end an emphasis
    | (?<=\b[a-z]) ( :(?=\S) )
    """,
    re.VERBOSE,
)
_WORD_SLASH: Final = re.compile(r"(?<=\w)[/+=~](?=\w)")
_SCHEME: Final = re.compile(r"\b([A-Za-z][A-Za-z0-9+.-]{0,30}):(?=\S)")
_HARMLESS: Final = frozenset({"http", "https", "mailto", "doi"})
_BLOCK_START: Final = re.compile(r"[*+|:#%\-]|\d+[.)]|\(\d+\)|\[fn:|\\begin|(?:CLOCK|DEADLINE|SCHEDULED|CLOSED):")
