"""HTML, byte for byte as citeproc-js and the CSL test suite write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ppreflist.csl import markup as m

if TYPE_CHECKING:
    from ppreflist.csl.results import Layout

_TAGS: Final = {
    m.ITALIC: "<i>",
    m.END_ITALIC: "</i>",
    m.BOLD: "<b>",
    m.END_BOLD: "</b>",
    m.SMALL_CAPS: '<span style="font-variant:small-caps;">',
    m.SUPERSCRIPT: "<sup>",
    m.END_SUPERSCRIPT: "</sup>",
    m.SUBSCRIPT: "<sub>",
    m.END_SUBSCRIPT: "</sub>",
    m.UNDERLINE: '<span style="text-decoration:underline;">',
    m.NORMAL_STYLE: '<span style="font-style:normal;">',
    m.NORMAL_WEIGHT: '<span style="font-weight:normal;">',
    m.NORMAL_VARIANT: '<span style="font-variant:normal;">',
    m.NO_UNDERLINE: '<span style="text-decoration:none;">',
    m.BASELINE: '<span style="baseline">',
    **dict.fromkeys(
        (
            m.END_SMALL_CAPS,
            m.END_UNDERLINE,
            m.END_NORMAL_STYLE,
            m.END_NORMAL_WEIGHT,
            m.END_NORMAL_VARIANT,
            m.END_NO_UNDERLINE,
            m.END_BASELINE,
        ),
        "</span>",
    ),
    m.BLOCK: '\n\n    <div class="csl-block">',
    m.LEFT_MARGIN: '\n    <div class="csl-left-margin">',
    m.RIGHT_INLINE: '<div class="csl-right-inline">',
    m.INDENT: '<div class="csl-indent">',
    m.END_BLOCK: "</div>\n",
    m.END_LEFT_MARGIN: "</div>",
    m.END_RIGHT_INLINE: "</div>\n  ",
    m.END_INDENT: "</div>\n  ",
    m.LINK: '<a href="',
    m.LINK_TEXT: '">',
    m.END_LINK: "</a>",
    "&": "&#38;",
    "<": "&#60;",
    ">": "&#62;",
}
_SPECIAL = re.compile("[&<>\x80\x81\ufdd0-\ufdee]")
_HREF = re.compile(f"{m.LINK}([^{m.LINK_TEXT}]*){m.LINK_TEXT}")


def _tag(match: re.Match[str]) -> str:
    return _TAGS[match[0]]


def _href(match: re.Match[str]) -> str:
    href = match[1].replace('"', "%22").replace("'", "%27")
    return f"{m.LINK}{href}{m.LINK_TEXT}"


class _Html:
    name = "html"

    def inline(self, text: str) -> str:
        if m.LINK in text:
            text = _HREF.sub(_href, text)
        return _SPECIAL.sub(_tag, text)

    def entry(self, text: str, layout: Layout) -> str:
        return f'  <div class="csl-entry">{self.inline(text)}</div>\n'

    def bibliography(self, entries: Sequence[str], layout: Layout) -> str:
        return f'<div class="csl-bib-body">\n{"".join(entries)}</div>'


writer = _Html()
