"""How a link is looked into, with the answers written down: no network at all."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.links.collect import links_of
from ppreflist.links.dois import MOST_REPAIRS, doi_repairs
from ppreflist.links.finding import Finding
from ppreflist.links.hosts import KnownHosts
from ppreflist.links.investigate import Context, Outcome, investigate, unasked
from ppreflist.links.link import Link
from ppreflist.links.notices import Notice, NoticeKind
from ppreflist.links.page import visited
from ppreflist.links.verdict import Verdict
from ppreflist.model.entry import Entry, Field
from ppreflist.net.answer import Answer, Hop
from ppreflist.net.failure import Failure, FailureKind, TlsFault, mistake

CONTEXT = Context(KnownHosts(), "https://doi.org")
OK = 200


def link(**fields: str) -> Link:
    entry = Entry("key", "misc", {name: Field(name, value, value, 10) for name, value in fields.items()})
    return next(links_of([entry]))


def looked_into(
    link: Link, answers: Mapping[str, int | Outcome], context: Context = CONTEXT
) -> tuple[Finding, list[str]]:
    """The finding, and what was asked; an address without an answer has no host."""
    asked: list[str] = []
    investigation = investigate(link, context)
    try:
        question = next(investigation)
        while True:
            asked.append(question.url)
            found = answers.get(question.url, Failure(FailureKind.NAME_NOT_FOUND, "no such host", question.url))
            outcome = Answer(found, question.url, {}, b"x") if isinstance(found, int) else found
            question = investigation.send(outcome)
    except StopIteration as end:
        finding = end.value
    assert isinstance(finding, Finding)
    return finding, asked


def record(code: int, place: str = "https://x.org/a", status: int = 200) -> Answer:
    """What the handle API answers (https://www.handle.net/proxy_servlet.html)."""
    value = {"index": 1, "type": "URL", "data": {"format": "string", "value": place}, "ttl": 86400}
    body = {"responseCode": code, "handle": "10.1000/x", **({"values": [value]} if code == 1 else {})}
    return Answer(status, "https://doi.org/api/handles/10.1000/x?type=URL", {}, json.dumps(body).encode())


def test_a_sound_link_that_works() -> None:
    finding, asked = looked_into(link(url="https://x.org/a"), {"https://x.org/a": OK})
    assert (finding.verdict, finding.fix, asked) == (Verdict.OK, None, ["https://x.org/a"])


def test_a_finding_has_what_the_page_is_known_by_when_it_works() -> None:
    markup = b"<html lang=en><title>Late effects of polio</title><link rel=canonical href=/b><p>" + b"Some words. " * 60
    url = "https://x.org/a"
    html = {"content-type": "text/html"}
    sound = visited(Answer(200, url, html, markup))
    page = looked_into(link(url=url), {url: sound})[0].page
    assert page is not None
    assert (page.title, page.canonical, page.language, page.words, page.whole) == (
        "Late effects of polio", "https://x.org/b", "en", 120, True,
    )  # fmt: skip
    moved = visited(Answer(200, "https://x.org/b", html, markup, redirects=(Hop(url, 301, "https://x.org/b"),)))
    finding, _ = looked_into(link(url=url), {url: moved})
    assert (finding.verdict, finding.page) == (Verdict.MOVED, page)
    retired = visited(Answer(200, url, html, markup.replace(b"polio<", b"polio [RETIRED]<")))
    finding, _ = looked_into(link(url=url), {url: retired})
    assert finding.verdict is Verdict.NOTICE
    assert finding.page is not None
    for answer in (
        Answer(404, url, html, markup), Answer(403, url, html, markup), Answer(200, url, {}, b"%PDF-1.7"),
        Answer(200, url, {"content-type": "application/pdf"}, b"%PDF-1.7", complete=False),
    ):  # fmt: skip
        assert looked_into(link(url=url), {url: visited(answer)})[0].page is None


def test_a_moved_page_keeps_its_fragment() -> None:
    moved = Answer(200, "https://y.org/b", {}, b"x", redirects=(Hop("https://x.org/a", 301, "https://y.org/b"),))
    finding, _ = looked_into(link(url="https://x.org/a#s2"), {"https://x.org/a#s2": moved})
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.MOVED, "https://y.org/b#s2", True)


def test_the_newsletters_address() -> None:
    right = "https://www.neurology.org/content/78/13/1009.full.html"
    finding, asked = looked_into(link(url="www.neurology.org/content/78/13/1009. Full.html"), {right: OK})
    assert (finding.verdict, finding.fix, finding.safe, asked) == (Verdict.MALFORMED, right, True, [right])
    assert "The repaired address works." in finding.message


def test_a_repair_behind_a_wall_is_plausible() -> None:
    right = "https://www.neurology.org/content/78/13/1009.full.html"
    finding, asked = looked_into(link(url="www.neurology.org/content/78/13/1009. Full.html"), {right: 403})
    assert (finding.fix, finding.safe, asked) == (right, True, [right])
    assert "Not confirmed" in finding.message


def test_repairs_are_tried_in_turn() -> None:
    first, second = "https://x.org/a%20b.pdf", "https://x.org/ab.pdf"
    finding, asked = looked_into(link(url="https://x.org/a b.pdf"), {first: 404, second: OK})
    assert (finding.verdict, finding.fix, asked) == (Verdict.MALFORMED, second, [first, second])


def test_a_repair_that_does_not_work_is_not_safe() -> None:
    answers: dict[str, int | Outcome] = {"https://x.org/a%20b.pdf": 404, "https://x.org/ab.pdf": 404}
    finding, _ = looked_into(link(url="https://x.org/a b.pdf"), answers)
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.MALFORMED, "https://x.org/a%20b.pdf", False)
    assert "does not work either" in finding.message


def test_a_page_whose_name_ends_in_a_full_stop() -> None:
    url = "https://x.org/Foo_Inc."
    finding, asked = looked_into(link(url=url), {url: OK, url[:-1]: 404})
    assert (finding.verdict, finding.fix, asked) == (Verdict.OK, None, [url[:-1], url])


def test_a_slip_in_the_host_is_confirmed_by_the_same_page_there() -> None:
    finding, asked = looked_into(link(url="www.post-poli.org/a"), {"https://www.post-polio.org/a": OK})
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.TYPO, "https://www.post-polio.org/a", True)
    assert asked == ["https://www.post-poli.org/a", "https://www.post-polio.org/a"]
    assert "lacks https://" in finding.message
    assert "has this page" in finding.message


def test_a_slip_in_a_sound_address() -> None:
    finding, _ = looked_into(link(url="https://www.neurolgy.org/a"), {"https://www.neurology.org/a": 403})
    assert (finding.verdict, finding.fix) == (Verdict.TYPO, "https://www.neurology.org/a")


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("https://www.nature.cmo/a", "https://www.nature.com/a"),
        ("https://ww.nature.com/a", "https://www.nature.com/a"),
        ("https://wwwnature.com/a", "https://www.nature.com/a"),
        ("http://www.neurology,org/a", "http://www.neurology.org/a"),
        ("http//www.nature.com/a", "http://www.nature.com/a"),
        ("htps://www.nature.com/a", "https://www.nature.com/a"),
        ("htps:www.nature.com/a", "https://www.nature.com/a"),
        ("htps://www.natrue.com/a", "https://www.nature.com/a"),
        ("https://www.who.itn/a", "https://www.who.int/a"),
        ("https://www.cdc.com/a", "https://www.cdc.gov/a"),
        ("https://www.ncbi.nlm.nhi.gov/a", "https://www.ncbi.nlm.nih.gov/a"),
        ("https://onlinelibary.wiley.com/a", "https://onlinelibrary.wiley.com/a"),
        ("https://www.bbc.co.ku/a", "https://www.bbc.co.uk/a"),
        ("https://www.postpolio.org/a", "https://www.post-polio.org/a"),
        ("https://www.po\u0455t-polio.org/a", "https://www.post-polio.org/a"),  # a Cyrillic letter
        ("https://arx1v.org/a", "https://arxiv.org/a"),
    ],
)
def test_what_was_meant_is_asked_when_the_host_is_not_there(written: str, right: str) -> None:
    finding, asked = looked_into(link(url=written), {right: OK})
    assert finding.verdict in (Verdict.TYPO, Verdict.MALFORMED)
    assert (finding.fix, finding.safe, asked[-1]) == (right, True, right)
    assert len(asked) <= 4


def test_the_entrys_words_tell_with_an_empty_library_and_no_table() -> None:
    """The newsletter's own slip: post-poli.org, and post-polio.org nowhere else."""
    phi = link(url="http://www.post-poli.org/a.html", organization="Post-Polio Health International")
    context = Context(KnownHosts(table={}), "https://doi.org")
    right = "http://www.post-polio.org/a.html"
    assert (unasked(phi, context).verdict, unasked(phi, context).fix) == (Verdict.TYPO, right)
    finding, asked = looked_into(phi, {right: OK}, context)
    assert (finding.verdict, finding.fix, asked) == (Verdict.TYPO, right, [phi.written, right])
    finding, _ = looked_into(phi, {phi.written: OK}, context)
    assert finding.verdict is Verdict.OK


def test_a_host_that_answers_is_no_slip() -> None:
    finding, asked = looked_into(link(url="https://www.neurolgy.org/a"), {"https://www.neurolgy.org/a": OK})
    assert (finding.verdict, len(asked)) == (Verdict.OK, 1)


def test_a_dead_host_without_a_neighbour_is_unreachable() -> None:
    finding, asked = looked_into(link(url="https://nothing-like-it.org/a"), {})
    assert (finding.verdict, finding.fix) == (Verdict.UNREACHABLE, None)
    assert asked == ["https://nothing-like-it.org/a", "https://www.nothing-like-it.org/a"]
    assert "nothing-like-it.org" in finding.message


def test_a_site_may_have_an_address_with_www_only() -> None:
    bare, other = "https://nothing-like-it.org/a", "https://www.nothing-like-it.org/a"
    finding, _ = looked_into(link(url=bare), {other: OK})
    assert (finding.verdict, finding.fix) == (Verdict.TYPO, other)
    finding, _ = looked_into(link(url=bare), {other: Answer(403, other, {}, b"", True)})
    assert (finding.verdict, finding.fix) == (Verdict.UNREACHABLE, None)


def test_a_suggestion_that_is_dead_itself_is_not_made() -> None:
    finding, asked = looked_into(link(url="https://www.neurolgy.org/a"), {})
    assert (finding.verdict, finding.fix) == (Verdict.UNREACHABLE, None)
    assert asked == ["https://www.neurolgy.org/a", "https://www.neurology.org/a"]


def test_several_addresses_are_each_asked_and_reported() -> None:
    finding, asked = looked_into(link(url="https://x.org/a https://y.org/b"), {"https://x.org/a": OK})
    assert (finding.verdict, finding.fix, asked) == (Verdict.MALFORMED, None, ["https://x.org/a"])
    assert "several" in finding.message


# DOIs -----------------------------------------------------------------------------------------------------------------

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


# Other identifiers ----------------------------------------------------------------------------------------------------


def test_arxiv_is_asked_by_its_doi_first() -> None:
    api = "https://doi.org/api/handles/10.48550/arXiv.2101.00001?type=URL"
    finding, asked = looked_into(link(eprint="2101.00001v2"), {api: record(1)})
    assert (finding.verdict, asked) == (Verdict.OK, [api])
    finding, asked = looked_into(
        link(eprint="2101.00001v2"), {api: record(100), "https://arxiv.org/abs/2101.00001v2": OK}
    )
    assert (finding.verdict, asked[1]) == (Verdict.OK, "https://arxiv.org/abs/2101.00001v2")


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ({"pmid": "12345"}, "https://pubmed.ncbi.nlm.nih.gov/12345/"),
        ({"pmcid": "PMC12345"}, "https://pmc.ncbi.nlm.nih.gov/articles/PMC12345/"),
        ({"eprint": "2027/mdp.39015", "eprinttype": "hdl"}, "https://hdl.handle.net/2027/mdp.39015"),
        ({"eprint": "4091", "eprinttype": "jstor"}, "https://www.jstor.org/stable/4091"),
    ],
)
def test_other_identifiers_are_asked_where_they_live(fields: dict[str, str], url: str) -> None:
    finding, asked = looked_into(link(**fields), {url: OK})
    assert (finding.verdict, asked) == (Verdict.OK, [url])


# Without a network ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "verdict", "fix"),
    [
        ({"url": "www.neurology.org/content/78/13/1009. Full.html"}, "malformed", "https://www.neurology.org/content/78/13/1009.full.html"),
        ({"url": "www.post-poli.org"}, "typo", "https://www.post-polio.org"),
        ({"url": "https://www.post-poli.org/a"}, "typo", "https://www.post-polio.org/a"),
        ({"url": "https://x.org/a"}, "offline", None),
        ({"doi": "10.1000/x"}, "offline", None),
        ({"doi": "doi:10.1000/x"}, "malformed", "10.1000/x"),
        ({"url": "none"}, "malformed", None),
        ({"url": "https://x.org/a https://y.org/b"}, "malformed", None),
        ({"eprint": "2101.00001"}, "offline", None),
    ],
)  # fmt: skip
def test_what_can_be_said_without_a_network(fields: dict[str, str], verdict: str, fix: str | None) -> None:
    finding = unasked(link(**fields), CONTEXT)
    assert (finding.verdict, finding.fix) == (verdict, fix)
    assert finding.status == 0


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://x.org/a", "gopher://x.org/", "javascript:alert(1)", "JavaScript:alert(1)", "data:",
     "mailto:a@b.example", "<mailto:a@b.example>", "{javascript:alert(1)}", "data:image/png;base64," + 9000 * "A"],
)  # fmt: skip
def test_other_schemes_are_refused_with_and_without_a_network(url: str) -> None:
    finding, asked = looked_into(link(url=url), {})
    assert (finding.verdict, finding.fix, asked) == (Verdict.BLOCKED, None, [])
    assert unasked(link(url=url), CONTEXT) == finding


@pytest.mark.parametrize("url", ["http:///x", "http://http://", "http://www.http/x", "https://https/a"])
def test_no_repair_has_a_scheme_or_a_letter_for_its_host(url: str) -> None:
    for finding in (unasked(link(url=url), CONTEXT), looked_into(link(url=url), {})[0]):
        assert (finding.verdict, finding.fix) == (Verdict.MALFORMED, None)


def test_a_mistake_of_ours_is_no_fault_of_the_address() -> None:
    url = "https://x.org/a"
    finding, _ = looked_into(link(url=url), {url: mistake(ValueError("Invalid value NaN"), url)})
    assert finding.verdict is Verdict.TEMPORARY
    assert "mistake in ppreflist (ValueError)" in finding.message


def test_a_page_that_sends_its_readers_nowhere() -> None:
    url, target = "https://x.org/a", "http://:80/"
    page = Answer(
        200, url, {"content-type": "text/html"}, f"<meta http-equiv=refresh content='0; url={target}'>".encode()
    )
    finding, asked = looked_into(
        link(url=url), {url: visited(page), target: Failure(FailureKind.MALFORMED, "it is not a web address", target)}
    )
    assert (finding.verdict, asked) == (Verdict.TEMPORARY, [url, target])


def test_a_password_is_not_repeated() -> None:
    finding = unasked(link(url="https://me:secret@x.org/a"), CONTEXT)
    assert finding.fix == "https://x.org/a"
    assert "secret" not in finding.url + finding.message


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


# Notices --------------------------------------------------------------------------------------------------------------

RETIRED = b"<title>Evidence-based guideline: Intravenous immunoglobulin [RETIRED] | Neurology</title>"


def test_a_notice_is_told_with_the_repair_of_an_address() -> None:
    right = "https://www.neurology.org/content/78/13/1009.full.html"
    page = Answer(200, right, {"content-type": "text/html"}, RETIRED)
    finding, _ = looked_into(link(url="www.neurology.org/content/78/13/1009. Full.html"), {right: page})
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.MALFORMED, right, True)
    assert "retired" in finding.message
    assert "[RETIRED]" in finding.message


def test_a_notice_is_a_finding_of_its_own() -> None:
    url = "https://www.neurology.org/content/78/13/1009.full.html"
    page = Answer(200, url, {"content-type": "text/html"}, RETIRED)
    finding, _ = looked_into(link(url=url), {url: page})
    assert (finding.verdict, finding.is_problem, finding.fix) == (Verdict.NOTICE, True, None)
    assert "[RETIRED]" in finding.message


def test_a_publishers_address_without_a_doi_field() -> None:
    url = "https://publisher.example/doi/full/10.1000/x"
    told = replace(CONTEXT, notices={"10.1000/x": Notice(NoticeKind.RETRACTION, "2014")})
    said = "The work was retracted in 2014. Say so where you cite it, or replace it."
    for status, rest in ((OK, ""), (403, " The site refuses robots (status 403): look at it in a browser.")):
        finding, _ = looked_into(link(url=url), {url: status}, told)
        assert (finding.verdict, finding.message) == (Verdict.NOTICE, f"{said}{rest}")
    assert looked_into(link(url=url), {url: 404}, told)[0].verdict is Verdict.NOT_FOUND
    assert looked_into(link(url=url, title="A work [RETRACTED]"), {url: OK}, told)[0].verdict is Verdict.OK


def test_an_entry_that_cites_the_notice_itself_means_it() -> None:
    url = "https://www.neurology.org/content/78/13/1009.full.html"
    page = Answer(200, url, {"content-type": "text/html"}, RETIRED)
    finding, _ = looked_into(link(url=url, title="Evidence-based guideline: Immunoglobulin [RETIRED]"), {url: page})
    assert finding.verdict is Verdict.OK


# Certificates ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("host", "other"), [("x.org", "www.x.org"), ("www.x.org", "x.org")])
def test_a_certificate_for_the_same_site_under_its_other_name(host: str, other: str) -> None:
    failed = Failure(FailureKind.TLS, TlsFault.OTHER_HOST, f"https://{host}/a")
    finding, _ = looked_into(
        link(url=f"https://{host}/a"), {f"https://{host}/a": failed, f"https://{other}/a": Answer(200, "x", {}, b"x")}
    )
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.TLS, f"https://{other}/a", True)
    finding, _ = looked_into(link(url=f"https://{host}/a"), {f"https://{host}/a": failed})
    assert (finding.verdict, finding.fix) == (Verdict.TLS, None)


def test_an_address_of_a_doi_that_begins_twice() -> None:
    finding, _ = looked_into(link(url="https://doi.org/https://doi.org/10.1000/x"), {API: record(1)})
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.MALFORMED, "https://doi.org/10.1000/x", True)


@pytest.mark.parametrize(
    ("written", "fix", "safe"),
    [
        (
            "www.neurology.org/content/78/13/1009. Full.html",
            "https://www.neurology.org/content/78/13/1009.full.html",
            True,
        ),
        ("https://www.xyz w.example/p", "https://www.xyzw.example/p", False),
    ],
)
def test_a_host_that_was_put_together_is_not_written_before_it_was_asked(written: str, fix: str, safe: bool) -> None:
    finding = unasked(link(url=written), CONTEXT)
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.MALFORMED, fix, safe)
