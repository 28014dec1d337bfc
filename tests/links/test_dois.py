"""DOIs: what the registry says, what one was meant to be, and what is said of two in one entry; no network at all."""

from __future__ import annotations

import time
from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.links.looking import CONTEXT, OK, link, looked_into, record

from ppreflist.links.dois import MOST_REPAIRS, doi_repairs
from ppreflist.links.investigate import Outcome, unasked
from ppreflist.links.notices import Notice, NoticeKind
from ppreflist.links.verdict import Verdict
from ppreflist.net.answer import Answer
from ppreflist.net.failure import Failure, FailureKind

API = "https://doi.org/api/handles/10.1000/x?type=URL"


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (record(1), "ok"),
        (record(200), "ok"),
        (record(100, status=404), "not-found"),
        (record(1, "https://www.crossref.org/deleted_DOI.html"), "gone"),
        (record(1, "http://link.springer.com/deleted"), "gone"),
        (Answer(500, API), "temporary"),
        (Failure(FailureKind.READ_TIMEOUT, "slow", API), "temporary"),
        (Failure(FailureKind.OFFLINE, "offline", API), "offline"),
    ],
)
def test_a_doi_is_asked_of_the_registry_only(answer: Outcome, verdict: str) -> None:
    finding, asked = looked_into(link(doi="10.1000/x"), {API: answer})
    assert (finding.verdict, asked) == (verdict, [API])


@pytest.mark.parametrize(
    ("status", "verdict"), [(302, "ok"), (301, "ok"), (404, "not-found"), (403, "refused"), (500, "temporary")]
)
@pytest.mark.parametrize(
    "useless", [Answer(403, API), Answer(200, API, {}, b"<html>"), Answer(200, API, {}, b'{"responseCode": 2}')]
)
def test_when_the_api_will_not_say_the_resolver_does(useless: Answer, status: int, verdict: str) -> None:
    finding, asked = looked_into(link(doi="10.1000/x"), {API: useless, "https://doi.org/10.1000/x": status})
    assert (finding.verdict, asked) == (verdict, [API, "https://doi.org/10.1000/x"])


@pytest.mark.parametrize(
    "body", [b"[]", b"null", b"{", b"[" * 100_000, b'{"responseCode": "1"}', b'{"responseCode": 1, "values": 3}']
)
def test_an_odd_record_is_no_traceback(body: bytes) -> None:
    finding, _ = looked_into(link(doi="10.1000/x"), {API: Answer(200, API, {}, body), "https://doi.org/10.1000/x": 302})
    assert finding.verdict is Verdict.OK


@pytest.mark.parametrize(
    "url", ["https://doi.org/10.1000/x", "http://dx.doi.org/10.1000/x", "https://www.doi.org/10.1000%2Fx"]
)
def test_an_address_of_the_resolver_is_a_doi(url: str) -> None:
    finding, asked = looked_into(link(url=url), {API: record(1)})
    assert (finding.verdict, asked) == (Verdict.OK, [API])


@pytest.mark.parametrize(
    "value", ["https://doi.org/10.1000/x", "doi:10.1000/x", "http://dx.doi.org/10.1000/x", "10.1000/x."]
)
def test_a_doi_field_holds_the_doi_alone(value: str) -> None:
    finding, _ = looked_into(link(doi=value), {API: record(1)})
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.MALFORMED, "10.1000/x", True)


@pytest.mark.parametrize("value", ["10.1000/x", "{10.1000/x}", " 10.1000/x "])
def test_spellings_of_a_bare_doi(value: str) -> None:
    finding, _ = looked_into(link(doi=value), {API: record(1)})
    assert (finding.verdict, finding.fix) == (Verdict.OK, None)


def test_a_repaired_doi_that_does_not_exist_is_not_safe() -> None:
    finding, _ = looked_into(link(doi="https://doi.org/10.1000/x"), {API: record(100)})
    assert (finding.verdict, finding.safe) == (Verdict.MALFORMED, False)


def test_what_is_no_doi_is_not_asked() -> None:
    finding, asked = looked_into(link(doi="see below"), {})
    assert (finding.verdict, finding.fix, asked) == (Verdict.MALFORMED, None, [])


def test_a_bare_doi_in_url_becomes_an_address() -> None:
    finding, _ = looked_into(link(url="10.1000/x"), {API: record(1)})
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.MALFORMED, "https://doi.org/10.1000/x", True)


def test_characters_of_a_doi_are_quoted() -> None:
    _, asked = looked_into(link(doi="10.1002/(SICI)1097-4636(199823)43:4<338::AID-JBM16>3.0.CO;2-B"), {})
    assert asked == [
        "https://doi.org/api/handles/10.1002/(SICI)1097-4636(199823)43:4%3C338::AID-JBM16%3E3.0.CO;2-B?type=URL"
    ]


# Repairs of DOIs ------------------------------------------------------------------------------------------------------


def registry(*known: str) -> dict[str, int | Outcome]:
    """Answers of a registry that knows these DOIs and no others; look up misses with ``of``."""
    return {f"https://doi.org/api/handles/{doi}?type=URL": record(1) for doi in known}


class Registry(dict[str, "int | Outcome"]):
    """Every DOI but the known ones is "handle not found"."""

    def get(self, url: str, default: object = None) -> int | Outcome:
        return super().get(url, record(100, status=404))


@pytest.mark.parametrize(
    ("written", "right", "safe"),
    [
        ("10.1016/j.cell.2O19.01.001", "10.1016/j.cell.2019.01.001", False),
        ("10.1016/j.cell.2019.01.001/abstract", "10.1016/j.cell.2019.01.001", True),
        ("10.1016/j.cell.2019.01.001.pdf", "10.1016/j.cell.2019.01.001", True),
        ("10.1016//j.cell.2019.01.001", "10.1016/j.cell.2019.01.001", True),
        ("10.1101/2020.01.01.123456v1", "10.1101/2020.01.01.123456", True),
        ("10.1000/x10.1000/x", "10.1000/x", True),
        ("10.1016/j.cell.2019.01.001 PMID: 12", "10.1016/j.cell.2019.01.001", True),
        ("10.1000/a_b", "10.1000/a-b", False),
    ],
)
def test_a_doi_that_is_not_registered_may_have_been_another(written: str, right: str, safe: bool) -> None:
    finding, asked = looked_into(link(doi=written), Registry(registry(right)))
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.TYPO, right, safe)
    assert asked[-1] == f"https://doi.org/api/handles/{right}?type=URL"
    assert "is registered" in finding.message


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("1O.1016/j.cell.2019.01.001", "10.1016/j.cell.2019.01.001"),
        ("10.1O16/j.cell.2019.01.001", "10.1016/j.cell.2019.01.001"),
        ("10.1016.j.cell.2019.01.001", "10.1016/j.cell.2019.01.001"),
        ("10.1111/j.1468-1331.2006.01552", "10.1111/j.1468-1331.2006.01552.x"),
        ("10.1000/a, 10.1000/b", "10.1000/b"),
        ("https://doi.org/https://doi.org/10.1000/x", "10.1000/x"),
        ("10.1000/x].", "10.1000/x"),
        ("10.1000/a\u2013b", "10.1000/a-b"),
    ],
)
def test_what_is_no_doi_is_repaired_and_tested(written: str, right: str) -> None:
    finding, _ = looked_into(link(doi=written), Registry(registry(right)))
    assert (finding.verdict, finding.fix) == (Verdict.MALFORMED, right)
    assert "is registered" in finding.message or "exists" in finding.message


def test_an_address_of_a_doi_that_begins_twice() -> None:
    finding, _ = looked_into(link(url="https://doi.org/https://doi.org/10.1000/x"), {API: record(1)})
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.MALFORMED, "https://doi.org/10.1000/x", True)


def test_no_repair_is_suggested_that_the_registry_does_not_know() -> None:
    finding, asked = looked_into(link(doi="10.1016/j.cell.2O19.01.001/abstract"), Registry())
    assert (finding.verdict, finding.fix) == (Verdict.NOT_FOUND, None)
    assert len(asked) <= 9


def test_a_repair_that_the_registry_would_not_speak_of_is_not_suggested() -> None:
    answers = Registry({"https://doi.org/api/handles/10.1000/x?type=URL": Answer(500, API)})
    finding, _ = looked_into(link(doi="10.1000/x/abstract"), answers)
    assert (finding.verdict, finding.fix) == (Verdict.NOT_FOUND, None)


def test_an_address_of_a_doi_that_is_not_registered() -> None:
    finding, _ = looked_into(link(url="https://doi.org/10.1000/x.pdf"), Registry(registry("10.1000/x")))
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.TYPO, "https://doi.org/10.1000/x", True)


@pytest.mark.parametrize(
    ("written", "right", "safe"),
    [
        ("https://doi.org/(10.1000/x)", "10.1000/x", True),
        ("https://doi.org//10.1000/x", "10.1000/x", True),
        ("https://doi.org/10.1000/x/", "10.1000/x", True),
        ("https://doi.org/10.1000/x%20", "10.1000/x", True),
        ("https://doi.org/1O.1000/x", "10.1000/x", True),
        ("https://dx.doi.org/l0.1000/x", "10.1000/x", True),
        ("https://doi.org/10,1000/x", "10.1000/x", True),
        ("https://doi.org/<10.1000/x>", "10.1000/x", True),
        ("doi.org/doi.org/10.1000/x", "10.1000/x", True),
        ("doi.org/1O.1000/x", "10.1000/x", True),
        ("https://doi.org/10.1111/j.1468-1331.2006.01552", "10.1111/j.1468-1331.2006.01552.x", False),
        ("https://doi.org/10.1111/j.1468-1331.2006.01552.", "10.1111/j.1468-1331.2006.01552.x", False),
    ],
)
def test_an_address_that_is_not_quite_that_of_a_doi(written: str, right: str, safe: bool) -> None:
    finding, asked = looked_into(link(url=written), Registry(registry(right)))
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.MALFORMED, f"https://doi.org/{right}", safe)
    assert asked[-1] == f"https://doi.org/api/handles/{right}?type=URL"
    assert all(each.startswith("https://doi.org/api/handles/") for each in asked), "a page says nothing of a DOI"


@pytest.mark.parametrize(
    "written",
    [
        "https://doi.org/10.1000/x", "https://doi.org/10.1000%2Fx", "https://dx.doi.org/10.1000/X".lower(),
        "https://doi.org/doi:10.1000/x", "https://doi.org/10.1000/x?nosfx=y", "https://doi.org/10.1000/x#s2",
    ],
)  # fmt: skip
def test_an_address_of_a_doi(written: str) -> None:
    finding, _ = looked_into(link(url=written), Registry(registry("10.1000/x")))
    assert (finding.verdict, finding.fix) == (Verdict.OK, None)


def test_pages_of_the_resolver_are_pages() -> None:
    for url in ("https://www.doi.org/hb.html", "https://doi.org/", "https://www.doi.org/1998-history"):
        assert looked_into(link(url=url), {url: OK})[1] == [url]


@pytest.mark.parametrize(
    ("written", "right"),
    [("10.1016/j.cel1.2019.01.001", "10.1016/j.cell.2019.01.001"), ("10.1000/c0de.3", "10.1000/code.3")],
)
def test_a_digit_among_letters_may_have_been_a_letter(written: str, right: str) -> None:
    finding, _ = looked_into(link(doi=written), Registry(registry(right)))
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.TYPO, right, False)


def test_the_last_character_of_a_serial_item_identifier() -> None:
    """ANSI/NISO Z39.56: what is after ``CO;2-`` is a check character, and O a likely one."""
    begin = "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-"
    known = registry()
    known[f"https://doi.org/api/handles/{quote(begin + 'O', safe='/:;()-._~')}?type=URL"] = record(1)
    finding, _ = looked_into(link(doi=begin + "0"), Registry(known))
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.TYPO, begin + "O", False)


@given(st.text(max_size=60), st.text("10.OolI/-_()[]<>{}\\&;x \u2013", max_size=40))
def test_any_text_may_be_repaired(text: str, near: str) -> None:
    for written in (text, near, f"10.1000/{text}", f"10.1000/{near}"):
        found = doi_repairs(written)
        assert len(found) <= MOST_REPAIRS
        assert len({doi.key for doi, _ in found}) == len(found)


def test_repairs_cost_little() -> None:
    started = time.process_time()
    for piece in ("10.1000/", "O", "(", "{\\_}", "/full", ".", " ", "10.", "&amp;"):
        doi_repairs("10.1000/" + piece * 5000)
    assert time.process_time() - started < 1.0


@pytest.mark.parametrize(
    "fields", [{"doi": "10.1000/x."}, {"doi": "doi:10.1000/x"}, {"url": "https://doi.org/doi.org/10.1000/x"}]
)
def test_a_repair_names_whom_it_asked_and_nobody_where_nobody_was(fields: dict[str, str]) -> None:
    finding, asked = looked_into(link(**fields), {API: record(1)})
    assert (finding.verdict, asked, finding.asked) == (Verdict.MALFORMED, [API], "https://doi.org/10.1000/x")
    offline = unasked(link(**fields), CONTEXT)
    assert (offline.verdict, offline.fix, offline.asked) == (Verdict.MALFORMED, finding.fix, "")


# Two DOIs in one entry ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["https://doi.org/10.1000/two", "https://publisher.example/doi/full/10.1000/two"])
def test_a_url_that_names_another_doi(url: str) -> None:
    fields = {"url": url, "doi": "10.1000/one"}
    said = "it names the DOI 10.1000/two, and doi is 10.1000/one: one of the two belongs to another work."
    finding, _ = looked_into(link(**fields), {**registry("10.1000/two"), url: OK})
    assert (finding.verdict, finding.message, finding.says_more) == (Verdict.OK, f"It works, but {said}", True)
    offline = unasked(link(**fields), CONTEXT)
    assert (offline.verdict, offline.message, offline.says_more) == (Verdict.OFFLINE, f"Not asked, but {said}", True)
    gone, _ = looked_into(link(**fields), {url: 410, API.replace("/x?", "/two?"): record(100)})
    assert gone.message.endswith(f" Besides, {said}")


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://doi.org/10.1000/ONE", "10.1000/one"),
        ("https://publisher.example/doi/full/10.1000/one/suppl", "10.1000/one"),
        ("https://doi.org/10.48550/arXiv.2101.00001", "10.1000/one"),
        ("https://x.org/a", "10.1000/one"),
    ],
)
def test_a_url_that_names_the_same_doi(url: str, doi: str) -> None:
    assert "DOI" not in unasked(link(url=url, doi=doi), CONTEXT).message


def test_a_note_may_name_other_works() -> None:
    entry = {"note": "See also https://doi.org/10.1000/two", "doi": "10.1000/one"}
    assert "belongs" not in unasked(link(**entry), CONTEXT).message


def test_a_publishers_address_without_a_doi_field() -> None:
    url = "https://publisher.example/doi/full/10.1000/x"
    told = replace(CONTEXT, notices={"10.1000/x": Notice(NoticeKind.RETRACTION, "2014")})
    said = "The work was retracted in 2014. Say so where you cite it, or replace it."
    for status, rest in ((OK, ""), (403, " The site refuses robots (status 403): look at it in a browser.")):
        finding, _ = looked_into(link(url=url), {url: status}, told)
        assert (finding.verdict, finding.message) == (Verdict.NOTICE, f"{said}{rest}")
    assert looked_into(link(url=url), {url: 404}, told)[0].verdict is Verdict.NOT_FOUND
    assert looked_into(link(url=url, title="A work [RETRACTED]"), {url: OK}, told)[0].verdict is Verdict.OK
