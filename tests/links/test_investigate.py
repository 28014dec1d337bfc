"""How a link is looked into, with the answers written down: no network at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.links.looking import CONTEXT, OK, link, looked_into, record

from ppreflist.links.dois import ask_doi
from ppreflist.links.hosts import KnownHosts
from ppreflist.links.investigate import Context, Outcome, unasked
from ppreflist.links.memory import address_of
from ppreflist.links.page import visited
from ppreflist.links.question import Question
from ppreflist.links.verdict import Verdict
from ppreflist.model.identifier import DOI
from ppreflist.net.answer import Answer, Hop
from ppreflist.net.failure import Failure, FailureKind, TlsFault, mistake


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


def test_a_repair_that_must_not_be_asked_is_not_said_to_fail() -> None:
    right = "https://intranet.example.org/a"
    blocked = Failure(FailureKind.BLOCKED, "10.0.0.1 is a private address", right)
    finding, _ = looked_into(link(url="htps://intranet.example.org/a"), {right: blocked})
    assert (finding.verdict, finding.safe) == (Verdict.MALFORMED, False)
    assert "repair could not be asked: intranet.example.org leads to 10.0.0.1, which is a priv" in finding.message


def test_a_redirect_to_what_must_not_be_asked_is_told_as_one() -> None:
    url, behind = "https://x.org/a", "http://169.254.169.254/latest"
    blocked = Failure(FailureKind.BLOCKED, "169.254.169.254 is a cloud's metadata service", behind)
    finding, _ = looked_into(link(url=url), {url: blocked})
    assert finding.message == (
        "It redirects to an address that is not asked: 169.254.169.254 is a cloud's metadata service."
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("10.1000/x.", '"." at its end does not belong to the DOI. The repaired DOI exists.'),
        ("https://doi.org/10.1000/x", "The field should hold the bare DOI; styles make"),
        ("1O.1000/x", "This is not a DOI: a DOI begins with 10. The repaired DOI exists."),
    ],
)
def test_what_is_wrong_with_a_doi_is_said(written: str, said: str) -> None:
    finding, _ = looked_into(link(doi=written), {"https://doi.org/api/handles/10.1000/x?type=URL": record(1)})
    assert (finding.verdict, finding.fix) == (Verdict.MALFORMED, "10.1000/x")
    assert said in finding.message


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


@pytest.mark.parametrize(
    ("written", "failed", "said"),
    [
        ("https://www.neurolgy.org/a", Failure(FailureKind.TLS, TlsFault.EXPIRED), "exists, but browsers warn of"),
        ("www.neurolgy.org/a", Failure(FailureKind.TLS, TlsFault.EXPIRED), "exists, but browsers warn of"),
        ("https://www.neurolgy.org/a", Failure(FailureKind.BLOCKED, "10.0.0.1 is a private address"), "Not asked: "),
    ],
)
def test_a_host_that_exists_is_suggested_for_one_that_does_not(written: str, failed: Failure, said: str) -> None:
    right = "https://www.neurology.org/a"
    failed = replace(failed, url=right)
    finding, asked = looked_into(link(url=written), {right: failed})
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.TYPO, right, False)
    assert right in asked
    assert said in finding.message
    assert "no such host" in finding.message


def test_a_page_that_is_missing_is_not_sought_where_browsers_warn() -> None:
    failed = Failure(FailureKind.TLS, TlsFault.EXPIRED, "https://www.neurology.org/a")
    finding, _ = looked_into(
        link(url="https://www.neurolgy.org/a"), {"https://www.neurolgy.org/a": 404, failed.url: failed}
    )
    assert (finding.verdict, finding.fix) == (Verdict.NOT_FOUND, None)


def test_what_nobody_asked_is_not_said_to_have_been_asked() -> None:
    url = "https://x.org/a"
    finding, _ = looked_into(link(url=url), {url: Answer(429, url, inferred=True)})
    assert (finding.verdict, finding.asked, finding.learnt) == (Verdict.REFUSED, "", False)
    registry = {"https://doi.org/api/handles/10.1000/x?type=URL": Answer(429, "https://doi.org/", inferred=True)}
    finding, _ = looked_into(link(doi="10.1000/x"), registry)
    assert (finding.verdict, finding.asked, finding.learnt) == (Verdict.TEMPORARY, "", False)


def test_several_addresses_are_each_asked_and_reported() -> None:
    finding, asked = looked_into(link(url="https://x.org/a https://y.org/b"), {"https://x.org/a": OK})
    assert (finding.verdict, finding.fix, asked) == (Verdict.MALFORMED, None, ["https://x.org/a"])
    assert "several" in finding.message


# Other identifiers ----------------------------------------------------------------------------------------------------


def test_a_doi_with_dots_between_slashes_is_asked_for_itself() -> None:
    question: Question = next(ask_doi(DOI("10.1000/a/../b"), CONTEXT))
    assert question.url == f"{CONTEXT.doi_service}/api/handles/10.1000%2Fa%2F..%2Fb?type=URL"


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
    assert finding.url == "https://x.org/a"
    assert finding.shown == "https://***@x.org/a"
    assert "secret" not in finding.message
    assert address_of(finding.link) == "url https://x.org/a (without its password)"
    assert unasked(link(url="https://x.org/@me"), CONTEXT).shown == "https://x.org/@me"


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
