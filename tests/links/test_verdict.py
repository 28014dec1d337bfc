from __future__ import annotations

import pytest

from ppreflist.links.verdict import MEANING, Verdict, is_log_in, judge
from ppreflist.net.answer import Answer, Hop
from ppreflist.net.failure import Failure, FailureKind

URL = "https://x.org/a/b.html"


def answered(status: int, body: bytes = b"<p>A page", **headers: str) -> Verdict:
    return judge(Answer(status, URL, {name.replace("_", "-"): value for name, value in headers.items()}, body)).verdict


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, "ok"), (201, "ok"), (203, "ok"), (204, "ok"), (206, "ok"), (202, "ok"), (300, "ok"), (304, "ok"),
        (301, "temporary"), (302, "temporary"),  # without a place to go
        (400, "refused"), (401, "refused"), (402, "refused"), (403, "refused"), (405, "refused"), (406, "refused"),
        (407, "refused"), (409, "refused"), (418, "refused"), (421, "refused"), (429, "refused"), (451, "refused"),
        (404, "not-found"), (410, "gone"),
        (408, "temporary"), (425, "temporary"), (500, "temporary"), (501, "temporary"), (502, "temporary"),
        (503, "temporary"), (504, "temporary"), (520, "temporary"), (530, "temporary"), (999, "refused"),
    ],
)  # fmt: skip
def test_statuses(status: int, verdict: str) -> None:
    assert answered(status) == verdict


def test_walls_against_robots_are_never_dead() -> None:
    assert answered(404, cf_mitigated="challenge") is Verdict.REFUSED
    assert answered(503, cf_mitigated="challenge") is Verdict.REFUSED
    assert answered(202, b"") is Verdict.REFUSED


def test_what_others_of_a_host_were_answered_is_not_said_of_a_page() -> None:
    refused = judge(Answer(429, URL, inferred=True))
    assert (refused.verdict, refused.asked, refused.learnt) == (Verdict.REFUSED, False, False)
    assert refused.detail == (
        "Not asked: x.org answers only so many requests (status 429 for another address): look at it in a browser."
    )
    led = judge(Answer(429, URL, redirects=(Hop("https://y.org/", 302, URL),), inferred=True))
    assert (led.verdict, led.asked, led.learnt) == (Verdict.REFUSED, True, False)
    assert led.detail.startswith("It redirects to x.org, which was not asked: it answers only so many requests")
    silent = judge(Failure(FailureKind.READ_TIMEOUT, "it did not answer in time", URL, inferred=True))
    assert (silent.verdict, silent.asked, silent.learnt) == (Verdict.TEMPORARY, False, True)
    assert silent.detail.startswith("Not asked: x.org gave other addresses no answer")
    closed = judge(Failure(FailureKind.REFUSED, "nothing answers there (connection refused)", URL, inferred=True))
    assert (closed.verdict, closed.asked) == (Verdict.UNREACHABLE, False)
    assert closed.detail == "x.org cannot be reached: nothing answers there (connection refused)."
    assert judge(Failure(FailureKind.NAME_NOT_FOUND, "no such host name", URL, inferred=True)).asked


@pytest.mark.parametrize("kind", FailureKind)
def test_every_failure_has_a_verdict_and_a_sentence(kind: FailureKind) -> None:
    judgement = judge(Failure(kind, "why", URL))
    assert judgement.detail.endswith(".")
    assert judgement.verdict not in (Verdict.OK, Verdict.MOVED, Verdict.NOT_FOUND, Verdict.GONE)


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        (FailureKind.NAME_NOT_FOUND, "unreachable"),
        (FailureKind.REFUSED, "unreachable"),
        (FailureKind.NAME_TEMPORARY, "temporary"),
        (FailureKind.DEADLINE, "temporary"),
        (FailureKind.CLOSED, "temporary"),
        (FailureKind.TLS, "tls"),
        (FailureKind.BLOCKED, "blocked"),
        (FailureKind.OFFLINE, "offline"),
    ],
)
def test_failures(kind: FailureKind, verdict: str) -> None:
    assert judge(Failure(kind, "why", URL)).verdict == verdict


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (Failure(FailureKind.BLOCKED, "127.0.0.1 is this machine itself", "http://2130706433/"),
         "Not asked: 2130706433 leads to 127.0.0.1, which is this machine itself."),
        (Failure(FailureKind.BLOCKED, "::1 is this machine itself", "http://[::1]/"),
         "Not asked: ::1 is this machine itself."),
        (Failure(FailureKind.BLOCKED, "only http and https addresses are asked", "ftp://x.org/"),
         "Not asked: only http and https addresses are asked."),
        (Failure(FailureKind.CLOSED, "it closed the connection without an answer", URL),
         "x.org gave no answer that could be used: it closed the connection without an answer."),
        (Failure(FailureKind.REFUSED, "nothing answers there", URL), "x.org cannot be reached: nothing answers there."),
    ],
)  # fmt: skip
def test_what_is_said_of_failures(failure: Failure, said: str) -> None:
    assert judge(failure).detail == said


def redirected(to: str, *statuses: int, start: str = URL) -> tuple[Verdict, str]:
    judgement = judge(Answer(200, to, {}, b"x", redirects=tuple(Hop(start, status, to) for status in statuses)))
    return judgement.verdict, judgement.moved_to


def test_only_permanent_redirects_move_a_page() -> None:
    assert redirected("https://y.org/c", 301) == (Verdict.MOVED, "https://y.org/c")
    assert redirected("https://y.org/c", 308, 301) == (Verdict.MOVED, "https://y.org/c")
    assert redirected("https://y.org/c", 302) == (Verdict.OK, "")
    assert redirected("https://y.org/c", 301, 302) == (Verdict.OK, "")
    assert redirected("https://y.org/c", 307) == (Verdict.OK, "")


@pytest.mark.parametrize("end", ["https://x.org/", "https://x.org", "https://x.org/index.html", "https://x.org/en/"])
def test_a_home_page_is_not_the_page(end: str) -> None:
    assert redirected(end, 301) == (Verdict.SOFT_404, "")
    assert redirected(end, 302) == (Verdict.SOFT_404, "")


def test_a_home_page_that_was_asked_for_is() -> None:
    assert redirected("https://www.y.org/", 301, start="http://y.org/") == (Verdict.MOVED, "https://www.y.org/")


def test_a_session_is_no_address() -> None:
    assert redirected("https://x.org/a/c.html;jsessionid=12", 301) == (Verdict.OK, "")


@pytest.mark.parametrize(
    "end",
    ["https://x.org/login?next=/a", "https://login.x.org/", "https://idp.x.edu/idp/profile/SAML2/Redirect/SSO",
     "https://x.org/action/cookieAbsent", "https://x.org/users/sign_in"],
)  # fmt: skip
@pytest.mark.parametrize("status", [301, 302])
def test_a_log_in_page_is_a_wall(end: str, status: int) -> None:
    assert redirected(end, status) == (Verdict.LOGIN, "")


@pytest.mark.parametrize(
    "url", ["https://x.org/a/blogging", "https://x.org/consentful", "https://loginova.org/", "http://[::1/"]
)
def test_words_that_only_look_like_it_are_not(url: str) -> None:
    assert not is_log_in(url)


def test_every_verdict_has_a_sentence_for_an_editor() -> None:
    assert set(MEANING) == set(Verdict)
    assert [str(verdict) for verdict in Verdict] == [
        "ok", "moved", "malformed", "typo", "gone", "not-found", "refused", "temporary", "unreachable", "tls",
        "blocked", "offline", "parked", "soft-404", "login", "loop", "drifted", "notice",
    ]  # fmt: skip
