"""Whatever a bibliography holds, each format shows it as text: read back by a reader of the format."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ppreflist.csl import markup as m
from ppreflist.csl.results import Layout
from ppreflist.csl.writers.registry import WRITERS
from ppreflist.csl.writers.runs import safe_href

# Text that some format reads as markup.
MARKUP = [
    *"\\`*_{}[]<>()#+-.!|~^$@&%=:;,'\"/? \t",
    "--", "---", "...", "**", "__", "``", "<b>", "</p>", "<!--", "-->", "<script>alert(1)</script>",
    "&amp;", "&#42;", "[x](y)", "![x](y)", "[x]: y", "http://a.b/c_d", "https://x.org/a*b*", "javascript:alert(1)",
    "a@b.org", "\\alpha", "\\input{x}", "\\\\", "\\", "$x$", "{{x}}", "{name}", "<<ref>>", "[[x]]", "::", ";;",
    "((x))", "(C)", "=>", "->", "//", "/*", "[^1]", "[fn:1]", "@key", "@[x]", "#let x", "_x_", "*x*", "+x+", "~x~",
    "^x^", "`x`", "1.", "(1)", "a)", "A.", "- ", "# ", "> ", "| ", "= ", "\u00a0", "“", "”", "’", "–", "é", "日本",
    "😀", "word", "Title", "x", "1", "2020", " ", "\n\n", "\r\n# x", "\x0c", "\u2028",
]  # fmt: skip
FLIPPED = {
    m.ITALIC: m.NORMAL_STYLE,
    m.BOLD: m.NORMAL_WEIGHT,
    m.SMALL_CAPS: m.NORMAL_VARIANT,
    m.UNDERLINE: m.NO_UNDERLINE,
    m.SUPERSCRIPT: m.BASELINE,
}
BASIC = (*FLIPPED, m.SUBSCRIPT)
HREFS = [
    "https://doi.org/10.1000/a_b",
    "http://x.org/?a=1&b=2#c",
    "https://x.org/(a) b*c[d]{e}\\f\"g'<i>",
    "mailto:a@b.c",
]

texts = st.lists(st.sampled_from(MARKUP), min_size=1, max_size=6).map("".join)


@st.composite
def settled(draw: st.DrawFn, depth: int = 0, active: tuple[str, ...] = (), linked: bool = False) -> str:
    """A string as ``settle`` leaves it: pairs nested as markup.py says."""
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["text", "text", "pair", "link"])) if depth < 3 else "text"
        usable = [pair for pair in BASIC if pair not in active]
        usable += [FLIPPED[pair] for pair in active if pair in FLIPPED and FLIPPED[pair] not in active]
        if kind == "pair" and usable:
            pair = draw(st.sampled_from(usable))
            parts.append(pair + draw(settled(depth + 1, (*active, pair), linked)) + m.PAIRS[pair])
        elif kind == "link" and not linked:
            href = draw(st.sampled_from(HREFS))
            anchor = href if draw(st.booleans()) else draw(settled(depth + 1, active, linked=True))
            parts.append(f"{m.LINK}{href}{m.LINK_TEXT}{anchor}{m.END_LINK}")
        else:
            parts.append(draw(texts))
    return "".join(parts)


@st.composite
def entries(draw: st.DrawFn) -> str:
    inline = draw(settled())
    shape = draw(st.sampled_from(["inline", "inline", "margin", "block"]))
    if shape == "margin":
        label = draw(texts)
        return f"{m.LEFT_MARGIN}{label}{m.END_LEFT_MARGIN}{m.RIGHT_INLINE}{inline}{m.END_RIGHT_INLINE}"
    if shape == "block":
        return f"{inline}{m.BLOCK}{draw(settled())}{m.END_BLOCK}"
    return inline


def words(text: str) -> str:
    """``text`` with one space for all white space, and without zero width spaces."""
    return " ".join(text.replace("\u200b", "").split())


def plain(entry: str) -> str:
    return words(m.strip(re.sub(f"[{m.BLOCK}{m.END_BLOCK}{m.END_LEFT_MARGIN}]", " ", entry)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.tags: set[str] = set()
        self.paragraphs = 0
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.paragraphs += tag == "p"
        if tag in ("br", "div"):
            self.text.append(" ")
        self.hrefs += [value or "" for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {"href", "style", "class"}

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "div"):
            self.text.append(" ")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def read_html(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


ALLOWED_TAGS = {"p", "em", "i", "strong", "b", "sup", "sub", "u", "span", "a", "br", "div"}


@given(entries())
@settings(max_examples=200)
def test_markdown_reads_as_the_text(entry: str) -> None:
    written = WRITERS["markdown"].entry(entry, Layout())
    reader = read_html(MarkdownIt("commonmark").render(written))
    assert words("".join(reader.text)) == plain(entry)
    assert reader.tags <= ALLOWED_TAGS
    assert reader.paragraphs == bool(plain(entry))
    assert all(href.startswith(("http:", "https:", "mailto:")) for href in reader.hrefs)


@given(st.lists(entries().filter(plain), min_size=2, max_size=4))
@settings(max_examples=30)
def test_a_markdown_bibliography_has_a_paragraph_an_entry(every: list[str]) -> None:
    markdown = WRITERS["markdown"]
    written = markdown.bibliography([markdown.entry(entry, Layout()) for entry in every], Layout())
    assert read_html(MarkdownIt("commonmark").render(written)).paragraphs == len(every)


@given(settled())
@settings(max_examples=100)
def test_html_reads_as_the_text(entry: str) -> None:
    reader = read_html(WRITERS["html"].entry(entry, Layout()))
    assert words("".join(reader.text)) == words(m.strip(entry))
    assert reader.tags <= ALLOWED_TAGS


@given(entries())
@settings(max_examples=50)
def test_text_is_the_text(entry: str) -> None:
    assert words(WRITERS["text"].entry(entry, Layout())) == plain(entry)


_RTF = re.compile(r"\\u(-?\d+)\?|\\([a-z]+)(-?\d+)? ?|\\([\\{}~])|\\(\*)|([{}])|([^\\{}]+)")


def read_rtf(rtf: str) -> str:
    """The text of an RTF document; fails when its braces do not match."""
    assert rtf.isascii()
    units: list[int] = []
    hidden: list[bool] = [False]
    place = 0
    while place < len(rtf):
        match = _RTF.match(rtf, place)
        assert match is not None, rtf[place : place + 20]
        place = match.end()
        number, control, _, literal, star, brace, text = match.groups()
        if brace == "{":
            hidden.append(hidden[-1])
        elif brace == "}":
            hidden.pop()
            assert hidden
        elif star or control == "fonttbl":
            hidden[-1] = True
        elif not hidden[-1]:
            if number:
                units.append(int(number) & 0xFFFF)
            elif control in ("par", "line", "tab"):
                units.append(32)
            elif literal:
                units.append(0xA0 if literal == "~" else ord(literal))
            elif text:
                units.extend(map(ord, text))
    assert hidden == [False]
    return b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le")


@given(entries())
@settings(max_examples=150)
def test_rtf_reads_as_the_text(entry: str) -> None:
    rtf = WRITERS["rtf"]
    for layout in (Layout(hanging_indent=True), Layout(second_field_align="flush", max_offset=4)):
        written = rtf.bibliography([rtf.entry(entry, layout)], layout)
        assert words(read_rtf(written)) == plain(entry)


_LATEX_SYMBOLS = {
    r"\textbackslash{}": "\\", r"\textasciicircum{}": "^", r"\textasciitilde{}": "~", r"\textasciigrave{}": "`",
    r"\textless{}": "<", r"\textgreater{}": ">", r"\textbar{}": "|", r"\symbol{34}": '"', r"\\{}": " ",
    r"\item{}": "", r"\item": "", "-{}": "-", ",{}": ",", "'{}": "'", "~": "\u00a0",
}  # fmt: skip
_LATEX = re.compile(
    r"\\href\{(?:\\.|[^{}\\])*\}|\\hspace\*\{1.5em\}|(?P<symbol>"
    + "|".join(map(re.escape, _LATEX_SYMBOLS))
    + r")|\\(?P<escaped>[{}$&#%_])|\\(?:text[a-z]+|underline|normalfont )|(?P<brace>[{}])|(?P<text>[^\\{}~$&#%_^])"
)


def read_latex(latex: str) -> str:
    """The text of what the LaTeX writer writes; fails on any command that it does not know."""
    made, depth, place = [], 0, 0
    while place < len(latex):
        match = _LATEX.match(latex, place)
        assert match is not None, latex[place : place + 20]
        place = match.end()
        if match["brace"]:
            depth += 1 if match["brace"] == "{" else -1
            assert depth >= 0
        made.append(_LATEX_SYMBOLS.get(match["symbol"] or "", "") or match["escaped"] or match["text"] or "")
    assert depth == 0
    return "".join(made)


@given(entries())
@settings(max_examples=150)
def test_latex_reads_as_the_text(entry: str) -> None:
    written = WRITERS["latex"].entry(entry, Layout())
    assert words(read_latex(written)) == plain(entry)
    assert not re.search(r"--|,,|''", written)


_TYPST = re.compile(
    r'#(?:emph|strong|smallcaps|super|sub|underline|text\([^\[\]]*\)|link\("[^"\\]*"\))?\[|\\(?P<escaped>[^\s])|\\(?=\n)'
    r"|(?P<end>\];?)|(?P<nbsp>~)|(?P<text>[^\\#\[\]~$*_`<>@\"'])"
)


def read_typst(typst: str) -> str:
    """The text of what the Typst writer writes; fails on any markup that it does not know."""
    made, depth, place = [], 0, 0
    while place < len(typst):
        match = _TYPST.match(typst, place)
        assert match is not None, typst[place : place + 20]
        place = match.end()
        depth += match[0].startswith("#") - bool(match["end"])
        assert depth >= 0
        made.append("\u00a0" if match["nbsp"] else match["escaped"] or match["text"] or "")
    assert depth == 0
    return "".join(made)


@given(entries())
@settings(max_examples=150)
def test_typst_reads_as_the_text(entry: str) -> None:
    written = WRITERS["typst"].entry(entry, Layout())
    assert words(read_typst(written)) == plain(entry)
    without_links = re.sub(r'#link\("[^"]*"\)', "", written)
    assert "//" not in without_links
    assert "/*" not in without_links
    assert not re.search(r"(?:^|(?<!\\)\[)\s*[-=+/]", without_links)


@given(entries().filter(plain))
@settings(max_examples=60, deadline=None)
def test_restructuredtext_reads_as_the_text(entry: str) -> None:
    docutils = pytest.importorskip("docutils.core", reason="docutils is not installed")
    written = WRITERS["rst"].entry(entry, Layout())
    options = {"report_level": 1, "halt_level": 2, "file_insertion_enabled": False}
    tree = docutils.publish_doctree(written, settings_overrides=options)
    assert words(" ".join(_text_of(line) for line in _lines_of(tree))) == plain(entry)
    for node in tree.findall():
        assert not hasattr(node, "get") or not str(node.get("refuri", "")).startswith("javascript:")


def _lines_of(tree: object) -> list[object]:
    (block,) = tree.children  # type: ignore[attr-defined]
    assert block.tagname in ("paragraph", "line_block")
    return [block] if block.tagname == "paragraph" else list(block.children)


def _text_of(node: object) -> str:
    return node.astext() if not getattr(node, "children", ()) else "".join(map(_text_of, node.children))  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(WRITERS))
@given(entry=entries())
@settings(max_examples=40)
def test_no_format_shows_the_internal_markup(name: str, entry: str) -> None:
    written = WRITERS[name].entry(entry, Layout(hanging_indent=True))
    assert not m.RESERVED.search(written)
    if name not in ("html", "text"):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u2028\u2029]", written)


@pytest.mark.parametrize("name", sorted(set(WRITERS) - {"html", "text"}))
def test_a_link_of_another_scheme_is_only_its_text(name: str) -> None:
    written = WRITERS[name].inline(f"{m.LINK}javascript:alert(1){m.LINK_TEXT}Title{m.END_LINK}")
    assert written == "Title"


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_time_is_linear_in_the_text(name: str) -> None:
    # Would take minutes if a pattern were quadratic.
    for piece in ("a.", "[", "_", "*", "a:", "http://", "&", "-", " ", f"{m.ITALIC}a{m.END_ITALIC}b", "a" * 8 + ":"):
        assert WRITERS[name].inline(piece * 8_000) or piece == " "


@given(st.text())
def test_an_href_holds_no_markup(text: str) -> None:
    href = safe_href("https://x.org/" + text)
    assert href.isascii()
    assert not set(href) & set(" \"'<>[]{}\\^`|()\n")
    assert safe_href(href) == href


@pytest.mark.parametrize(
    "href", ["", "javascript:x", "file:///etc/passwd", "data:text/html,x", " https://x.org", "//x.org"]
)
def test_an_href_of_another_scheme_is_none(href: str) -> None:
    assert safe_href(href) == ""
