"""Whether a page is still the one that was first seen at its address: the same, changed, or another work.

Pages change all the time, and a report that calls every redesign another page is soon not read any more. So another
work is believed only when everything that could be compared says so: the titles have nothing in common (without the
parts that both have: a site's name), the texts share next to nothing, the page names neither its former title nor the
entry's, it is no door before one, and it is written in the language that it was written in. Whatever is missing speaks
for the page. Home pages and lists are meant to change: only one that does not name the work any more, which it named
before, is another.
"""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import urlsplit

from ppreflist.links.appearance import segments
from ppreflist.links.domains import registered_domain
from ppreflist.links.fingerprint import Fingerprint, distance, significant
from ppreflist.links.hosts import host_of
from ppreflist.links.link import Link
from ppreflist.links.maintext import FEW
from ppreflist.links.page import Page


class Likeness(StrEnum):
    """What a page is beside an earlier one."""

    SAME = "same"
    CHANGED = "changed"
    ANOTHER = "another work"


ALIKE = 8
"""Bits in which the texts of one page differ that had a word changed here and there."""

UNRELATED = 20
"""Bits from which on two texts share little: half of their runs, or fewer. Texts that have nothing to do with each
other differ in 32 bits, and one pair in 1,000 of them in less than 20."""

_FEW_OF_PREFIX = 120
_FEW_WORDS = 2
"""Telling words below which a title alone ("Resources") tells nothing."""

_FEW_OF_TITLE = 3
"""Telling words from which on an entry's title tells by itself which page is the work."""

_NAMED = 0.6
"""The share of a title's words from which on a page names a work."""


def fingerprint_of(page: Page) -> Fingerprint | None:
    """What is kept of a page; None when there is nothing to know it by."""
    if not page.title and page.words < FEW:
        return None
    return Fingerprint(
        page.title, page.canonical, page.doi, page.language, page.simhash, page.words, page.vocabulary, page.complete
    )  # fmt: skip


def compare(before: Fingerprint, now: Fingerprint, link: Link, *, meant_to_change: bool = False) -> Likeness:
    """What a page is beside the same address's page of before. ``link`` is where it is cited: its entry's title is what
    a reader expects there. ``meant_to_change``: it is a home page, or a list."""
    if before == now:
        return Likeness.SAME
    apart = _apart(before, now)
    if before.title.casefold() == now.title.casefold() and apart is not None and apart <= ALIKE:
        return Likeness.SAME
    if before.doi and before.doi.casefold() == now.doi.casefold():
        return Likeness.CHANGED
    titles = _own_titles(before.title, now.title)
    if titles is None or (apart is not None and apart < UNRELATED):
        return Likeness.CHANGED
    was, is_now = titles
    if not _is_chance(len(was & is_now), min(len(was), len(is_now))) or not _is_chance(now.held(was), len(was)):
        return Likeness.CHANGED
    if not is_now.isdisjoint(_DOORS - was - significant(link.title)):
        return Likeness.CHANGED
    named = _was_named(before, now, link.title)
    if named is None or (not named and (meant_to_change or apart is None or len(was) < _FEW_WORDS)):
        return Likeness.CHANGED
    if not is_now.isdisjoint(_LURES - was - significant(link.title)):
        return Likeness.ANOTHER
    if not _weighs(now) and (now.whole or not _is_of_another_site(before, now)):
        return Likeness.CHANGED
    translated = bool(before.language and now.language and before.language != now.language)
    return Likeness.CHANGED if translated and not _is_forsaken(before, now, link) else Likeness.ANOTHER


_DOORS = significant(
    "verify verification robot robots captcha challenge denied blocked forbidden unauthorized security cookie cookies "
    "consent login signin password subscribe subscription account unavailable maintenance temporarily error expired "
    "session browser javascript moment checking loading redirecting choose select anmelden anmeldung wartung connexion"
)
"""Words of titles of pages that stand before another: whoever passes them may still find the work."""

_LURES = significant(
    "casino casinos kasino cassino slot slots gacor judi togel bandar taruhan poker baccarat betting sportsbook "
    "bookmaker viagra cialis porn porno escort escorts payday"
)
"""Words of titles of those who buy lapsed domains; no translation brings one in."""


def _apart(before: Fingerprint, now: Fingerprint) -> int | None:
    """In how many bits the texts differ; None when there is too little of one."""
    return distance(before.simhash, now.simhash) if _weighs(before) and _weighs(now) else None


def _weighs(page: Fingerprint) -> bool:
    """Whether enough of a text was read to tell it from others: of a prefix, more is wanted."""
    return page.words >= (FEW if page.whole else _FEW_OF_PREFIX)


def _own_titles(before: str, now: str) -> tuple[frozenset[bytes], frozenset[bytes]] | None:
    """The telling words of two titles, without the parts that both have; None when one of them says nothing."""
    parts, other = _parts(before), _parts(now)
    shared = parts.keys() & other.keys()
    own = [
        significant(" ".join(text for key, text in each.items() if key not in shared)) or significant(title)
        for each, title in ((parts, before), (other, now))
    ]
    return (own[0], own[1]) if all(own) else None


def _parts(title: str) -> dict[str, str]:
    return {each.strip().casefold(): each for each in segments(title.replace("::", "|"))}


def _is_chance(found: int, words: int) -> bool:
    """Whether so many words of a title may be found by chance: a third, and one of two."""
    return not found or (found < words and found <= max(1, words // 3))


def _was_named(before: Fingerprint, now: Fingerprint, title: str) -> bool | None:
    """Whether the page named the entry's title and does not any more; False when it never did, or the entry has none;
    None when it still does."""
    words = significant(title)
    if not words:
        return False
    was, is_now = before.held(words), now.held(words)
    if was >= _NAMED * len(words):
        return True if 2 * is_now <= was and is_now < len(words) else None
    return False if is_now <= was or _is_chance(is_now, len(words)) else None


def is_rather_the_work(now: Fingerprint, before: Fingerprint, title: str) -> bool:
    """Whether a page names the entry's title, and the page before, which was perhaps a door or a notice, did not."""
    words = significant(title)
    if len(words) < _FEW_OF_TITLE:
        return False
    return now.held(words) >= _NAMED * len(words) and _is_chance(before.held(words), len(words))


def _is_forsaken(before: Fingerprint, now: Fingerprint, link: Link) -> bool:
    """Whether a page named its publisher and the like, and names none of them any more: a translation still would."""
    names = significant(" ".join(each for each in link.words if each != link.title))
    return before.held(names) >= max(1, _NAMED * len(names)) and _is_chance(now.held(names), len(names))


def _is_of_another_site(before: Fingerprint, now: Fingerprint) -> bool:
    """Whether two pages say that they belong to domains of two owners."""
    was, is_now = (registered_domain(host_of(page.canonical)) for page in (before, now))
    return bool(was and is_now) and was != is_now


_LIST = re.compile(
    r"(?:index|home|default|main|start|news|blog|archives?|search|results|list|publications|articles|posts|latest|"
    r"recent|events|topics?|tags?|categor(?:y|ies)|authors?|feed|rss|all|browse|catalog(?:ue)?|links|resources)"
    r"(?:\.\w{2,5})?",
    re.IGNORECASE,
)


def is_meant_to_change(url: str) -> bool:
    """Whether an address looks like that of a home page or a list."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    last = parts.path.rstrip("/").rpartition("/")[2]
    if re.search(r"(?:\A|[&;])(?:q|query|search|s|page|tag|category|term)=", parts.query, re.IGNORECASE):
        return True
    return not parts.query and (not last or len(last) == 2 or _LIST.fullmatch(last) is not None)
