from __future__ import annotations

from collections.abc import Callable

import pytest

from ppreflist.model.problem import Problem

Lint = Callable[..., list[Problem]]
Fixed = Callable[[str, str, str], str]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("0.1088/0957-4484/22/26/265202", "a DOI begins with 10."),
        ("10.1016/", "truncated"),
        ("N/A", "is not a DOI"),
        ("10.1016/S1474-4422(06", "truncated"),
    ],
)
def test_what_is_no_doi(lint: Lint, value: str, why: str) -> None:
    (problem,) = lint(f"doi = {{{value}}}", "doi-form")
    assert why in problem.message
    assert problem.field == "doi"
    assert (problem.line, problem.column) == (2, 3)


@pytest.mark.parametrize(
    "value", ["10.1212/WNL.0b013e31824de293", "10.1016/S1474-4422(06)70447-1", r"10.1000/a\_b", "10.1000/%28x%29"]
)
def test_a_doi_by_itself_is_left_alone(lint: Lint, value: str) -> None:
    assert lint(f"doi = {{{value}}}", "doi-form") == []
    assert lint(f"doi = {{{value}}}", "doi-bare") == []


@pytest.mark.parametrize("around", ["https://doi.org/", "http://dx.doi.org/", "doi:", "DOI: "])
def test_a_doi_with_something_around_it_is_made_bare(fixed: Fixed, around: str) -> None:
    assert fixed(f"doi = {{{around}10.1063/1.4817297}}", "doi-bare", "doi") == "{10.1063/1.4817297}"


def test_an_address_in_doi_is_moved_to_url(fixed: Fixed) -> None:
    assert fixed('doi = "https://example.org/x"', "doi-form", "url") == '"https://example.org/x"'


def test_an_address_in_doi_stays_when_there_is_a_url(lint: Lint) -> None:
    (problem,) = lint("doi = {https://example.org/x}, url = {https://example.org/y}", "doi-form")
    assert problem.fix is None


@pytest.mark.parametrize(
    "value",
    [
        "0-306-40615-2",
        "978-0-306-40615-7",
        "9780306406157 (hardcover), 0306406152",
        "978-0-306-40615-7 (hbk); 978-3-16-148410-0 (pbk)",
        "ISBN 0-306-40615-2",
        "9780306406157 9783161484100",
        "080442957X",
    ],
)
def test_right_isbns(lint: Lint, value: str) -> None:
    assert lint(f"isbn = {{{value}}}", "isbn") == []


def test_the_check_digit_of_an_isbn(lint: Lint) -> None:
    (problem,) = lint("isbn = {978-0-306-40615-1}", "isbn")
    assert "check digit should be 7, not 1" in problem.message
    assert problem.fix is None


def test_an_issn_in_isbn_is_moved(fixed: Fixed) -> None:
    assert fixed("isbn = {1066-5331}", "isbn", "issn") == "{1066-5331}"


def test_an_issn_in_isbn_beside_an_issn_is_only_said(lint: Lint) -> None:
    (problem,) = lint("isbn = {1066-5331}, issn = {1066-5331}", "isbn")
    assert "is an ISSN" in problem.message
    assert problem.fix is None


@pytest.mark.parametrize("value", ["1066-5331", "1066-5331, 0028-3878", "0028-3878 (print) 1526-632X (online)"])
def test_right_issns(lint: Lint, value: str) -> None:
    assert lint(f"issn = {{{value}}}", "issn") == []


def test_the_check_digit_of_an_issn(lint: Lint) -> None:
    (problem,) = lint("issn = {1066-5332}", "issn")
    assert "check digit should be 1, not 2" in problem.message


def test_an_issn_without_hyphen(fixed: Fixed) -> None:
    assert fixed("issn = {10665331}", "issn", "issn") == "{1066-5331}"


def test_other_identifiers_in_issn_are_moved(fixed: Fixed) -> None:
    assert fixed("issn = {978-0-306-40615-7}", "issn", "isbn") == "{978-0-306-40615-7}"
    assert fixed("issn = {10.1080/01639374.2013.773953}", "issn", "doi") == "{10.1080/01639374.2013.773953}"


def test_pubmed_ids(lint: Lint, fixed: Fixed) -> None:
    assert lint("pmid = {22454268}, pmcid = {PMC3310315}", "pubmed-id") == []
    assert fixed("pmid = {PMID: 22454268}", "pubmed-id", "pmid") == "{22454268}"
    assert fixed("pmid = {PMC3310315}", "pubmed-id", "pmcid") == "{PMC3310315}"
    (problem,) = lint("pmid = {1881110575}", "pubmed-id")
    assert "one to eight digits" in problem.message


def test_arxiv_ids(lint: Lint) -> None:
    assert lint("eprint = {2101.00001v2}, eprinttype = {arXiv}", "arxiv-id") == []
    assert lint("eprint = {hep-th/9901001}, archiveprefix = {arXiv}", "arxiv-id") == []
    assert lint("eprint = {12345}, eprinttype = {pubmed}", "arxiv-id") == []
    (problem,) = lint("eprint = {2113.00001}, eprinttype = {arxiv}", "arxiv-id")
    assert "13 is not a month" in problem.message


@pytest.mark.parametrize(
    ("number", "year", "found"),
    [("1011.1669", 2006, True), ("1011.1669", 2010, False), ("1011.1669", 2012, False), ("hep-th/9901001", 1998, True)],
)
def test_an_arxiv_number_newer_than_the_entry(lint: Lint, number: str, year: int, found: bool) -> None:
    problems = lint(f"eprint = {{{number}}}, eprinttype = {{arxiv}}, year = {year}", "arxiv-year")
    assert bool(problems) is found
