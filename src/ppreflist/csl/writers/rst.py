r"""reStructuredText (https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html).

It has no nested inline markup: of several formattings one counts, links before super- and subscript, bold and
italics. Small capitals and underlining have no markup. ``\ `` (an escaped space, which prints nothing) keeps markup
and text apart where the inline markup recognition rules want it. Entries are paragraphs; one with display blocks is
a line block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ppreflist.csl.writers.delimited import lines
from ppreflist.csl.writers.runs import Look, Run

if TYPE_CHECKING:
    from ppreflist.csl.results import Layout

_ESCAPED: Final = re.compile(
    r"""
    [\\*`|]                                     # emphasis, roles, substitutions
    | _(?![A-Za-z0-9]) | (?<![A-Za-z0-9])_      # references and targets
    | (?<=:):\s*$                               # a literal block follows
    | \b[A-Za-z][A-Za-z0-9.+-]{0,30}:(?=\S)     # docutils makes links of all registered schemes
    """,
    re.VERBOSE,
)
_HARMLESS: Final = frozenset({"http:", "https:", "mailto:", "doi:"})
_BLOCK_START: Final = re.compile(
    r"""[-+•‣⁃>|:.=~^"'!#$%&,/;<?@{}\[\]](?!\w) | [-/:.]{1,2} | \(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+|\#)[.)](?:\s|$)""",
    re.VERBOSE,
)
_BEFORE: Final = frozenset("'\"([{<-/:‘“’«¡¿‐–—")
_AFTER: Final = frozenset("'\")]}>-/\\:.,;!?’”»‐–—")
_PLAIN_URL: Final = re.compile(r"https?://[A-Za-z0-9:/.?=%+,;~-]*[A-Za-z0-9/]")


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) > 1 and found[-1] == ":":
        return found if found.lower() in _HARMLESS else f"{found[:-1]}\\:"
    return f"\\{found}"


def _markup(look: Look) -> tuple[str, str]:
    if look.href:
        return "`", f" <{look.href}>`__"
    if look.vertical:
        return f":{look.vertical}:`", "`"
    if look.bold:
        return "**", "**"
    return ("*", "*") if look.italic else ("", "")


def _merge(row: list[Run]) -> list[tuple[str, str, str]]:
    """Begin, text, end of the runs; what is not told apart is one."""
    made: list[tuple[str, str, str]] = []
    for run in row:
        begin, end = _markup(run.look)
        if made and made[-1][0] == begin and made[-1][2] == end:
            made[-1] = (begin, made[-1][1] + run.text, end)
        else:
            made.append((begin, run.text, end))
    return made


def _join(row: list[Run]) -> str:
    made = ""
    separate = False
    for begin, text, end in _merge(row):
        written = _ESCAPED.sub(_escape, text)
        if begin == "`" and end == f" <{text}>`__" and _PLAIN_URL.fullmatch(text):
            begin = end = ""
            separate = separate or bool(made) and made[-1].isalnum()
            written, is_url = text, True
        else:
            is_url = False
        if begin == "`":
            written = written.replace("<", "\\<")
        if (begin or separate) and made and not _may_begin(made[-1], written[:1], separate):
            made += "\\ "
        elif separate and written[:1] and not (written[0].isspace() or written[0] in _AFTER):
            made += "\\ "
        made += begin + written + end
        separate = bool(end) or is_url
    return made


def _may_begin(before: str, inside: str, after_markup: bool) -> bool:
    if after_markup:
        return False
    return before.isspace() or (before in _BEFORE and inside.isalnum())


class _Rst:
    name = "rst"

    def inline(self, text: str) -> str:
        return "\n".join(self._lines(text))

    def _lines(self, text: str) -> list[str]:
        rows = lines(text)
        made = [_join(row) for _, row in rows]
        if len(made) > 1:
            return [f"|   {line}" if rows[place][0] else f"| {line}" for place, line in enumerate(made)]
        return [f"\\{line}" if _BLOCK_START.match(line) else line for line in made]

    def entry(self, text: str, layout: Layout) -> str:
        return self.inline(text) + "\n"

    def bibliography(self, entries: Sequence[str], layout: Layout) -> str:
        return "\n".join(entries)


writer = _Rst()
