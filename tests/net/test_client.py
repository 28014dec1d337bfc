"""The client against real servers on 127.0.0.1, sound ones and hostile ones."""

from __future__ import annotations

import errno
import gzip
import json
import socket
import time
import tracemalloc
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.servers import web as pages
from tests.servers.names import Names
from tests.servers.web import AUTHORITY, Exchange, Page, WebServer, answer, fine, in_turn, redirect, tls

from ppreflist.errors import (
    RequestRejected,
    ServiceDown,
    ServiceError,
    ServiceMalformed,
    ServiceNotFound,
    ServiceRefused,
)
from ppreflist.net.answer import Answer
from ppreflist.net.client import Client
from ppreflist.net.failure import Failure, FailureKind
from ppreflist.net.retry import RetryPolicy
from ppreflist.net.settings import Settings

QUICK = Settings(connect=2.0, read=0.5, deadline=1.25, allow_private=True, retry=RetryPolicy(back_off=0.001))


def client(limits: Settings = QUICK, names: Names | None = None) -> Client:
    return Client(limits, lookup=names or Names(), witnesses=())


def asked(url: str, limits: Settings = QUICK, names: Names | None = None, max_bytes: int = 65536) -> Answer | Failure:
    with client(limits, names).channel() as channel:
        return channel.ask(url, max_bytes=max_bytes)


# Sound servers --------------------------------------------------------------------------------------------------------


def test_get(web: WebServer) -> None:
    url = web.page(
        "/record", answer(200, json.dumps({"a": 1}).encode(), content_type="application/json; charset=utf-8")
    )
    found = client().get(url, headers={"Accept": "application/json"})
    assert (found.status, found.url, found.body, found.complete) == (200, url, b'{"a": 1}', True)
    assert found.content_type == "application/json"
    sent = web.headers[0]
    assert sent["accept"] == "application/json"
    assert sent["user-agent"].startswith("ppreflist/")
    assert sent["accept-encoding"] == "identity"
    assert "cookie" not in sent


def test_redirects_are_followed_and_told(web: WebServer) -> None:
    web.page("/c", fine)
    web.page("/b", redirect("/c", 302))
    found = client().get(web.page("/a", redirect("/b", 301)))
    assert found.url == web.url + "/c"
    assert [(hop.url, hop.status, hop.target) for hop in found.redirects] == [
        (web.url + "/a", 301, web.url + "/b"),
        (web.url + "/b", 302, web.url + "/c"),
    ]
    assert not found.permanent


def test_one_connection_serves_many_requests(web: WebServer) -> None:
    web.page("/", fine)
    web.page("/moved", redirect("/"))
    with client().channel() as channel:
        for path in ("/", "/moved", "/missing", "/", "/"):
            assert isinstance(channel.ask(web.url + path), Answer)
    assert web.connections == 1


def test_a_kept_connection_that_was_closed_is_made_again(web: WebServer) -> None:
    def once(exchange: Exchange) -> None:
        exchange.reply(200)
        exchange.close = True

    url = web.page("/", once)
    with client().channel() as channel:
        for _ in range(3):
            assert isinstance(channel.ask(url), Answer)
    assert (web.total, web.connections) == (3, 3)


def test_cookies_are_not_kept(web: WebServer) -> None:
    url = web.page("/", answer(200, set_cookie="a=b"))
    with client().channel() as channel:
        channel.ask(url)
        channel.ask(url)
    assert "cookie" not in web.headers[1]


def test_passwords_in_addresses_are_not_sent(web: WebServer) -> None:
    web.page("/", fine)
    found = asked(web.url.replace("://", "://me:secret@") + "/")
    assert isinstance(found, Answer)
    assert "authorization" not in web.headers[0]


def test_passwords_of_the_home_folder_are_not_sent(
    web: WebServer, tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = f"{tmp_path}/netrc"
    with open(netrc, "w", encoding="utf-8") as file:
        file.write("default login me password secret\n")
    monkeypatch.setenv("NETRC", netrc)
    web.page("/", fine)
    assert isinstance(asked(web.url), Answer)
    assert "authorization" not in web.headers[0]


def test_a_secret_header_stays_with_its_host(web: WebServer) -> None:
    names = Names(**{"other.example": "127.0.0.1"})
    web.page("/there", fine)
    url = web.page("/here", redirect(web.at("other.example", "/there"), 302))
    client(names=names).get(url, headers={"Authorization": "Bearer x", "Accept": "text/plain"})
    assert web.headers[0]["authorization"] == "Bearer x"
    assert "authorization" not in web.headers[1]
    assert web.headers[1]["accept"] == "text/plain"


@pytest.mark.parametrize("name", ["Authorization", "Cookie", "X-Api-Key", "PRIVATE-TOKEN"])
def test_a_configured_secret_is_not_sent_where_others_can_read_it(web: WebServer, name: str) -> None:
    own = {name: "x", "Accept-Language": "de"}
    limits = replace(QUICK, headers={"example.org": own, "127.0.0.1": own}, ca_bundle=str(AUTHORITY))
    names = Names(**{"example.org": "127.0.0.1"})
    asked(web.at("example.org", web.page("/fine", fine).removeprefix(web.url)), limits, names)
    assert name.lower() not in web.headers[0]
    assert web.headers[0]["accept-language"] == "de"
    asked(web.url + "/fine", limits, names)
    assert web.headers[1][name.lower()] == "x", "nobody is between this machine and itself"


def test_a_configured_secret_is_sent_over_https() -> None:
    with WebServer(context=tls("good")) as web:
        host = "good.example"
        limits = replace(QUICK, headers={host: {"Authorization": "x"}}, ca_bundle=str(AUTHORITY))
        found = asked(web.at(host), limits, Names(**{host: "127.0.0.1"}))
        assert isinstance(found, Answer), found
        assert web.headers[0]["authorization"] == "x"


def test_a_form_is_posted_once(web: WebServer) -> None:
    seen: list[tuple[str, bytes, str]] = []

    def page(exchange: Exchange) -> None:
        seen.append((exchange.method, exchange.body, exchange.headers["content-type"]))
        exchange.reply(200, b"taken")

    form = {"url": "https://x.org/?a=1&b=2", "on": "1"}
    with client().channel() as channel:
        for _ in range(2):
            found = channel.ask(web.page("/save", page), form=form)
            assert isinstance(found, Answer)
            assert found.body == b"taken"
    assert (
        seen == [("POST", b"url=https%3A%2F%2Fx.org%2F%3Fa%3D1%26b%3D2&on=1", "application/x-www-form-urlencoded")] * 2
    )
    assert web.connections == 1


def test_a_form_that_may_have_been_taken_is_not_posted_again(web: WebServer) -> None:
    web.page("/save", in_turn(fine, pages.close))
    with client().channel() as channel:
        channel.ask(web.url + "/save")
        found = channel.ask(web.url + "/save", form={"a": "b"})
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.CLOSED
    assert web.total == 2


def test_a_name_is_looked_up_once(web: WebServer) -> None:
    names = Names(**{"one.example": "127.0.0.1"})
    web.page("/", fine)
    shared = client(names=names)
    for _ in range(3):
        shared.get(web.at("one.example"))
    assert names.asked["one.example"] == 1


def test_a_long_body_is_read_only_so_far(web: WebServer) -> None:
    found = asked(web.page("/", answer(200, b"x" * 1_000_000)), max_bytes=1000)
    assert isinstance(found, Answer)
    assert (len(found.body), found.complete) == (1000, False)


def test_a_body_that_is_no_text_may_be_left_unread(web: WebServer) -> None:
    url = web.page("/a.pdf", answer(200, b"x" * 100_000, content_type="application/pdf"))
    with client().channel() as channel:
        found = channel.ask(url, text_only=True)
    assert isinstance(found, Answer)
    assert (found.status, found.body, found.complete) == (200, b"", False)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"hello" * 100)),
        ("deflate", zlib.compress(b"hello" * 100)),
        ("deflate", zlib.compress(b"hello" * 100)[2:-4]),
    ],
    ids=["gzip", "zlib", "raw"],
)
def test_what_a_server_compresses_unasked_is_unpacked(web: WebServer, encoding: str, packed: bytes) -> None:
    found = client().get(web.page("/", answer(200, packed, content_encoding=encoding)))
    assert found.body == b"hello" * 100


# Errors for callers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (404, ServiceNotFound),
        (410, ServiceNotFound),
        (401, ServiceRefused),
        (403, ServiceRefused),
        (429, ServiceRefused),
        (500, ServiceDown),
        (503, ServiceDown),
        (400, RequestRejected),
        (304, ServiceMalformed),
    ],
)
def test_a_status_is_the_error_that_it_means(web: WebServer, status: int, error: type[ServiceError]) -> None:
    with pytest.raises(ServiceError) as caught:
        client().get(web.page("/", answer(status)), service="doi.org")
    assert type(caught.value) is error
    assert "doi.org" in caught.value.message
    assert str(status) in caught.value.message


def test_passing_trouble_is_asked_again(web: WebServer) -> None:
    url = web.page("/", in_turn(answer(503), answer(500), fine))
    assert client().get(url).status == 200
    assert web.asked["/"] == 3


def test_the_client_waits_as_long_as_it_is_asked_to(web: WebServer) -> None:
    waited: list[float] = []
    polite = Client(QUICK, lookup=Names(), sleep=waited.append, witnesses=())
    polite.get(web.page("/", in_turn(answer(429, retry_after="7"), fine)))
    assert waited == [7.0]


def test_an_endless_429_is_three_requests(web: WebServer) -> None:
    with pytest.raises(ServiceRefused):
        client().get(web.page("/", answer(429)))
    assert web.total == 3


def test_nothing_listens(web: WebServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(ServiceDown, match="connection refused"):
        client().get(f"http://127.0.0.1:{port}/")


def test_a_record_that_is_longer_than_expected_is_no_record(web: WebServer) -> None:
    with pytest.raises(ServiceMalformed):
        client().get(web.page("/", answer(200, b"x" * 5000)), max_bytes=1000)


# Addresses that are not asked -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["http://[bad", "/" + 9000 * "x"])
def test_a_redirect_to_what_is_no_address(web: WebServer, target: str) -> None:
    url = web.page("/", redirect(target))
    with client().channel() as channel:
        failure = channel.follow(url)
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.url) == (FailureKind.NOWHERE, url)


GUARDED = Settings(connect=2.0, read=0.5, deadline=1.25, retry=RetryPolicy(back_off=0.001))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost"]
)
def test_this_machine_is_not_asked(web: WebServer, host: str) -> None:
    failure = asked(f"http://{host}:{web.port}/", GUARDED)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.BLOCKED
    assert web.connections == 0


def test_nor_by_a_name_that_leads_to_it(web: WebServer) -> None:
    failure = asked(web.at("rebound.example"), GUARDED, Names(**{"rebound.example": "127.0.0.1"}))
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.BLOCKED
    assert web.connections == 0


def test_nor_after_a_redirect(web: WebServer) -> None:
    with WebServer() as service:
        web.page("/secret", fine)
        url = service.page("/", redirect(web.url + "/secret"))
        trusting = GUARDED.trusting(service.url)
        with client(trusting).channel() as channel:
            failure = channel.follow(url)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.BLOCKED
    assert (service.total, web.connections) == (1, 0)


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)"],
)
def test_a_redirect_to_what_is_never_asked(web: WebServer, target: str) -> None:
    with client().channel() as channel:
        failure = channel.follow(web.page("/", redirect(target)))
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.BLOCKED


def test_a_service_that_the_user_named_may_be_private(web: WebServer) -> None:
    assert client(GUARDED.trusting(web.url)).get(web.page("/", fine)).status == 200


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80) | st.text(max_size=60).map(lambda text: "http://" + text))
def test_any_text_as_an_address_ends_in_a_failure(text: str) -> None:
    refused = Names()  # no name exists
    found = asked(text, GUARDED, refused)
    assert isinstance(found, Failure)


def test_a_host_with_an_ipv6_address_only_is_not_called_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoRoute(socket.socket):
        def connect(self, address: object) -> None:
            raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr("ppreflist.net.transport.PlainSocket.connect", NoRoute.connect)
    failure = asked("http://six.example/", Settings(), Names(**{"six.example": "2606:2800:220:1::1"}))
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.LOCAL
    failure = asked("http://four.example/", Settings(), Names(**{"four.example": "93.184.216.34"}))
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.NO_ROUTE


# Hostile servers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (pages.drip_headers(), FailureKind.DEADLINE),
        (pages.drip(), FailureKind.DEADLINE),
        (pages.hang, FailureKind.READ_TIMEOUT),
        (pages.reset, FailureKind.CLOSED),
        (pages.close, FailureKind.CLOSED),
        (pages.not_http, FailureKind.NOT_HTTP),
        (pages.endless_headers, FailureKind.TOO_LARGE),
    ],
)
def test_every_fault_has_its_name_and_costs_at_most_the_deadline(web: WebServer, page: Page, kind: FailureKind) -> None:
    url = web.page("/", page)
    started = time.monotonic()
    failure = asked(url)
    assert time.monotonic() - started < QUICK.deadline + 0.5
    assert isinstance(failure, Failure)
    assert failure.kind is kind
    assert failure.url == url


def test_endless_interim_answers_end_too(web: WebServer) -> None:
    started = time.monotonic()
    failure = asked(web.page("/", pages.endless_continue))
    assert time.monotonic() - started < QUICK.deadline + 0.5
    assert isinstance(failure, Failure)
    assert failure.kind in (FailureKind.TOO_LARGE, FailureKind.DEADLINE)


@pytest.mark.parametrize("page", [pages.gzip_bomb(), pages.gzip_bomb(302, "/next"), pages.endless_body])
def test_no_body_takes_much_memory(web: WebServer, page: Page) -> None:
    url = web.page("/", page)
    web.page("/next", fine)
    tracemalloc.start()
    try:
        with client().channel() as channel:
            channel.follow(url, max_bytes=65536)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


def test_a_truncated_body_is_still_an_answer(web: WebServer) -> None:
    found = asked(web.page("/", pages.truncated_chunk))
    assert isinstance(found, Answer)
    assert (found.status, found.complete) == (200, False)


def test_redirects_that_never_end(web: WebServer) -> None:
    for number in range(20):
        web.page(f"/further/{number}", pages.numbered_redirects)
    with client().channel() as channel:
        failure = channel.follow(web.url + "/further/0")
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.REDIRECTS
    assert web.total == QUICK.max_redirects + 1


def test_a_redirect_to_itself_is_asked_once(web: WebServer) -> None:
    with client().channel() as channel:
        failure = channel.follow(web.page("/", redirect("/")))
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.REDIRECTS
    assert web.total == 1


def test_a_silent_resolver_costs_the_connection_time_out() -> None:
    started = time.monotonic()
    failure = asked("http://silent.example/", Settings(connect=0.05, deadline=0.5), Names(**{"silent.example": None}))
    assert time.monotonic() - started < 0.5
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.CONNECT_TIMEOUT


# TLS ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("certificate", "bundle", "detail"),
    [
        ("expired", str(AUTHORITY), "has expired"),
        ("elsewhere", str(AUTHORITY), "for another host"),
        ("self-signed", str(AUTHORITY), "self-signed"),
        ("good", "", "incomplete chain"),
    ],
)
def test_a_bad_certificate_is_told_apart(certificate: str, bundle: str, detail: str) -> None:
    with WebServer(context=tls(certificate)) as server:
        failure = asked(server.url, Settings(connect=2.0, allow_private=True, ca_bundle=bundle))
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.TLS
    assert detail in failure.detail


def test_a_good_certificate_and_a_kept_connection() -> None:
    with WebServer(context=tls("good")) as server:
        server.page("/", fine)
        trusting = client(Settings(connect=2.0, deadline=5.0, allow_private=True, ca_bundle=str(AUTHORITY)))
        with trusting.channel() as channel:
            for _ in range(3):
                assert isinstance(channel.ask(server.url), Answer)
        assert server.connections == 1


def test_a_drip_over_tls_ends_by_the_deadline() -> None:
    with WebServer(context=tls("good")) as server:
        url = server.page("/", pages.drip())
        started = time.monotonic()
        failure = asked(
            url, Settings(connect=2.0, read=1.0, deadline=0.4, allow_private=True, ca_bundle=str(AUTHORITY))
        )
        assert time.monotonic() - started < 1.0
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.DEADLINE


def test_plain_http_where_https_is_expected(web: WebServer) -> None:
    failure = asked(web.url.replace("http:", "https:"))
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.TLS


# Proxies --------------------------------------------------------------------------------------------------------------


def test_a_proxy_is_asked_and_need_not_be_public(web: WebServer) -> None:
    web.page("http://far.example/page", answer(200, b"from afar"))
    settings_ = Settings(connect=1.0, read=0.5, deadline=1.0, proxies={"http": web.url})
    assert client(settings_).get("http://far.example/page").body == b"from afar"


def test_behind_a_proxy_private_addresses_are_still_refused(web: WebServer) -> None:
    settings_ = Settings(connect=1.0, read=0.5, deadline=1.0, proxies={"http": web.url})
    for url in ("http://127.0.0.1/", "http://192.168.1.1/", "http://localhost/", "http://169.254.169.254/"):
        failure = asked(url, settings_)
        assert isinstance(failure, Failure)
        assert failure.kind is FailureKind.BLOCKED
    assert web.connections == 0


def test_a_proxy_that_refuses_a_tunnel(web: WebServer) -> None:
    settings_ = Settings(connect=1.0, read=0.5, deadline=1.0, proxies={"https": web.url})
    failure = asked("https://far.example/", settings_)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.PROXY
