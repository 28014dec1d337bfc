"""What the looks at a link come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.links import page_texts as texts

from ppreflist.links.drift import Likeness
from ppreflist.links.finding import Finding
from ppreflist.links.fingerprint import Fingerprint, simhash, vocabulary
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.maintext import words_of
from ppreflist.links.memory import (
    FAILING,
    KEPT,
    Acceptance,
    Look,
    Past,
    Seen,
    Standing,
    address_of,
    considered,
    day,
    drifted,
    is_remembered,
    look_of,
    recalled,
    sentence,
)
from ppreflist.links.verdict import ANSWERS, Verdict, judge
from ppreflist.net.failure import Failure, FailureKind, mistake

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
        (["ok", "drifted"], Standing.DRIFTED),
        (["drifted", "ok"], Standing.GOOD),
        (["not-found", "drifted", "not-found"], Standing.DEAD),
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
    finding = Finding(link(), judgement.verdict, judgement.detail, learnt=judgement.learnt)
    assert not is_remembered(finding)
    assert not is_remembered(replace(finding, message="It could not be checked."))
    assert considered(finding, past("temporary", "temporary", "temporary"), strict=True) is finding


@pytest.mark.parametrize("kind", [FailureKind.LOCAL, FailureKind.PROXY, FailureKind.INTERNAL, FailureKind.OFFLINE])
def test_what_failed_here_says_nothing_of_the_link(kind: FailureKind) -> None:
    judgement = judge(Failure(kind, "it failed", "https://x.org/a"))
    finding = Finding(link(), judgement.verdict, judgement.detail, learnt=judgement.learnt)
    assert not is_remembered(finding)
    assert not is_remembered(recalled(link(), look_of(finding, START)))
    assert considered(finding, past("temporary", "temporary", "temporary"), strict=True) is finding


@pytest.mark.parametrize("kind", [FailureKind.REFUSED, FailureKind.NAME_TEMPORARY, FailureKind.READ_TIMEOUT])
def test_what_failed_there_says_something(kind: FailureKind) -> None:
    judgement = judge(Failure(kind, "it failed", "https://x.org/a"))
    assert is_remembered(Finding(link(), judgement.verdict, judgement.detail, learnt=judgement.learnt))


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
    assert not replace(found, acceptance=Acceptance(None)).is_accepted(date(2026, 1, 1), Verdict.DRIFTED)
    assert found.is_accepted(date(2026, 12, 31), Verdict.DRIFTED)


def test_what_was_seen_comes_back_as_it_was() -> None:
    finding = Finding(link(), Verdict.MOVED, "It moved.", "https://y.org/", True, "https://x.org/", 301, page("A"))
    assert recalled(link(), look_of(finding, START)) == finding


def test_nothing_is_remembered_that_was_not_learnt() -> None:
    assert not is_remembered(Finding(link(), Verdict.OFFLINE, ""))
    assert is_remembered(Finding(link(), Verdict.TEMPORARY, ""))


def test_an_address_is_its_kind_and_text_without_a_password() -> None:
    assert address_of(link(r"https://x.org/a\_b")) == "url https://x.org/a_b"
    with_password = address_of(link(r"https://me:secret@x.org/a\_b"))
    assert with_password != address_of(link(r"https://x.org/a\_b")), "its verdict is another one"
    assert "secret" not in with_password
    assert "me" not in with_password.split()[1]
    assert address_of(link("10.1000/x", LinkKind.DOI)) == "doi 10.1000/x"


# Pages ----------------------------------------------------------------------------------------------------------------


def page(title: str, text: str = texts.POLIO) -> Fingerprint:
    words = words_of(text)
    return Fingerprint(title, simhash=simhash(words), words=len(words), vocabulary=vocabulary(title, "", words))


LATE = page("Late effects of polio")
CASINO = page("Casino bonus codes", texts.CASINO)
ARTICLE = link("https://x.org/articles/late.html")


def found(seen: Fingerprint | None, verdict: Verdict = Verdict.OK) -> Finding:
    return Finding(ARTICLE, verdict, "It works.", page=seen)


def grown(*pages: Fingerprint | None) -> Past:
    """A past of looks that found these pages, a day each."""
    known = Past(address_of(ARTICLE), START)
    for number, seen in enumerate(pages):
        finding = drifted(found(seen), known)
        known = known.grown(look_of(finding, START + number * DAY))
    return known


def test_the_first_page_that_was_read_is_taken_for_the_work() -> None:
    known = grown(None, LATE, page("Late effects of polio", texts.POLIO_UPDATED), None, CASINO)
    assert known.baseline == Seen(START + DAY, LATE)
    assert known.latest == Seen(START + 4 * DAY, CASINO)
    assert [look.verdict for look in known.looks] == ["drifted", "ok", "ok", "ok", "ok"]
    assert all(look.page is None for look in known.looks)
    assert known.last_good == START + 3 * DAY
    assert known.likeness(ARTICLE) is Likeness.ANOTHER
    assert known.standing() is Standing.DRIFTED
    assert sentence(known, day(START + 4 * DAY)) == f"The work was last seen there on {day(START + 3 * DAY)}."


def test_a_page_that_comes_back_is_the_same() -> None:
    known = grown(LATE, CASINO, LATE)
    assert (known.baseline, known.latest) == (Seen(START, LATE), None)
    assert known.looks[0].verdict == "ok"
    assert sentence(known, day(START)) == ""
    assert sentence(grown(LATE, CASINO, LATE, CASINO), day(START)) == (
        "It comes and goes: 2 of the last 4 checks found another page. "
        f"The work was last seen there on {day(START + 2 * DAY)}."
    )
    assert known.likeness(ARTICLE) is Likeness.SAME


def test_a_page_that_could_be_read_at_last_takes_the_place_of_its_title() -> None:
    unread = Fingerprint("Late effects of polio", words=3, vocabulary=vocabulary("Late effects of polio", "", []))
    assert grown(unread, LATE).baseline == Seen(START + DAY, LATE)
    assert grown(unread, page("Another title")).baseline == Seen(START, unread)
    assert grown(LATE, unread).baseline == Seen(START, LATE)


def test_a_page_that_names_the_work_takes_the_place_of_a_door() -> None:
    titled = replace(ARTICLE, title="The late effects of polio")
    door = page("Down for maintenance", texts.CASINO)

    def after(*pages: Fingerprint, of: Link = titled, known: Past | None = None) -> Past:
        known = known or Past(address_of(of), START)
        for number, seen in enumerate(pages, 1 if known.looks else 0):
            finding = drifted(replace(found(seen), link=of), known)
            known = known.grown(look_of(finding, START + number * DAY))
        return known

    known = after(door, LATE)
    assert (known.baseline, known.latest) == (Seen(START + DAY, LATE), None)
    assert known.looks[0].verdict == "ok"
    assert all(not look.title for look in known.looks)
    assert after(door, LATE, CASINO).looks[0].verdict == "drifted"
    assert after(LATE, door).baseline == Seen(START, LATE)
    assert after(door, LATE, of=replace(titled, title="Polio")).baseline == Seen(START, door)
    word = replace(after(door), acceptance=Acceptance(None))
    assert after(LATE, known=word).baseline == Seen(START, door)
    chosen = after(LATE, CASINO).rebased()
    assert chosen.grown(look_of(replace(found(LATE), link=titled), START + 9 * DAY)).baseline == chosen.baseline


def test_accepting_takes_the_latest_page_for_the_work() -> None:
    known = grown(LATE, CASINO).rebased()
    assert (known.baseline, known.latest) == (Seen(START + DAY, CASINO), None)
    assert drifted(found(CASINO), known) == found(CASINO)
    assert drifted(found(LATE), known).verdict is Verdict.DRIFTED


def test_an_earlier_finding_holds_until_the_page_is_accepted() -> None:
    known = grown(LATE, CASINO)
    earlier = recalled(ARTICLE, known.looks[0])
    assert drifted(earlier, known) == replace(earlier, as_of=day(START))
    assert drifted(earlier, known.rebased()).verdict is Verdict.OK


def test_only_what_works_can_be_another_work() -> None:
    known = grown(LATE)
    for verdict in Verdict:
        if verdict is Verdict.DRIFTED:
            continue
        told = drifted(found(CASINO, verdict), known)
        assert told.verdict is (Verdict.DRIFTED if verdict in ANSWERS else verdict)
    assert drifted(found(None), known).verdict is Verdict.OK
    assert drifted(found(CASINO), None).verdict is Verdict.OK
    assert drifted(found(CASINO), Past("url x", START)).verdict is Verdict.OK


def test_what_an_editor_is_told() -> None:
    moved = replace(found(CASINO, Verdict.MOVED), fix="https://y.org/", safe=True)
    told = drifted(moved, grown(LATE))
    assert told.message == (
        f'Another page stands there now: on {day(START)} it was titled "Late effects of polio", and now it is titled '
        '"Casino bonus codes". Look at it. If it is right, `ppreflist links accept key` says so; if not, an archived '
        "copy from before shows what was meant (--archived looks for one)."
    )
    assert (told.is_problem, told.fix, told.is_fixable) == (True, None, False)
    assert told.as_of == day(START)
    long = drifted(found(replace(CASINO, title="Casino " * 50)), grown(LATE)).message
    assert "Casino Casino…" in long
    assert len(long) < 500


@given(st.lists(st.sampled_from([LATE, CASINO, page("Monitoring acid lakes", texts.LAKES), None]), max_size=8))
def test_pages_never_contradict_themselves(pages: list[Fingerprint | None]) -> None:
    known = grown(*pages)
    read = [each for each in pages if each is not None]
    assert (known.baseline.page if known.baseline else None) == (read[0] if read else None)
    if read:
        assert (known.latest.page if known.latest else read[0]) == read[-1]
        again = (known.looks[0].verdict == "drifted") if pages[-1] is not None else None
        assert again in (None, read[-1] != read[0])


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
