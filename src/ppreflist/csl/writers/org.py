"""Org (https://orgmode.org/worg/org-syntax.html).

Org has no escape character; as its manual advises ("Escape Character"), a zero width space (U+200B) stands
where text would be read as markup, and where markup would not be read as such. Small capitals have no markup.
Entries are paragraphs; a display block begins a new line with two backslashes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ppreflist.csl.writers.delimited import flat, lines
from ppreflist.csl.writers.runs import Look, Run

if TYPE_CHECKING:
    from ppreflist.csl.results import Layout

_BREAK: Final = "\u200b"
_BEFORE: Final = frozenset(" \u00a0-({'\"")
_AFTER: Final = frozenset(" \u00a0-.,;:!?'\")}[")
# Begins with the characters alone, so that the search runs over text at full speed.
_SPECIAL: Final = re.compile(
    r"""
    [*/+=~_^\\$\[\]<{@:-]
    (?: (?<=[*/+=~_])(?<![^\s\-({'"].)(?=\S)                 # what could begin an emphasis
      | (?<=\S[*/+=~_])(?=[\s\-.,;:!?'")}\[]|$)              # what could end one
      | (?<=\\)\\*                                           # entities, LaTeX: as verbatim text
      | (?<=\$) | (?<=[_^])(?=\S)                            # LaTeX, sub- and superscript
      | (?<=\[)(?=\[|fn:|cite|\d*[%/]|\d{4}-) | (?<=\])(?=\]) # links, footnotes, cookies, dates
      | (?<=<)(?=<|\d|[A-Za-z%]) | (?<=\{)(?=\{) | (?<=@)(?=@) | (?<=-)(?=-)
      | (?<=[A-Za-z0-9+.-]:)(?=\S)                           # perhaps a link: see _SCHEME
    )
    """,
    re.VERBOSE,
)
_SCHEME: Final = re.compile(r"(?<!\w)([A-Za-z][A-Za-z0-9+.-]{0,30}:)\Z")
_BRACKET: Final = re.compile(r"[\[\]]")
_HARMLESS: Final = frozenset({"http:", "https:", "doi:"})
_PLAIN_ADDRESS: Final = re.compile(r"[^\s\\$]{0,2000}(?:\s|$)")
_BLOCK_START: Final = re.compile(
    r"[*+|:#%\-]|\(?(?:\d+|[A-Za-z])[.)](?:\s|$)|\[fn:|(?:CLOCK|DEADLINE|SCHEDULED|CLOSED):"
)


def _break(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] == "\\":
        return f"{_BREAK}={found}={_BREAK}"
    if found == "$":
        return rf"\dollar{{}}{_BREAK}"
    if found == ":":
        return _colon(match.string, match.end())
    before = match.string[match.start() - 1] if match.start() else " "
    if found in "*/+=~_" and not (before.isspace() or (found == "_" and before.isalnum())):
        return f"{_BREAK}{found}{_BREAK}"
    return found + _BREAK


def _colon(text: str, end: int) -> str:
    """The colon that ends at ``end``: kept apart from what would be the scheme of a link."""
    scheme = _SCHEME.search(text, max(0, end - 32), end)
    if scheme is None or (scheme[1].lower() in _HARMLESS and _PLAIN_ADDRESS.match(text, end)):
        return ":"
    return f"{_BREAK}:"


def _markup(look: Look) -> tuple[str, str]:
    if look.href:
        return f"[[{look.href}][", "]]"
    if look.vertical:
        return ("^{" if look.vertical == "sup" else "_{"), "}"
    if look.bold:
        return "*", "*"
    if look.italic:
        return "/", "/"
    return ("_", "_") if look.underline else ("", "")


def _join(row: list[Run]) -> str:
    made = ""
    parts = flat(row, _markup)
    for place, (begin, text, end) in enumerate(parts):
        written = _SPECIAL.sub(_break, text)
        if end == "]]":
            is_url = begin == f"[[{text}]["
            made += f"[[{text}]]" if is_url else begin + _BRACKET.sub(rf"\g<0>{_BREAK}", written) + end
        elif end == "}":
            # Only directly after text, and with braces that match.
            is_script = made[-1:].strip() and "{" not in text and "}" not in text
            made += begin + written + end if is_script else written
        elif end and not (written.startswith(_BREAK) or written.endswith(_BREAK)):
            following = parts[place + 1][0] + parts[place + 1][1] if place + 1 < len(parts) else " "
            before = _BREAK if made and made[-1] not in _BEFORE else ""
            after = "" if following[0] in _AFTER else _BREAK
            made += before + begin + written + end + after
        else:
            if not made and _BLOCK_START.match(written):
                made = _BREAK
            made += written
    return made


class _Org:
    name = "org"

    def inline(self, text: str) -> str:
        made = []
        for indented, row in lines(text):
            line = _join(row)
            if indented:
                line = "\u00a0\u00a0\u00a0" + line
            made.append(line)
        return "\\\\\n".join(made)

    def entry(self, text: str, layout: Layout) -> str:
        return self.inline(text) + "\n"

    def bibliography(self, entries: Sequence[str], layout: Layout) -> str:
        return "\n".join(entries)


writer = _Org()
