from __future__ import annotations

from tests.servers.web import WebServer, answer, in_turn

from ppreflist.net.client import Client
from ppreflist.net.pace import Pace
from ppreflist.net.settings import Settings


class Clock:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.now += seconds


def test_one_origin_is_asked_no_faster_than_its_gap() -> None:
    clock = Clock()
    pace = Pace(clock=clock, sleep=clock.sleep)
    for _ in range(3):
        pace.wait("https://one:443", 0.5)
    pace.wait("https://other:443", 0.5)
    clock.now += 10
    pace.wait("https://one:443", 0.5)
    assert clock.waits == [0.5, 0.5]


def test_the_client_keeps_the_pace_for_retries_as_well() -> None:
    waits: list[float] = []
    with WebServer() as server:
        url = server.page("/x", in_turn(answer(503, retry_after="0"), answer(200)))
        client = Client(Settings(allow_private=True), sleep=waits.append)
        client.get(url, gap=5.0)
        client.get(url, gap=5.0)
        assert server.total == 3
    # The clock is real here and nothing sleeps, so that what is owed adds up.
    assert [round(each) for each in waits if each] == [5, 10]
