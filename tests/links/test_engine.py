"""The engine against real servers: what is asked, how often, how many at once, and that it always ends."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable
from dataclasses import replace

import pytest
from tests.servers import web as pages
from tests.servers.names import Names
from tests.servers.web import Exchange, WebServer, answer, fine, in_turn, redirect

from ppreflist.links.engine import Engine
from ppreflist.links.finding import Finding
from ppreflist.links.hostqueue import Budget
from ppreflist.links.investigate import Investigation, Outcome, Question
from ppreflist.net.answer import Answer
from ppreflist.net.channel import Channel
from ppreflist.net.client import Client
from ppreflist.net.failure import Failure, FailureKind
from ppreflist.net.retry import RetryPolicy
from ppreflist.net.settings import Settings
from ppreflist.net.waiting import WaitingRoom

QUICK = Settings(
    connect=2.0, read=0.5, deadline=1.25, allow_private=True, retry=RetryPolicy(back_off=0.001, longest=0.3)
)
PATIENT = replace(QUICK, read=20.0, deadline=60.0)
EAGER = Budget(gap=0.0)


def once(url: str, found: list[tuple[str, Outcome]]) -> Investigation:
    """Ask one address and note the outcome."""
    outcome = yield Question(url)
    found.append((url, outcome))
    return None  # type: ignore[return-value] # the engine hands on whatever it is


def asked(
    urls: Iterable[str],
    *,
    names: Names | None = None,
    jobs: int = 16,
    budget: Budget = EAGER,
    settings: Settings = QUICK,
) -> dict[str, Outcome]:
    found: list[tuple[str, Outcome]] = []
    client = Client(settings, lookup=names or Names(), witnesses=())
    client.network.heard()  # these tests are not about being offline
    engine = Engine(client, jobs=jobs, budget=budget, host_budgets={})
    results = list(engine.drive(once(url, found) for url in urls))
    assert not [result for _, result in results if isinstance(result, Exception)]
    assert len(results) == len(found)
    return dict(found)


def status(outcome: Outcome) -> int:
    assert isinstance(outcome, Answer)
    return outcome.status


def kind(outcome: Outcome) -> FailureKind:
    assert isinstance(outcome, Failure)
    return outcome.kind


def unhurried(exchange: Exchange) -> None:
    exchange.pause(0.005)
    exchange.reply(200)


def test_many_addresses_of_many_hosts(web: WebServer) -> None:
    names = Names()
    names.everything = "127.0.0.1"
    for number in range(60):
        web.page(f"/{number}", fine)
    urls = [web.at(f"host{number % 12}.example", f"/{number}") for number in range(60)]
    outcomes = asked(urls, names=names)
    assert {status(outcome) for outcome in outcomes.values()} == {200}
    assert web.total == 60
    assert 12 <= web.connections < 30


def test_an_address_is_asked_once_however_many_want_it(web: WebServer) -> None:
    web.page("/", fine)
    asked([web.url + "/", web.url + "/#a", web.url + "/#b", web.url + "/"])
    assert web.asked == {"/": 1}


def test_a_host_is_asked_one_thing_at_a_time(web: WebServer) -> None:
    for number in range(10):
        web.page(f"/{number}", unhurried)
    asked([f"{web.url}/{number}" for number in range(10)])
    assert web.most_at_once == 1


def test_a_host_with_many_addresses_gets_its_lanes_and_no_more(web: WebServer) -> None:
    for number in range(40):
        web.page(f"/{number}", unhurried)
    asked([f"{web.url}/{number}" for number in range(40)], budget=Budget(lanes=3, gap=0.0, few=20))
    assert web.most_at_once == 3


def test_the_gap_is_kept_from_start_to_start(web: WebServer) -> None:
    starts: list[float] = []

    def page(exchange: Exchange) -> None:
        starts.append(time.monotonic())
        exchange.reply(200)

    for number in range(5):
        web.page(f"/{number}", page)
    asked([f"{web.url}/{number}" for number in range(5)], budget=Budget(gap=0.03))
    assert starts[-1] - starts[0] > 0.06  # four gaps, less what a busy machine may add to the first


def test_a_slow_host_holds_no_other_up(web: WebServer) -> None:
    """The slow page answers only once the quick host has answered everything."""
    names = Names(**{"slow.example": "127.0.0.1", "quick.example": "127.0.0.1"})
    asked_so_far: list[str] = []
    all_asked = threading.Event()

    def noted(exchange: Exchange) -> None:
        exchange.reply(200)
        asked_so_far.append(exchange.path)
        if len(asked_so_far) == 4:
            all_asked.set()

    def waiting(exchange: Exchange) -> None:
        exchange.reply(200 if all_asked.wait(PATIENT.read) else 500)

    web.page("/hang", waiting)
    for number in range(4):
        web.page(f"/{number}", noted)
    urls = [web.at("slow.example", "/hang"), *(web.at("quick.example", f"/{number}") for number in range(4))]
    outcomes = asked(urls, names=names, jobs=2, settings=PATIENT)
    assert {status(outcome) for outcome in outcomes.values()} == {200}
    assert web.total == 5


def test_a_redirect_is_asked_in_the_queue_of_its_host(web: WebServer) -> None:
    names = Names(**{"old.example": "127.0.0.1", "new.example": "127.0.0.1"})
    web.pages["old.example /"] = redirect(web.at("new.example", "/there"), 301)
    web.pages["new.example /there"] = fine
    (outcome,) = asked([web.at("old.example")], names=names).values()
    assert isinstance(outcome, Answer)
    assert outcome.permanent
    assert outcome.url == web.at("new.example", "/there")
    assert outcome.redirects[0].url == web.at("old.example")


def test_a_host_that_asks_for_a_pause_gets_it(web: WebServer) -> None:
    starts: list[float] = []

    def noted(exchange: Exchange) -> None:
        starts.append(time.monotonic())
        exchange.reply(200)

    web.page("/busy", in_turn(answer(429, retry_after="0"), answer(200)))
    web.page("/next", noted)
    outcomes = asked([web.url + "/busy", web.url + "/next"])
    assert [status(outcome) for outcome in outcomes.values()] == [200, 200]
    assert web.asked["/busy"] == 2


def test_a_host_that_goes_on_refusing_is_left_alone(web: WebServer) -> None:
    for number in range(20):
        web.page(f"/{number}", answer(429))
    outcomes = asked(f"{web.url}/{number}" for number in range(20))
    assert {status(outcome) for outcome in outcomes.values()} == {429}
    assert web.total <= 5
    inferred = [outcome.inferred for outcome in outcomes.values()]
    assert inferred.count(False) == len(web.asked)


def test_a_pause_beyond_reason_is_not_waited_for(web: WebServer) -> None:
    web.page("/", answer(503, retry_after="86400"))
    assert [status(outcome) for outcome in asked([web.url]).values()] == [503]
    assert web.total == 1


def test_passing_trouble_is_asked_again(web: WebServer) -> None:
    web.page("/", in_turn(answer(500), pages.reset, answer(200)))
    assert [status(outcome) for outcome in asked([web.url]).values()] == [200]
    assert web.total == 3


def test_a_dead_host_is_not_tried_for_each_of_its_addresses() -> None:
    names = Names(**{"closed.example": "127.0.0.1"})
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    outcomes = asked((f"http://closed.example:{port}/{number}" for number in range(50)), names=names)
    assert {kind(outcome) for outcome in outcomes.values()} == {FailureKind.REFUSED}
    outcomes = asked((f"http://nowhere.example/{number}" for number in range(50)), names=names)
    assert {kind(outcome) for outcome in outcomes.values()} == {FailureKind.NAME_NOT_FOUND}
    assert names.asked["nowhere.example"] == 1


def test_a_silent_host_is_not_waited_for_with_each_of_its_addresses(web: WebServer) -> None:
    for number in range(30):
        web.page(f"/{number}", pages.hang)
    started = time.monotonic()
    outcomes = asked(f"{web.url}/{number}" for number in range(30))
    assert {kind(outcome) for outcome in outcomes.values()} == {FailureKind.READ_TIMEOUT}
    assert time.monotonic() - started < 4 * QUICK.deadline
    assert web.total <= 10


def test_what_a_helper_handed_back_is_closed_by_the_run_alone(web: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when the run ends before the helper has drawn breath: a connection is no place for two at once."""
    over = threading.Event()
    closers: list[threading.Thread] = []
    wake, close = WaitingRoom.wake, Channel.close

    def wake_and_linger(room: WaitingRoom[object]) -> None:
        wake(room)
        over.wait(30)

    def close_and_tell(channel: Channel) -> None:
        closers.append(threading.current_thread())
        close(channel)

    monkeypatch.setattr(WaitingRoom, "wake", wake_and_linger)
    monkeypatch.setattr(Channel, "close", close_and_tell)
    url = web.page("/", fine)
    assert status(asked([url])[url]) == 200
    over.set()
    for thread in threading.enumerate():
        if thread.name.startswith("links-"):
            thread.join(30)
    assert set(closers) == {threading.current_thread()}


def test_one_silent_page_does_not_make_a_silent_host(web: WebServer) -> None:
    web.page("/hang", pages.hang)
    web.page("/slow", pages.hang)
    for number in range(4):
        web.page(f"/{number}", fine)
    urls = [f"{web.url}/{name}" for name in ("hang", "0", "1", "slow", "2", "3")]
    # What takes its whole time is not asked again: a second try at once would be a second silence in a row.
    outcomes = asked(urls, settings=replace(QUICK, read=5.0, deadline=1.0))
    assert [isinstance(outcomes[url], Answer) for url in urls] == [False, True, True, False, True, True]


def test_https_may_be_open_where_http_is_closed(web: WebServer) -> None:
    """A breaker trips for an origin, not for a host."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    web.page("/", fine)
    urls = [*(f"http://127.0.0.1:{port}/{number}" for number in range(5)), web.url + "/"]
    assert status(asked(urls)[web.url + "/"]) == 200


def test_one_link_costs_at_most_the_deadline_with_its_redirects(web: WebServer) -> None:
    def slow(exchange: Exchange) -> None:
        exchange.pause(0.25)
        number = int(exchange.path.rpartition("/")[2])
        exchange.reply(302, location=f"/further/{number + 1}")

    for number in range(12):
        web.page(f"/further/{number}", slow)
    (outcome,) = asked([web.url + "/further/0"], settings=replace(QUICK, read=5.0, deadline=1.0)).values()
    assert kind(outcome) is FailureKind.DEADLINE
    assert web.total <= 5  # however slow this machine is: four pauses fill the deadline


@pytest.mark.parametrize(
    "target", ["/", "http://[::1/", "file:///etc/passwd", "http://:80/", "//", "http://nowhere.example/"]
)
def test_a_redirect_anywhere_ends(web: WebServer, target: str) -> None:
    (outcome,) = asked([web.page("/", redirect(target))]).values()
    assert isinstance(outcome, Failure)


def test_redirects_that_never_end(web: WebServer) -> None:
    for number in range(20):
        web.page(f"/further/{number}", pages.numbered_redirects)
    (outcome,) = asked([web.url + "/further/0"]).values()
    assert kind(outcome) is FailureKind.REDIRECTS
    assert web.total == QUICK.max_redirects + 1


def test_a_mistake_in_one_investigation_is_not_the_end(web: WebServer) -> None:
    web.page("/", fine)

    def faulty() -> Investigation:
        yield Question(web.url + "/")
        raise LookupError("a mistake")

    def faulty_at_once() -> Investigation:
        raise LookupError("a mistake")
        yield Question("")

    found: list[tuple[str, Outcome]] = []
    engine = Engine(Client(QUICK, lookup=Names(), witnesses=()), budget=EAGER)
    results = dict(engine.drive([faulty(), faulty_at_once(), once(web.url + "/", found)]))
    assert isinstance(results[0], LookupError)
    assert isinstance(results[1], LookupError)
    assert results[2] is None
    assert len(found) == 1


def test_a_mistake_in_asking_is_not_the_fault_of_the_address(web: WebServer) -> None:
    (outcome,) = asked([web.page("/", fine)], settings=replace(QUICK, deadline=float("nan"))).values()
    assert kind(outcome) is FailureKind.INTERNAL
    assert isinstance(outcome, Failure)
    assert "mistake in ppreflist (ValueError)" in outcome.detail


def test_nothing_to_do_ends_at_once() -> None:
    assert list(Engine(Client(QUICK), budget=EAGER).drive([])) == []


def test_closing_the_run_stops_asking(web: WebServer) -> None:
    for number in range(200):
        web.page(f"/{number}", fine)
    found: list[tuple[str, Outcome]] = []
    engine = Engine(Client(QUICK, lookup=Names(), witnesses=()), budget=Budget(gap=0.005))
    results = engine.drive([once(f"{web.url}/{number}", found) for number in range(200)])
    for _ in range(3):
        next(results)
    results.close()
    for thread in list(threading.enumerate()):
        if thread.name.startswith("links-"):
            thread.join(2)
    assert 3 <= web.total < 100


def test_an_investigation_may_ask_on(web: WebServer) -> None:
    web.page("/two", fine)

    def both() -> Investigation:
        first = yield Question(web.url + "/one")
        second = yield Question(web.url + "/two")
        again = yield Question(web.url + "/one")
        assert again is first
        return (status(first), status(second))  # type: ignore[return-value]

    engine = Engine(Client(QUICK, lookup=Names(), witnesses=()), budget=EAGER)
    assert list(engine.drive([both()])) == [(0, (404, 200))]
    assert web.total == 2


def test_findings_are_not_needed_by_the_engine() -> None:
    """It runs any investigation: what comes back is handed on."""

    def known() -> Investigation:
        return "known"  # type: ignore[return-value]
        yield Question("")

    assert list(Engine(Client(QUICK)).drive([known()])) == [(0, "known")]
    assert not isinstance("known", Finding)
