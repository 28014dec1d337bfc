"""Asking Crossref for notices: how often, how fast, and what happens when it does not answer as it should."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from tests.servers import web as pages
from tests.servers.scholarly import Scholarly
from tests.servers.web import Exchange, answer, in_turn

from ppreflist.links.crossref import (
    BATCH,
    LONGEST_FILTER,
    MOST,
    PATIENCE,
    Asked,
    askable,
    batches,
    impatient,
    notices_of,
)
from ppreflist.links.notices import NoticeKind
from ppreflist.model.identifier import DOI
from ppreflist.net.client import Client
from ppreflist.net.settings import Settings
from ppreflist.resolve.services import CROSSREF_LIST_GAP, CROSSREF_POLITE_LIST_GAP

BASE = "https://api.crossref.org"
WORKS = "/crossref/works"
RETRACTED = {"updated-by": [{"DOI": "10.1000/notice", "type": "retraction", "updated": {"date-parts": [[2014, 3, 5]]}}]}
NOTHING = b'{"message": {"items": []}}'


def dois(count: int) -> list[DOI]:
    return [DOI(f"10.1000/{number}") for number in range(count)]


class Clock:
    """A clock that sleeping moves. ``waited`` is how long after its begin the last request would have been sent: the
    client paces itself by the real clock, which sleeping here does not move, so that what is owed adds up."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.now = 0.0
        self.waited = 0.0
        self._started = time.monotonic()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.waited = seconds + time.monotonic() - self._started
        self.now += seconds

    def __call__(self) -> float:
        return self.now


def asked(scholarly: Scholarly, wanted: list[DOI], clock: Clock | None = None, **settings: Any) -> Asked:
    clock = clock or Clock()
    base = scholarly.environ["PPREFLIST_CROSSREF_URL"]
    client = Client(Settings(connect=2, read=2, deadline=2, **settings).trusting(base), sleep=clock.sleep, witnesses=())
    return notices_of(wanted, client, base, clock=clock)


# Addresses ------------------------------------------------------------------------------------------------------------


def test_a_request_for_several() -> None:
    (batch,) = batches([DOI("10.1000/A<b>;2-y"), DOI("10.1016/S0140(97)1")], BASE + "/", "me@example.org")
    assert batch.url == (
        "https://api.crossref.org/works?filter=doi:10.1000/A%3Cb%3E%3B2-y,doi:10.1016/S0140(97)1&rows=2"
        "&select=DOI,title,updated-by,update-to&mailto=me@example.org"
    )


def test_a_comma_would_end_the_filter() -> None:
    alone, others = batches([DOI("10.1001/jama.251.7.878,883"), DOI("10.1000/x")], BASE)
    assert alone.url == "https://api.crossref.org/works/10.1001/jama.251.7.878%2C883"
    assert "filter=doi:10.1000/x&rows=1&" in others.url


def test_two_thousand_dois_are_twenty_requests() -> None:
    found = list(batches(dois(2000), BASE))
    assert [len(batch.dois) for batch in found] == [BATCH] * 20
    assert len({doi for batch in found for doi in batch.dois}) == 2000


def test_no_address_is_longer_than_servers_take() -> None:
    long = [DOI(f"10.1000/{chr(0x4E00) * 60}{number}") for number in range(40)]
    found = list(batches(long, BASE))
    assert all(len(batch.url) < LONGEST_FILTER + 200 for batch in found)
    assert sum(len(batch.dois) for batch in found) == 40


def test_each_is_asked_for_once_and_those_of_other_agencies_never() -> None:
    given = ["10.1000/A", "10.1000/a", "10.48550/arXiv.2101.00001", "10.5281/zenodo.1", "10/aabbe", "10.1000/b"]
    assert [doi.value for doi in askable(map(DOI, given))] == ["10.1000/A", "10.1000/b"]


# Asking ---------------------------------------------------------------------------------------------------------------


def test_what_crossref_knows(scholarly: Scholarly) -> None:
    scholarly.work("10.1000/1", title=["A work"], **RETRACTED)
    scholarly.work("10.1000/2", title=["Another"])
    found = asked(scholarly, dois(4))
    assert {key: (each.kind, each.date, each.doi) for key, each in found.notices.items()} == {
        "10.1000/1": (NoticeKind.RETRACTION, "2014-03-05", "10.1000/notice")
    }
    assert (found.dois, found.unanswered, found.sentence) == (4, 0, "")
    assert scholarly.web.total == 1


def test_it_is_asked_one_list_a_second_and_one_at_a_time(scholarly: Scholarly) -> None:
    clock = Clock()
    usual = scholarly.web.pages[WORKS]
    alone = threading.Lock()

    def page(exchange: Exchange) -> None:
        assert alone.acquire(blocking=False)
        exchange.pause(0.001)
        alone.release()
        usual(exchange)

    scholarly.web.page(WORKS, page)
    scholarly.work("10.1000/1999", **RETRACTED)
    found = asked(scholarly, dois(2000), clock)
    assert (len(found.notices), found.unanswered) == (1, 0)
    assert scholarly.web.total == 20
    assert clock.waited >= 19 * CROSSREF_LIST_GAP


def test_with_an_address_it_says_who_asks_and_may_ask_faster(scholarly: Scholarly) -> None:
    clock = Clock()
    asked(scholarly, dois(250), clock, mailto="me@example.org")
    assert all(parse_qs(urlsplit(path).query)["mailto"] == ["me@example.org"] for path in scholarly.asked)
    assert "mailto:me@example.org" in scholarly.web.headers[0]["user-agent"]
    assert scholarly.web.total == 3
    assert max(clock.slept, default=0.0) <= 2 * CROSSREF_POLITE_LIST_GAP


def test_the_service_says_how_fast(scholarly: Scholarly) -> None:
    """The first pause is the usual one, because the headers come with the first answer."""
    clock = Clock()
    scholarly.web.page(WORKS, answer(200, NOTHING, x_rate_limit_limit="1", x_rate_limit_interval="4s"))
    asked(scholarly, dois(3 * BATCH), clock)
    assert clock.waited >= CROSSREF_LIST_GAP + 4


@pytest.mark.parametrize(
    "headers", [{"x_rate_limit_limit": "0"}, {"x_rate_limit_limit": "x", "x_rate_limit_interval": ""}]
)
def test_headers_that_say_nothing(scholarly: Scholarly, headers: dict[str, str]) -> None:
    clock = Clock()
    scholarly.web.page(WORKS, answer(200, NOTHING, **headers))
    assert asked(scholarly, dois(BATCH + 1), clock).unanswered == 0
    assert sum(clock.slept) <= CROSSREF_LIST_GAP


def test_it_is_waited_for_when_it_says_how_long(scholarly: Scholarly) -> None:
    clock = Clock()
    body = json.dumps({"message": {"items": [{"DOI": "10.1000/0", **RETRACTED}]}}).encode()
    scholarly.web.page(WORKS, in_turn(answer(429, b"", retry_after="7"), answer(200, body)))
    assert len(asked(scholarly, dois(1), clock).notices) == 1
    assert 7 in clock.slept


@pytest.mark.parametrize(
    ("page", "requests", "says"),
    [
        (answer(429, b""), 3, "refused to answer (status 429)"),
        (answer(429, b"", retry_after="86400"), 1, "refused to answer (status 429)"),
        (answer(503, b"", retry_after="3600"), 1, "is failing at the moment (status 503)"),
        (answer(500, b""), 3, "is failing at the moment (status 500)"),
        (answer(403, b"<title>Forbidden</title>"), 1, "refused to answer (status 403)"),
        (answer(404, b"<title>Not found</title>"), 1, "has no such record (status 404)"),
        (pages.reset, 6, "could not be asked"),
        (pages.not_http, 6, "could not be asked"),
    ],
)
def test_a_service_that_fails_is_asked_no_further(
    scholarly: Scholarly, page: pages.Page, requests: int, says: str
) -> None:
    scholarly.web.page(WORKS, page)
    found = asked(scholarly, dois(1))
    assert (found.notices, found.unanswered) == ({}, 1)
    assert found.sentence.startswith("Retractions could not be looked up: Crossref")
    assert says in found.sentence
    assert scholarly.web.total <= requests
    assert asked(scholarly, dois(1000)).unanswered == 1000
    assert scholarly.web.total <= 2 * requests + 8


@pytest.mark.parametrize(
    "body",
    [b"<!doctype html><title>Crossref</title>", b"{}", b"null", b'{"message": {"items": 1}}', b"[" * 200_000, b""],
)
def test_what_is_no_list_of_works_ends_it(scholarly: Scholarly, body: bytes) -> None:
    scholarly.web.page(WORKS, answer(200, body, content_type="application/json"))
    found = asked(scholarly, dois(3 * BATCH))
    assert (found.notices, found.unanswered) == ({}, 3 * BATCH)
    assert "Retractions could not be looked up: Crossref answered" in found.sentence
    assert scholarly.web.total < 12


def test_who_does_not_answer_in_time_is_not_asked_again(scholarly: Scholarly) -> None:
    scholarly.web.page(WORKS, pages.hang)
    base = scholarly.environ["PPREFLIST_CROSSREF_URL"]
    settings = impatient(Settings(mailto="me@example.org").trusting(base))
    assert max(settings.connect, settings.read, settings.deadline, settings.retry.longest) <= 10
    client = Client(replace(settings, read=0.2), sleep=lambda _: None, witnesses=())
    found = notices_of(dois(3 * BATCH), client, base)
    assert (scholarly.web.total, found.unanswered) == (1, 3 * BATCH)
    assert (
        found.sentence == "Retractions could not be looked up: Crossref could not be asked: it did not answer in time."
    )


def test_what_was_learnt_before_a_failure_is_kept(scholarly: Scholarly) -> None:
    body = json.dumps({"message": {"items": [{"DOI": "10.1000/0", **RETRACTED}]}}).encode()
    scholarly.web.page(WORKS, in_turn(answer(200, body), answer(500, b"")))
    found = asked(scholarly, dois(3 * BATCH))
    assert list(found.notices) == ["10.1000/0"]
    assert found.sentence == (
        f"Retractions could not be looked up for {2 * BATCH} of the {3 * BATCH} DOIs: "
        "Crossref is failing at the moment (status 500)."
    )


def test_one_doi_that_the_filter_does_not_take_costs_few_requests(scholarly: Scholarly) -> None:
    """Crossref answers 400 to the whole batch (https://github.com/CrossRef/rest-api-doc/issues/558)."""
    usual = scholarly.web.pages[WORKS]

    def page(exchange: Exchange) -> None:
        if "doi:10.1000/57," in unquote(exchange.path) or "doi:10.1000/57&" in unquote(exchange.path):
            exchange.reply(400, b'{"status": "failed"}')
        else:
            usual(exchange)

    scholarly.web.page(WORKS, page)
    for number in (3, 99, 142):
        scholarly.work(f"10.1000/{number}", **RETRACTED)
    found = asked(scholarly, dois(150))
    assert sorted(found.notices) == ["10.1000/142", "10.1000/3", "10.1000/99"]
    assert found.unanswered == 1
    assert scholarly.web.total <= 2 + 2 * 8
    assert "for 1 of the 150 DOIs" in found.sentence


def test_addresses_that_are_too_long_for_a_proxy_are_halved(scholarly: Scholarly) -> None:
    usual = scholarly.web.pages[WORKS]
    scholarly.web.page(WORKS, lambda each: each.reply(414) if len(each.path) > 1500 else usual(each))
    scholarly.work("10.1000/77", **RETRACTED)
    found = asked(scholarly, dois(BATCH))
    assert (list(found.notices), found.unanswered) == (["10.1000/77"], 0)


def test_a_doi_with_a_comma_that_crossref_does_not_have(scholarly: Scholarly) -> None:
    found = asked(scholarly, [DOI("10.1000/a,b"), *dois(1)])
    assert (found.notices, found.unanswered, found.sentence) == ({}, 0, "")
    body = json.dumps({"status": "ok", "message": {"DOI": "10.1000/a,b", **RETRACTED}}).encode()
    scholarly.web.page("/crossref/works/10.1000/a%2Cb", answer(200, body))
    assert list(asked(scholarly, [DOI("10.1000/a,b")]).notices) == ["10.1000/a,b"]


def test_a_slow_service_does_not_hold_up_the_run_for_ever(scholarly: Scholarly) -> None:
    clock = Clock()

    def page(exchange: Exchange) -> None:
        clock.now += PATIENCE / 3
        exchange.reply(200, NOTHING)

    scholarly.web.page(WORKS, page)
    found = asked(scholarly, dois(2000), clock)
    assert scholarly.web.total <= 4
    assert "took more than 300 seconds" in found.sentence


def test_of_a_million_dois_the_first_are_asked_for(scholarly: Scholarly) -> None:
    taken = 0

    def many() -> Iterator[DOI]:
        nonlocal taken
        for number in range(1_000_000):
            taken += 1
            yield DOI(f"10.1000/{number}")

    scholarly.web.page(WORKS, answer(200, NOTHING))
    client = Client(Settings().trusting(scholarly.web.url), sleep=lambda _: None, witnesses=())
    found = notices_of(many(), client, scholarly.environ["PPREFLIST_CROSSREF_URL"])
    assert (taken, scholarly.web.total) == (MOST + 1, MOST // BATCH)
    assert found.sentence == f"Retractions were looked up for the first {MOST} DOIs only."


def test_a_machine_without_a_network_is_told_elsewhere() -> None:
    def nowhere(host: str, port: int) -> Any:
        raise OSError("no such name")

    client = Client(Settings(), lookup=nowhere, sleep=lambda _: None, witnesses=())
    found = notices_of(dois(3), client, BASE)
    assert (found.notices, found.unanswered, found.sentence) == ({}, 3, "")


def test_nothing_to_ask_asks_nobody(scholarly: Scholarly) -> None:
    assert asked(scholarly, []) == Asked()
    assert scholarly.web.total == 0
