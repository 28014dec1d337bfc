r"""LaTeX text (LaTeX2e of 2020 or later, any engine), for a document of one's own: no preamble is needed.

A bibliography is a ``list`` environment with hanging indent; with ``second-field-align`` the first field of
each entry is the label of its ``\item``. Links are ``\href``; without the package hyperref only their text
prints. Text is Unicode: with pdfLaTeX, characters that its fonts lack are its error, as in any other text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ppreflist.csl import markup as m
from ppreflist.csl.writers.runs import display_lines, one_line, safe_links

if TYPE_CHECKING:
    from ppreflist.csl.results import Layout

_COMMANDS: Final = {
    m.ITALIC: r"\textit{",
    m.BOLD: r"\textbf{",
    m.SMALL_CAPS: r"\textsc{",
    m.SUPERSCRIPT: r"\textsuperscript{",
    m.SUBSCRIPT: r"\textsubscript{",
    m.UNDERLINE: r"\underline{",
    m.NORMAL_STYLE: r"\textup{",
    m.NORMAL_WEIGHT: r"\textmd{",
    m.NORMAL_VARIANT: r"{\normalfont ",
    m.NO_UNDERLINE: "{",
    m.BASELINE: r"{\normalfont ",
    **dict.fromkeys(m.INLINE_PAIRS.values(), "}"),
    m.LINK_TEXT: "}{",
    m.END_LINK: "}",
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "`": r"\textasciigrave{}",
    # In German and other languages of babel, '"' is a command.
    '"': r"\symbol{34}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "\u00a0": "~",
    # The fonts make one character of two.
    "-": "-{}",
    ",": ",{}",
    "'": "'{}",
}
_SPECIAL: Final = re.compile(
    f"{m.LINK}[^{m.LINK_TEXT}]*|-(?=-)|,(?=,)|'(?=')|[\\\\{{}}$&#%_^~`\"<>|\u00a0\x80\x81\ufdd0-\ufdee]"
)
_IN_HREF: Final = str.maketrans({"%": r"\%", "#": r"\#", "&": r"\&", "$": "%24".replace("%", r"\%")})
_LABEL: Final = re.compile(f" *{m.LEFT_MARGIN}([^{m.END_LEFT_MARGIN}]*){m.END_LEFT_MARGIN}")


def _command(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] == m.LINK:
        return rf"\href{{{found[1:].translate(_IN_HREF)}"
    return _COMMANDS[found]


def _write(text: str) -> str:
    return _SPECIAL.sub(_command, text)


class _Latex:
    name = "latex"

    def inline(self, text: str) -> str:
        rows = display_lines(safe_links(one_line(text)))
        # "\\" takes a following "[" or "*" for an argument; "{}" ends it.
        return "\\\\{}\n".join((r"\hspace*{1.5em}" if indented else "") + _write(row) for indented, row in rows)

    def entry(self, text: str, layout: Layout) -> str:
        label = _LABEL.match(text) if layout.second_field_align else None
        if label is None:
            return f"\\item{{}} {self.inline(text)}\n"
        return f"\\item[{{{self.inline(label[1])}}}] {self.inline(text[label.end() :])}\n"

    def bibliography(self, entries: Sequence[str], layout: Layout) -> str:
        if not entries:
            return ""
        if layout.second_field_align:
            widest = "0" * max(layout.max_offset, 1)
            lengths = rf"\settowidth{{\labelwidth}}{{{widest}}}\setlength{{\labelsep}}{{0.5em}}" + (
                r"\setlength{\leftmargin}{\labelwidth}\addtolength{\leftmargin}{\labelsep}"
            )
        else:
            indent = "1.5em" if layout.hanging_indent else "0pt"
            lengths = rf"\setlength{{\leftmargin}}{{{indent}}}\setlength{{\itemindent}}{{-{indent}}}" + (
                r"\setlength{\labelwidth}{0pt}\setlength{\labelsep}{0pt}"
            )
        spacing = rf"\setlength{{\itemsep}}{{{0.5 * layout.entry_spacing:g}\baselineskip}}\setlength{{\parsep}}{{0pt}}"
        head = "\\providecommand{\\href}[2]{#2}\n\\begin{list}{}{%\n  "
        return f"{head}{lengths}%\n  {spacing}}}\n{''.join(entries)}\\end{{list}}\n"


writer = _Latex()
