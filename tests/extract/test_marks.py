from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.extract.marks import find_marks, is_of_work


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("Eur J Neurol 2007. doi:10.1111/j.1468-1331.2006.01552.x.", "doi:10.1111/j.1468-1331.2006.01552.x"),
        ("doi: 10.1016/S1474-\n4422(06)70447-1; and", "doi:10.1016/S1474-4422(06)70447-1"),
        ("DOI 10.1111/j.1468-1331.\n2006.01552.x", "doi:10.1111/j.1468-1331.2006.01552.x"),
        ("(10.1212/WNL.0b013e31824de293)", "doi:10.1212/WNL.0b013e31824de293"),
        ("at https://doi.org/10.1212/\nWNL.0b013e31824de293.", "doi:10.1212/WNL.0b013e31824de293"),
        ("[doi:10.1212/WNL.0b013e31824de293]", "doi:10.1212/WNL.0b013e31824de293"),
        ("PMID: 22454268.", "pmid:22454268"),
        ("PMCID: PMC3310392", "pmcid:PMC3310392"),
        ("arXiv:2101.00001v2 [math.CO]", "arxiv:2101.00001v2"),
        ("ISBN 978-0-306-40615-7,", "isbn:978-0-306-40615-7"),
        ("https://pubmed.ncbi.nlm.nih.gov/22454268/", "pmid:22454268"),
    ],
)
def test_an_identifier_is_found(text: str, identifier: str) -> None:
    marks = find_marks(text)
    assert [str(mark.identifier) for mark in marks] == [identifier]


def test_a_wrong_check_digit_is_said() -> None:
    (mark,) = find_marks("ISBN 978-0-306-40615-8")
    assert mark.identifier is None
    assert "check digit" in mark.flaw


@pytest.mark.parametrize(
    "text", ["pages 10.1-10.5", "in 2010. 1234567 people", "call 12345678", "10.1000 / 3", "chapter 10.2/3"]
)
def test_numbers_are_no_identifiers(text: str) -> None:
    assert find_marks(text) == []


def test_an_issn_names_no_work() -> None:
    (mark,) = find_marks("ISSN 1066-5331")
    assert mark.identifier is not None
    assert not is_of_work(mark.identifier)


@given(st.text(alphabet="10./doi:PMISBN -\n(x)http://w.", max_size=120))
def test_marks_are_in_order_and_apart(text: str) -> None:
    end = 0
    for mark in find_marks(text):
        assert end <= mark.start < mark.end <= len(text)
        assert text[mark.start : mark.end] == mark.printed
        end = mark.end
