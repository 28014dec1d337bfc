r"""Typst markup (https://typst.app/docs/reference/syntax/), 0.11 or later.

A bibliography is a content block of its own, so that its hanging indent stays in it; entries are paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ppreflist.csl import markup as m
from ppreflist.csl.writers.runs import display_lines, one_line, safe_links

if TYPE_CHECKING:
    from ppreflist.csl.results import Layout

_FUNCTIONS: Final = {
    m.ITALIC: "#emph[",
    m.BOLD: "#strong[",
    m.SMALL_CAPS: "#smallcaps[",
    m.SUPERSCRIPT: "#super[",
    m.SUBSCRIPT: "#sub[",
    m.UNDERLINE: "#underline[",
    m.NORMAL_STYLE: '#text(style: "normal")[',
    m.NORMAL_WEIGHT: '#text(weight: "regular")[',
    m.NORMAL_VARIANT: '#text(features: ("smcp": 0))[',
    m.NO_UNDERLINE: "#[",
    m.BASELINE: "#text(baseline: 0pt)[",
    **dict.fromkeys(m.INLINE_PAIRS.values(), "]"),
    m.LINK: '#link("',
    m.LINK_TEXT: '")[',
    m.END_LINK: "]",
    "\u00a0": "~",
    "\u00ad": "-?",
}
# A character that markup gives a meaning; where only a pair or a place does, only there.
# Begins with the characters alone, so that the search runs over text at full speed.
_SPECIAL: Final = re.compile(
    rf"""
    [\x80\x81\ufdd0-\ufdee\u00a0\u00ad\\\#$*_`<>@~"'\[\]/.-]
    (?: (?<={m.LINK})[^{m.LINK_TEXT}]*
      | (?<=[{"".join(m.INLINE_PAIRS)}{m.LINK_TEXT}])[ ]*(?:[=+/-]|[0-9](?=[0-9]*\.))     # a block begins here too
      | (?<=[\x80\x81\ufdd0-\ufdee\u00a0\u00ad\\\#$*_`<>@~"'\[\]])
      | (?<=/)(?: (?=[/*]) | (?<=[/*]/) )
      | (?<=-)(?: (?=[-?0-9]) | (?<=--) )
      | (?<=\.)(?=\.\.)
    )
    """,
    re.VERBOSE,
)
# What would go on with an expression that ends in "]".
_GOES_ON: Final = re.compile(r"[\[(;]|\.[A-Za-z_]")
_SPACE_AT_BEGIN: Final = re.compile(f"((?:[{''.join(m.INLINE_PAIRS)}]|{m.LINK}[^{m.LINK_TEXT}]*{m.LINK_TEXT})+)( +)")
_SPACE_AT_END: Final = re.compile(f"( +)([{''.join(m.INLINE_PAIRS.values())}{m.END_LINK}]+)")
_BLOCK_START: Final = re.compile(r"(?=[=\-+/])|(\d+)(?=\.)")


def _function(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] == m.LINK:
        return _FUNCTIONS[m.LINK] + found[1:].replace('"', "%22").replace("\\", "%5C")
    if len(found) > 1:
        return f"{_FUNCTIONS[found[0]]}{found[1:-1]}\\{found[-1]}"
    known = _FUNCTIONS.get(found)
    if known is None:
        return "\\" + found
    return "];" if known == "]" and _GOES_ON.match(match.string, match.end()) else known


def _write(text: str) -> str:
    # White space at the edge of a content block is not always kept.
    text = _SPACE_AT_BEGIN.sub(r"\2\1", _SPACE_AT_END.sub(r"\2\1", text))
    written = _SPECIAL.sub(_function, text)
    start = _BLOCK_START.match(written)
    return f"{written[: start.end()]}\\{written[start.end() :]}" if start else written


class _Typst:
    name = "typst"

    def inline(self, text: str) -> str:
        rows = display_lines(safe_links(one_line(text)))
        return " \\\n".join(("#h(1.5em)" if indented else "") + _write(row) for indented, row in rows)

    def entry(self, text: str, layout: Layout) -> str:
        return self.inline(text) + "\n"

    def bibliography(self, entries: Sequence[str], layout: Layout) -> str:
        if layout.second_field_align:
            indent = f"{0.55 * (max(layout.max_offset, 1) + 1):.2g}em"
        else:
            indent = "1.5em" if layout.hanging_indent else "0pt"
        spacing = f"{0.65 + 0.65 * layout.entry_spacing:.3g}em"
        head = f"#[\n#set par(hanging-indent: {indent}, spacing: {spacing})\n\n"
        return head + "\n".join(entries) + "]\n" if entries else ""


writer = _Typst()
