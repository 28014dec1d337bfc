from __future__ import annotations

from collections.abc import Callable

import pytest

from ppreflist.model.problem import Problem, Severity

Lint = Callable[..., list[Problem]]
Fixed = Callable[[str, str, str], str]


@pytest.mark.parametrize(
    "text",
    [
        "Children’s literature",
        "Sjöberg, I. and Núñez, Á.",
        "Müller“s “Äpfel“ – Ü“ CAFÉ” JÄ… Ä–Ö",
        "Ã l'orientale",
        "Приве́т, мир",
        "中文標題",
        "Größe × Länge ±5 µm °C ½ «guillemets» £5 ©",
        "Â and Ê, Ô",
        "São Tomé e Príncipe: Ção",
    ],
)
def test_good_text_is_no_mojibake(lint: Lint, text: str) -> None:
    assert lint(f"title = {{{text}}}", "mojibake") == []


@pytest.mark.parametrize(
    "text",
    ["Children’s literature", "a “quote” — and more…", "Sjöberg", "Núñez", "Škoda č", "naïve café", "5 °C", "1 × 2",
     "Привет", "日本語文献", "\N{GRINNING FACE}", "α β → ∞ ≤ 1", "Ελλάδα"],
)  # fmt: skip
@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_mojibake_is_turned_back(fixed: Fixed, text: str, codec: str) -> None:
    damaged = "".join(bytes([byte]).decode(codec, "replace") if codec == "latin-1" else _cp1252(byte)
                      for byte in text.encode())  # fmt: skip
    assert fixed(f"title = {{{damaged}}}", "mojibake", "title") == f"{{{text}}}"


def _cp1252(byte: int) -> str:
    """A byte as browsers read Windows-1252: the five bytes that it lacks are control characters."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def test_a_lost_character_is_an_error(lint: Lint) -> None:
    (problem,) = lint("author = {Sj\ufffdberg, I.}", "mojibake")
    assert problem.severity is Severity.ERROR
    assert problem.fix is None
    assert '"Sj"' in problem.message


def test_nfc(fixed: Fixed, lint: Lint) -> None:
    assert fixed("author = {Sjo\u0308berg, I.}", "not-nfc", "author") == "{Sj\u00f6berg, I.}"
    assert lint("author = {Sj\u00f6berg, I.}", "not-nfc") == []


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Zero\u200bwidth", "Zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("Öffent\u00ad lichkeit", "Öffentlichkeit"),
        ("\ufeffTitle", "Title"),
        ("line\u2028end", "line end"),
        ("left\u200eright", "leftright"),
        ("bell\x07", "bell"),
    ],
)
def test_invisible_characters(fixed: Fixed, text: str, after: str) -> None:
    assert fixed(f"title = {{{text}}}", "invisible", "title") == f"{{{after}}}"


@pytest.mark.parametrize(
    "text", ["می\u200cخواهم", "क्\u200dष", "שלום\u200f!", "\U0001f468\u200d\U0001f52c at work", "no\u00a0break", "a\tb"]
)
def test_marks_that_a_script_needs_stay(lint: Lint, text: str) -> None:
    assert lint(f"title = {{{text}}}", "invisible") == []


@pytest.mark.parametrize(
    ("field", "text", "after"),
    [
        ("journal", "Muscle &amp; Nerve", r"Muscle \& Nerve"),
        ("journal", r"Muscle \&amp; Nerve", r"Muscle \& Nerve"),
        ("url", "https://example.org/?a=1&amp;b=2", "https://example.org/?a=1&b=2"),
        ("title", "Sj&ouml;berg &#8217;s &#x2014; 5&nbsp;%", "Sjöberg ’s — 5~%"),
        ("title", "p &lt; 0.05", "p < 0.05"),
    ],
)
def test_html_entities(fixed: Fixed, field: str, text: str, after: str) -> None:
    assert fixed(f"{field} = {{{text}}}", "html-entity", field) == f"{{{after}}}"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("url", "https://example.org/?a=1&b=2;c=3"),
        ("journal", r"Muscle \& Nerve; a journal"),
        ("title", "R&D; AT&T; &nosuch; x"),
    ],
)
def test_ampersands_that_are_no_entities(lint: Lint, field: str, text: str) -> None:
    assert lint(f"{field} = {{{text}}}", "html-entity") == []


def test_html_tags(lint: Lint) -> None:
    assert len(lint("title = {The <i>PMP22</i> gene}", "html-tag")) == 1
    assert lint("title = {p < 0.05 and q > 2, <unknown>}", "html-tag") == []
    assert lint("doi = {10.1002/x<1::aid-b>3.0}", "html-tag") == []


def test_empty_fields(lint: Lint) -> None:
    (problem,) = lint("title = {T}, publisher = { },", "empty-field")
    assert problem.field == "publisher"
    assert problem.severity is Severity.INFO
    assert problem.fix is not None
