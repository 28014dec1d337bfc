from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.model.identifier import (
    DOI,
    ISBN,
    ISSN,
    KINDS,
    PMCID,
    PMID,
    ArXiv,
    Handle,
    Identifier,
    Malformed,
    candidates,
    interpret,
    isbn10_check,
    isbn13_of,
    issn_check,
    parse,
    parse_arxiv,
    parse_doi,
    parse_handle,
    parse_isbn,
    parse_issn,
    parse_pmcid,
    parse_pmid,
    parse_several,
    recognise,
)

SICI = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"
PII = "10.1016/S1474-4422(06)70447-1"
WILEY = "10.1111/j.1468-1331.2006.01552.x"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10.1212/WNL.0b013e31824de293", "10.1212/WNL.0b013e31824de293"),
        ("doi:" + PII, PII),
        (f"DOI: {PII}.", PII),
        (f"doi = {PII}", PII),
        ("info:doi/10.1000/182", "10.1000/182"),
        ("DOI 10.1000/456#789", "10.1000/456#789"),
        (f"(https://doi.org/{PII})", PII),
        (f"<http://dx.doi.org/{PII}>.", PII),
        (f"“https://www.doi.org/{PII}”", PII),
        ("doi.org/10.1000/182", "10.1000/182"),
        ("https://doi.org/https://doi.org/10.1000/182", "10.1000/182"),
        ("http:/dx.doi.org/10.1000/182", "10.1000/182"),
        ("https://doi-org.proxy.example.edu/10.1000/182", "10.1000/182"),
        (
            "https://dx.doi.org/10.1002/%28SICI%291097-0258%2819980815/30%2917%3A15/16%3C1661%3A%3AAID-SIM968%3E3.0.CO%3B2-2",
            SICI,
        ),
        (SICI.replace("<", "&lt;").replace(">", "&gt;"), SICI),
        ("https://doi.org/10.1000%2F182", "10.1000/182"),
        ("https://doi.org/10.1000/182?nosfx=y#top", "10.1000/182"),
        (f"https://onlinelibrary.wiley.com/doi/full/{WILEY}", WILEY),
        (f"https://onlinelibrary.wiley.com/doi/{WILEY}/abstract", WILEY),
        ("https://link.springer.com/content/pdf/10.1007/s00415-006-0123-4.pdf", "10.1007/s00415-006-0123-4"),
        ("https://www.frontiersin.org/articles/10.3389/fneur.2019.00123/full", "10.3389/fneur.2019.00123"),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0012345&type=printable",
            "10.1371/journal.pone.0012345",
        ),
        ("https://x.org/go?url=https%3A%2F%2Fdoi.org%2F10.1000%2F182", "10.1000/182"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.30.927871v1.full.pdf", "10.1101/2020.01.30.927871"),
        ("10.1000/x–y—z", "10.1000/x-y-z"),
        ("10.1000/a\\_b{\\_}c", "10.1000/a_b_c"),
        ("10.1000/soft\u00adhyphen\u200b", "10.1000/softhyphen"),
        ("10.1000.10/123", "10.1000.10/123"),
        ("10/aabbe", "10/aabbe"),
        ("https://doi.org/aabbe", "10/aabbe"),
    ],
)
def test_a_doi_is_read_in_any_spelling(text: str, value: str) -> None:
    assert recognise(text) == DOI(value)
    found = parse_doi(text)
    assert isinstance(found, DOI)
    assert found.value == value


@pytest.mark.parametrize(
    ("text", "reason", "right"),
    [
        ("10.1212/", "nothing follows the slash", None),
        ("10.1212", "nothing follows the prefix", None),
        ("10.1016/S1474-4422(06", "'(' is never closed", None),
        ("10.1016/S1474-4422(06)70447", "truncated", None),
        ("10.1016/S1474-44", "truncated", None),
        ("10.1111/j.1468-1331.2006.01552", "end in .x", None),
        ("10.1111/j.1468-1331.2006.", "truncated", None),
        ("10.1371/journal.pone.00123", "seven digits", None),
        ("10.1000/abc-", "ends in '-'", None),
        ("10.1016/ j.foo.2006", "white space", DOI("10.1016/j.foo.2006")),
        ("1O.1016/j.foo.2006", "begins with 10.", DOI("10.1016/j.foo.2006")),
        ("10,1016/j.foo.2006", "begins with 10.", DOI("10.1016/j.foo.2006")),
        ("10.1000/a, 10.1000/b", "more than one", None),
        ("10.1000/a\x07b", "cannot be printed", None),
        ("doi:", "begins with 10.", None),
        ("https://doi.org/", "without a DOI", None),
    ],
)
def test_what_is_wrong_with_a_doi_is_said_before_any_request(text: str, reason: str, right: DOI | None) -> None:
    found = interpret(text)
    assert isinstance(found, Malformed)
    assert found.kind == "doi"
    assert reason in found.reason
    assert found.right == right


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("10.12/x", "at least four digits"),
        ("see 10.1000/182", "'see' stands before"),
        ("https://example.org/article/1", "a web address without a DOI"),
        ("10.1000/" + "x" * 5000, "far too long"),
        ("someDoi", "a DOI begins with 10."),
    ],
)
def test_a_doi_field_that_holds_something_else(text: str, reason: str) -> None:
    found = parse_doi(text)
    assert isinstance(found, Malformed)
    assert reason in found.reason


def test_a_doi_compares_without_regard_to_ascii_case_and_keeps_its_spelling() -> None:
    one, other = DOI("10.1000/ABC"), DOI("10.1000/abc")
    assert one == other
    assert len({one, other}) == 1
    assert (one.value, str(one), one.url) == ("10.1000/ABC", "doi:10.1000/ABC", "https://doi.org/10.1000/ABC")
    assert DOI("10.1000/É") != DOI("10.1000/é")  # the DOI Handbook folds ASCII letters only
    assert DOI(SICI).url.endswith("17:15/16%3C1661::AID-SIM968%3E3.0.CO;2-2")
    assert DOI("10.48550/arXiv.2101.00001").arxiv == ArXiv("2101.00001")
    assert one.arxiv is None


@pytest.mark.parametrize(
    ("text", "identifier", "url"),
    [
        ("https://pubmed.ncbi.nlm.nih.gov/16713924/", PMID("16713924"), "https://pubmed.ncbi.nlm.nih.gov/16713924/"),
        ("http://www.ncbi.nlm.nih.gov/pubmed/16713924?dopt=Abstract", PMID("16713924"), ""),
        ("https://europepmc.org/article/MED/16713924", PMID("16713924"), ""),
        ("pmid:16713924", PMID("16713924"), ""),
        ("PMID 016713924", PMID("16713924"), ""),
        ("16713924", PMID("16713924"), ""),
        ("PMC3298123", PMCID("PMC3298123"), "https://pmc.ncbi.nlm.nih.gov/articles/PMC3298123/"),
        ("pmcid: 3298123", PMCID("PMC3298123"), ""),
        ("PMC3298123.1", PMCID("PMC3298123"), ""),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3298123/pdf/x.pdf", PMCID("PMC3298123"), ""),
        ("https://arxiv.org/abs/2101.00001v2", ArXiv("2101.00001v2"), "https://arxiv.org/abs/2101.00001v2"),
        ("https://arxiv.org/pdf/hep-th/9901001v3.pdf", ArXiv("hep-th/9901001v3"), ""),
        ("arXiv:2101.00001 [cs.CL]", ArXiv("2101.00001"), ""),
        ("math.GT/0309136", ArXiv("math/0309136"), "https://arxiv.org/abs/math/0309136"),
        ("0704.0001", ArXiv("0704.0001"), ""),
        ("isbn:978-0-306-40615-7", ISBN("9780306406157"), "https://openlibrary.org/isbn/9780306406157"),
        ("ISBN-10: 0-306-40615-2", ISBN("0306406152"), "https://openlibrary.org/isbn/0306406152"),
        ("043942089X", ISBN("043942089X"), ""),
        ("978 0 306 40615 7", ISBN("978-0-306-40615-7"), ""),
        ("https://www.amazon.com/Some-Book/dp/0306406152", ISBN("0306406152"), ""),
        ("ISSN 1066-5331", ISSN("1066-5331"), "https://portal.issn.org/resource/ISSN/1066-5331"),
        ("eISSN: 2434561x", ISSN("2434-561X"), ""),
        ("https://portal.issn.org/resource/ISSN/1066-5331", ISSN("1066-5331"), ""),
        ("hdl:2027/mdp.39015", Handle("2027/mdp.39015"), "https://hdl.handle.net/2027/mdp.39015"),
        ("https://hdl.handle.net/2027/mdp.39015?x=1", Handle("2027/MDP.39015"), ""),
    ],
)
def test_other_identifiers(text: str, identifier: Identifier, url: str) -> None:
    found = recognise(text)
    assert found == identifier
    assert found is not None
    assert not url or found.url == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello world",
        "2006",
        "https://www.post-polio.org",
        "www.post-poli.org",
        "a/b",
        "12",
        "1-2",
        "...",
        "x" * 9999,
    ],
)
def test_what_is_no_identifier_is_none(text: str) -> None:
    assert interpret(text) is None


@pytest.mark.parametrize(
    ("kind", "text", "reason", "expected"),
    [
        ("isbn", "0-306-40615-3", "the check digit should be 2, not 3", "2"),
        ("isbn", "978-0-306-40615-8", "the check digit should be 7, not 8", "7"),
        ("isbn", "0439420890", "the check digit should be X, not 0", "X"),
        ("isbn", "1234567890123", "begins with 978 or 979", ""),
        ("isbn", "030640615", "9 digits", ""),
        ("isbn", "1066-5331", "an ISSN, not an ISBN", ""),
        ("isbn", "none", "10 or 13 digits", ""),
        ("issn", "1066-5332", "the check digit should be 1, not 2", "1"),
        ("issn", "1066", "eight digits", ""),
        ("pmid", "123456789", "one to eight digits", ""),
        ("pmid", "0", "one to eight digits", ""),
        ("pmid", "PMC12", "a PMCID", ""),
        ("pmcid", "x", "PMC and", ""),
        ("arxiv", "1412.12345", "4 digits", ""),
        ("arxiv", "2101.0001", "truncated", ""),
        ("arxiv", "2113.00001", "13 is not a month", ""),
        ("arxiv", "hep-th/9913001", "13 is not a month", ""),
        ("arxiv", "foo/9901001", "is like", ""),
        ("hdl", "10.1000/182", "a DOI", ""),
        ("hdl", "x", "is like", ""),
    ],
)
def test_why_a_field_is_refused(kind: str, text: str, reason: str, expected: str) -> None:
    found = parse(kind, text)
    assert isinstance(found, Malformed)
    assert reason in found.reason
    assert found.expected == expected
    assert found.right is None


def test_a_wrong_number_that_was_pasted_is_refused_with_its_reason() -> None:
    for text in ("1066-5332", "0-306-40615-3", "1412.12345", "isbn:123"):
        assert isinstance(interpret(text), Malformed)


def test_a_number_that_could_be_two_things_is_not_guessed() -> None:
    assert interpret("10665331") is None
    assert candidates("10665331") == (PMID("10665331"), ISSN("1066-5331"))


def test_fields_that_hold_several_numbers() -> None:
    assert parse_several("issn", "0304-3975 (print), 1879-2294 (electronic)") == (ISSN("0304-3975"), ISSN("1879-2294"))
    assert parse_several("isbn", "9780822349242 9780822349198") == (ISBN("9780822349242"), ISBN("9780822349198"))
    assert parse_several("isbn", "0 306 40615 2") == (ISBN("0306406152"),)
    (refused,) = parse_several("issn", "not here")
    assert isinstance(refused, Malformed)


def test_versions() -> None:
    first, second = parse_arxiv("2101.00001v1"), parse_arxiv("2101.00001V2")
    assert isinstance(first, ArXiv)
    assert isinstance(second, ArXiv)
    assert (first.version, second.version, ArXiv("2101.00001").version) == (1, 2, None)
    assert first == second


digits = st.text(st.sampled_from("0123456789"), min_size=12, max_size=12)


@given(digits)
def test_right_check_digits_are_accepted_and_every_other_is_told_the_right_one(text: str) -> None:
    isbn10 = text[:9] + isbn10_check(text)
    isbn13 = isbn13_of("978" + text[:9])
    issn = text[:7] + issn_check(text)
    assert parse_isbn(isbn10) == parse_isbn(isbn13) == ISBN(isbn13)
    assert isinstance(parse_issn(issn), ISSN)
    for kind, right in (("isbn", isbn10), ("isbn", isbn13), ("issn", issn)):
        for other in set("0123456789") - {right[-1]}:
            refused = parse(kind, right[:-1] + other)
            assert isinstance(refused, Malformed)
            assert refused.expected == right[-1]


suffixes = st.text(st.sampled_from("abcXYZ0189.-_;:/()[]<>"), min_size=1, max_size=30)


@given(suffixes)
def test_a_doi_that_is_accepted_is_read_back_from_everything_that_is_made_of_it(suffix: str) -> None:
    found = parse_doi("10.1234/a" + suffix)
    if isinstance(found, DOI):
        for spelling in (found.value, str(found), found.url, f"<{found.url}>,", f"doi: {found.value};"):
            assert parse_doi(spelling) == found
            assert recognise(spelling) == found


@given(st.text() | st.from_regex(r"(doi:|https://[a-z.]{1,9}/|pmid |isbn:?)?10?[0-9./()X-]{0,30}.{0,9}"))
def test_any_text_is_read_or_refused(text: str) -> None:
    interpret(text)
    candidates(text)
    for kind in KINDS:
        found = parse(kind, text)
        assert isinstance(found, Identifier | Malformed)
        if isinstance(found, Identifier):
            assert parse(kind, found.value) == found
            assert found.url.startswith("https://")
            assert found.url.isascii()
        else:
            assert found.reason


def test_other_readers_refuse_what_is_not_theirs() -> None:
    for parser in (parse_pmid, parse_pmcid, parse_arxiv, parse_isbn, parse_issn, parse_handle):
        assert isinstance(parser("no such thing"), Malformed)
