"""What earlier runs say of a link: pure; ``links/history.py`` keeps it on disk.

One failure is not a death. Hosts flap, sites have bad days, and whoever is told of links that work the next morning
stops reading the report. So a verdict stays what the answer of today says, and the memory adds a *standing*: a link is
called dead when it has failed on separate days and nothing good came between (InternetArchiveBot, too, asks for
several checks days apart: https://meta.wikimedia.org/wiki/InternetArchiveBot/FAQ_for_sysadmins). Days are UTC days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import pairwise

from ppreflist.links.drift import Likeness, compare, is_meant_to_change, is_rather_the_work
from ppreflist.links.finding import Finding, holds_password, readable
from ppreflist.links.fingerprint import Fingerprint
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.maintext import FEW
from ppreflist.links.verdict import ANSWERS, DEAD, MISTAKE, Verdict

KEPT = 20
"""Looks at one link that are remembered."""

DAYS_UNTIL_DEAD = 3
"""Days on which a site must have failed to answer before its link is called dead."""

DAYS_UNTIL_MISSED = 2
"""Days on which a site must have said that it has no such page."""

FAILING = DEAD | {Verdict.TEMPORARY}
AGAIN = "Check again another day before you replace it."
"""How the sentence on a link ends that has not failed for long."""

_UNREMEMBERED = frozenset({Verdict.OFFLINE, Verdict.BLOCKED})
_NO_ANSWER = frozenset({Verdict.TEMPORARY, Verdict.UNREACHABLE})
_TURNS = 2
"""So many times from working to failing make a link one that comes and goes."""


class Standing(StrEnum):
    """What the looks at a link come to."""

    GOOD = "good"
    UNCLEAR = "unclear"
    FAILING = "failing"
    FLAPPING = "flapping"
    DRIFTED = "drifted"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Look:
    """What one run saw. ``at`` is Unix time; the others are those of the finding, ``title`` its entry's. Of the looks
    that are kept, none has its ``page`` (``Past`` has two of them) or ``title``."""

    at: int
    verdict: str
    message: str = ""
    fix: str | None = None
    safe: bool = False
    asked: str = ""
    status: int = 0
    page: Fingerprint | None = None
    learnt: bool = True
    title: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page, and when (Unix time) it was read."""

    at: int
    page: Fingerprint


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Somebody looked at a link and found it fine, until a date (None: for good)."""

    until: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of one address. Times are Unix times (``first_seen`` 0: never yet); ``looks`` are newest first, at
    most ``KEPT``.

    ``failing_since`` is when the failures began that nothing good has come between, None when the last answer was
    good; ``failing_days`` counts the different UTC days among them.

    ``baseline`` is the page that is taken for the work: the first one that was read, or one that somebody accepted;
    where nobody did, the first one that names the entry's title takes the place of a first look's that does not.
    ``latest`` is the last one that was read, None when it is the same to the bit.
    """

    address: str
    first_seen: int
    last_good: int | None = None
    failing_since: int | None = None
    failing_days: int = 0
    looks: tuple[Look, ...] = ()
    acceptance: Acceptance | None = None
    baseline: Seen | None = None
    latest: Seen | None = None

    @property
    def last_seen(self) -> int:
        return self.looks[0].at if self.looks else self.first_seen

    def grown(self, look: Look) -> Past:
        """The same after one more look."""
        baseline, latest = self._pages(look)
        looks = (replace(look, page=None, title=""), *self.looks)[:KEPT]
        first_seen = self.first_seen or look.at
        if look.verdict in ANSWERS:
            return Past(
                self.address, first_seen, look.at, looks=looks, acceptance=self.acceptance, baseline=baseline,
                latest=latest,
            )  # fmt: skip
        if look.verdict not in FAILING:
            return replace(self, looks=looks, first_seen=first_seen, baseline=baseline, latest=latest)
        failed = (each.at for each in self.looks if each.verdict in FAILING)
        another_day = self.failing_since is None or day(next(failed, 0)) != day(look.at)
        since = look.at if self.failing_since is None else self.failing_since
        return replace(
            self, looks=looks, first_seen=first_seen, failing_since=since, failing_days=self.failing_days + another_day
        )

    def _pages(self, look: Look) -> tuple[Seen | None, Seen | None]:
        """``baseline`` and ``latest`` after one more look."""
        if look.page is None:
            return self.baseline, self.latest
        seen, first = Seen(look.at, look.page), self.baseline
        if first is None or _says_more(seen.page, first.page):
            return seen, None
        if self._is_unchosen(first, look) and is_rather_the_work(seen.page, first.page, look.title):
            return seen, None
        return first, None if seen.page == first.page else seen

    def _is_unchosen(self, baseline: Seen, look: Look) -> bool:
        """Whether a baseline is there only because it was read at the first look, and this one found no other work."""
        verdicts = {look.verdict, *(each.verdict for each in self.looks)}
        return baseline.at == self.first_seen and self.acceptance is None and Verdict.DRIFTED not in verdicts

    def rebased(self) -> Past:
        """The same with the page that was read last for the work."""
        return replace(self, baseline=self.latest or self.baseline, latest=None)

    def likeness(self, link: Link, page: Fingerprint | None = None) -> Likeness | None:
        """What a page (else the one that was read last) is beside the one that is taken for the work; None when there
        is none."""
        if self.baseline is None:
            return None
        page = page or (self.latest or self.baseline).page
        if page == self.baseline.page:
            return Likeness.SAME
        return compare(self.baseline.page, page, link, meant_to_change=is_meant_to_change(readable(link)))

    def standing(self, *, strict: bool = False) -> Standing:
        """What the looks come to. ``strict`` calls a link dead at its first failure."""
        if not self.looks:
            return Standing.UNCLEAR
        verdict = self.looks[0].verdict
        if verdict == Verdict.DRIFTED:
            return Standing.DRIFTED
        if verdict not in FAILING:
            return Standing.GOOD if verdict in ANSWERS else Standing.UNCLEAR
        registered = not self.address.startswith(f"{LinkKind.URL} ") and verdict not in _NO_ANSWER
        needed = DAYS_UNTIL_DEAD if verdict in _NO_ANSWER else DAYS_UNTIL_MISSED
        if strict or verdict == Verdict.GONE or registered or self.failing_days >= needed:
            return Standing.DEAD
        return Standing.FLAPPING if self.turns >= _TURNS else Standing.FAILING

    @property
    def turns(self) -> int:
        """How many times it went from working to failing, among the looks that are remembered."""
        states = [look.verdict in ANSWERS for look in reversed(self.looks) if look.verdict in ANSWERS | FAILING]
        return sum(before and not after for before, after in pairwise(states))

    def is_accepted(self, today: date, verdict: str = Verdict.OK) -> bool:
        """Whether somebody's word holds for a link with this verdict. A word for good was given for the page that stood
        there: another one wants another look."""
        if self.acceptance is None:
            return False
        until = self.acceptance.until
        return verdict != Verdict.DRIFTED if until is None else today <= until


def address_of(link: Link) -> str:
    """What a link is remembered by: its kind and what is written there, without a password. What is known of an address
    that held one is not known of the same address without it, nor the other way round."""
    return f"{link.kind} {readable(link)}{' (without its password)' if holds_password(link) else ''}"


def is_remembered(finding: Finding) -> bool:
    """Whether a finding says something about the link that will be worth knowing: nothing was learnt offline, by a
    failure of this machine or its proxy, or by a mistake of ours."""
    return finding.learnt and finding.verdict not in _UNREMEMBERED and not finding.message.startswith(MISTAKE)


def look_of(finding: Finding, at: int) -> Look:
    return Look(
        at, str(finding.verdict), finding.message, finding.fix, finding.safe, finding.asked, finding.status,
        finding.page, finding.learnt, finding.link.title,
    )  # fmt: skip


def recalled(link: Link, look: Look) -> Finding:
    """The finding of an earlier look, for a link that need not be asked again."""
    return Finding(
        link, Verdict(look.verdict), look.message, look.fix, look.safe, look.asked, look.status, look.page, look.learnt
    )  # fmt: skip


def considered(finding: Finding, past: Past, *, strict: bool = False) -> Finding:
    """A finding in the light of the past: a site that has had trouble on enough days does not answer any more."""
    if not is_remembered(finding):
        return finding
    if finding.verdict is Verdict.TEMPORARY and past.standing(strict=strict) is Standing.DEAD:
        return replace(finding, verdict=Verdict.UNREACHABLE)
    return finding


def _says_more(page: Fingerprint, before: Fingerprint) -> bool:
    """Whether a page can be told from others by its text, and the same page before could not."""
    return before.words < FEW <= page.words and page.title.casefold() == before.title.casefold()


_LONGEST_TITLE = 160


def drifted(finding: Finding, past: Past | None) -> Finding:
    """The finding, or that the page which works is another one than was first seen at its address. An earlier finding
    that says so holds until somebody accepts the page."""
    if past is None or past.baseline is None:
        return finding
    if finding.verdict is Verdict.DRIFTED:
        if past.latest is None:
            return replace(finding, verdict=Verdict.OK, message="It works: the page that stands there was accepted.")
        return replace(finding, as_of=day(past.baseline.at))
    if finding.page is None or finding.verdict not in ANSWERS:
        return finding
    if past.likeness(finding.link, finding.page) is not Likeness.ANOTHER:
        return finding
    first = day(past.baseline.at)
    then, now = (_shortened(page.title) for page in (past.baseline.page, finding.page))
    said = (
        f'Another page stands there now: on {first} it was titled "{then}", and now it is titled "{now}". Look at it. '
        f"If it is right, `ppreflist links accept {finding.link.key}` says so; if not, an archived copy from before "
        "shows what was meant (--archived looks for one)."
    )
    return replace(finding, verdict=Verdict.DRIFTED, message=said, fix=None, safe=False, as_of=first)


def _shortened(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE].rstrip()}…"


def sentence(past: Past, today: date, *, strict: bool = False) -> str:
    """What the memory adds to a finding, for people; empty when it adds nothing."""
    standing = past.standing(strict=strict)
    if standing is Standing.DRIFTED:
        return _sentence_on_drift(past)
    if standing in (Standing.GOOD, Standing.UNCLEAR):
        return ""
    assert past.failing_since is not None
    since = day(past.failing_since)
    good = f"it last worked on {day(past.last_good)}" if past.last_good is not None else "it was never seen to work"
    if standing is Standing.FLAPPING:
        counted = [look.verdict in FAILING for look in past.looks if look.verdict in ANSWERS | FAILING]
        return f"It comes and goes: {sum(counted)} of the last {len(counted)} checks failed; {good}."
    if past.failing_days > 1:
        said = f"Failing since {since}, on {past.failing_days} days; {good}."
    elif since == today:
        said = f"First seen failing today; {good}." if past.last_good is not None else "First seen failing today."
    else:
        said = f"First seen failing on {since}; {good}."
    return said if standing is Standing.DEAD else f"{said} {AGAIN}"


def _sentence_on_drift(past: Past) -> str:
    good = f"The work was last seen there on {day(past.last_good)}." if past.last_good is not None else ""
    answers = ANSWERS | {Verdict.DRIFTED}
    other = [look.verdict == Verdict.DRIFTED for look in past.looks if look.verdict in answers]
    came_back = any(earlier and not later for later, earlier in pairwise(other))
    if not came_back:
        return good
    return f"It comes and goes: {sum(other)} of the last {len(other)} checks found another page. {good}".rstrip()


def day(at: int) -> date:
    """The UTC day of a Unix time."""
    return datetime.fromtimestamp(at, UTC).date()
