"""Formatting, affixes, quotes, strip-periods, text-case and display of an element, read once.

Specification: "Formatting", "Affixes", "Quotes", "Strip-periods", "Text-case", "Display".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Final

from ppreflist.csl import markup as m
from ppreflist.csl import richtext
from ppreflist.csl.code import Code, affixed
from ppreflist.csl.textcase import CASES, Case
from ppreflist.csl.xmltree import Node

# In the order in which they nest, innermost first.
_FORMATS: Final = (
    ("font-style", {"italic": m.ITALIC, "oblique": m.ITALIC, "normal": m.NORMAL_STYLE}),
    ("font-variant", {"small-caps": m.SMALL_CAPS, "normal": m.NORMAL_VARIANT}),
    ("font-weight", {"bold": m.BOLD, "normal": m.NORMAL_WEIGHT}),
    ("text-decoration", {"underline": m.UNDERLINE, "none": m.NO_UNDERLINE}),
    ("vertical-align", {"sup": m.SUPERSCRIPT, "sub": m.SUBSCRIPT, "baseline": m.BASELINE}),
)
_DISPLAY: Final = {
    "block": m.BLOCK,
    "left-margin": m.LEFT_MARGIN,
    "right-inline": m.RIGHT_INLINE,
    "indent": m.INDENT,
}


def format_pair(node: Node) -> tuple[str, str]:
    """The opening and closing markup of the formatting attributes of ``node``."""
    opening = closing = ""
    for attribute, values in _FORMATS:
        mark = values.get(node.attributes.get(attribute, ""))
        if mark is not None:
            opening = mark + opening
            closing += m.PAIRS[mark]
    return opening, closing


class Formatting:
    """What the attributes of one element do to its output. Affixes are outside formatting and quotes."""

    __slots__ = (
        "_after",
        "_before",
        "case",
        "closing",
        "display",
        "is_plain",
        "opening",
        "prefix",
        "quoted",
        "strips_periods",
        "suffix",
    )

    def __init__(self, node: Node) -> None:
        get = node.attributes.get
        self.prefix = affix(get("prefix", ""))
        self.suffix = affix(get("suffix", ""))
        self.opening, self.closing = format_pair(node)
        self.quoted = get("quotes") == "true"
        if self.quoted:
            self.opening = m.QUOTE + self.opening
            self.closing += m.END_QUOTE
        elif get("quotes") == "false":
            # Said expressly: the style writes the quotation marks itself, those in the field are inner ones.
            self.opening = m.WRITTEN_QUOTE + self.opening
            self.closing += m.END_WRITTEN_QUOTE
        self.strips_periods = get("strip-periods") == "true"
        self.case: Case | None = CASES.get(get("text-case", ""))
        self.display = _DISPLAY.get(get("display", ""), "")
        self._before = self.prefix + self.opening
        self._after = self.closing + self.suffix
        self.is_plain = not (self._before or self._after or self.strips_periods or self.case)

    def change(self, language: str, english: bool, *, periods: bool = True) -> Callable[[str], str] | None:
        """What happens to the text itself. ``english``: whether title case applies to the item.

        ``periods``: whether strip-periods does (of date-parts only months have them).
        """
        case = self.case
        strips = self.strips_periods and periods
        if case is not None and case is CASES["title"] and not english:
            case = None
        if case is None:
            return strip_periods if strips else None
        chosen = case
        if strips:
            return lambda text: chosen(strip_periods(text), language)
        return lambda text: chosen(text, language)

    def apply(self, code: Code, language: str, english: bool) -> Code:
        """``code`` with everything but display."""
        if self.is_plain or code.text == "":
            return code
        return affixed(code, self._before, self._after, self.change(language, english))

    def displayed(self, code: Code) -> Code:
        """``code`` in the block that the display attribute asks for."""
        if not self.display or code.text == "":
            return code
        return affixed(code, self.display, m.PAIRS[self.display])


def strip_periods(text: str) -> str:
    """ "any periods in the rendered text are removed"."""
    return text.replace(".", "")


_SPACES: Final = re.compile(" {2,}")
# Styles have "&amp;#160;" where they mean "&#160;": an escape that was escaped again.
_ESCAPED: Final = re.compile(r"&#\d{2,5};")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: unescape(match[0]), text) if "&#" in text else text


def affix(text: str) -> str:
    """A prefix, suffix or delimiter of a style: text that may hold tags."""
    return richtext.parse(m.clean(_unescaped(text)), quotes=False) if text and not text.isspace() else text


def delimiter(text: str) -> str:
    """A delimiter of a style: as an affix, with single spaces."""
    return affix(_SPACES.sub(" ", text)) if "  " in text else affix(text)


def value(text: str) -> str:
    """A term or a value of a style: text that may hold tags and quotes."""
    return richtext.parse(m.clean(_unescaped(text))) if text else text
