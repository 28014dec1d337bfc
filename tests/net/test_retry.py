from __future__ import annotations

import pytest

from ppreflist.net.answer import Answer
from ppreflist.net.failure import Failure, FailureKind
from ppreflist.net.retry import RetryPolicy, retry_after

NOW = 1_700_000_000.0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("Tue, 14 Nov 2023 22:13:30 GMT", 10.0),
        ("Tue, 14 Nov 2023 22:13:10 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("٣", None),
        ("Tue, 99 Nov 2023", None),
    ],
)
def test_retry_after_in_both_forms(header: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": header}, NOW) == seconds


def pauses(outcome: Answer | Failure) -> list[float]:
    policy = RetryPolicy(back_off=1.0, longest=30.0)
    found = []
    for tries in range(1, 10):
        pause = policy.pause(outcome, tries, NOW)
        if pause is None:
            break
        found.append(pause)
    return found


@pytest.mark.parametrize("status", [200, 301, 400, 401, 403, 404, 410, 451, 501, 505, 999])
def test_an_answer_that_is_final_is_not_asked_for_again(status: int) -> None:
    assert pauses(Answer(status, "https://x.org/")) == []


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_passing_trouble_is_asked_again_twice_and_further_apart(status: int) -> None:
    assert pauses(Answer(status, "https://x.org/")) == [1.0, 4.0]


def test_a_server_is_given_the_time_that_it_asks_for() -> None:
    assert pauses(Answer(429, "https://x.org/", {"retry-after": "5"})) == [5.0, 5.0]
    assert pauses(Answer(503, "https://x.org/", {"retry-after": "30"})) == [30.0, 30.0]


def test_but_not_more_than_is_reasonable() -> None:
    assert pauses(Answer(429, "https://x.org/", {"retry-after": "31"})) == []


def test_retry_after_counts_only_where_it_means_something() -> None:
    assert pauses(Answer(500, "https://x.org/", {"retry-after": "3600"})) == [1.0, 4.0]


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        (FailureKind.CLOSED, 2),
        (FailureKind.READ_TIMEOUT, 1),
        (FailureKind.DEADLINE, 0),
        (FailureKind.NAME_NOT_FOUND, 0),
        (FailureKind.NAME_TEMPORARY, 2),
        (FailureKind.TLS, 0),
        (FailureKind.BLOCKED, 0),
        (FailureKind.MALFORMED, 0),
    ],
)
def test_failures_are_retried_by_kind(kind: FailureKind, count: int) -> None:
    assert len(pauses(Failure(kind, "why"))) == count


def test_jitter_spreads_the_pause_by_a_fifth() -> None:
    policy = RetryPolicy(back_off=10.0)
    answer = Answer(500, "https://x.org/")
    assert policy.pause(answer, 1, NOW, 0.0) == pytest.approx(8.0)
    assert policy.pause(answer, 1, NOW, 0.999) == pytest.approx(12.0, abs=0.01)
