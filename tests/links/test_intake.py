"""Links on their way in: how far the list is read, and in which order links are let in."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.links.intake import Inflow, Intake, Numbered, bearer
from ppreflist.links.link import Link, LinkKind


def link(written: str, kind: LinkKind = LinkKind.URL) -> Link:
    return Link("list", "link", 1, kind, written, 0, len(written))


def numbered(*hosts: str) -> list[Numbered]:
    return [(place, link(f"https://{host}/{place}")) for place, host in enumerate(hosts)]


class Counted:
    """An iterator that knows how much was drawn."""

    def __init__(self, links: list[Numbered]) -> None:
        self.drawn = 0
        self._links = links

    def __iter__(self) -> Iterator[Numbered]:
        for each in self._links:
            self.drawn += 1
            yield each


@given(st.lists(st.sampled_from("abcd"), max_size=60), st.integers(1, 5), st.integers(1, 20), st.randoms())
def test_every_link_gets_in_once_and_no_host_has_too_many(
    hosts: list[str], most: int, ahead: int, dice: Random
) -> None:
    links = numbered(*hosts)
    counted = Counted(links)
    intake = Intake(counted, ahead=ahead, of_host=most)
    seen: list[int] = []
    while True:
        admitted = next(intake, "end")
        if admitted == "end":
            break
        if isinstance(admitted, tuple):
            seen.append(admitted[0])
            counts = Counter(bearer(each) for each in intake.open.values())
            assert max(counts.values()) <= most
        else:
            assert intake.open, "something must be open, or nothing would ever be let in"
            place = dice.choice(sorted(intake.open))
            assert intake.settled(place) == links[place][1]
        assert counted.drawn <= len(seen) + ahead
    assert sorted(seen) == list(range(len(links)))


def test_the_hosts_behind_a_busy_one_are_let_in_first() -> None:
    intake = Intake(numbered("busy", "busy", "busy", "other", "busy", "third"), of_host=2)
    drawn = [each[0] if each else None for each in (next(intake) for _ in range(5))]
    assert drawn == [0, 1, 3, 5, None]
    intake.settled(0)
    assert next(intake) == (2, link("https://busy/2"))
    assert next(intake) is None
    intake.settled(3)
    assert next(intake) is None
    for place, expected in ((1, 4), (2, None)):
        intake.settled(place)
        if expected is not None:
            assert next(intake) == (expected, link(f"https://busy/{expected}"))
    with pytest.raises(StopIteration):
        next(intake)


def test_nothing_for_the_moment_is_passed_on() -> None:
    links = numbered("a", "a")
    intake = Intake([links[0], None, links[1], None])
    assert list(intake) == [links[0], None, links[1], None]


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("https://Www.Example.org:8080/a?b", "www.example.org"),
        ("http://user:secret@example.org./a", "example.org"),
        ("www.example.org/a", "www.example.org"),
        ("//example.org", "example.org"),
        ("http//example.org/a", "http"),
        ("<https://example.org/a>", "example.org"),
        ("127.0.0.1:8080/a", "127.0.0.1"),
        ("\\url{https://example.org/a\\_b}", "example.org"),
        ("", ""),
    ],
)
def test_the_host_that_is_probably_asked(written: str, host: str) -> None:
    assert bearer(link(written)) == host


def test_identifiers_are_asked_of_doi_org() -> None:
    assert bearer(link("10.1000/x", LinkKind.DOI)) == "doi.org"


def test_reading_ahead_neither_waits_nor_runs_away() -> None:
    drawn = threading.Semaphore(0)
    going = threading.Event()

    def source() -> Iterator[int]:
        yield 0
        drawn.release()
        going.wait(30)
        for number in range(1, 100):
            yield number
            drawn.release()

    flow = iter(Inflow(source(), most=3))
    drawn.acquire()
    assert next(flow) == 0
    assert next(flow) is None
    going.set()
    for _ in range(3):
        assert drawn.acquire(timeout=30)
    assert not drawn.acquire(blocking=False), "three are held, one is in its hand"
    assert [each for each in flow if each is not None] == list(range(1, 100))


def test_what_goes_wrong_in_reading_is_raised_at_its_place() -> None:
    def source() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    flow = (each for each in Inflow(source(), most=3) if each is not None)
    assert next(flow) == 1
    with pytest.raises(OSError, match="gone"):
        next(flow)
