"""Mistyped hosts: which host was probably meant.

Two rules of different strength (measured on the hosts of real lists, ``tests/bench/hosts.py``):

* *unasked*, a host is questioned only when it is not known itself, its own label has at least five letters, and the
  slip is one edit (optimal string alignment: insert, delete, replace, or swap neighbours) of a kind that happens by
  itself, for a host that is cited often enough: nearly one real domain in ten lies one edit from another real one
* *after the host failed*, any single edit counts, likeliest first: how often a host is cited times how likely the slip
  is (``slips.py``)

What a host may have been meant to be is known from three places: the curated table, the other hosts of this library,
and the entry's own words: "Post-Polio Health International" gives post-polio.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit, urlunsplit

from ppreflist.links.domains import RESERVED_ENDINGS, is_ending, registered_domain, split_domain
from ppreflist.links.known_domains import known_domains, known_subdomains
from ppreflist.links.slips import PLAIN, Slip, is_one_edit, slip_of
from ppreflist.net.guard import literal

SHORTEST_UNASKED = 5
"""Letters that a label must have to be questioned unasked."""
SHORTEST_BARE = 3
"""A name without an ending (``http://who/``) may lack one only when it has so many letters."""
MOST_UNASKED = 2
"""Among more that are equally near (unica.it, unict.it, unime.it ...) a stranger is more likely than a slip."""
OFTENER = 3
"""A host of the library counts as known against another when it is cited at least so many times as often."""
OWN = 200
"""What it weighs that this library cites a domain, beside the weights of the table: half of the links of a list lead to
hosts that others of it lead to as well."""
TOLD = 20
"""How much likelier a known domain is when the entry names it, or when the name before it stands there elsewhere."""
LONG = 8
"""Letters of a name before a known domain from which on it is questioned unasked."""
FAMOUS = 100
"""The weight from which on a domain is so well known that its name under a squatted ending is questioned unasked."""
_SQUATTED = {"co": ("com",), "cm": ("com",), "om": ("com",), "or": ("org",), "ne": ("net",), "et": ("net",)}
_ENOUGH = ((10, 0), (8, 10), (SHORTEST_UNASKED, 20))
"""Letters of a label, and what a host of the table must weigh for a stranger of so many to be questioned unasked: short
names of universities are one letter apart all over the world, long names hardly ever are."""
_MOST_ENDINGS = 20
"""More domains with one label say nothing about any of them, and would take time."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A host that may have been meant, and why: a clause for people. Of a ``weak`` one only its own answer tells
    anything: that it exists speaks for nothing."""

    host: str
    reason: str
    weak: bool = False


class _Index:
    """Domains by what is left of a label when one letter is taken away, which is how near ones find each other (W.
    Garbe's symmetric deletions); by label, whatever the ending; and the last labels that they end in."""

    def __init__(self, domains: Iterable[str]) -> None:
        self.shortened: defaultdict[str, list[str]] = defaultdict(list)
        self.of_label: defaultdict[str, list[str]] = defaultdict(list)
        self.last_labels: set[str] = set()
        for domain in domains:
            label, ending = split_domain(domain)
            self.last_labels.add(ending.rpartition(".")[2])
            if len(self.of_label[label]) < _MOST_ENDINGS:
                self.of_label[label].append(domain)
            for shorter in _deletions(label):
                self.shortened[f"{shorter}.{ending}"].append(domain)


class KnownHosts:
    """The curated table and the hosts of one library, ready to be searched for near ones.

    ``table`` takes the place of the curated one: domains with their weights. ``counted`` are hosts beside those of
    the ``urls``, with how often each is cited.
    """

    def __init__(
        self,
        urls: Iterable[str] = (),
        table: Mapping[str, int] | None = None,
        *,
        counted: Mapping[str, int] | None = None,
    ) -> None:
        self._curated = known_domains() if table is None else table
        self._cited: Counter[str] = Counter()
        self._before: defaultdict[str, set[str]] = defaultdict(set)
        self._told = known_subdomains()
        for domain, name in self._told:
            self._before[domain].add(name)
        hosts = Counter(map(host_of, urls))
        hosts.update(counted or {})
        for host, times in hosts.items():
            if literal(host) is None and "." in host:
                domain = registered_domain(host)
                self._cited[domain] += times
                if times >= OFTENER:
                    self._before[domain].update(_names_before(host, domain))

    def __getstate__(self) -> dict[str, object]:
        """Another process makes the index for itself, when it needs one."""
        return {name: value for name, value in vars(self).items() if name != "_index"}

    @cached_property
    def _index(self) -> _Index:
        return _Index({**self._curated, **self._cited})

    def questioned(self, host: str, words: Iterable[str] = ()) -> list[Suggestion]:
        """The hosts that may have been meant, when the host itself looks like a slip; nothing for a sound host."""
        domain = registered_domain(host)
        if literal(host) is not None or ":" in host or _is_no_name(domain):
            return []
        found = self._of_form(host, domain)
        if found:
            return found
        if self._is_established(domain):
            return self._within(host, domain, asked=False)
        return self._near(host, domain, words, asked=False)

    def meant(self, host: str, words: Iterable[str] = ()) -> list[Suggestion]:
        """The hosts that may have been meant by one that does not exist, likeliest first."""
        domain = _own_domain(host)
        if literal(host) is not None or ":" in host or _is_no_name(domain):
            return []
        if self._is_established(domain):
            near = self._within(host, domain, asked=True)
        else:
            near = self._near(host, domain, words, asked=True)
        found = [*self._of_form(host, domain), *near] or _with_or_without_www(host, domain)
        first: dict[str, Suggestion] = {}
        for each in found:
            first.setdefault(each.host, each)
        return list(first.values())

    def _within(self, host: str, domain: str, *, asked: bool) -> list[Suggestion]:
        """A slip in the names before a known domain: ``onlinelibary.wiley.com``. Unasked, only in long ones that are
        known everywhere: an institute may name its machines as it likes."""
        found = []
        names = self._before.get(domain, set())
        for name in _names_before(host, domain) - names:
            for known in sorted(names):
                if not is_one_edit(name, known) or name.rstrip("s") == known.rstrip("s"):
                    continue
                if asked or (len(name) >= LONG and not _digits_differ(name, known) and (domain, known) in self._told):
                    right = re.sub(rf"(?<![^.]){re.escape(name)}(?=\.)", known, host.lower().rstrip("."), count=1)
                    found.append(Suggestion(right, f"one letter from {known}.{domain}"))
        return found

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
        found += self._of_another_alphabet(host.lower())
        label, ending = split_domain(domain)
        if not is_ending(ending):
            found += self._of_last_label(host, ending)
            near = sorted(self._index.of_label.get(label, ()), key=self._weight, reverse=True)
            ends = [split_domain(each)[1] for each in near if each != domain]
            ends += [each for each in ("com", "org", "net", "edu", "gov") if is_one_edit(ending, each)]
            ends.sort(key=lambda each: not is_one_edit(ending, each))
            reason = f".{ending} is no ending of hosts" if ending else "its ending is missing"
            found += [Suggestion(_with_domain(host, domain, f"{label}.{end}"), reason) for end in dict.fromkeys(ends)]
        return found

    def _of_another_alphabet(self, host: str) -> Iterator[Suggestion]:
        shown = _shown(host)
        latin = unicodedata.normalize("NFKC", shown).translate(_AS_LATIN)
        if latin != shown and latin.isascii():
            known = registered_domain(latin)
            if known in self._curated or known in self._cited or _mixes_alphabets(shown):
                yield Suggestion(latin, "it holds letters of another alphabet that look like these")

    def _of_last_label(self, host: str, ending: str) -> Iterator[Suggestion]:
        """Known hosts with another ending of more than one label: ``www.bbc.co.ku``."""
        stem, _, last = host.lower().rstrip(".").rpartition(".")
        for end in sorted(each for each in self._index.last_labels if is_one_edit(last, each)):
            domain = registered_domain(f"{stem}.{end}")
            if domain.count(".") > 1 and (domain in self._curated or domain in self._cited):
                yield Suggestion(f"{stem}.{end}", f".{ending} is no ending of hosts")

    def _near(self, host: str, domain: str, words: Iterable[str], *, asked: bool) -> list[Suggestion]:
        label, ending = split_domain(domain)
        if not asked and len(label) < SHORTEST_UNASKED:
            return []
        near = {
            known
            for shorter in _deletions(label)
            for known in self._index.shortened.get(f"{shorter}.{ending}", ())
            if known != domain and is_one_edit(label, split_domain(known)[0])
        }
        if not asked:
            near |= {f"{label}.{meant}" for meant in _SQUATTED.get(ending, ())} & self._curated.keys()
            near = {known for known in near if self._outweighs(known, domain)}
        else:
            near |= {known for known in self._index.of_label.get(label, ()) if known != domain}
        if not asked:
            near = {known for known in near if self._is_plain_slip(domain, known)}
        names = list(words)
        likely = {known: self._likelihood(host, domain, known, names) for known in near}
        ranked = sorted(near, key=lambda known: (-likely[known], known))
        found = [Suggestion(_with_domain(host, domain, known), _reason(domain, known)) for known in ranked]
        spelled = _spelled_by(label, names)
        if spelled:
            said, name = spelled
            written = next(
                (known for known in ranked if split_domain(known)[0].replace("-", "") == said.replace("-", "")), ""
            )
            named = Suggestion(_with_domain(host, domain, written or f"{said}.{ending}"), f"the entry names {name}")
            return [named, *(each for each in found if each.host != named.host)]
        return found if asked or len(found) <= MOST_UNASKED else []

    def _is_plain_slip(self, domain: str, known: str) -> bool:
        """Whether one domain is so likely a slip for another that somebody may be asked about it."""
        label, slip = split_domain(domain)[0], slip_of(domain, known)[0]
        if slip not in PLAIN or (_digits_differ(known, domain) and slip is not Slip.LOOK_ALIKE):
            return False
        if slip is Slip.ENDING:
            return self._curated.get(known, 0) >= FAMOUS
        if self._cited[known] >= OFTENER:
            return True
        if slip is Slip.HYPHEN or label.rstrip("s") == split_domain(known)[0].rstrip("s"):
            return False  # names with and without a hyphen or a plural's s are as a rule both somebody's
        enough = next((enough for length, enough in _ENOUGH if len(label) >= length), None)
        return enough is not None and self._curated.get(known, 0) >= enough

    def _likelihood(self, host: str, domain: str, known: str, names: list[str]) -> float:
        """How likely it is, beside others, that a host was meant to be one of a known domain."""
        likely = self._weight(known) * slip_of(domain, known)[1]
        if not _names_before(host, domain).isdisjoint(self._before.get(known, ())):
            likely *= TOLD
        if _is_named(split_domain(known)[0], names):
            likely *= TOLD
        return likely

    def _weight(self, domain: str) -> int:
        return self._curated.get(domain, 0) + OWN * self._cited[domain]

    def _outweighs(self, known: str, domain: str) -> bool:
        """Whether one domain is so much better known than another that the other may be a slip for it."""
        times = self._cited[domain]
        return (known in self._curated and times < OFTENER) or self._cited[known] >= OFTENER * max(1, times)


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


def _own_domain(host: str) -> str:
    """The registered domain; of ``www.gov.uk``, ``gov.uk``: under an ending, www is not a name of its own."""
    domain = registered_domain(host)
    return domain.removeprefix("www.") if domain.startswith("www.") and domain.count(".") > 1 else domain


def _names_before(host: str, domain: str) -> set[str]:
    """The labels of a host before its registered domain, but for www."""
    return set(host.lower().rstrip(".").removesuffix(domain).split(".")) - {"", "www"}


def _with_or_without_www(host: str, domain: str) -> list[Suggestion]:
    bare = host.lower().rstrip(".")
    if not re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", bare):
        return []
    if domain.rpartition(".")[2] in RESERVED_ENDINGS:
        return []
    if bare == domain:
        return [Suggestion(f"www.{bare}", "some sites have an address with www. only", weak=True)]
    if bare == f"www.{domain}" or bare.startswith("www."):
        return [Suggestion(bare.removeprefix("www."), "some sites have an address without www. only", weak=True)]
    return []


def _reason(domain: str, known: str) -> str:
    label, ending = split_domain(known)
    return f"the same name with .{ending}" if split_domain(domain)[0] == label else f"one letter from {known}"


def _with_domain(host: str, old: str, new: str) -> str:
    bare = host.lower().rstrip(".")
    return bare.removesuffix(old) + new


# Near names ----------------------------------------------------------------------------------------------------------


def _deletions(label: str) -> set[str]:
    """A text and every text that lacks one of its letters: two texts one edit apart have one of these in common."""
    return {label, *(label[:place] + label[place + 1 :] for place in range(len(label)))}


def _digits_differ(a: str, b: str) -> bool:
    return re.sub(r"\D", "", a) != re.sub(r"\D", "", b)


# Other alphabets ------------------------------------------------------------------------------------------------------

_AS_LATIN = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04cf\u0501\u051b\u051d\u04bb\u043a\u043c\u0442\u0432\u043d"
    "\u03bf\u03b1\u03bd\u03c1\u03b9\u03ba\u03c5\u03c4",
    "aeopcyxijsldqwhkmtbhoavpikut",
)
"""Small letters of Cyrillic and Greek that look like Latin ones (Unicode TR 39, confusables)."""


def _shown(host: str) -> str:
    """The host as browsers show it: an international name in its own letters (RFC 3492)."""
    if "xn--" in host:
        with contextlib.suppress(UnicodeError):
            return host.encode("ascii").decode("idna")
    return host


def _mixes_alphabets(host: str) -> bool:
    """Whether one label holds letters of two alphabets, which no registry allows (Unicode TR 39, 5.1)."""
    for label in host.split("."):
        if (
            len({unicodedata.name(c, "?").split()[0] for c in label if c.isalpha()} & {"LATIN", "CYRILLIC", "GREEK"})
            > 1
        ):
            return True
    return False


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
                if {run[0], run[-1]} & _SMALL or len(run[0]) < 2 or len("".join(run)) > len(label) + 1:
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


def _is_named(label: str, names: Iterable[str]) -> bool:
    """Whether an entry names whom a label stands for: as a word, or by the initials of words that follow each other
    (``American Physical Society`` -> ``aps``)."""
    if len(label) < SHORTEST_BARE:
        return False
    for name in names:
        parts = re.findall(r"[a-z0-9]+", _folded(name))[:40]
        if label in parts or label in "".join(part[0] for part in parts if part not in _SMALL):
            return True
    return False


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
