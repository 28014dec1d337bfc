from __future__ import annotations

from collections.abc import Callable

import pytest

from ppreflist.lint.journals import FIRST_YEARS
from ppreflist.model.problem import Problem, Severity

Lint = Callable[..., list[Problem]]


def journal(*issues: tuple[int | str, int], name: str = "Neurology Letters", kind: str = "article") -> str:
    """A library with one article for each (volume, year)."""
    return "\n".join(
        f"@{kind}{{key{number}, title = {{{number}}}, journal = {{{name}}}, volume = {{{volume}}}, year = {year}}}"
        for number, (volume, year) in enumerate(issues)
    )


def said(lint: Lint, *issues: tuple[int | str, int], name: str = "Neurology Letters") -> list[str]:
    return [f"{each.key}: {each.message}" for each in lint(journal(*issues, name=name), "volume-year")]


def test_the_reading_list_s_case(lint: Lint) -> None:
    (problem,) = lint(journal((22, 2006), (26, 2006), (23, 2007), name="Post-Polio Health"), "volume-year")
    assert problem.key == "key1"
    assert problem.field == "volume"
    assert problem.line == 2
    assert problem.severity is Severity.WARNING
    assert problem.fix is None
    assert problem.message == (
        "volume 26, year 2006: by the other volumes of Post-Polio Health (volume 22 = 2006, 23 = 2007) "
        "volume 26 should be 2010, and 2006 should be volume 22"
    )


def test_the_same_without_a_known_first_year(lint: Lint) -> None:
    (message,) = said(lint, (22, 2006), (26, 2006), (23, 2007))
    assert "(volume 22 = 2006, 23 = 2007) volume 26 should be 2010, and 2006 should be volume 22" in message


def test_a_journal_alone_with_a_known_first_year(lint: Lint) -> None:
    (message,) = said(lint, (26, 2006), name="{Post-Polio Health}")
    assert "(volume 1 = 1985) volume 26 should be 2010, and 2006 should be volume 22" in message


def test_a_known_first_year_is_not_believed_against_the_library(lint: Lint) -> None:
    assert said(lint, (1, 2001), (2, 2002), (3, 2003), name="Post-Polio Health") == []


@pytest.mark.parametrize(
    "issues",
    [
        [(22, 2006), (23, 2007), (26, 2010)],
        [(22, 2006), (22, 2007), (23, 2007)],  # volumes that run over New Year
        [(100, 1999), (101, 1999), (102, 1999), (120, 2000)],  # many volumes a year
        [(1, 1960), (2, 1975), (3, 1976)],  # no steady pace
        [(5, 2001)],
        [("22(3)", 2006), ("Suppl. 1", 1990), (23, 2007)],
        [],
    ],
)
def test_volumes_that_agree_are_left_alone(lint: Lint, issues: list[tuple[int | str, int]]) -> None:
    assert said(lint, *issues) == []


def test_several_volumes_a_year_give_a_range_of_years(lint: Lint) -> None:
    (message,) = said(lint, (240, 2000), (245, 2000), (290, 2003), (310, 2004), (321, 2004), (33, 2003))
    assert "key5" in message
    assert "volume 33 should be 2000 or earlier, and 2003 is volume 290" in message


def test_a_year_in_the_field_volume_is_not_extrapolated(lint: Lint) -> None:
    (message,) = said(lint, (17, 1992), (28, 2003), (1978, 1978))
    assert message.endswith("(volume 17 = 1992, 28 = 2003) 1978 should be volume 3")


def test_two_alone_that_contradict_each_other_are_one_finding(lint: Lint) -> None:
    (message,) = said(lint, (5, 2001), (9, 1995))
    assert "contradicts volume 5 = 2001 of Neurology Letters (key0, line 1): one of them is wrong" in message


def test_one_year_apart_is_a_remark(lint: Lint) -> None:
    (problem,) = lint(journal((5, 2001), (6, 2002), (7, 2003), (8, 2002)), "volume-year")
    assert problem.severity is Severity.WARNING  # two years from 2004
    (problem,) = lint(journal((6, 2002), (7, 2004), (8, 2003), (9, 2005)), "volume-year")
    assert problem.severity is Severity.INFO


def test_journals_and_their_series_are_told_apart(lint: Lint) -> None:
    source = journal((44, 1953)) + journal((11, 1965), (21, 1970), name="Other Letters")
    assert lint(source.replace("key", "a", 1), "volume-year") == []
    renumbered = "\n".join(
        f"@article{{k{volume}, journal = {{Phil. Mag.}}, series = {{{series}}}, volume = {volume}, year = {year}}}"
        for volume, year, series in ((44, 1953, 7), (11, 1965, 8), (21, 1970, 8))
    )
    assert lint(renumbered, "volume-year") == []


def test_spellings_of_one_journal_count_as_one(lint: Lint) -> None:
    source = journal((22, 2006), (23, 2007), name="The Letters \\& Notes") + journal(
        (26, 2006), name="Letters and Notes"
    ).replace("key0", "odd")
    assert [each.key for each in lint(source, "volume-year")] == ["odd"]


def test_books_of_a_series_are_no_journal(lint: Lint) -> None:
    assert lint(journal((22, 2006), (26, 2005), (23, 2007), kind="inproceedings"), "volume-year") == []


def test_first_years_are_keyed_as_titles_are_compared() -> None:
    for words, year in FIRST_YEARS.items():
        assert words == words.lower()
        assert not {"of", "the", "and"} & set(words.split())
        assert 1900 < year < 2020


def test_spellings(lint: Lint) -> None:
    source = "".join(
        f"@article{{{key}, journal = {{{name}}}}}\n"
        for key, name in (("a", "Language Arts"), ("b", "Language arts"), ("c", "Language Arts"), ("d", "Linguistics"))
    )
    (problem,) = lint(source, "journal-spelling")
    assert problem.key == "b"
    assert '"Language Arts" in 2 other entries' in problem.message


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Callaloo", "Signal", True),
        ("Lancet Neurol.", "The Lancet Neurology", False),
        ("PNAS", "Proceedings of the National Academy of Sciences", False),
        ("Eur. J. Neurol.", "European Journal of Neurology", False),
    ],
)
def test_one_issn_for_two_journals(lint: Lint, one: str, other: str, found: bool) -> None:
    source = "".join(
        f"@article{{{key}, journal = {{{name}}}, issn = {{1066-5331}}}}\n" for key, name in (("a", one), ("b", other))
    )
    assert bool(lint(source, "journal-issn")) is found
