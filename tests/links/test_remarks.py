"""Better addresses for what works: only where they were seen to show the same."""

from __future__ import annotations

import pytest

from ppreflist.links.evidence import evidence
from ppreflist.links.finding import Finding
from ppreflist.links.hosts import KnownHosts
from ppreflist.links.investigate import investigate
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.memory import day
from ppreflist.links.page import visited
from ppreflist.links.question import Context
from ppreflist.links.verdict import Verdict
from ppreflist.net.answer import Answer, Hop
from ppreflist.net.failure import Failure, FailureKind

HOSTS = KnownHosts([])


def page(url: str, title: str = "The work", status: int = 200, *hops: Hop) -> Answer:
    body = f"<title>{title}</title><p>{title}: its text</p>".encode()
    return visited(Answer(status, url, {"content-type": "text/html"}, body, redirects=hops))


def pdf(url: str, length: int) -> Answer:
    headers = {"content-type": "application/pdf", "content-length": str(length)}
    return visited(Answer(200, url, headers, b"%PDF-1.7", complete=False))


def found(url: str, *answers: Answer) -> Finding:
    """What comes of a link when these are the only addresses that answer."""
    web = {each.redirects[0].url if each.redirects else each.url: each for each in answers}
    run = investigate(Link("key", "url", 1, LinkKind.URL, url, 0, len(url)), Context(HOSTS))
    try:
        question = next(run)
        while True:
            question = run.send(web.get(question.url, Failure(FailureKind.REFUSED, "nobody is there", question.url)))
    except StopIteration as end:
        finding: Finding = end.value
        return finding


HTTP, HTTPS = "http://x.org/a.html", "https://x.org/a.html"


def test_https_when_both_serve_the_same_page() -> None:
    finding = found(HTTP, page(HTTP), page(HTTPS))
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.OK, HTTPS, True)
    said = evidence(finding, day(0))
    assert said == (
        'ok: It works, but it works over https as well (both are titled "The work"). x.org answered 200 on 1970-01-01.'
    )


@pytest.mark.parametrize(
    "other",
    [
        page(HTTPS, "Another page"),
        page(HTTPS, "", 200),
        page(HTTPS, "The work", 404),
        page(HTTP, "The work", 200, Hop(HTTPS, 302, HTTP)),
        page("https://x.org/", "The work", 200, Hop(HTTPS, 301, "https://x.org/")),
        page("https://x.org/login?b=1", "The work", 200, Hop(HTTPS, 302, "https://x.org/login?b=1")),
    ],
)
def test_no_https_where_it_serves_something_else(other: Answer) -> None:
    assert found(HTTP, page(HTTP), other).fix is None
    assert found(HTTP, page(HTTP)).fix is None


def test_pdfs_are_compared_by_their_length() -> None:
    one, other = "http://x.org/a.pdf", "https://x.org/a.pdf"
    finding = found(one, pdf(one, 1234), pdf(other, 1234))
    assert finding.fix == other
    assert "both are 1234 bytes long" in finding.message
    assert found(one, pdf(one, 1234), pdf(other, 1235)).fix is None


def test_a_port_of_its_own_stays() -> None:
    url = "http://x.org:8080/a.html"
    assert found(url, page(url), page("https://x.org:8080/a.html"), page(HTTPS)).fix is None


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://x.org/a?utm_source=x", "https://x.org/a"),
        ("https://x.org/a?id=1&utm_medium=x&b=2", "https://x.org/a?id=1&b=2"),
        ("https://x.org/a?fbclid=1", "https://x.org/a"),
    ],
)
def test_tracking_parameters_go_when_the_page_stays(url: str, bare: str) -> None:
    finding = found(url, page(url), page(bare))
    assert (finding.fix, finding.safe) == (bare, True)
    assert "only serve to follow readers" in finding.message
    assert found(url, page(url), page(bare, "Another")).fix is None


def test_a_home_page_is_never_written_by_itself() -> None:
    """A department that was given a host of its own may be what was cited, or not."""
    url, home = "https://www.uni.edu/physics", "https://physics.uni.edu/"
    finding = found(url, page(home, "Physics", 200, Hop(url, 301, home)))
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.MOVED, home, False)
    finding = found("http//www.uni.edu/physics", page(home, "Physics", 200, Hop(url, 301, home)))
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.MALFORMED, url, True)
