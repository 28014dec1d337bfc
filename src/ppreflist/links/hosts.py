"""Mistyped hosts: which host was probably meant.

Two rules of different strength (measured on 2,648 real domains of reference lists, see ``tests/bench``):

* *unasked*, a host is questioned only when its own label has at least five letters, the slip is one edit (optimal
  string alignment: insert, delete, replace, or swap neighbours) that touches no digit, and it is not known itself:
  nearly one real domain in ten lies one edit from another real one, and two out of three of those are shorter
* *after the host failed*, any single edit counts

What a host may have been meant to be is known from three places: the curated table, the other hosts of this library,
and the entry's own words: "Post-Polio Health International" gives post-polio.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit, urlunsplit

from ppreflist.links.domains import is_ending, registered_domain, split_domain
from ppreflist.links.known_domains import known_domains
from ppreflist.net.guard import literal

SHORTEST_UNASKED = 5
SHORTEST_BARE = 3
"""A name without an ending (``http://who/``) may lack one only when it has so many letters."""
MOST_UNASKED = 2
_MOST_ENDINGS = 20
"""More domains with one label say nothing about any of them, and would take time."""
OFTENER = 3
"""A host of the library counts as known against another when it is cited at least so many times as often."""


LONG = 8
WEIGHTY = 20
"""Unasked, a stranger is a slip for a host of the table only if that is cited so often, or half as often when the
label is long: short names of universities are one letter apart all over the world."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A host that may have been meant, and why: a clause for people."""

    host: str
    reason: str


class KnownHosts:
    """The curated table and the hosts of one library, ready to be searched for near ones.

    ``table`` takes the place of the curated one: domains with their weights.
    """

    def __init__(self, urls: Iterable[str] = (), table: Mapping[str, int] | None = None) -> None:
        self._curated = known_domains() if table is None else table
        self._cited = Counter(
            registered_domain(host) for host in map(host_of, urls) if literal(host) is None and "." in host
        )
        self._index: defaultdict[str, list[str]] = defaultdict(list)
        self._endings: defaultdict[str, list[str]] = defaultdict(list)
        for domain in self._curated.keys() | self._cited.keys():
            label, ending = split_domain(domain)
            if len(self._endings[label]) < _MOST_ENDINGS:
                self._endings[label].append(domain)
            for shorter in _deletions(label):
                self._index[f"{shorter}.{ending}"].append(domain)

    def questioned(self, host: str, words: Iterable[str] = ()) -> list[Suggestion]:
        """The hosts that may have been meant, when the host itself looks like a slip; nothing for a sound host."""
        domain = registered_domain(host)
        if literal(host) is not None or ":" in host or _is_no_name(domain):
            return []
        return self._of_form(host, domain) or (
            [] if self._is_established(domain) else self._near(host, domain, words, asked=False)
        )

    def meant(self, host: str, words: Iterable[str] = ()) -> list[Suggestion]:
        """The hosts that may have been meant by one that does not exist, likeliest first."""
        domain = registered_domain(host)
        if literal(host) is not None or ":" in host or _is_no_name(domain):
            return []
        near = [] if self._is_established(domain) else self._near(host, domain, words, asked=True)
        found = [*self._of_form(host, domain), *near]
        return list({each.host: each for each in reversed(found)}.values())[::-1]

    def _is_established(self, domain: str) -> bool:
        return domain in self._curated

    def _of_form(self, host: str, domain: str) -> list[Suggestion]:
        """Slips that the form of the host betrays: ``ww.``, ``wwwx.org``, an ending that does not exist."""
        found: list[Suggestion] = []
        first, _, rest = host.lower().partition(".")
        if first in ("ww", "wwww", "wwwww", "w") and "." in rest:
            found.append(Suggestion(f"www.{rest}", f"{first}. is not www."))
        elif first != "www" and first.startswith("www") and registered_domain(host.lower()) == host.lower():
            bare = host.lower()[3:]
            if bare in self._curated or bare in self._cited:
                found.append(Suggestion(f"www.{bare}", "a dot is missing after www"))
        label, ending = split_domain(domain)
        if not is_ending(ending):
            near = [each for each in self._endings.get(label, ()) if each != domain]
            ends = [split_domain(each)[1] for each in sorted(near, key=self._weight, reverse=True)]
            ends += [each for each in ("com", "org", "net", "edu", "gov") if is_one_edit(ending, each)]
            reason = f".{ending} is no ending of hosts" if ending else "its ending is missing"
            found += [Suggestion(_with_domain(host, domain, f"{label}.{end}"), reason) for end in dict.fromkeys(ends)]
        return found

    def _near(self, host: str, domain: str, words: Iterable[str], *, asked: bool) -> list[Suggestion]:
        label, ending = split_domain(domain)
        if not asked and len(label) < SHORTEST_UNASKED:
            return []
        near = {
            known
            for shorter in _deletions(label)
            for known in self._index.get(f"{shorter}.{ending}", ())
            if known != domain and is_one_edit(label, split_domain(known)[0])
        }
        if not asked:
            near = {known for known in near if self._outweighs(known, domain) and not _digits_differ(known, domain)}
        else:
            near |= {known for known in self._endings.get(label, ()) if known != domain}
        likely = {known: self._weight(known) * _likelihood(domain, known) for known in near}
        if not asked:
            near = {known for known in near if self._is_plain_slip(domain, known)}
        ranked = sorted(near, key=lambda known: (-likely[known], known))
        found = [Suggestion(_with_domain(host, domain, known), f"one letter from {known}") for known in ranked]
        spelled = _spelled_by(label, words)
        if spelled:
            said, name = spelled
            named = Suggestion(_with_domain(host, domain, f"{said}.{ending}"), f"the entry names {name}")
            return [named, *(each for each in found if each.host != named.host)]
        # Among many equally near (unica.it, unict.it, unime.it ...) a stranger is more likely than a slip.
        return found if asked or len(found) <= MOST_UNASKED else []

    def _is_plain_slip(self, domain: str, known: str) -> bool:
        """Whether one domain is so likely a slip for another that somebody may be asked about it."""
        label = split_domain(domain)[0]
        if self._cited[known] >= OFTENER:
            return True
        enough = WEIGHTY if len(label) < LONG else WEIGHTY // 2
        return _likelihood(domain, known) >= 1.0 and self._curated.get(known, 0) >= enough

    def _weight(self, domain: str) -> int:
        return self._curated.get(domain, 0) + 10 * self._cited[domain]

    def _outweighs(self, known: str, domain: str) -> bool:
        """Whether one domain is so much better known than another that the other may be a slip for it."""
        return known in self._curated or self._cited[known] >= OFTENER * max(1, self._cited[domain])


def host_of(url: str) -> str:
    """The host of an address, lower-case, or an empty string."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def with_host(url: str, host: str) -> str:
    """The same address at another host."""
    parts = urlsplit(url)
    _, _, place = parts.netloc.rpartition("@")
    port = re.search(r":\d+\Z", place) if not place.endswith("]") else None
    return urlunsplit(parts._replace(netloc=host + (port[0] if port else "")))


def _is_no_name(domain: str) -> bool:
    """Whether a domain cannot be a slip for another: nothing, a single letter, or a scheme in the place of a host."""
    label, ending = split_domain(domain)
    return not domain.strip(".") or label in ("http", "https", "www") or (not ending and len(label) < SHORTEST_BARE)


def _with_domain(host: str, old: str, new: str) -> str:
    bare = host.lower().rstrip(".")
    return bare.removesuffix(old) + new


# One edit -------------------------------------------------------------------------------------------------------------


def is_one_edit(a: str, b: str) -> bool:
    """Whether one insertion, deletion, replacement or swap of neighbours makes one text of the other; not if equal."""
    if len(a) > len(b):
        a, b = b, a
    if a == b or len(b) - len(a) > 1:
        return False
    start = 0
    while start < len(a) and a[start] == b[start]:
        start += 1
    if len(a) < len(b):
        return a[start:] == b[start + 1 :]
    if a[start + 1 :] == b[start + 1 :]:
        return True
    return a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]


_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
_NEIGHBOURS = frozenset(
    pair
    for row, below in zip(_KEYS, (*_KEYS[1:3], "", "qwertyuiop"), strict=True)
    for pairs in (pairwise(row), zip(row, below, strict=False), zip(row[1:], below, strict=False))
    for each in pairs
    for pair in (each, each[::-1])
)
_LOOK_ALIKE = frozenset(
    pair for each in ("l1", "li", "o0", "mn", "uv", "s5", "vy", "ce", "b6", "z2", "g9", "ij", "ae") for pair in (
        (each[0], each[1]), (each[1], each[0])
    )
)  # fmt: skip


def _likelihood(typed: str, known: str) -> float:
    """How likely it is, beside other slips, that somebody who meant one domain wrote the other."""
    (a, typed_ending), (b, ending) = split_domain(typed), split_domain(known)
    if a == b:
        return 2.0 if is_one_edit(typed_ending, ending) else 0.3
    place = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) < len(b):
        lost = b[place]
        return 3.0 if lost == "-" or lost in b[max(place - 1, 0) : place] else 2.5
    if len(a) > len(b):
        extra, around = a[place], a[max(place - 1, 0) : place] + a[place + 1 : place + 2]
        if extra in around:
            return 3.0
        return 1.0 if any((extra, each) in _NEIGHBOURS for each in around) else 0.3
    if a[place + 1 : place + 2] == b[place] and a[place] == b[place + 1 : place + 2]:
        return 3.0
    pair = (a[place], b[place])
    return 1.5 if pair in _NEIGHBOURS or pair in _LOOK_ALIKE else 0.2


def _deletions(label: str) -> set[str]:
    """A text and every text that lacks one of its letters: two texts one edit apart have one of these in common."""
    return {label, *(label[:place] + label[place + 1 :] for place in range(len(label)))}


def _digits_differ(a: str, b: str) -> bool:
    return re.sub(r"\D", "", a) != re.sub(r"\D", "", b)


# The entry's own words ------------------------------------------------------------------------------------------------

_SMALL = frozenset(
    ("the", "of", "for", "and", "a", "an", "in", "on", "de", "der", "die", "das", "und", "la", "le", "et")
)


def _spelled_by(label: str, words: Iterable[str]) -> tuple[str, str] | None:
    """What the label spells with one slip, of the names that an entry gives: (right spelling, the name).

    Runs of words (``Post-Polio Health`` -> ``post-polio``, ``postpolio``, ``postpoliohealth`` ...). A single word
    counts only when it is long, and a plural is no slip.
    """
    if len(label) < SHORTEST_UNASKED:
        return None
    for name in words:
        parts = re.findall(r"[a-z0-9]+", _folded(name))[:40]
        for first in range(len(parts)):
            for last in range(first + 1, min(first + 6, len(parts)) + 1):
                run = parts[first:last]
                if run[0] in _SMALL or run[-1] in _SMALL or len("".join(run)) > len(label) + 1:
                    continue
                for spelled in dict.fromkeys(("-".join(run), "".join(run))):
                    if spelled.replace("-", "") == label.replace("-", ""):
                        return None
                    if len(run) == 1 and (len(spelled) < 8 or spelled.rstrip("s") == label.rstrip("s")):
                        continue
                    if (
                        len(spelled) >= SHORTEST_UNASKED
                        and is_one_edit(label, spelled)
                        and not _digits_differ(label, spelled)
                    ):
                        return spelled, name
    return None


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
