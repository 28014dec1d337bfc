"""What each format looks like."""

from __future__ import annotations

import pytest

from ppreflist.csl import markup as m
from ppreflist.csl.results import Layout
from ppreflist.csl.writers.registry import WRITERS


def link(href: str, text: str) -> str:
    return f"{m.LINK}{href}{m.LINK_TEXT}{text}{m.END_LINK}"


DOI = "https://doi.org/10.1000/a_b"
ARTICLE = (
    f"Smith, A. (2006a). {m.ITALIC}Signs & wonders{m.END_ITALIC}, {m.ITALIC}8{m.END_ITALIC}(2), 1–9. {link(DOI, DOI)}"
)
NESTED = f"{m.ITALIC}On {m.NORMAL_STYLE}Escherichia coli{m.END_NORMAL_STYLE} in {m.BOLD}bold{m.END_BOLD}{m.END_ITALIC}."
FORMULA = f"H{m.SUBSCRIPT}2{m.END_SUBSCRIPT}O, x{m.SUPERSCRIPT}2{m.END_SUPERSCRIPT}"
CAPS = f"{m.SMALL_CAPS}Smith{m.END_SMALL_CAPS}, {m.UNDERLINE}Title{m.END_UNDERLINE}"
TITLE_LINK = link("https://x.org/a (b)", "A *title*")
NUMBERED = f"{m.LEFT_MARGIN}1.{m.END_LEFT_MARGIN}{m.RIGHT_INLINE}Smith{m.END_RIGHT_INLINE}"
ANNOTATED = f"Smith.{m.BLOCK}A note.{m.END_BLOCK}"
INTRAWORD = f"semi{m.ITALIC}italic{m.END_ITALIC}word, a{m.ITALIC}“q”{m.END_ITALIC}b"

WRITTEN = {
    "text": {
        ARTICLE: "Smith, A. (2006a). Signs & wonders, 8(2), 1–9. https://doi.org/10.1000/a_b",
        NUMBERED: "1. Smith",
        ANNOTATED: "Smith.\nA note.",
        FORMULA: "H2O, x2",
    },
    "markdown": {
        ARTICLE: "Smith, A. (2006a). *Signs & wonders*, *8*(2), 1–9. <https://doi.org/10.1000/a_b>",
        NESTED: "*On* Escherichia coli *in **bold***.",
        FORMULA: "H<sub>2</sub>O, x<sup>2</sup>",
        CAPS: '<span style="font-variant:small-caps;">Smith</span>, <u>Title</u>',
        TITLE_LINK: r"[A \*title\*](https://x.org/a%20%28b%29)",
        NUMBERED: r"1\. Smith",
        ANNOTATED: "Smith.\\\nA note.",
        INTRAWORD: "semi*italic*word, a<i>“q”</i>b",
        # Left as they are: what neither CommonMark nor pandoc reads as markup there.
        "p < 0.05, R&D, snake_case, 5 > 3, A. Einstein's C# (1905).": (
            "p < 0.05, R&D, snake_case, 5 > 3, A. Einstein's C# (1905)."
        ),
        "# 1": r"\# 1",
        "[1] a <b> &lt; *x* $5 ~x @y --": r"\[1\] a \<b> \&lt; \*x\* \$5 \~x \@y \-\-",
    },
    "latex": {
        ARTICLE: (
            r"Smith, A. (2006a). \textit{Signs \& wonders}, \textit{8}(2), 1–9. "
            r"\href{https://doi.org/10.1000/a_b}{https://doi.org/10.1000/a\_b}"
        ),
        NESTED: r"\textit{On \textup{Escherichia coli} in \textbf{bold}}.",
        FORMULA: r"H\textsubscript{2}O, x\textsuperscript{2}",
        CAPS: r"\textsc{Smith}, \underline{Title}",
        ANNOTATED: "Smith.\\\\{}\nA note.",
        "100% #1 {a} $b$ c_d ~ ^ \\x": (
            r"100\% \#1 \{a\} \$b\$ c\_d \textasciitilde{} \textasciicircum{} \textbackslash{}x"
        ),
    },
    "rtf": {
        ARTICLE: (
            r"Smith, A. (2006a). {\i Signs & wonders}, {\i 8}(2), 1\u8211?9. {\field{\*\fldinst{HYPERLINK "
            r'"https://doi.org/10.1000/a_b"}}{\fldrslt{\ul https://doi.org/10.1000/a_b}}}'
        ),
        NESTED: r"{\i On {\i0 Escherichia coli} in {\b bold}}.",
        "é 😀 {\\}": r"\u233? \u-10179?\u-8704? \{\\\}",
    },
    "rst": {
        ARTICLE: "Smith, A. (2006a). *Signs & wonders*, *8*\\ (2), 1–9. https://doi.org/10.1000/a_b",
        FORMULA: r"H\ :sub:`2`\ O, x\ :sup:`2`",
        TITLE_LINK: r"`A \*title\* <https://x.org/a%20%28b%29>`__",
        NUMBERED: r"\1. Smith",
        ANNOTATED: "| Smith.\n| A note.",
        "A. Einstein, name_, javascript:x": r"\A. Einstein, name\_, javascript\:x",
    },
    "asciidoc": {
        ARTICLE: "Smith, A. (2006a). _Signs & wonders_, __8__(2), 1–9. https://doi.org/10.1000/a_b",
        NESTED: "_On_ Escherichia coli __in **bold**__.",
        FORMULA: "H~2~O, x^2^",
        CAPS: "[.small-caps]##Smith##, [.underline]##Title##",
        TITLE_LINK: "link:++https://x.org/a%20%28b%29++[A &#42;title&#42;]",
        NUMBERED: "{empty}1. Smith",
        ANNOTATED: "Smith. +\nA note.",
        "C++ {x} -> (C)": "C&#43;&#43; &#123;x} &#45;> &#40;C)",
    },
    "typst": {
        ARTICLE: (
            'Smith, A. (2006a). #emph[Signs & wonders], #emph[8];(2), 1–9. '
            r'#link("https://doi.org/10.1000/a_b")[https:\/\/doi.org/10.1000/a\_b]'
        ),
        NESTED: '#emph[On #text(style: "normal")[Escherichia coli] in #strong[bold]].',
        NUMBERED: r"1\. Smith",
        ANNOTATED: "Smith. \\\nA note.",
        "#let x = $y$ // z": r"\#let x = \$y\$ \/\/ z",
    },
    "org": {
        ARTICLE: (
            "Smith, A. (2006a). /Signs & wonders/, /8/\u200b(2), 1–9. [[https://doi.org/10.1000/a_b]]"
        ),
        FORMULA: "H_{2}O, x^{2}",
        TITLE_LINK: "[[https://x.org/a%20%28b%29][A *\u200btitle\u200b*\u200b]]",
        NUMBERED: "\u200b1. Smith",
        ANNOTATED: "Smith.\\\\\nA note.",
        "* a /b/ c_d file:x": "\u200b* a /\u200bb\u200b/\u200b c_\u200bd file\u200b:x",
    },
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, cases in WRITTEN.items() for text in cases])
def test_a_format(name: str, text: str) -> None:
    assert WRITERS[name].inline(text) == WRITTEN[name][text]


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_a_writer_has_the_name_it_is_found_by(name: str) -> None:
    assert WRITERS[name].name == name


@pytest.mark.parametrize("name", ["markdown", "rst", "asciidoc", "org"])
def test_entries_are_paragraphs(name: str) -> None:
    writer = WRITERS[name]
    written = writer.bibliography([writer.entry(text, Layout()) for text in ("One.", "Two.")], Layout())
    assert written == "One.\n\nTwo.\n"


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_an_empty_bibliography_is_no_error(name: str) -> None:
    assert WRITERS[name].bibliography([], Layout()).count("\n") <= 2


def test_a_latex_bibliography_is_a_list_that_hangs() -> None:
    latex = WRITERS["latex"]
    layout = Layout(hanging_indent=True)
    written = latex.bibliography([latex.entry("[One]", layout)], layout)
    assert "\\setlength{\\itemindent}{-1.5em}" in written
    # "\item[" would take the text for a label.
    assert "\\item{} [One]\n\\end{list}\n" in written


def test_second_field_align_makes_labels() -> None:
    layout = Layout(second_field_align="flush", max_offset=3)
    text = f"{m.LEFT_MARGIN}[1] {m.END_LEFT_MARGIN}{m.RIGHT_INLINE}One{m.END_RIGHT_INLINE}"
    assert WRITERS["latex"].entry(text, layout) == "\\item[{[1]}] One\n"
    assert "\\tx480" in WRITERS["rtf"].entry(text, layout)
    assert "[1]\\tab One\\par" in WRITERS["rtf"].entry(text, layout)


def test_an_rtf_bibliography_is_a_file() -> None:
    rtf = WRITERS["rtf"]
    layout = Layout(hanging_indent=True, line_spacing=2)
    written = rtf.bibliography([rtf.entry("One", layout)], layout)
    assert written.startswith("{\\rtf1\\ansi")
    assert "\\fi-360\\li360" in written
    assert "\\sl480\\slmult1" in written
    assert written.endswith("}\n}\n")


def test_a_typst_bibliography_keeps_its_indent_to_itself() -> None:
    typst = WRITERS["typst"]
    layout = Layout(hanging_indent=True)
    written = typst.bibliography([typst.entry("One", layout)], layout)
    assert written == "#[\n#set par(hanging-indent: 1.5em, spacing: 1.3em)\n\nOne\n]\n"
