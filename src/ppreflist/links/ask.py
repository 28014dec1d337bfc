"""One web address, looked at as a reader would: over the page's own redirects, and with a second question in doubt."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from ppreflist.links.appearance import Absence, absence, is_alike, is_parked, names_nothing, shares_words
from ppreflist.links.hosts import host_of
from ppreflist.links.page import Visit
from ppreflist.links.question import Context, Outcome, Question
from ppreflist.links.verdict import ANSWERS, REMARK, Judgement, Verdict, judge, places
from ppreflist.net.answer import Answer, Hop
from ppreflist.net.failure import Failure, FailureKind, redirected

_MOST_REFRESHES = 3
REFRESH = 0
"""The status of a hop that a page made by itself (``meta refresh``, a script) and no server."""


@dataclass(frozen=True, slots=True)
class Look:
    """What came of asking an address, and the verdict on it."""

    judgement: Judgement
    outcome: Outcome

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict

    @property
    def answers(self) -> bool:
        return self.judgement.verdict in ANSWERS


def ask(url: str, words: tuple[str, ...], context: Context) -> Generator[Question, Outcome, Look]:
    """Ask an address. ``words`` are the entry's: a page that has them is the one that was meant."""
    outcome = yield from _sent_on((yield Question(url)))
    judgement = judge(outcome, words)
    if judgement.verdict is Verdict.BLOCKED and isinstance(outcome, Failure) and host_of(outcome.url) != host_of(url):
        return Look(
            replace(judgement, detail=f"It redirects to an address that is {lowered(judgement.detail)}"), outcome
        )
    if judgement.verdict not in ANSWERS or not isinstance(outcome, Visit):
        return Look(judgement, outcome)
    doubtful = _is_doubtful(outcome, words)
    if doubtful or names_nothing(outcome.page, words):
        sibling = context.siblings.of(places(outcome)[0])
        if sibling and sibling != url:
            other = yield from _sent_on((yield Question(sibling)))
            if isinstance(other, Visit) and _is_same_refusal(outcome, other):
                return Look(_same_for_all(judgement, outcome.status, sure=doubtful), outcome)
    return Look(judgement, outcome)


def lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _same_for_all(judgement: Judgement, status: int, *, sure: bool) -> Judgement:
    """The judgement on a page that a site shows for any address. One that only has none of the entry's words may still
    be filled by a script, in a browser."""
    said = "the site shows the same page for addresses that cannot exist"
    if sure:
        detail = f"{said.capitalize()}: it probably has no such page."
        return Judgement(Verdict.SOFT_404, detail, status=status)
    if judgement.verdict is not Verdict.OK:
        return judgement
    return replace(judgement, detail=f"{REMARK} {said}, and it names nothing of this entry: look at it in a browser.")


def _sent_on(outcome: Outcome) -> Generator[Question, Outcome, Outcome]:
    """Follow where pages send their readers by themselves."""
    seen: set[str] = set()
    while isinstance(outcome, Visit) and outcome.page.refresh and outcome.status < 400:
        start, end = places(outcome)
        target = outcome.page.refresh
        here = {_bare(hop.url) for hop in outcome.redirects} | {_bare(end)}
        if _bare(target) == _bare(end) or is_parked(outcome.page, start, end):
            return outcome  # a page that loads itself again; a parked one
        if _bare(target) in seen | here or len(seen) >= _MOST_REFRESHES:
            if len(seen) < _MOST_REFRESHES and outcome.page.refresh_wait:
                return outcome
            return Failure(FailureKind.REDIRECTS, "it redirects in a circle", start)
        seen.add(_bare(target))
        further = yield Question(target)
        if isinstance(further, Failure):
            return redirected(further, end)
        hops = (*outcome.redirects, Hop(end, REFRESH, target), *further.redirects)
        outcome = replace(further, redirects=hops)
    return outcome


def _bare(url: str) -> str:
    return url.partition("#")[0]


def _is_doubtful(visit: Visit, words: tuple[str, ...]) -> bool:
    """Whether a page that seems to be there should be compared with one that cannot be there."""
    start, end = places(visit)
    if visit.status != 200 or not visit.page.title + visit.page.text:
        return False
    if absence(visit.page, start, end, words) is Absence.PERHAPS:
        return True
    if shares_words(visit.page, words):
        return False
    led_up = urlsplit(end).hostname == urlsplit(start).hostname and _depth(end) < _depth(start)
    return bool(words) and (led_up or (visit.page.tiny and len(visit.page.text) > _SHELL))


_SHELL = 40
"""Characters of text up to which a page may be an empty shell that a script fills: it is the same for every address."""


def _depth(url: str) -> int:
    return len([each for each in urlsplit(url).path.split("/") if each])


def _is_same_refusal(visit: Visit, other: Answer) -> bool:
    if other.status != visit.status or not isinstance(other, Visit):
        return False
    if visit.redirects and _bare(other.url) == _bare(visit.url):
        return True
    return is_alike(visit.page, other.page)
