from __future__ import annotations

from collections.abc import Callable

from ppreflist.bibtex.apply import apply
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.lint.fixing import Fixing, fix_all
from ppreflist.model.problem import Problem

Lint = Callable[..., list[Problem]]


def fixing(lint: Lint, source: str) -> tuple[Fixing, str]:
    file = BibFile.parse(source, "test.bib")
    made = fix_all(file, lambda each: lint(each.text))
    return made, apply(file, made.edits).new.text


def test_fixes_of_one_value_are_done_one_after_the_other(lint: Lint) -> None:
    source = "@article{a,\n  author = {Sjo\u0308berg, I.\u200b, and Borg, K. et al.},\n}\n"
    made, text = fixing(lint, source)
    assert text == "@article{a,\n  author = {Sj\u00f6berg, I. and Borg, K. and others},\n}\n"
    assert {problem.check for problem in made.done} == {"not-nfc", "invisible", "et-al", "name-comma"}


def test_a_fix_can_make_the_next_one_possible(lint: Lint) -> None:
    _, text = fixing(lint, "@misc{a,\n  howpublished = {\\url{https://doi.org/10.1000/182}},\n}\n")
    assert text == "@misc{a,\n  doi = {10.1000/182},\n}\n"


def test_what_the_file_does_not_take_is_left_and_said(lint: Lint) -> None:
    source = (
        '@string{mn = "Muscle &amp; Nerve"}\n'
        "@article{a,\n  journal = mn,\n  pages = {1-2},\n}\n"
        "@article{b,\n  pages = {3-4},\n}\n"
    )
    made, text = fixing(lint, source)
    assert text == source.replace("1-2", "1--2").replace("3-4", "3--4")
    (refused,) = made.refused
    assert refused.problem.check == "html-entity"
    assert refused.reason
    assert "html-entity" in {problem.check for problem in made.remaining}


def test_joined_strings_are_fixed_as_one(lint: Lint) -> None:
    _, text = fixing(lint, '@article{a,\n  journal = "Muscle " # "&amp; Nerve",\n}\n')
    assert "&amp;" not in text
    assert "Muscle \\& Nerve" in text


def test_entries_that_cannot_be_edited_have_no_fix(lint: Lint) -> None:
    source = "@article{a,\n  pages = {1-2},\n}\n@article{a,\n  pages = {3-4},\n}\n"
    made, text = fixing(lint, source)
    assert text == source
    assert made.edits == ()


def test_nothing_else_changes(lint: Lint) -> None:
    source = '% mine\r\n@Article ( a , PAGES= "1-2"  ,Title={x}\r\n )\r\nrest'
    _, text = fixing(lint, source)
    assert text == source.replace("1-2", "1--2")
