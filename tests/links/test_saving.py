"""Save Page Now, from a double of it that answers in the documented shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.servers.web import Exchange, Page, WebServer, answer, in_turn, redirect

from ppreflist.links import saving
from ppreflist.links.finding import Finding
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.saving import AGAIN, DAILY, KEYED, Keys, NotSaved, Tempo, Why, address_to_save, keys_in, save_all
from ppreflist.links.snapshot import Saved
from ppreflist.links.verdict import Verdict
from ppreflist.net.client import Client
from ppreflist.net.settings import Settings

KEYS = Keys("the-access-key", "the-secret-key")
PAGE = "https://x.org/a?b=c&d=%20e"
NOW = 1_800_000_000.0
JOB = "spn2-dea4b01e0839fb6ccf689dc93f5b2f5a4a4f8335"
TEMPO = Tempo(gap=60 / 7, first=10.0, look=6.0, longest=60.0)


def says(**fields: Any) -> Page:
    return answer(200, json.dumps(fields).encode(), content_type="application/json")


def ordered(number: str = JOB, **more: str) -> Page:
    return says(url=PAGE, job_id=number, **more)


PENDING = says(status="pending", job_id=JOB, resources=[])
SUCCESS = says(
    status="success", job_id=JOB, original_url=PAGE, timestamp="20261122101112", duration_sec=6.2, http_status=200
)


def error(code: str, message: str = "Something.") -> Page:
    return says(status="error", status_ext=f"error:{code}", message=message, job_id=JOB)


class Clock:
    """A clock that only sleep moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def archive() -> Iterator[WebServer]:
    with WebServer() as server:
        server.page("/save", ordered())
        server.page(f"/save/status/{JOB}", SUCCESS)
        yield server


def saved(
    archive: WebServer, *pages: str, keys: Keys | None = KEYS, clock: Clock | None = None
) -> list[tuple[str, Saved | NotSaved]]:
    client = Client(Settings(deadline=2.0, allow_private=True), now=lambda: NOW, witnesses=())
    clock = clock or Clock()
    return list(save_all(pages or (PAGE,), client, archive.url, keys, tempo=TEMPO, clock=clock, sleep=clock.sleep))


def only(results: list[tuple[str, Saved | NotSaved]]) -> Saved | NotSaved:
    ((address, result),) = results
    assert address == PAGE
    return result


def test_an_order_and_what_became_of_it(archive: WebServer) -> None:
    sent: list[Exchange] = []

    def take(exchange: Exchange) -> None:
        sent.append(exchange)
        ordered()(exchange)

    archive.page("/save", take)
    archive.page(f"/save/status/{JOB}", in_turn(PENDING, PENDING, SUCCESS))
    clock = Clock()
    assert only(saved(archive, clock=clock)) == Saved(
        f"{archive.url}/web/20261122101112/{PAGE}", date(2026, 11, 22), int(NOW)
    )
    (order,) = sent
    assert order.method == "POST"
    assert order.headers["authorization"] == "LOW the-access-key:the-secret-key"
    assert order.headers["accept"] == "application/json"
    form = {name: values[0] for name, values in parse_qs(order.body.decode()).items()}
    assert form == {"url": PAGE, "skip_first_archive": "1", "if_not_archived_within": "30d"}
    assert archive.asked[f"/save/status/{JOB}"] == 3
    assert clock.slept == [10.0, 6.0, 6.0]


def test_keys_in_an_answer_are_not_shown(archive: WebServer) -> None:
    archive.page("/save", error("error:other", "bad keys the-access-key:the-secret-key"))
    result = only(saved(archive))
    assert isinstance(result, NotSaved)
    assert result.reason == "The archive could not save it: bad keys ***:***"


def test_the_keys_are_not_shown() -> None:
    assert "the-" not in repr(KEYS)


def test_a_capture_that_somebody_had_made_is_taken(archive: WebServer) -> None:
    archive.page("/save", ordered(message="The same snapshot had been made 2 minutes ago."))
    assert isinstance(only(saved(archive)), Saved)


def test_the_pace_is_the_documented_one(archive: WebServer) -> None:
    """Seven orders a minute, and never more than three captures under way."""
    number = iter(range(100))
    archive.page("/save", lambda exchange: says(job_id=f"job-{next(number)}")(exchange))
    for each in range(8):
        archive.page(f"/save/status/job-{each}", in_turn(PENDING, SUCCESS))
    clock = Clock()
    results = saved(archive, *(f"{PAGE}{each}" for each in range(8)), clock=clock)
    assert len(results) == 8
    assert clock.now >= 7 * 60 / 7
    assert KEYED.gap == pytest.approx(60 / 7)
    assert DAILY == 30_000


@pytest.mark.parametrize(
    ("page", "why", "said"),
    [
        (error("no-access"), Why.REFUSED, "does not let the archive in"),
        (error("blocked"), Why.REFUSED, "does not let the archive in"),
        (error("unauthorized"), Why.REFUSED, "password"),
        (error("blocked-url"), Why.REFUSED, "of this kind"),
        (error("not-found"), Why.FAILED, "no such page"),
        (error("filesize-limit"), Why.FAILED, "2 GB"),
        (error("job-failed"), Why.TROUBLE, "at the moment"),
        (error("brand-new", "New trouble\x1b[31m."), Why.TROUBLE, "New trouble [31m."),
        (error("too-many-daily-captures"), Why.ENOUGH, "today"),
        (error("max-daily-bandwidth-host"), Why.ENOUGH, "today"),
        (error("max-daily-bandwidth"), Why.LIMIT, "today"),
        (says(message="You have reached your daily captures limit of (30000,) webpages"), Why.LIMIT, "captures limit"),
        (says(message="You need to be logged in to use Save Page Now."), Why.KEYS, "keys"),
        (error("blocked-client-ip"), Why.KEYS, "address"),
        (answer(200, b"<html>What is this?</html>"), Why.TROUBLE, "not to be expected"),
        (answer(401, b'{"message": "You need to be logged in to use Save Page Now."}'), Why.KEYS, "accept the keys"),
        (answer(429), Why.LIMIT, "429"),
        (answer(429, retry_after="86400"), Why.LIMIT, "429"),
        (answer(502), Why.DOWN, "502"),
    ],
)
@pytest.mark.parametrize("at", ["/save", f"/save/status/{JOB}"])
def test_each_failure_is_told_apart(archive: WebServer, at: str, page: Page, why: Why, said: str) -> None:
    archive.page(at, page)
    result = only(saved(archive))
    assert isinstance(result, NotSaved)
    assert result.why is why
    assert said in result.reason
    assert result.reason.isprintable()


def test_a_limit_stops_the_run_and_what_was_ordered_is_still_looked_at(archive: WebServer) -> None:
    archive.page("/save", in_turn(ordered(), error("max-daily-bandwidth"), ordered("never")))
    results = saved(archive, *(f"{PAGE}{each}" for each in range(5)))
    assert [type(result).__name__ for _, result in results] == ["NotSaved", "Saved"]
    assert archive.asked["/save"] == 2


def test_a_short_pause_is_kept(archive: WebServer) -> None:
    archive.page("/save", in_turn(answer(429, retry_after="45"), error("user-session-limit"), ordered()))
    clock = Clock()
    assert isinstance(only(saved(archive, clock=clock)), Saved)
    assert clock.slept[:2] == [45.0, 60.0]


def test_an_archive_that_is_down_is_asked_three_times(archive: WebServer) -> None:
    archive.page("/save", answer(503))
    results = saved(archive, PAGE, f"{PAGE}2")
    assert isinstance(results[0][1], NotSaved)
    assert (len(results), archive.asked["/save"]) == (1, 3)


def test_one_site_that_refuses_stops_nothing(archive: WebServer) -> None:
    archive.page("/save", in_turn(error("no-access"), ordered()))
    assert [type(result).__name__ for _, result in saved(archive, PAGE, f"{PAGE}2")] == ["NotSaved", "Saved"]


def test_a_capture_that_never_ends_is_given_up(archive: WebServer) -> None:
    archive.page(f"/save/status/{JOB}", PENDING)
    clock = Clock()
    result = only(saved(archive, clock=clock))
    assert isinstance(result, NotSaved)
    assert "still at it" in result.reason
    assert clock.now < 80


@pytest.mark.parametrize(
    ("original", "timestamp", "good"),
    [
        ("https://x.org/b", "20261122101112", True),
        ("https://x.org/login?next=/a", "20261122101112", False),
        ("https://x.org/", "20261122101112", False),
        ("not an address", "20261122101112", False),
        ("https://user:secret@x.org/a", "20261122101112", False),
        ("https://x.org/\\u001b[2J", "20261122101112", False),
        (PAGE, "20269922101112", False),
        (PAGE, "2026", False),
        (PAGE, "none", False),
    ],
)
def test_a_capture_of_something_else_is_none(archive: WebServer, original: str, timestamp: str, good: bool) -> None:
    original = original.replace("\\u001b", "\x1b")
    archive.page(f"/save/status/{JOB}", says(status="success", original_url=original, timestamp=timestamp))
    assert isinstance(only(saved(archive)), Saved) is good


@given(
    st.dictionaries(
        st.sampled_from(["status", "status_ext", "message", "job_id", "timestamp", "original_url", "url"]),
        st.one_of(st.none(), st.integers(), st.text(), st.just("success"), st.just("pending"), st.lists(st.text())),
    )
)
@settings(max_examples=60, deadline=None)
def test_any_answer_ends_in_a_sentence(answered: dict[str, Any]) -> None:
    body = json.dumps(answered).encode()
    result = saving.refused(json.loads(body))
    assert isinstance(result, NotSaved)
    assert result.reason.isprintable()


@pytest.mark.parametrize("timestamp", ["\u0662" * 14, "\u00b2" * 14, "2026-11-22 1011", "20261122101112 "])
def test_a_time_that_is_none(archive: WebServer, timestamp: str) -> None:
    archive.page(f"/save/status/{JOB}", says(status="success", original_url=PAGE, timestamp=timestamp))
    assert isinstance(only(saved(archive)), NotSaved)


# Without keys ---------------------------------------------------------------------------------------------------------


def test_without_keys_the_address_is_the_order(archive: WebServer) -> None:
    capture = f"/web/20261122101112/{PAGE}"
    archive.page("/save/https://x.org/a", redirect(capture, 302))
    assert only(saved(archive, keys=None)) == Saved(archive.url + capture, date(2026, 11, 22), int(NOW))
    assert archive.asked == {f"/save/{PAGE}": 1}
    archive.page("/save/https://x.org/a", answer(200, content_location=capture))
    assert isinstance(only(saved(archive, keys=None)), Saved)
    archive.page("/save/https://x.org/a", answer(200, f'<script>spn.watchJob("{JOB}", "/_static/",6000);'.encode()))
    assert isinstance(only(saved(archive, keys=None)), Saved)
    assert not any("authorization" in headers for headers in archive.headers)


@pytest.mark.parametrize(("status", "why"), [(401, Why.KEYS), (429, Why.LIMIT)])
def test_without_keys_it_may_be_refused(archive: WebServer, status: int, why: Why) -> None:
    archive.page("/save/https://x.org/a", answer(status))
    result = only(saved(archive, keys=None))
    assert isinstance(result, NotSaved)
    assert result.why is why


def test_keys_are_not_sent_where_others_can_read_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert saving._is_private_way("https://web.archive.org")
    assert saving._is_private_way("http://127.0.0.1:8080")
    assert not saving._is_private_way("http://archive.example.org")


@pytest.mark.parametrize("names", saving.KEY_NAMES)
def test_the_names_that_others_use_for_the_keys(names: tuple[str, str]) -> None:
    assert keys_in({names[0]: "a ", names[1]: "b"}) == Keys("a", "b")
    assert keys_in({names[0]: "a"}) is None
    assert keys_in({names[0]: "a\r\nX-Other: c", names[1]: "b"}) is None


def test_no_network(archive: WebServer) -> None:
    client = Client(Settings(deadline=1.0), lookup=lambda host, port: [], witnesses=())
    ((_, result),) = save_all([PAGE, f"{PAGE}2"], client, "https://web.archive.invalid", None, tempo=Tempo(0.0))
    assert isinstance(result, NotSaved)
    assert result.stops


# What is worth saving -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://x.org/a", "https://x.org/a"),
        ("https://x.org/a#place", "https://x.org/a"),
        ("https://x.org/?page=2&id=7", "https://x.org/?page=2&id=7"),
        ("https://medium.com/@somebody/text", "https://medium.com/@somebody/text"),
        ("https://keynote.org/keyboard?monkey=1", "https://keynote.org/keyboard?monkey=1"),
        ("https://user:password@x.org/a", ""),
        ("https://x.org/a?token=abc", ""),
        ("https://x.org/a?x=1&access_token=abc", ""),
        ("https://s3.amazonaws.com/b/f.pdf?X-Amz-Signature=abc", ""),
        ("https://x.org/a;jsessionid=ABC", ""),
        ("https://x.org/a?PHPSESSID=abc", ""),
        ("https://x.org/a?api_key=abc", ""),
        ("https://x.org/a?" + 1500 * "token", "https://x.org/a?" + 1500 * "token"),
        ("http://127.0.0.1/a", ""),
        ("http://2130706433/a", ""),
        ("http://8.8.8.8/a", ""),
        ("http://[::1]/a", ""),
        ("http://intranet/a", ""),
        ("http://wiki.local/a", ""),
        ("https://doi.org/10.1000/182", ""),
        ("https://web.archive.org/web/2010/http://x.org", ""),
        ("https://archive.ph/abc", ""),
        ("ftp://x.org/a", ""),
        ("http://[", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_given_to_an_archive(url: str, kept: str) -> None:
    link = Link("key", "url", 1, LinkKind.URL, url, 0, len(url))
    asked = url.replace("user:password@", "")
    assert address_to_save(Finding(link, Verdict.OK, "It works.", asked=asked)) == kept


def test_only_good_links_are_given_to_an_archive() -> None:
    link = Link("key", "url", 1, LinkKind.URL, "https://x.org/a", 0, 15)
    for verdict in Verdict:
        found = address_to_save(Finding(link, verdict, "", asked="https://x.org/a"))
        assert bool(found) is (verdict in (Verdict.OK, Verdict.MOVED, Verdict.NOTICE))
    moved = Finding(link, Verdict.MOVED, "", "https://y.org/a", safe=True, asked="https://x.org/a")
    assert address_to_save(moved) == "https://y.org/a"
    assert AGAIN > 30 * 86400
