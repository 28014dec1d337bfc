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

from ppreflist.csl.writers.delimited import flat, lines
from ppreflist.csl.writers.runs import Look, Run

if TYPE_CHECKING:
    from ppreflist.csl.results import Layout

# Begins with the characters alone, so that the search runs over text at full speed.
_ESCAPED: Final = re.compile(
    r"""
    [\\*`|_:]
    (?: (?<=[\\*`|])                                    # emphasis, roles, substitutions
      | (?<=_)(?: (?![A-Za-z0-9]) | (?<![A-Za-z0-9]_) )  # references and targets
      | (?<=::)\s*$                                      # a literal block follows
      | (?<=[A-Za-z0-9.+-]:)(?=\S)                       # perhaps a link: see _SCHEME
    )
    """,
    re.VERBOSE,
)
# docutils makes links of all registered schemes, javascript among them.
_SCHEME: Final = re.compile(r"(?<![A-Za-z0-9])([A-Za-z][A-Za-z0-9.+-]{0,30}:)\Z")
_HARMLESS: Final = frozenset({"http:", "https:", "mailto:", "doi:"})
_BLOCK_START: Final = re.compile(
    r"""[-+•‣⁃>|:.=~^"'!#$%&,/;<?@{}\[\]](?!\w) | [-/:.]{1,2} | \(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+|\#)[.)](?:\s|$)""",
    re.VERBOSE,
)
_ONLY_PUNCTUATION: Final = re.compile(r"([^\w\s])\1{3,}")
_BEFORE: Final = frozenset("'\"([{<-/:‘“’«¡¿‐–—")
_AFTER: Final = frozenset("'\")]}>-/\\:.,;!?’”»‐–—")
_PLAIN_URL: Final = re.compile(r"https?://(?:[A-Za-z0-9:/.?=%+,;~-]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))*[A-Za-z0-9/]")


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    if found == ":" and match.string[match.end() : match.end() + 1].strip():
        scheme = _SCHEME.search(match.string, max(0, match.end() - 32), match.end())
        if scheme is None or scheme[1].lower() in _HARMLESS:
            return found
    return f"\\{found}"


def _markup(look: Look) -> tuple[str, str]:
    if look.href:
        return "`", f" <{look.href}>`__"
    if look.vertical:
        return f":{look.vertical}:`", "`"
    if look.bold:
        return "**", "**"
    return ("*", "*") if look.italic else ("", "")


def _join(row: list[Run]) -> str:
    made = ""
    after_markup = False
    for begin, text, end in flat(row, _markup):
        is_url = end == f" <{text}>`__" and _PLAIN_URL.fullmatch(text) is not None
        if is_url:
            begin = end = ""
        written = text if is_url else _ESCAPED.sub(_escape, text)
        if begin == "`":
            written = written.replace("<", "\\<")
        if made and not _may_follow(made[-1], written[:1], after_markup, bool(begin) or is_url):
            made += "\\ "
        if not made and not begin and not is_url and _BLOCK_START.match(written):
            made = "\\"
        made += begin + written + end
        after_markup = bool(end) or is_url
    return made


def _may_follow(before: str, inside: str, after_markup: bool, begins_markup: bool) -> bool:
    """Whether the inline markup recognition rules let text or markup follow directly."""
    if after_markup:
        return not begins_markup and (inside.isspace() or inside in _AFTER)
    return not begins_markup or before.isspace() or (before in _BEFORE and inside.isalnum())


class _Rst:
    name = "rst"

    def inline(self, text: str) -> str:
        return "\n".join(self._lines(text))

    def _lines(self, text: str) -> list[str]:
        rows = lines(text)
        made = [_join(row) for _, row in rows]
        if len(made) > 1:
            return [f"|   {line}" if rows[place][0] else f"| {line}" for place, line in enumerate(made)]
        # A line of one repeated punctuation mark is a transition, or underlines a title.
        return [f"\\ {line}" if _ONLY_PUNCTUATION.fullmatch(line) else line for line in made]

    def entry(self, text: str, layout: Layout) -> str:
        return self.inline(text) + "\n"

    def bibliography(self, entries: Sequence[str], layout: Layout) -> str:
        return "\n".join(entries)


writer = _Rst()
