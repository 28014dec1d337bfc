from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.formats.citing import in_latex, in_markdown, rewriter

TO = {"old": "new", "b:2": "two", "x": "a--b"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"\cite{old}", r"\cite{new}"),
        (r"\autocite[see][12]{other, old}", r"\autocite[see][12]{other, new}"),
        (r"\parencite*[{[12]}]{old,b:2}", r"\parencite*[{[12]}]{new,two}"),
        (r"\textcites(see)(all)[1]{old}[2][3]{b:2}{other}", r"\textcites(see)(all)[1]{new}[2][3]{two}{other}"),
        (r"\Textcite{old} \citeauthor*{old} \nocite{old}", r"\Textcite{new} \citeauthor*{new} \nocite{new}"),
        (r"\volcite{old}[12]{old}", r"\volcite{old}[12]{new}"),
        (r"\citefield{old}{title} \citep[e.g.,][]{old}", r"\citefield{new}{title} \citep[e.g.,][]{new}"),
        ("\\cite{%\n  old, % old one\n  b:2\n}", "\\cite{%\n  new, % old one\n  two\n}"),
        ("\\cite\n  [p.~3]\n  {old}", "\\cite\n  [p.~3]\n  {new}"),
        ("% \\cite{old}", "% \\cite{new}"),
        (r"\footcite[\cite{old}]{b:2}", r"\footcite[\cite{new}]{two}"),
    ],
)
def test_citation_commands(before: str, after: str) -> None:
    assert in_latex(before, TO).text == after


@pytest.mark.parametrize(
    "text",
    [
        "old {old} [old]",
        r"\label{old} \ref{old} \excitement{old} \citestyle{old} \citetext{old}",
        r"\cite{older} \cite{Old} \cite{old-er}",
        r"\verb|\cite{old}| \lstinline!\cite{old}!",
        "\\begin{verbatim}\n\\cite{old}\n\\end{verbatim}",
        "\\begin{lstlisting}\n\\cite{old}",
        r"\cite",
        r"\cite{old",
        "\\cite\n\n{old}",
        "me@old.org @old",
    ],
)
def test_everything_else_in_latex_stays(text: str) -> None:
    found = in_latex(text, TO)
    assert (found.text, found.counts) == (text, {})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("As @old says", "As @new says"),
        ("[see @old, p. 3; -@b:2]", "[see @new, p. 3; -@two]"),
        ("@old.", "@new."),
        ("**@old**, (@old)", "**@new**, (@new)"),
        ("@{old}s and @{b:2}", "@{new}s and @{two}"),
        ("@x", "@{a--b}"),
        ("nocite: |\n  @old, @b:2", "nocite: |\n  @new, @two"),
        ("raw \\cite{old} too", "raw \\cite{new} too"),
        ("`code` @old `more`", "`code` @new `more`"),
        ("a [link](https://x.org/@old) and @old", "a [link](https://x.org/@old) and @new"),
    ],
)
def test_citations_of_pandoc(before: str, after: str) -> None:
    assert in_markdown(before, TO).text == after


@pytest.mark.parametrize(
    "text",
    [
        "old",
        "me@old and \\@old and x/@old",
        "`@old` ``a ` @old``",
        "```\n@old\n```\n",
        "~~~ {.tex}\n\\cite{old}\n~~~~\n",
        "```r\n@old",
        "<https://x.org/@old> https://x.org/a?@old",
        "@older @old-er @Old @old:x",
    ],
)
def test_everything_else_in_markdown_stays(text: str) -> None:
    assert in_markdown(text, TO).text == text


def test_replacements_are_counted() -> None:
    assert in_latex(r"\cite{old,old} \cite{b:2}", TO).counts == {"old": 2, "b:2": 1}


def test_keys_may_change_places() -> None:
    assert in_latex(r"\cite{a,b} \cite{b}", {"a": "b", "b": "a"}).text == r"\cite{b,a} \cite{a}"


@given(st.text(alphabet="\\cite{}[]()%,@ `~\nold", max_size=80))
def test_without_new_keys_nothing_changes_and_nothing_fails(text: str) -> None:
    assert in_latex(text, {}).text == text
    assert in_markdown(text, {}).text == text
    there_and_back = {"new": "old"}
    if "new" not in text:
        assert in_latex(in_latex(text, {"old": "new"}).text, there_and_back).text == text
        assert in_markdown(in_markdown(text, {"old": "new"}).text, there_and_back).text == text


def test_what_can_be_rewritten() -> None:
    assert rewriter(".TEX") is in_latex
    assert rewriter(".Rmd") is in_markdown
    assert rewriter(".docx") is None
