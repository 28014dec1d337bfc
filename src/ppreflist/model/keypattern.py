"""Patterns for citation keys: ``{auth}{year}{title1}`` makes ``patwa2012evidence``.

A pattern is text with parts in braces. What stands between them is kept (``{auth}_{year}``). A part is a name, how many
of it, and modifiers behind colons, done in their order: ``{title3:capital}`` makes ``EvidenceBasedGuideline``.
Everything is folded to ASCII letters and digits; a part that the entry does not have is empty.

Parts:

==================  =================================================================================================
``auth``            the first author's family name with its particle; an organisation's first word or initials;
                    without author the editor, the organisation or publisher, else ``anon``
``authors``         all family names; ``authors2`` the first two, and ``etal`` when there are more
``lastauth``        the last author's family name
``alpha``           as BibTeX's alpha style: three letters of one name, the initials of up to four, of more three
``given``           the first author's given names
``editor``          the first editor's family name
``year``            the year, else ``nd``; ``shortyear`` its last two digits
``month``           the month in two digits
``title``           the title's words that are no articles, prepositions or conjunctions; ``title1`` the first of them,
                    ``title3`` the first three
``journal``         the words of the journal's or book's title, likewise with a number
``page``            the first page
``type``            the entry type
any other field     its words, likewise with a number: ``volume``, ``number``, ``eprint``, ``keywords1`` ...
==================  =================================================================================================

Modifiers:

=================  ==================================================================================================
``lower``          small letters, which is how every part begins
``upper``          capital letters
``capital``        each word with a capital
``abbr``           the first letter of each word
a number           that many letters: ``{auth:3}``
``-`` ``_`` ``+``  what stands between the words: ``{title3:-}``
``or(TEXT)``       the text when there is nothing: ``{volume:or(x)}``
=================  ==================================================================================================

The names are those of JabRef and Better BibTeX where these agree. A key that is taken gets a suffix: a, b, ... z, aa.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from ppreflist.model.entry import Entry
from ppreflist.model.entrytype import FIELDS
from ppreflist.model.key import (
    FORBIDDEN,
    KEY_SUFFIX,
    family_part,
    folded_words,
    free_key,
    named_by,
    title_of_key,
    title_words,
    year_part,
)

PATTERN: Final = "{auth}{year}{title1}"
"""The pattern of keys when nobody chose another."""
VARIABLE: Final = "PPREFLIST_KEY_PATTERN"
"""The environment variable that replaces it."""

_COUNTED: Final = frozenset({"authors", "title", "journal"})
_PARTS: Final = frozenset(
    {"auth", "lastauth", "alpha", "given", "editor", "year", "shortyear", "month", "page", "type", *_COUNTED}
)
_PART: Final = re.compile(r"\{([^{}]{0,80})\}")
_NAME: Final = re.compile(r"([a-z][a-z-]*?)(\d{0,2})\Z")
_OR: Final = re.compile(r"or\(([\w.+/-]{0,30})\)\Z", re.ASCII)
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_WORDS: Final = frozenset({"lower", "upper", "capital", "abbr", "-", "_", "+"})
_LONGEST: Final = 30
"""Letters of one word, and of all of a part that nobody limited four times as many."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a pattern: ``count`` of it (0: all), and the modifiers in order."""

    name: str
    count: int = 0
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was understood: ``pieces`` are text and parts in turn."""

    text: str
    pieces: tuple[str | Part, ...]

    def key(self, entry: Entry, taken: Container[str] = ()) -> str:
        """The key of an entry that is not in ``taken``, which holds case-folded keys."""
        return free_key(self.base(entry), taken)

    def base(self, entry: Entry) -> str:
        """The key of an entry, without a suffix; ``anon`` when nothing comes of the pattern."""
        made = "".join(piece if isinstance(piece, str) else _expanded(piece, entry) for piece in self.pieces)
        return made.strip("-_.:/+") or "anon"

    def fits(self, key: str, entry: Entry) -> bool:
        """Whether a key is what the pattern makes of the entry, with or without a suffix."""
        base = self.base(entry)
        return key.startswith(base) and KEY_SUFFIX.fullmatch(key, len(base)) is not None


def parse_pattern(text: str) -> Pattern:
    """Read a pattern. ValueError says what is wrong with it, as a clause, and names the nearest part."""
    pieces: list[str | Part] = []
    position = 0
    for found in _PART.finditer(text):
        pieces.append(_literal(text[position : found.start()]))
        pieces.append(_part(found[1]))
        position = found.end()
    pieces.append(_literal(text[position:]))
    kept = tuple(piece for piece in pieces if piece)
    if not any(isinstance(piece, Part) for piece in kept):
        raise ValueError("a pattern needs a part in braces, for example {auth}{year}")
    return Pattern(text, kept)


def pattern_from(environ: Mapping[str, str]) -> Pattern:
    """The pattern that the environment asks for, else the usual one. ValueError as ``parse_pattern``."""
    return parse_pattern(environ.get(VARIABLE) or PATTERN)


def _literal(text: str) -> str:
    found = FORBIDDEN.search(text)
    if found:
        what = "a brace without its partner" if found[0] in "{}" else f"{found[0]!r}, which no key may contain"
        raise ValueError(f"there is {what}")
    if not text.isascii() or not text.isprintable():
        raise ValueError(f"{text!r} is not plain ASCII")
    return text


def _part(text: str) -> Part:
    name, *modifiers = text.split(":")
    found = _NAME.match(name)
    if found is None:
        raise ValueError(f"{{{text}}} is no part of a key")
    word, count = found[1], int(found[2] or 0)
    if word not in _PARTS and word not in FIELDS:
        near = get_close_matches(word, [*_PARTS, *FIELDS], n=1, cutoff=0.5)
        meant = f"; is {{{near[0]}}} meant?" if near else ""
        raise ValueError(f"there is no part {{{name}}}{meant}")
    if count and word in _PARTS - _COUNTED:
        raise ValueError(f"{{{word}}} is one thing and cannot be counted; {{{word}:{count}}} is its first letters")
    for modifier in modifiers:
        if not (modifier in _WORDS or modifier.isdecimal() or _OR.match(modifier)):
            near = get_close_matches(modifier, _WORDS, n=1, cutoff=0.5)
            raise ValueError(f"there is no modifier {modifier!r}{f'; is {near[0]} meant?' if near else ''}")
    return Part(word, count, tuple(modifiers))


def _expanded(part: Part, entry: Entry) -> str:
    """What a part is for an entry."""
    words = _words(part, entry)
    joint = ""
    limit = 4 * _LONGEST
    default = ""
    for modifier in part.modifiers:
        match modifier:
            case "lower":
                words = [word.lower() for word in words]
            case "upper":
                words = [word.upper() for word in words]
            case "capital":
                words = [word[:1].upper() + word[1:] for word in words]
            case "abbr":
                words = [word[:1] for word in words]
            case "-" | "_" | "+":
                joint = modifier
            case _ if modifier.isdecimal():
                limit = int(modifier[:3])
            case _:
                found = _OR.match(modifier)
                default = found[1] if found is not None else ""
    return joint.join(word[:_LONGEST] for word in words if word)[:limit].strip(joint or None) or default


def _words(part: Part, entry: Entry) -> list[str]:
    """The folded words of a part."""
    count = part.count or None
    match part.name:
        case "auth":
            return [next(iter(_families(entry)), "anon")]
        case "authors":
            families = _families(entry)
            more = count is not None and (len(families) > count or entry.people("author").others)
            return [*families[:count], "etal"] if more else families or ["anon"]
        case "lastauth":
            return _families(entry)[-1:] or ["anon"]
        case "alpha":
            return [_alpha(_families(entry))]
        case "given":
            names = named_by(entry)
            return folded_words(next(iter(names)).given) if names else []
        case "editor":
            return [family for name in entry.people("editor") if (family := family_part(name))][:1]
        case "year":
            return [year_part(entry.first("date", "year"))]
        case "shortyear":
            return [year_part(entry.first("date", "year"))[-2:]]
        case "month":
            return [_month(entry)]
        case "title":
            return title_words(title_of_key(entry))[:count]
        case "journal":
            return title_words(entry.first("journaltitle", "journal", "booktitle", "shortjournal"))[:count]
        case "page":
            return folded_words(entry.first("pages", "eid"))[:1]
        case "type":
            return folded_words(entry.type)
        case name:
            return folded_words(entry.text(name))[:count]


def _families(entry: Entry) -> list[str]:
    return [family for name in named_by(entry) if (family := family_part(name))]


def _alpha(families: list[str]) -> str:
    if len(families) == 1:
        return families[0][:3]
    return "".join(family[0] for family in families[: 4 if len(families) <= 4 else 3])


def _month(entry: Entry) -> str:
    dated = re.match(r"[^-/]{0,7}\d{4}-(\d\d)", entry.text("date"))
    if dated:
        return dated[1]
    text = entry.text("month").strip().lower()
    if text.isdecimal() and len(text) <= 2:
        return text.zfill(2)
    return f"{_MONTHS.index(text[:3]) + 1:02}" if text[:3] in _MONTHS else ""
