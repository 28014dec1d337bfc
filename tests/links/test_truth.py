"""Pages that answer 200 and are not the work, against real servers: what is asked, and what is said."""

from __future__ import annotations

import socket
import time
from dataclasses import replace
from pathlib import Path

import pytest
from tests.servers.names import Names
from tests.servers.web import Exchange, Page, WebServer, answer, fine, redirect

from ppreflist.bibtex.index import open_library as read_library
from ppreflist.links.check import check, context_of
from ppreflist.links.collect import links_of
from ppreflist.links.finding import Finding
from ppreflist.links.hostqueue import Budget
from ppreflist.links.investigate import investigate
from ppreflist.links.page import visited
from ppreflist.links.remarks import over_https
from ppreflist.model.entry import Entry, Field
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.net.retry import RetryPolicy
from ppreflist.net.settings import Settings

QUICK = Settings(connect=1.0, read=0.3, deadline=1.0, allow_private=True, retry=RetryPolicy(back_off=0.001))
TITLE = "Immunoglobulin for weakness"


def checked(*urls: str, title: str = TITLE, names: Names | None = None) -> list[Finding]:
    entries = [
        Entry(f"k{n}", "misc", {"title": Field("title", title, title, n), "url": Field("url", url, url, n)})
        for n, url in enumerate(urls)
    ]
    links = list(links_of(entries))
    client = Client(QUICK, lookup=names or Names(), witnesses=())
    client.network.heard()
    return list(check(links, context_of(links), client, budget=Budget(gap=0.0)).findings)


def html(markup: str, status: int = 200, **headers: str) -> Page:
    return answer(status, markup.encode(), **headers)


WORK = html(f"<title>{TITLE}</title><h1>{TITLE}</h1><p id=s2>Text")


@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        (WORK, "ok"),
        (html("<title>Page not found | Site</title><p>Sorry"), "soft-404"),
        (html("<title>Site</title><p>The page you requested was not found."), "soft-404"),
        (html("<title>Welcome to nginx!</title>"), "soft-404"),
        (redirect("/", 302), "soft-404"),
        (redirect("/", 301), "soft-404"),
        (redirect("/error/404", 302), "soft-404"),
        (html("<title>127.0.0.1 is for sale</title>Make an offer. This domain is for sale."), "parked"),
        (html("<script>window.onload=function(){window.location.href='/lander'}</script>"), "parked"),
        (redirect("/login?next=/a/b", 302), "login"),
        (html("<title>Sign in</title><form><input type=password></form>"), "login"),
        (html("<title>Before you continue</title>We use cookies"), "login"),
        (html("<title>Just a moment...</title>"), "refused"),
        (html("<title>Just a moment...</title>", 503, retry_after="3600"), "refused"),
        (html(""), "refused"),
        (answer(204), "ok"),
        (redirect("/a/b", 302), "loop"),
        (redirect("/circle/1", 302), "loop"),
        (html("<meta http-equiv=refresh content='0; url=/a/new'>"), "moved"),
        (html("<script>location.replace('/a/new')</script>"), "moved"),
        (html("<meta http-equiv=refresh content='0; url=/gone'>"), "not-found"),
        (html("<meta http-equiv=refresh content='0; url=/circle/3'>"), "loop"),
        (html("<meta http-equiv=refresh content='5'><title>News of the day</title>"), "ok"),
        (html(f"<title>{TITLE} [RETIRED] | Site</title>"), "notice"),
        (html(f"<title>RETRACTED: {TITLE}</title>"), "notice"),
        (redirect("/a/retired", 301), "notice"),
        (html(f"<title>{TITLE}</title><input type=password>"), "ok"),
        (html("<title>Site</title><noscript>JavaScript is needed</noscript><div id=root></div>"), "ok"),
    ],
)
def test_what_a_page_really_is(web: WebServer, page: Page, verdict: str) -> None:
    web.page("/", html("<title>The Site</title>"))
    web.page("/login", html("<title>x</title>"))
    web.page("/lander", html("<title>x</title>"))
    web.page("/error/404", html("<title>Hm</title>"))
    web.page("/a/new", WORK)
    web.page("/a/retired", html(f"<title>{TITLE} [RETIRED]</title>"))
    web.page("/circle/1", redirect("/circle/2", 302))
    web.page("/circle/2", redirect("/circle/1", 302))
    web.page("/circle/3", html("<meta http-equiv=refresh content='0; url=/circle/4'>"))
    web.page("/circle/4", html("<meta http-equiv=refresh content='0; url=/circle/3'>"))
    (finding,) = checked(web.page("/a/b", page))
    assert finding.verdict == verdict, finding.message
    assert finding.message.endswith((".", "/a/new", '".'))


def test_a_page_that_sends_its_readers_on_is_moved_but_not_for_sure(web: WebServer) -> None:
    web.page("/a/new", WORK)
    (finding,) = checked(web.page("/a/b", html("<meta http-equiv=refresh content='0; url=/a/new'>")))
    assert (finding.fix, finding.safe) == (web.url + "/a/new", False)


# What a site's "not found" looks like ---------------------------------------------------------------------------------


def test_a_site_that_answers_anything_is_seen_through(web: WebServer) -> None:
    anything = html("<title>Our shop</title><h1>Welcome</h1>" + "<p>Shoes, hats and umbrellas for the whole family.")
    for path in ("/a/b", "/a/c"):
        web.page(path, anything)
    web.page("/a/q7x2-no-such-page-k4", anything)
    found = checked(web.url + "/a/b", web.url + "/a/c")
    assert [finding.verdict for finding in found] == ["soft-404", "soft-404"]
    assert web.asked["/a/q7x2-no-such-page-k4"] == 2, "one question a site and look"


def test_a_site_that_knows_what_it_has_is_believed(web: WebServer) -> None:
    (finding,) = checked(web.page("/a/b", html("<title>IVIg</title><p>About infusions, in the words of patients.")))
    assert finding.verdict == "ok"
    assert web.asked["/a/q7x2-no-such-page-k4"] == 1


def test_a_site_that_sends_everybody_to_one_page(web: WebServer) -> None:
    web.page("/search", html("<title>Search</title><p>" + "Much text. " * 200))
    for path in ("/a/b.html", "/a/q7x2-no-such-page-k4.html"):
        web.page(path, redirect("/search", 302))
    (finding,) = checked(web.url + "/a/b.html")
    assert finding.verdict == "soft-404"


def test_a_page_with_the_words_of_the_entry_is_not_doubted(web: WebServer) -> None:
    (finding,) = checked(web.page("/a/b", html("<title>Immunoglobulin</title><p>Short.")))
    assert (finding.verdict, web.total) == ("ok", 1)


def test_pages_are_not_doubted_without_a_reason(web: WebServer) -> None:
    (finding,) = checked(web.page("/a/b", fine))
    assert (finding.verdict, web.total) == ("ok", 1)


# Cookies --------------------------------------------------------------------------------------------------------------


def test_a_site_that_wants_its_cookie_back_gets_it(web: WebServer) -> None:
    def page(exchange: Exchange) -> None:
        if "seen=1" in exchange.headers.get("cookie", ""):
            exchange.reply(200, f"<title>{TITLE}</title>".encode())
        else:
            exchange.reply(
                302, location=exchange.path, set_cookie="seen=1; Path=/; Expires=Wed, 09 Jun 2100 10:18:14 GMT"
            )

    found = checked(web.page("/a/b", page), web.page("/a/c", page))
    assert [finding.verdict for finding in found] == ["ok", "ok"]
    assert web.total == 4, "a cookie is forgotten with its chain"


def test_no_cookie_goes_to_another_host(web: WebServer) -> None:
    names = Names(**{"one.example": "127.0.0.1", "two.example": "127.0.0.1"})
    web.page("/a/b", redirect(web.at("two.example", "/a/c"), 302))
    web.pages["/a/b"] = lambda exchange: exchange.reply(
        302, location=web.at("two.example", "/a/c"), set_cookie="secret=1; Domain=example"
    )
    web.page("/a/c", fine)
    (finding,) = checked(web.at("one.example", "/a/b"), names=names)
    assert finding.verdict == "ok"
    assert all("cookie" not in headers for headers in web.headers)


def test_a_new_cookie_every_time_is_still_a_circle(web: WebServer) -> None:
    def page(exchange: Exchange) -> None:
        exchange.reply(302, location=exchange.path, set_cookie=f"n={web.total}")

    (finding,) = checked(web.page("/a/b", page))
    assert finding.verdict == "loop"
    assert web.total <= QUICK.max_redirects + 1


# Works, but -----------------------------------------------------------------------------------------------------------


def remark(*urls: str, doi: str = "", names: Names | None = None) -> Finding:
    fields = {"url": Field("url", urls[0], urls[0], 1)} | ({"doi": Field("doi", doi, doi, 2)} if doi else {})
    link = next(links_of([Entry("key", "misc", fields)]))
    client = Client(QUICK, lookup=names or Names(), witnesses=())
    (finding,) = check([link], context_of([link]), client, budget=Budget(gap=0.0)).findings
    return finding


def test_places_of_a_page(web: WebServer) -> None:
    web.page("/a/b", WORK)
    web.page("/a/long", html("<title>Long</title>" + "<p>Much text.</p>" * 5000 + "<p id=end>"))
    assert not remark(web.url + "/a/b#s2").says_more
    missing = remark(web.url + "/a/b#s3")
    assert (missing.verdict, missing.says_more, missing.fix) == ("ok", True, None)
    assert '"s3"' in missing.message
    unseen = remark(web.url + "/a/long#end")
    assert (unseen.verdict, unseen.says_more) == ("ok", False)
    assert "only its beginning" in unseen.message


def test_one_request_serves_every_place_of_a_page(web: WebServer) -> None:
    web.page("/a/b", WORK)
    found = checked(web.url + "/a/b", web.url + "/a/b#s2", web.url + "/a/b#s3")
    assert [finding.says_more for finding in found] == [False, False, True]
    assert web.total == 1


def test_a_pdf_that_is_none(web: WebServer) -> None:
    web.page("/a/b.pdf", WORK)
    web.page("/a/c.pdf", answer(200, b"%PDF-1.7", content_type="application/pdf"))
    assert "in place of the PDF" in remark(web.url + "/a/b.pdf").message
    assert not remark(web.url + "/a/c.pdf").says_more


def test_a_page_with_another_doi(web: WebServer) -> None:
    web.page("/a/b", html("<title>T</title><meta name=citation_doi content='10.1000/other'>"))
    assert "10.1000/other" in remark(web.url + "/a/b", doi="10.1000/mine").message
    assert not remark(web.url + "/a/b", doi="10.1000/OTHER").says_more


def test_parameters_that_follow_readers(web: WebServer) -> None:
    web.page("/a/b", WORK)
    finding = remark(web.url + "/a/b?id=3&utm_source=x&utm_medium=y#s2")
    assert (finding.verdict, finding.fix, finding.safe) == ("ok", web.url + "/a/b?id=3#s2", True)
    assert finding.is_fixable


def test_parameters_that_the_page_needs_stay(web: WebServer) -> None:
    def page(exchange: Exchange) -> None:
        exchange.reply(200, b"<title>%d</title>" % len(exchange.path))

    assert remark(web.page("/a/b", page) + "?utm_source=x").fix is None


@pytest.mark.parametrize(
    ("url", "secure"),
    [("http://x.org/a?b", "https://x.org/a?b"), ("http://x.org:80/a", "https://x.org/a"), ("http://x.org:8080/a", ""),
     ("https://x.org/a", "")],
)  # fmt: skip
def test_the_address_over_https(url: str, secure: str) -> None:
    assert over_https(url) == secure


@pytest.mark.parametrize(
    ("title", "back", "fix"),
    [("A work", "", "https://x.org/a"), ("Another", "", None), ("A work", "http://x.org/a", None)],
)
def test_https_is_offered_when_it_serves_the_same(title: str, back: str, fix: str | None) -> None:
    def page(url: str, title: str) -> Answer:
        return Answer(200, url, {"content-type": "text/html"}, f"<title>{title}</title>".encode())

    link = next(links_of([Entry("key", "misc", {"url": Field("url", "http://x.org/a", "http://x.org/a", 1)})]))
    investigation = investigate(link, context_of([link]))
    assert next(investigation).url == "http://x.org/a"
    assert investigation.send(visited(page("http://x.org/a", "A work"))).url == "https://x.org/a"
    with pytest.raises(StopIteration) as end:
        investigation.send(visited(page(back or "https://x.org/a", title)))
    assert (end.value.value.verdict, end.value.value.fix) == ("ok", fix)


# The list that comes with ppreflist -----------------------------------------------------------------------------------


def test_the_shipped_lists_guideline_is_said_to_be_retired(web: WebServer) -> None:
    """The journal's double is reached as a proxy for http; nothing listens for https on this machine's names."""
    library = Path(__file__).parent.parent.parent / "references.bib"
    page = html("<title>Evidence-based guideline: Intravenous immunoglobulin [RETIRED] | Neurology</title>")
    web.page("http://www.neurology.org/content/78/13/1009.full.html", page)
    links = [
        link for link in links_of(read_library(library)) if link.key == "patwa2012evidence" and link.field == "url"
    ]
    settings = replace(QUICK, proxies={"http": web.url})
    names = Names(**{"www.neurology.org": "127.0.0.1"})
    client = Client(settings, lookup=names, witnesses=())
    client.network.heard()
    (finding,) = check(links, context_of(links), client, budget=Budget(gap=0.0)).findings
    assert finding.verdict == "malformed"
    assert finding.fix == "http://www.neurology.org/content/78/13/1009.full.html"
    assert "[RETIRED]" in finding.message


# Pages that mean harm -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        (html("<meta " * 200_000), "ok"),
        (html("<script>" * 200_000), "ok"),
        (html("<title>" * 200_000), "ok"),
        (html("<title>\x1b[2J\x07 [RETIRED] \u202e</title>"), "notice"),
        (html("<meta http-equiv=refresh content='0; url=file:///etc/passwd'><title>A</title>"), "ok"),
        (html("<meta http-equiv=refresh content='0; url=http://169.254.169.254/latest/'>"), "blocked"),
        (html("<meta http-equiv=refresh content='0; url=http://[::1'>"), "ok"),
        (answer(302, b"", location="/a/b", set_cookie="n=" + "x" * 60_000), "loop"),
        (answer(302, b"", location="/a/b", set_cookie=", ".join(f"c{n}=1" for n in range(3000))), "loop"),
        (answer(302, b"", location="/a/b\x01\x02", set_cookie="a=\x01"), "not-found"),
    ],
)
def test_hostile_pages(web: WebServer, page: Page, verdict: str) -> None:
    started = time.monotonic()
    (finding,) = checked(web.page("/a/b", page))
    assert finding.verdict == verdict, finding.message
    assert time.monotonic() - started < 5
    assert "\x1b" not in finding.message


def test_a_server_that_never_ends_its_handshake_costs_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        started = time.monotonic()
        (finding,) = checked(f"https://127.0.0.1:{listener.getsockname()[1]}/a")
    assert finding.verdict in ("temporary", "tls")
    assert time.monotonic() - started < 2 * QUICK.deadline + 1
