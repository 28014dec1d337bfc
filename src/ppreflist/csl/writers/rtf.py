r"""Rich Text Format 1.9 (the specification of Microsoft, 2008), ASCII only.

``bibliography`` is a whole file, with a paragraph an entry; ``inline`` is a piece to be put into one. With
``second-field-align`` the first field is followed by a tab to the hanging indent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ppreflist.csl import markup as m
from ppreflist.csl.writers.runs import display_lines, one_line, safe_links

if TYPE_CHECKING:
    from ppreflist.csl.results import Layout

_CONTROLS: Final = {
    m.ITALIC: r"{\i ",
    m.BOLD: r"{\b ",
    m.SMALL_CAPS: r"{\scaps ",
    m.SUPERSCRIPT: r"{\super ",
    m.SUBSCRIPT: r"{\sub ",
    m.UNDERLINE: r"{\ul ",
    m.NORMAL_STYLE: r"{\i0 ",
    m.NORMAL_WEIGHT: r"{\b0 ",
    m.NORMAL_VARIANT: r"{\scaps0 ",
    m.NO_UNDERLINE: r"{\ulnone ",
    m.BASELINE: r"{\nosupersub ",
    **dict.fromkeys(m.INLINE_PAIRS.values(), "}"),
    m.LINK: r'{\field{\*\fldinst{HYPERLINK "',
    m.LINK_TEXT: r'"}}{\fldrslt{\ul ',
    m.END_LINK: "}}}",
    "\\": r"\\",
    "{": r"\{",
    "}": r"\}",
    "\u00a0": r"\~",
}
_SPECIAL: Final = re.compile(r"[\\{}]|[^\x00-\x7f]")
_LABEL: Final = re.compile(f" *{m.LEFT_MARGIN}([^{m.END_LEFT_MARGIN}]*){m.END_LEFT_MARGIN} *")
# A twentieth of a point.
_HANG: Final = 360
_PER_CHARACTER: Final = 120


def _control(match: re.Match[str]) -> str:
    found = match[0]
    known = _CONTROLS.get(found)
    if known is not None:
        return known
    # "\u" takes a signed 16-bit number; what lies beyond the first plane is a surrogate pair.
    units = found.encode("utf-16-le", errors="surrogatepass")
    numbers = (int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2))
    return "".join(f"\\u{number}?" for number in numbers)


def _write(text: str) -> str:
    return _SPECIAL.sub(_control, text)


class _Rtf:
    name = "rtf"

    def inline(self, text: str) -> str:
        rows = display_lines(safe_links(one_line(text)))
        return "\\line\n".join((r"\tab " if indented else "") + _write(row) for indented, row in rows)

    def entry(self, text: str, layout: Layout) -> str:
        label = _LABEL.match(text) if layout.second_field_align else None
        if label is not None:
            indent = _PER_CHARACTER * (max(layout.max_offset, 1) + 1)
            written = f"{self.inline(label[1])}\\tab {self.inline(text[label.end() :])}"
        else:
            indent = _HANG if layout.hanging_indent else 0
            written = self.inline(text)
        space = 240 * layout.entry_spacing
        spacing = f"\\sl{240 * layout.line_spacing}\\slmult1" if layout.line_spacing != 1 else ""
        return f"{{\\pard\\fi-{indent}\\li{indent}\\tx{indent}\\sa{space}{spacing}\n{written}\\par}}\n"

    def bibliography(self, entries: Sequence[str], layout: Layout) -> str:
        head = "{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{\\fonttbl{\\f0\\froman Times New Roman;}}\n"
        return f"{head}{''.join(entries)}}}\n"


writer = _Rtf()
