"""Many requests under way in one thread: what comes of each is what comes of asking it by itself."""

from __future__ import annotations

import gzip
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.servers import web as pages
from tests.servers.names import Names
from tests.servers.web import AUTHORITY, Exchange, Page, WebServer, answer, fine, redirect, tls

from ppreflist.net.answer import Answer
from ppreflist.net.channel import Channel
from ppreflist.net.client import Client
from ppreflist.net.failure import Failure, FailureKind
from ppreflist.net.settings import Settings
from ppreflist.net.waiting import WaitingRoom

QUICK = Settings(connect=2.0, read=0.5, deadline=1.25, allow_private=True)
PATIENT = Settings(allow_private=True)
LIMIT = 32 * 1024


def client(limits: Settings = QUICK) -> Client:
    return Client(limits, lookup=Names(), witnesses=())


def outcome_of(channel: Channel, url: str) -> tuple[Answer | Failure, bool]:
    """What comes of an address in a waiting room, and whether somebody had to wait for the rest of it."""
    room: WaitingRoom[str] = WaitingRoom()
    try:
        failure = channel.send(url, max_bytes=LIMIT, text_only=True, patient=False)
        if failure is not None:
            return failure, False
        outcome = None
        if not channel.must_be_waited_for:
            room.enter(channel, url)
            ended: list[tuple[str, Answer | Failure | None]] = []
            while not ended:
                ended = room.wait(5.0)
            ((guest, outcome),) = ended
            assert guest == url
        if outcome is not None:
            return outcome, False
        outcome = channel.receive(patient=True)
        assert outcome is not None
        return outcome, True
    finally:
        room.close()


def sent(*parts: bytes, pause: float = 0.0, close: bool = False) -> Page:
    """These bytes, with pauses between them."""

    def page(exchange: Exchange) -> None:
        for part in parts:
            exchange.send(part)
            exchange.pause(pause)
        exchange.close = close

    return page


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
LONG = b"<p>text</p>" * 20_000
PAGES: dict[str, Page] = {
    "fine": fine,
    "no content": answer(204, b""),
    "empty": answer(200, b""),
    "not found": pages.missing,
    "redirect": redirect("/next"),
    "redirect with a long body": redirect("/next", body=LONG),
    "long": answer(200, LONG),
    "no text": answer(200, LONG, content_type="application/pdf"),
    "gzip": answer(200, gzip.compress(b"hello" * 1000), content_encoding="gzip"),
    "bomb": pages.gzip_bomb(),
    "until the end": sent(HEAD + b"\r\n", b"all", close=True),
    "bare line feeds": sent(HEAD.replace(b"\r", b"") + b"Content-Length: 2\n\nok"),
    "in pieces": sent(HEAD, b"Content-", b"Length: 9\r\n\r", b"\nhel", b"lo you", pause=0.01),
    "several headers of one name": sent(HEAD + b"Link: <a>\r\nlink: <b>,\r\n <c>\r\nContent-Length: 0\r\n\r\n"),
    "chunks": sent(CHUNKED, b"5\r\nhello\r\n", b"0\r\n\r\n", pause=0.01),
    "chunks at once": sent(CHUNKED + b"5\r\nhello\r\n0\r\n\r\n"),
    "what seems to be the last chunk": sent(CHUNKED + b"a\r\n0\r\n\r\n", b"world\r\n0\r\n\r\n", pause=0.05),
    "chunks with a trailer": sent(CHUNKED + b"5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n", close=True),
    "endless chunks": sent(CHUNKED + b"ffff\r\n" + b"x" * 0xFFFF + b"\r\n", close=True),
    "interim answers": sent(b"HTTP/1.1 100 Continue\r\n\r\n" * 2, HEAD + b"Content-Length: 2\r\n\r\nok", pause=0.01),
    "a wrong length": sent(HEAD + b"Content-Length: 100\r\n\r\nshort", close=True),
    "a length that is none": sent(HEAD + b"Content-Length: many\r\n\r\nall", close=True),
    "a long line": redirect("/" + 70_000 * "x"),
    "many headers": sent(HEAD + b"X: y\r\n" * 200 + b"\r\n"),
    "endless headers": pages.endless_headers,
    "endless interim answers": pages.endless_continue,
    "endless body": pages.endless_body,
    "truncated chunk": pages.truncated_chunk,
    "not HTTP": pages.not_http,
    "hang": pages.hang,
    "hang after the head": sent(HEAD + b"Content-Length: 100\r\n\r\n", pause=0.7, close=True),
    "drip": pages.drip(),
    "drip in the head": pages.drip_headers(),
    "reset": pages.reset,
    "close": pages.close,
}


@pytest.mark.parametrize("name", PAGES)
def test_what_comes_is_what_comes_of_asking(web: WebServer, name: str) -> None:
    url = web.page("/", PAGES[name])

    def by_itself() -> Answer | Failure:
        with client().channel() as channel:
            return channel.ask(url, max_bytes=LIMIT, text_only=True)

    with ThreadPoolExecutor(1) as pool, client().channel() as channel:
        asking = pool.submit(by_itself)  # at the same time, because some take their whole time
        started = time.monotonic()
        outcome, _ = outcome_of(channel, url)
        # A server that drips before somebody must wait has the one deadline.
        assert time.monotonic() - started < QUICK.deadline + 0.5
        alone = asking.result()
        assert outcome == alone
        if isinstance(outcome, Answer) and outcome.complete:
            again, _ = outcome_of(channel, url)
            assert again == alone


@pytest.mark.parametrize("name", ["fine", "chunks", "redirect", "in pieces", "no content", "gzip"])
def test_nobody_waits_for_a_sound_answer_and_its_connection_is_kept(web: WebServer, name: str) -> None:
    url = web.page("/", PAGES[name])
    with client().channel() as channel:
        for _ in range(3):
            _, waited = outcome_of(channel, url)
            assert not waited
        assert channel.is_open(url)
    assert web.connections == 1


def test_a_kept_connection_that_is_closed_meanwhile_is_made_again(web: WebServer) -> None:
    """The server closes just when the second request comes."""
    url = web.page("/", pages.in_turn(fine, pages.close, fine))
    with client().channel() as channel:
        assert isinstance(outcome_of(channel, url)[0], Answer)
        assert channel.is_open(url)
        outcome, waited = outcome_of(channel, url)
    assert isinstance(outcome, Answer)
    assert waited
    assert (web.total, web.connections) == (3, 2)


def test_more_than_was_to_come_is_not_taken_for_the_next_answer(web: WebServer) -> None:
    web.page("/more", sent(HEAD + b"Content-Length: 2\r\n\r\nok" + HEAD + b"Content-Length: 4\r\n\r\nevil"))
    web.page("/", fine)
    with client().channel() as channel:
        outcome_of(channel, web.url + "/more")
        outcome, _ = outcome_of(channel, web.url + "/")
    assert isinstance(outcome, Answer)
    assert outcome.body == b"<title>A page</title>"


def test_many_are_under_way_in_one_thread(web: WebServer) -> None:
    together = threading.Barrier(50, timeout=PATIENT.read)

    def page(exchange: Exchange) -> None:
        together.wait()
        exchange.reply(200, exchange.path.encode())

    shared = client(PATIENT)
    channels = [shared.channel() for _ in range(50)]
    room: WaitingRoom[int] = WaitingRoom()
    found: dict[int, Answer | Failure | None] = {}
    try:
        for number, channel in enumerate(channels):
            assert channel.send(web.page(f"/{number}", page), patient=False) is None
            room.enter(channel, number)
        while len(found) < 50:
            found.update(room.wait(5.0))
    finally:
        room.close()
        for channel in channels:
            channel.close()
    assert {number: isinstance(each, Answer) and each.body for number, each in found.items()} == {
        number: f"/{number}".encode() for number in range(50)
    }


def test_a_silent_server_fails_in_its_time_whoever_else_answers(web: WebServer) -> None:
    shared = client()
    silent, quick = shared.channel(), shared.channel()
    room: WaitingRoom[str] = WaitingRoom()
    try:
        assert silent.send(web.page("/hang", pages.hang), patient=False) is None
        room.enter(silent, "silent")
        assert quick.send(web.page("/", fine), patient=False) is None
        room.enter(quick, "quick")
        found = dict(room.wait(5.0))
        while len(found) < 2:
            found.update(room.wait(5.0))
    finally:
        room.close()
        silent.close()
        quick.close()
    assert isinstance(found["quick"], Answer)
    assert isinstance(found["silent"], Failure)
    assert found["silent"].kind is FailureKind.READ_TIMEOUT


def test_it_is_woken_by_another_thread() -> None:
    room: WaitingRoom[str] = WaitingRoom()
    ringing = threading.Timer(0.05, room.wake)
    ringing.start()
    started = time.monotonic()
    assert room.wait(30.0) == []
    assert time.monotonic() - started < 10.0
    ringing.join()
    room.close()


def test_closing_tells_who_is_left(web: WebServer) -> None:
    room: WaitingRoom[str] = WaitingRoom()
    with client().channel() as channel:
        channel.send(web.page("/hang", pages.hang), patient=False)
        room.enter(channel, "guest")
        assert room.close() == [channel]
        room.wake()


def test_by_tls() -> None:
    with WebServer(context=tls("good")) as server:
        limits = Settings(connect=2.0, allow_private=True, ca_bundle=str(AUTHORITY))
        for name in ("fine", "chunks", "in pieces", "long", "until the end", "what seems to be the last chunk"):
            url = server.page("/", PAGES[name])
            with client(limits).channel() as channel:
                alone = channel.ask(url, max_bytes=LIMIT, text_only=True)
                assert isinstance(alone, Answer)
                assert outcome_of(channel, url)[0] == alone
