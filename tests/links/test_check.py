"""The run as a whole: real servers, every verdict, every hazard; the number of requests is part of the contract."""

from __future__ import annotations

import json
import socket
import threading
import time

import pytest
from tests.servers import web as pages
from tests.servers.names import Names
from tests.servers.web import AUTHORITY, Exchange, Page, WebServer, answer, fine, in_turn, redirect, tls

from ppreflist.links.check import check, context_of, look_over
from ppreflist.links.collect import links_of
from ppreflist.links.finding import Finding
from ppreflist.links.hostqueue import Budget
from ppreflist.links.memory import is_remembered
from ppreflist.links.verdict import Verdict
from ppreflist.model.entry import Entry, Field
from ppreflist.net.client import Client
from ppreflist.net.retry import RetryPolicy
from ppreflist.net.settings import Settings

QUICK = Settings(
    connect=2.0,
    read=0.5,
    deadline=1.25,
    allow_private=True,
    retry=RetryPolicy(back_off=0.001),
    ca_bundle=str(AUTHORITY),
)


def entries(*urls: str, field: str = "url") -> list[Entry]:
    return [Entry(f"key{n}", "misc", {field: Field(field, url, url, n)}) for n, url in enumerate(urls)]


def checked(
    *urls: str,
    field: str = "url",
    names: Names | None = None,
    settings: Settings = QUICK,
    online: bool = True,
    doi: str = "",
) -> list[Finding]:
    links = list(links_of(entries(*urls, field=field)))
    client = Client(settings, lookup=names or Names(), witnesses=())
    if online:
        client.network.heard()
    return list(check(links, context_of(links, doi or "https://doi.org"), client, budget=Budget(gap=0.0)).findings)


@pytest.mark.parametrize(
    ("page", "verdict", "requests"),
    [
        (fine, "ok", 1),
        (answer(204), "ok", 1),
        (redirect("/there", 302), "ok", 2),
        (redirect("/there", 301), "moved", 2),
        (redirect("/there", 308), "moved", 2),
        (answer(404), "not-found", 2),
        (answer(410), "gone", 1),
        (answer(401), "refused", 1),
        (answer(403), "refused", 1),
        (answer(405), "refused", 1),
        (answer(451), "refused", 1),
        (answer(999), "refused", 1),
        (answer(202, b""), "refused", 1),
        (answer(429), "refused", 3),
        (answer(429, retry_after="3600"), "refused", 1),
        (answer(503, cf_mitigated="challenge", retry_after="3600"), "refused", 1),
        (answer(500), "temporary", 6),
        (answer(503, retry_after="3600"), "temporary", 1),
        (in_turn(answer(503), fine), "ok", 2),
        (in_turn(pages.reset, fine), "ok", 2),
        (in_turn(answer(404), fine), "ok", 2),
        (in_turn(*[answer(502)] * 3, fine), "ok", 4),
        (redirect("/"), "loop", 1),
        (pages.drip(), "temporary", 1),
        (pages.drip_headers(), "temporary", 1),
        (pages.hang, "temporary", 2),
        (pages.reset, "temporary", 3),
        (pages.close, "temporary", 3),
        (pages.not_http, "temporary", 1),
        (pages.endless_headers, "temporary", 1),
        (pages.truncated_chunk, "ok", 1),
        (pages.gzip_bomb(), "ok", 1),
        (pages.gzip_bomb(302, "/there"), "ok", 2),
        (pages.endless_body, "ok", 1),
        (redirect("http://169.254.169.254/latest/"), "blocked", 1),
        (redirect("file:///etc/passwd"), "blocked", 1),
        (redirect("http://nothing-like-it.example/"), "unreachable", 2),
    ],
)
def test_every_answer_has_its_verdict_in_time(web: WebServer, page: Page, verdict: str, requests: int) -> None:
    web.page("/there", fine)
    url = web.page("/", page)
    started = time.monotonic()
    (finding,) = checked(url)
    assert time.monotonic() - started < 2 * QUICK.deadline + 2
    assert finding.verdict == verdict
    assert web.total == requests
    assert finding.message


@pytest.mark.parametrize(
    ("certificate", "said"),
    [
        ("expired", "has expired. Sites mostly forget"),
        ("elsewhere", "is for another host. Compare"),
        ("self-signed", "is self-signed. Nobody vouches"),
        ("incomplete", "incomplete chain). Some browsers"),
        ("stranger", "authority that browsers do not know. It may be"),
    ],
)
def test_bad_certificates(certificate: str, said: str) -> None:
    with WebServer(context=tls(certificate)) as server:
        (finding,) = checked(server.page("/", fine))
    assert finding.verdict is Verdict.TLS
    assert said in finding.message


def test_a_good_certificate() -> None:
    with WebServer(context=tls("good")) as server:
        (finding,) = checked(server.page("/", fine))
    assert finding.verdict is Verdict.OK


def test_a_moved_page_says_where_to(web: WebServer) -> None:
    web.page("/new/place.html", fine)
    (finding,) = checked(web.page("/old", redirect("/new/place.html")))
    assert (finding.verdict, finding.fix, finding.safe) == (Verdict.MOVED, web.url + "/new/place.html", True)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("http://[bad", "redirects to nowhere"),
        ("http://:80/", "redirects to nowhere"),
        ("/" + 9000 * "x", "longer than any web address"),
        ("/" + 100_000 * "x", "such as a redirect, is too long"),
    ],
)
def test_a_redirect_that_is_no_address_is_not_the_fault_of_the_link(web: WebServer, target: str, said: str) -> None:
    (finding,) = checked(web.page("/", redirect(target)))
    assert (finding.verdict, finding.fix) == (Verdict.TEMPORARY, None)
    assert said in finding.message


def test_no_host_and_nobody_listening() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    found = checked("https://nothing-like-it.example/a", f"http://127.0.0.1:{port}/")
    assert [finding.verdict for finding in found] == [Verdict.UNREACHABLE, Verdict.UNREACHABLE]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://2130706433/", "http://169.254.169.254/", "http://10.0.0.1/", "http://localhost/",
            "http://[::1]/", "file:///etc/passwd", "ftp://x.org/a", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_never_asked(url: str) -> None:
    (finding,) = checked(url, settings=Settings(connect=0.2))
    assert finding.verdict is Verdict.BLOCKED


def test_a_private_address_behind_a_name(web: WebServer) -> None:
    names = Names(**{"rebound.example": "127.0.0.1"})
    (finding,) = checked(web.at("rebound.example"), names=names, settings=Settings(connect=0.2))
    assert finding.verdict is Verdict.BLOCKED
    assert web.connections == 0


# Without a network ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [socket.EAI_NONAME, socket.EAI_AGAIN])
def test_a_machine_without_a_network_calls_no_link_dead(error: int) -> None:
    names = Names()
    names.everything = error
    found = checked(
        "https://x.org/a",
        "https://y.org/b",
        "www.post-poli.org",
        "https://doi.org/10.1000/x",
        "x",
        names=names,
        online=False,
    )
    assert [finding.verdict for finding in found] == ["offline", "offline", "typo", "offline", "malformed"]
    assert found[2].fix == "https://www.post-polio.org"


def test_one_dead_host_is_not_a_missing_network(web: WebServer) -> None:
    names = Names(**{"witness.example": "127.0.0.1"})
    links = list(links_of(entries("https://dead.example/a")))
    client = Client(QUICK, lookup=names, witnesses=(("witness.example", web.port),))
    (finding,) = check(links, context_of(links), client).findings
    assert finding.verdict is Verdict.UNREACHABLE


def test_without_a_network_private_links_are_still_asked(web: WebServer) -> None:
    web.page("/", fine)
    found = checked("https://x.org/a", web.url + "/", web.url + "/missing", online=False)
    assert [finding.verdict for finding in found] == ["offline", "ok", "not-found"]


def test_looking_over_asks_nobody() -> None:
    links = list(links_of(entries("https://x.org/a", "http//x.org/a", "www.post-poli.org")))
    found = look_over(links, context_of(links)).findings
    assert [finding.verdict for finding in found] == ["offline", "malformed", "typo"]


# DOIs -----------------------------------------------------------------------------------------------------------------


def handles(*known: str) -> Page:
    """The handle API of doi.org (https://www.handle.net/proxy_servlet.html)."""

    def page(exchange: Exchange) -> None:
        doi = exchange.path.partition("?")[0].removeprefix("/api/handles/")
        found = doi.lower() in known
        record: dict[str, object] = {"responseCode": 1 if found else 100, "handle": doi}
        if found:
            record["values"] = [{"index": 1, "type": "URL", "data": {"format": "string", "value": "https://x.org/"}}]
        exchange.reply(
            200 if found else 404, json.dumps(record).encode(), content_type="application/json;charset=UTF-8"
        )

    return page


def test_dois_are_asked_of_the_registry_and_nobody_else(web: WebServer) -> None:
    for doi in ("10.1000/good", "10.1000/bad"):
        web.page(f"/api/handles/{doi}", handles("10.1000/good"))
    found = checked("10.1000/good", "10.1000/bad", "10.1000/good", field="doi", doi=web.url)
    assert [finding.verdict for finding in found] == ["ok", "not-found", "ok"]
    assert web.asked == {"/api/handles/10.1000/good?type=URL": 1, "/api/handles/10.1000/bad?type=URL": 1}
    assert web.headers[0]["accept"] == "application/json"


# The run --------------------------------------------------------------------------------------------------------------


def test_findings_come_in_the_order_of_the_links_and_progress_as_they_end(web: WebServer) -> None:
    for number in range(20):
        web.page(f"/{number}", fine)
    links = list(links_of(entries(*(f"{web.url}/{number}" for number in range(20)))))
    steps: list[int] = []
    run = check(
        links, context_of(links), Client(QUICK, lookup=Names(), witnesses=()), budget=Budget(gap=0.0),
        progress=lambda done, finding: steps.append(done),
    )  # fmt: skip
    assert [finding.link for finding in run.findings] == links
    assert steps == list(range(1, 21))
    assert not run.interrupted


def test_stopping_keeps_what_is_known(web: WebServer) -> None:
    for number in range(50):
        web.page(f"/{number}", fine)
    links = list(links_of(entries(*(f"{web.url}/{number}" for number in range(50)))))

    def stop(done: int, finding: Finding) -> None:
        if done == 5:
            raise KeyboardInterrupt

    run = check(
        links, context_of(links), Client(QUICK, lookup=Names(), witnesses=()), budget=Budget(gap=0.002), progress=stop
    )
    assert run.interrupted
    assert 5 <= len(run.findings) < 50


def test_what_failed_is_looked_at_again_before_it_is_told(web: WebServer) -> None:
    web.page("/once", in_turn(answer(404), fine))
    web.page("/never", answer(404))
    web.page("/fine", fine)
    links = list(links_of(entries(web.url + "/once", web.url + "/never", web.url + "/fine")))
    told: list[tuple[int, str]] = []
    run = check(
        links, context_of(links), Client(QUICK, lookup=Names(), witnesses=()), budget=Budget(gap=0.0),
        progress=lambda done, finding: told.append((done, f"{finding.url.rpartition('/')[2]} {finding.verdict}")),
    )  # fmt: skip
    assert [str(finding.verdict) for finding in run.findings] == ["ok", "not-found", "ok"]
    assert sorted(told) == [(1, "fine ok"), (2, "once ok"), (3, "never not-found")]


def test_the_second_look_does_not_wait_for_a_silent_host(web: WebServer) -> None:
    """The silent page answers once the other host has been asked for its missing page twice."""
    names = Names(**{"silent.example": "127.0.0.1", "other.example": "127.0.0.1"})
    asked_again = threading.Event()

    def missing(exchange: Exchange) -> None:
        exchange.reply(404)
        if web.asked["/missing"] == 2:
            asked_again.set()

    def silent(exchange: Exchange) -> None:
        exchange.reply(200 if asked_again.wait(20.0) else 500, b"<title>A page</title>")

    web.pages["other.example /missing"] = missing
    web.pages["silent.example /"] = silent
    links = list(links_of(entries(web.at("silent.example"), web.at("other.example", "/missing"))))
    patient = Settings(allow_private=True)
    run = check(links, context_of(links), Client(patient, lookup=names, witnesses=()), budget=Budget(gap=0.0))
    assert [str(finding.verdict) for finding in run.findings] == ["ok", "not-found"]


def test_stopping_at_the_second_look_keeps_the_first(web: WebServer) -> None:
    links = list(links_of(entries(*(f"{web.url}/{number}" for number in range(4)))))
    told: list[int] = []

    def stop(done: int, finding: Finding) -> None:
        told.append(done)
        if done == 2:
            raise KeyboardInterrupt

    run = check(
        links, context_of(links), Client(QUICK, lookup=Names(), witnesses=()), budget=Budget(gap=0.0), progress=stop
    )
    assert run.interrupted
    assert [str(finding.verdict) for finding in run.findings] == ["not-found"] * 4
    assert told == [1, 2, 3, 4]
    once = [finding for finding in run.findings if "It was not looked at again" in finding.message]
    assert len(once) == 2
    assert not any(is_remembered(finding) for finding in once), "the run that goes on looks at them again"
