"""LaTeX as Unicode text, as CSL-JSON rich text, and back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.bibtex.latex import TAG_GUARD, decode, encode, to_rich, unescape

DECODED = [
    (r"\'{E}va T{\'o}th", "Éva Tóth"),
    (r"G\"odel, {\"O}, na\"{\i}ve, \'\i, \={\i}", "Gödel, Ö, naïve, í, ī"),
    (r"S\o ren {\aa} \aa{}b \AA ngstr\"om \L{}ukasz {\ss}", "Søren å åb Ångström Łukasz ß"),
    (r"\H{o} \v{s} \c{c} \c c \' e \k{a} \d{h} \.Z \u{g} \r{u}", "ő š ç ç é ą ḥ Ż ğ ů"),
    (r"\'{\^e} \^{\'a}", "ế á\u0302"),
    (r"\~{} \^{} \'", "~ ^ ´"),
    (r"\texttt{x} \TeX\ & 50% \LaTeX{} a\_b \& \% \# \$ \{\}", "x TeX & 50% LaTeX a_b & % # $ {}"),
    (r"10\,000 J.~D. co\-op soft\/ly", "10\u202f000 J.\u00a0D. coop softly"),
    (r"``a'' `b' it's a--b---c 'tis !`Hola! ?`Que?", "“a” ‘b’ it's a–b—c 'tis ¡Hola! ¿Que?"),
    (r"\acro{PDF} \mbox{ab} \textup{2001} \hbox{x}", "PDF ab 2001 x"),
    (r"\url{http://a.b/~c_d%20e} \path{C:\dir\x}", r"http://a.b/~c_d%20e C:\dir\x"),
    (r"\href{http://x.org/%20}{the site}", "the site"),
    (r"{\noopsort{1973a}}1973", "1973"),
    (r"The {DNA} of {\em E. coli}", "The DNA of E. coli"),
    (r"4\textsuperscript{th} CO\textsubscript{2} x\textsuperscript{Q}", "4ᵗʰ CO₂ xQ"),
    (r"$x^2$ H$_2$O $10^{-3}$ $\alpha$-helix $k$-trees", "x² H₂O 10⁻³ α-helix k-trees"),
    (r"$O(n \log n)$ \(a \leq b\) $37^\circ$C $\mathbb{R}^n$", "O(n log n) a ≤ b 37°C ℝⁿ"),
    (r"$\sqrt{2}$ $\frac{1}{2}$ $\sqrt{x+1}$ \ensuremath{\beta}", "√2 1/2 √(x+1) β"),
    (r"\textcolor{red}{blood} \foreignlanguage{german}{Blut}", "blood Blut"),
    (r"\enquote{so} Line\\[2pt]break", "“so” Line break"),
    (r"{\cyrchar\CYRI}{\cyrchar\cyrya}", "Ия"),
    (r"\verb|a_b| \path|c_d| \path{e_f}", "a_b c_d e_f"),
    (r"$n^{5/2}$ $a^{b^{c}}$ $x\sp2$ $x_\Box$ {\cal NC}", "n^(5/2) a^(bᶜ) x² x_□ NC"),
]


@pytest.mark.parametrize(("latex", "text"), DECODED)
def test_decode(latex: str, text: str) -> None:
    assert decode(latex) == text


@pytest.mark.parametrize(
    "latex",
    [
        r"\unknown",
        r"the \unknown word",
        r"\foo{bar}{baz}",
        r"\cite{smith2001}",
        r"$\int_0^\infty \underset{x}{f} dx$",
        "costs $5",
        "costs $5 and pays $6",
        "back\\",
        "50% & more",
        "it's",
        "plain",
        "",
    ],
)
def test_what_is_not_known_stays_as_it_is(latex: str) -> None:
    assert decode(latex) == latex


def test_text_without_latex_is_returned_untouched() -> None:
    text = "Plain text with commas, (brackets) - hyphens & ampersands."
    assert decode(text) is text


@pytest.mark.parametrize(
    ("latex", "rich"),
    [
        ("The {DNA} test", 'The <span class="nocase">DNA</span> test'),
        ("{Whole Title}", '<span class="nocase">Whole Title</span>'),
        (r"\emph{The {RNA}} {\em in vivo}", '<i>The <span class="nocase">RNA</span></i> <i>in vivo</i>'),
        (r"{\'E}tude of {\"U}ber", "Étude of Über"),
        (r"\'{E}tude", "Étude"),
        (r"H$_2$O and $x^{2}$", "H<sub>2</sub>O and x<sup>2</sup>"),
        (r"4\textsuperscript{th} \textbf{b}", "4<sup>th</sup> <b>b</b>"),
        (r"\textsc{sc}", '<span style="font-variant:small-caps">sc</span>'),
        (r"{\it a {\bf b}}", "<i>a <b>b</b></i>"),
        (r"{\em unclosed", "<i>unclosed</i>"),
        (r"a {} b", "a  b"),
        (r"On \TeX", 'On <span class="nocase">TeX</span>'),
        ("a < b & c > d, a<b", "a < b & c > d, a<b"),
    ],
)  # fmt: skip
def test_to_rich(latex: str, rich: str) -> None:
    assert to_rich(latex) == rich


def test_tags_in_the_source_are_text() -> None:
    assert to_rich("<i>x</i>") == f"<{TAG_GUARD}i>x<{TAG_GUARD}/i>"
    assert to_rich('<{}i>x <span class="nocase">') == f'<{TAG_GUARD}i>x <{TAG_GUARD}span class="nocase">'
    assert "<b>" not in to_rich("\ufdd2x\ufdd3")


def test_unescape_touches_only_escaped_specials() -> None:
    assert unescape(r" http://x.org/a\_b\%20c\&d\#e\~f?x={1}\foo ") == r"http://x.org/a_b%20c&d#e~f?x={1}\foo"


@given(st.text())
def test_encode_round_trip(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    encoded = encode(text)
    assert encoded.count("{") == encoded.count("}")
    assert decode(encoded) == text


@given(st.text(alphabet="\\{}$&#%_^~`'-!? ab\u00a0é–"))
def test_encode_round_trip_of_specials(text: str) -> None:
    assert decode(encode(text)) == text
    depth = 0
    for brace in filter("{}".__contains__, encode(text)):
        depth += 1 if brace == "{" else -1
        assert depth >= 0


@given(st.text(alphabet="aZ é ñ ß Ł ø – — “ ” ‘ ’ ő ș ế Å Я"))
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_encode_for_an_encoding_that_lacks_characters(encoding: str, text: str) -> None:
    encoded = encode(text, encoding)
    encoded.encode(encoding)
    assert decode(encoded) == text


def test_encode_keeps_what_no_command_can_say() -> None:
    assert encode("漢字 é", "ascii") == "漢字 {\\'{e}}"


@given(st.text(alphabet="\\{}$'`\"^~=.-_%&#ceou<>i/ \u00e9"))
def test_decoding_never_fails_and_never_makes_foreign_tags(latex: str) -> None:
    decode(latex)
    rich = to_rich(latex)
    for tag in ("i", "b", "sup", "sub"):
        assert rich.count(f"<{tag}>") == rich.count(f"</{tag}>")


@given(st.text(alphabet=st.characters(exclude_characters="\\{}$~`")))
def test_no_letter_of_plain_text_is_lost(text: str) -> None:
    letters = [c for c in decode(text) if c.isalnum()]
    assert letters == [c for c in text if c.isalnum()]


@pytest.mark.parametrize(
    "unit",
    ["{", "}", r"\'", r"\url{", "$x", r"\textsuperscript{", r"{\em ", r"\foo{", "\\", r"\(x", "`a", r"\href{", "$$"],
)
def test_hostile_nesting_is_read(unit: str) -> None:
    latex = unit * 20_000
    decode(latex)
    to_rich(latex + "}" * 20_000)
