"""Selected entries as the BibTeX that stands in the file."""

from __future__ import annotations

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.read import library
from ppreflist.formats.bibtex import source

BIB = r"""% comment
@preamble{ "\newcommand{\noop}[1]{}" }
@preamble{ "\newcommand{\unused}[1]{}" }
@STRING(neuro = {Neurology})
@string{ln = "Lancet " # neuro}
@string{other = {x}}

@article{a,
   Author = "B{\"o}rg",   % odd
   journal = LN # { Suppl},
   crossref={p} }

@book{b, title = {C\#\noop{x} # other}}
@proceedings{p, title={P}, xdata={x}}
@xdata{x, publisher={X}}
@misc{d}
"""


def export(*keys: str, text: str = BIB) -> str:
    bib = BibFile.parse(text)
    return source(bib, library(bib), keys)


def test_entries_stand_as_in_the_file_with_what_they_need() -> None:
    assert export("a") == (
        "@STRING(neuro = {Neurology})\n\n"
        '@string{ln = "Lancet " # neuro}\n\n'
        '@article{a,\n   Author = "B{\\"o}rg",   % odd\n   journal = LN # { Suppl},\n   crossref={p} }\n\n'
        "@proceedings{p, title={P}, xdata={x}}\n\n"
        "@xdata{x, publisher={X}}\n"
    )


def test_a_command_brings_its_preamble_and_text_is_no_macro() -> None:
    assert export("b") == ('@preamble{ "\\newcommand{\\noop}[1]{}" }\n\n@book{b, title = {C\\#\\noop{x} # other}}\n')


def test_order_is_that_of_the_file() -> None:
    assert export("d", "b").index("@book") < export("d", "b").index("@misc")


def test_line_ends_are_those_of_the_file() -> None:
    assert export("d", text=BIB.replace("\n", "\r\n")) == "@misc{d}\r\n"


def test_what_was_exported_reads_the_same() -> None:
    bib = BibFile.parse(BIB)
    before = library(bib)
    after = library(BibFile.parse(source(bib, before, ["a", "b", "d"])))
    for key in ("a", "b", "d", "p", "x"):
        first, second = before[key], after[key]
        assert {n: f.text for n, f in first.fields.items()} == {n: f.text for n, f in second.fields.items()}
    assert not after.problems


def test_nothing_chosen_is_nothing() -> None:
    assert export() == ""


def test_macros_that_refer_to_each_other_end() -> None:
    text = "@string{a = b}\n@string{b = a}\n@misc{m, note = a}\n"
    assert export("m", text=text).count("@string") == 2
