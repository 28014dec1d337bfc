"""What the looks at a link come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.links.finding import Finding
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.memory import (
    FAILING,
    KEPT,
    Acceptance,
    Look,
    Past,
    Standing,
    address_of,
    considered,
    day,
    is_remembered,
    look_of,
    recalled,
    sentence,
)
from ppreflist.links.verdict import ANSWERS, Verdict, judge
from ppreflist.net.failure import mistake

DAY = 86_400
START = 1_790_000_000 // DAY * DAY


def past(*verdicts: str, every: float = 1.0, address: str = "url https://x.org/") -> Past:
    """The past of a link that was looked at every so many days, oldest verdict first."""
    found = Past(address, START)
    for number, verdict in enumerate(verdicts):
        found = found.grown(Look(START + int(number * every * DAY), verdict))
    return found


def link(written: str = "https://x.org/", kind: LinkKind = LinkKind.URL) -> Link:
    return Link("key", "url", 1, kind, written, 0, len(written))


@pytest.mark.parametrize(
    ("verdicts", "standing"),
    [
        (["ok"], Standing.GOOD),
        (["moved"], Standing.GOOD),
        (["refused"], Standing.UNCLEAR),
        (["typo"], Standing.UNCLEAR),
        (["not-found"], Standing.FAILING),
        (["not-found", "not-found"], Standing.DEAD),
        (["gone"], Standing.DEAD),
        (["temporary"], Standing.FAILING),
        (["temporary", "unreachable"], Standing.FAILING),
        (["temporary", "unreachable", "temporary"], Standing.DEAD),
        (["temporary", "temporary", "ok", "temporary"], Standing.FAILING),
        (["temporary", "refused", "temporary", "temporary"], Standing.DEAD),
        (["ok", "temporary", "ok", "temporary"], Standing.FLAPPING),
        (["ok", "temporary", "ok", "temporary", "temporary", "temporary"], Standing.DEAD),
        (["ok", "temporary", "ok", "temporary", "ok"], Standing.GOOD),
        ([], Standing.UNCLEAR),
    ],
)
def test_standing(verdicts: list[str], standing: Standing) -> None:
    assert past(*verdicts).standing() is standing


def test_many_failures_on_one_day_are_one() -> None:
    found = past(*["not-found"] * 10, every=0.01)
    assert (found.failing_days, found.standing()) == (1, Standing.FAILING)


def test_strict_does_not_wait() -> None:
    assert past("temporary").standing(strict=True) is Standing.DEAD
    assert past("refused").standing(strict=True) is Standing.UNCLEAR


def test_a_registry_is_believed_at_once() -> None:
    assert past("not-found", address="doi 10.1000/x").standing() is Standing.DEAD
    assert past("temporary", address="doi 10.1000/x").standing() is Standing.FAILING


def test_trouble_on_three_days_is_not_temporary_any_more() -> None:
    finding = Finding(link(), Verdict.TEMPORARY, "The site has trouble.")
    assert considered(finding, past("temporary", "temporary")) is finding
    assert considered(finding, past("temporary", "temporary", "temporary")).verdict is Verdict.UNREACHABLE
    assert considered(finding, past("temporary"), strict=True).verdict is Verdict.UNREACHABLE


def test_a_mistake_of_ours_says_nothing_of_the_link() -> None:
    judgement = judge(mistake(ValueError("Invalid value NaN"), "https://x.org/a"))
    finding = Finding(link(), judgement.verdict, judgement.detail)
    assert not is_remembered(finding)
    assert considered(finding, past("temporary", "temporary", "temporary"), strict=True) is finding


def test_what_is_said() -> None:
    again = " Check again another day before you replace it."
    today = day(START)
    assert sentence(past("ok"), today) == ""
    assert sentence(past("refused"), today) == ""
    assert sentence(past("not-found"), today) == "First seen failing today." + again
    assert sentence(past("gone"), today) == "First seen failing today."
    third = day(START + 2 * DAY)
    assert sentence(past("ok", "ok", "temporary"), third) == (
        f"First seen failing today; it last worked on {day(START + DAY)}." + again
    )
    assert sentence(past("ok", "not-found", "not-found"), third) == (
        f"Failing since {day(START + DAY)}, on 2 days; it last worked on {today}."
    )
    assert sentence(past("not-found", "not-found"), third) == (
        f"Failing since {today}, on 2 days; it was never seen to work."
    )
    assert sentence(past("not-found"), third) == f"First seen failing on {today}; it was never seen to work." + again
    flapping = past("ok", "temporary", "ok", "temporary")
    assert sentence(flapping, third) == (
        f"It comes and goes: 2 of the last 4 checks failed; it last worked on {day(START + 2 * DAY)}."
    )


def test_an_acceptance_holds_until_its_day_is_over() -> None:
    found = replace(past("refused"), acceptance=Acceptance(date(2026, 12, 31)))
    assert found.is_accepted(date(2026, 12, 31))
    assert not found.is_accepted(date(2027, 1, 1))
    assert replace(found, acceptance=Acceptance(None)).is_accepted(date(2099, 1, 1))
    assert not past("refused").is_accepted(date(2026, 1, 1))


def test_what_was_seen_comes_back_as_it_was() -> None:
    finding = Finding(link(), Verdict.MOVED, "It moved.", "https://y.org/", True, "https://x.org/", 301)
    assert recalled(link(), look_of(finding, START)) == finding


def test_nothing_is_remembered_that_was_not_learnt() -> None:
    assert not is_remembered(Finding(link(), Verdict.OFFLINE, ""))
    assert is_remembered(Finding(link(), Verdict.TEMPORARY, ""))


def test_an_address_is_its_kind_and_text_without_a_password() -> None:
    assert address_of(link(r"https://me:secret@x.org/a\_b")) == "url https://x.org/a_b"
    assert address_of(link("10.1000/x", LinkKind.DOI)) == "doi 10.1000/x"


@given(st.lists(st.tuples(st.sampled_from([str(each) for each in Verdict]), st.integers(0, 3 * DAY)), max_size=30))
def test_a_past_never_contradicts_itself(looks: list[tuple[str, int]]) -> None:
    found, at = Past("url x", START), START
    for verdict, gap in looks:
        at += gap
        found = found.grown(Look(at, verdict))
    assert len(found.looks) == min(len(looks), KEPT)
    assert (found.failing_since is None) == (found.failing_days == 0)
    if looks and looks[-1][0] in ANSWERS:
        assert found.failing_since is None
        assert found.last_good == at
    if looks and looks[-1][0] in FAILING:
        assert 1 <= found.failing_days <= sum(verdict in FAILING for verdict, _ in looks)
        assert found.failing_since is not None
        assert found.failing_days <= (at - found.failing_since) // DAY + 2
    assert found.standing() in Standing
