"""How far two titles, names or journals say the same: typing errors, abbreviations and missing subtitles forgiven,
another number or another kind of text not.

A title is compared word by word, because the letters alone do not tell: "Part I" and "Part II" differ by one letter,
"in men" and "in women" by two, and they are different works. A word may be mistyped or cut off; a number ("2", "II",
"second") or a word that makes another text of it ("Reply to", "Erratum", "Protocol") may not be missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein, Indel, JaroWinkler

from ppreflist.model.entry import Entry
from ppreflist.model.key import ascii_fold
from ppreflist.model.name import Name

NO_COUNTS: Final[Mapping[str, int]] = MappingProxyType({})
LONG: Final = 30
"""Letters from which a title is as good as unique."""

_MARKUP: Final = re.compile(r"</?[a-z]{1,10}\s?/?>", re.IGNORECASE)
_SUBTITLE: Final = re.compile(r"\s*[:?!\u2014]\s+|\s+[-\u2013\u2014]{1,3}\s+|\.\s+")
_WORD: Final = re.compile(r"[a-z0-9]+")
_HYPHENATED: Final = re.compile(r"(?<=[a-z0-9])[-\u2010\u2011'\u2019](?=[a-z0-9])", re.IGNORECASE)

_SMALL_WORDS: Final = (
    "a an the and or of on in to for from by with at as is are its their der die das den dem des ein eine und zur zum "
    "von vom im am le la les un une des du et de en sur pour dans el los las y del il lo gli e della di da che het een "
    "van voor op o os um uma do dos das no na ett och av om"
)
_SMALL: Final = frozenset(_SMALL_WORDS.split())
_NUMBER_WORDS: Final = {
    word: str(number)
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
        "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th",
        "i ii iii iv v vi vii viii ix x xi xii",
    )
    for number, word in enumerate(words.split(), 1)
}
_UNCOUNTED: Final = _SMALL | _NUMBER_WORDS.keys() | set(_NUMBER_WORDS.values())
"""Words that do not count when titles are compared word by word; numbers are compared by themselves."""
_NUMBERED: Final = (
    "part parts volume vol book chapter no number section series type phase stage level band teil tome parte tomo"
)
_BEFORE_NUMBERS: Final = frozenset(_NUMBERED.split())
_TEXT_KINDS: Final = (
    "erratum errata correction corrections corrigendum corrigenda addendum retraction retracted withdrawn reply "
    "replies response rejoinder comment comments commentary letter discussion protocol abstract abstracts summary "
    "supplement supplementary appendix review reviewed obituary translation editorial preface foreword introduction "
    "afterword interview poster slides solutions workbook instructor"
)
_OTHER_TEXT: Final = frozenset(_TEXT_KINDS.split())
"""Words that make another text of a title when they stand in one of two."""
_IN_SUBTITLES: Final = frozenset(
    ("review", "introduction", "summary", "translation", "discussion", "comment", "commentary")
)
"""Of these, the words that many a subtitle has without meaning another text: "a review of the literature"."""
_REVERSALS: Final = (
    "hyper,hypo hyper,hyp in,de in,ex im,ex en,de ma,mi inter,intra end,ex over,under pre,post anti,pro up,down "
    "anti, un, a, in, im, fe, wo, dis, non, counter, de,"
)
_OPPOSITES: Final = frozenset(frozenset(pair.split(",")) for pair in _REVERSALS.split())
"""Beginnings that turn a word's meaning round, as they stand before the letters that two words share at the end."""
_SAY_NOTHING: Final = (
    "editorial preface foreword introduction afterword untitled review bookreview bookreviews comment commentary "
    "letter letters news abstracts abstract discussion obituary index contents tableofcontents erratum corrigendum "
    "correction reply inreply authorsreply conclusion conclusions summary notes acknowledgments acknowledgements "
    "references errata appendix bibliography inthisissue lettertotheeditor letterstotheeditor frontmatter backmatter "
    "titlepage cover vorwort einleitung inhalt"
)
GENERIC: Final = frozenset(_SAY_NOTHING.split())
"""Titles that say nothing about the work."""


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words, made ready for comparing: with their letters without spaces and the numbers among them."""

    words: tuple[str, ...] = ()
    letters: str = ""
    known: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()

    @classmethod
    def of(cls, words: Sequence[str]) -> Words:
        return cls(tuple(words), "".join(words), frozenset(words), _numbers(words))


@dataclass(frozen=True, slots=True)
class Title:
    """A title made ready for comparing: ``all`` of it, the ``main`` title, and the words of the subtitle."""

    all: Words = Words()
    main: Words = Words()
    subtitle: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return self.all.words

    @property
    def whole(self) -> str:
        return self.all.letters

    @property
    def head(self) -> str:
        return self.main.letters


def title_of(entry: Entry) -> Title:
    """The title and subtitle of an entry; empty when there is none."""
    return title_from(entry.text("title"), entry.text("subtitle"))


def title_from(text: str, subtitle: str = "") -> Title:
    """A title of text; what stands behind a colon, a dash or a full stop is its subtitle."""
    if "<" in text:
        text = _MARKUP.sub("", text)
    if not subtitle:
        parts = _SUBTITLE.split(text, maxsplit=1)
        if len(parts) == 2 and len(parts[0]) >= 8:
            text, subtitle = parts
    main = _words(text)
    rest = _words(subtitle) if subtitle else []
    head = Words.of(main)
    return Title(Words.of(main + rest) if rest else head, head, tuple(rest))


def _words(text: str) -> list[str]:
    text = _HYPHENATED.sub("", text)
    words = _WORD.findall(ascii_fold(text) if not text.isascii() else text.lower())
    # A title without any Latin, Greek or Cyrillic letter is compared as it stands.
    return words or re.findall(r"[^\W_]", text.casefold())


def similarity(one: Title, other: Title, counts: Mapping[str, int] = NO_COUNTS) -> float:
    """How far two titles are the same, from 0 to 1.

    ``counts`` are the titles of the library in which each word stands: two words that are both in use are never each
    other's typing error.
    """
    if not one.words or not other.words:
        return 0.0
    if one.whole == other.whole:
        return 1.0
    score = _compared(one.all, other.all, counts)
    if bool(one.subtitle) != bool(other.subtitle):
        short, long = (other, one) if one.subtitle else (one, other)
        if len(long.head) >= 6 and _OTHER_TEXT.isdisjoint(set(long.subtitle) - _IN_SUBTITLES):
            cut = _compared(short.all, long.main, counts)
            if cut > 0.6 and not _numbers(long.subtitle):
                score = max(score, cut - 0.12)
    return score


def _compared(one: Words, other: Words, counts: Mapping[str, int]) -> float:
    """Likeness of two lists of words, their order nearly ignored."""
    if one.numbers != other.numbers:
        return 0.0
    if one.letters == other.letters:
        return 1.0
    missing_one, missing_other = _missing(one, other), _missing(other, one)
    if not missing_one and not missing_other:
        return 0.97
    if "".join(missing_one) == "".join(missing_other):
        return 0.98  # only divided otherwise: "post polio", "postpolio"
    total = len(one.letters) + len(other.letters)
    lost = 0.0
    others: list[str] = []
    for word in missing_one:
        best = max(missing_other, key=lambda each: JaroWinkler.similarity(word, each), default="")
        cost = _misspelt(word, best, counts) if best else None
        if cost is None:
            others.append(word)
        else:
            missing_other.remove(best)
            lost += cost
    if _other_text(others) != _other_text(missing_other):
        return 0.0
    if others and missing_other:
        if _divided_otherwise(one, other):
            return max(0.0, 1 - 2 * (lost + 2) / total)
        # A word for another word: "in men", "in women".
        lost += 0.2 * total
    lost += sum(len(word) for word in others) + sum(len(word) for word in missing_other)
    return max(0.0, 1 - 2 * lost / total)


def _missing(one: Words, other: Words) -> list[str]:
    """The words of one that the other lacks; of a word that stands more often in one, the times too many."""
    missing = [word for word in one.words if word not in other.known and word not in _UNCOUNTED]
    if len(one.words) > len(one.known):
        surplus = Counter(one.words) - Counter(other.words)
        missing += [word for word in surplus.elements() if word in other.known and word not in _UNCOUNTED]
    return missing


def _divided_otherwise(one: Words, other: Words) -> bool:
    """Whether typing errors, one in a space, make two lists of words of the same title."""
    return (
        len(one.words) != len(other.words)
        and len(one.letters) >= 2 * LONG // 3
        and DamerauLevenshtein.distance(one.letters, other.letters, score_cutoff=2) <= 2
    )


def _misspelt(one: str, other: str, counts: Mapping[str, int]) -> float | None:
    """The letters lost when one word is the other's typing error or abbreviation; None when it is another word."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < 3 or short[0].isdigit() or long[0].isdigit():
        return None
    if long.startswith(short):
        plural = len(long) - len(short) <= 2
        return 0.5 if plural else 2.0 if len(short) >= 4 else None
    allowed = 1 if len(long) < 9 else 2
    distance = DamerauLevenshtein.distance(one, other, score_cutoff=allowed)
    if distance > allowed or _both_in_use(counts.get(one, 0), counts.get(other, 0)) or _opposite(short, long):
        return None
    return float(distance)


def _both_in_use(one: int, other: int) -> bool:
    """Whether two words are words, by how often they are used: errors are rare, and rarer than the word."""
    rare, common = min(one, other), max(one, other)
    return rare > 2 and rare * 30 > common


def _opposite(one: str, other: str) -> bool:
    """Whether two words differ only in a beginning that turns the meaning round: ``hypertension``, ``hypotension``."""
    end = 0
    while end < min(len(one), len(other)) and one[-1 - end] == other[-1 - end]:
        end += 1
    return end >= 3 and frozenset((one[: len(one) - end], other[: len(other) - end])) in _OPPOSITES


def _numbers(words: Sequence[str]) -> tuple[str, ...]:
    """The numbers of a title, sorted: digits, number words, Roman numbers (``i`` and ``v`` where one is expected)."""
    found: list[str] = []
    for place, word in enumerate(words):
        if word.isdigit():
            found.append(word.lstrip("0") or "0")
        elif word in _NUMBER_WORDS:
            expected = place == len(words) - 1 or words[place - 1] in _BEFORE_NUMBERS
            if len(word) > 1 or (expected and place):
                found.append(_NUMBER_WORDS[word])
        elif len(word) == 1 and place and words[place - 1] in _BEFORE_NUMBERS:
            found.append(word)  # Part A, Part B
    return tuple(sorted(found))


def _other_text(words: Iterable[str]) -> frozenset[str]:
    return _OTHER_TEXT.intersection(words)


def family_of(name: Name) -> str:
    """The family name as folded letters; of an organisation all of it."""
    return "".join(_WORD.findall(ascii_fold(name.family or name.given)))


def families_alike(one: str, other: str) -> bool:
    """Whether two folded family names are the same but for a typing error or a particle."""
    if one == other:
        return True
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) >= 4 and long.endswith(short):  # van Beethoven, Beethoven; Vik-Mo, Mo is too short
        return True
    allowed = 0 if len(short) < 6 else 1 if len(long) < 10 else 2
    return bool(allowed) and DamerauLevenshtein.distance(one, other, score_cutoff=allowed) <= allowed


def journals_alike(one: str, other: str) -> bool:
    """Whether two names of journals or books are the same or one abbreviates the other: ``Eur J Neurol``."""
    first = [word for word in _words(one) if word not in _SMALL]
    second = [word for word in _words(other) if word not in _SMALL]
    if not first or not second:
        return False
    joined_one, joined_other = "".join(first), "".join(second)
    if joined_one == joined_other or Indel.normalized_similarity(joined_one, joined_other) > 0.9:
        return True
    if len(first) == len(second) and all(_abbreviates(a, b) for a, b in zip(first, second, strict=True)):
        return True
    short, long = (joined_one, second) if len(joined_one) < len(joined_other) else (joined_other, first)
    return len(long) > 1 and short == "".join(word[0] for word in long)


def _abbreviates(one: str, other: str) -> bool:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if long.startswith(short):
        return True
    # Contractions: Natl for National, Engl for England, Dtsch for Deutsche.
    letters = iter(long)
    return short[0] == long[0] and len(short) > 2 and all(letter in letters for letter in short)
