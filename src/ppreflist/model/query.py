"""The query language of ``list``, ``search``, ``export`` and ``check-links``.

A query is words, all of which must be found (case and accents do not matter)::

    ivig guideline            both words, anywhere in the entry
    author:borg               in one field; 'author' also looks at editors, 'title' at booktitle and subtitle
    year:2006  year:2006..2010  year:..2007
    type:article  tag:ivig  key:patwa2012evidence
    "post-polio health"       a phrase;  -word, -author:borg  must not be found
    has:doi                   the field is there;  -has:url  is missing
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ppreflist.errors import QueryError
from ppreflist.model.entry import Entry

Predicate = Callable[[Entry], bool]

_TERM = re.compile(r'(?P<not>-?)(?:(?P<name>[A-Za-z][\w-]*):)?(?:"(?P<quoted>[^"]*)"|(?P<word>[^\s"]+))')
_RANGE = re.compile(r"(?P<first>-?\d*)\.\.(?P<last>-?\d*)\Z")
_YEAR = re.compile(r"-?\d{1,4}")

# Combining marks of the scripts that write accents and vowel points with them; one pass of a pattern is ten times
# faster than asking for the combining class of every character.
_ACCENT = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]+"
)

_ALIASES = {
    "author": ("author", "editor", "translator"),
    "title": ("title", "subtitle", "booktitle", "maintitle", "shorttitle"),
    "journal": ("journal", "journaltitle", "shortjournal"),
    "publisher": ("publisher", "institution", "organization", "school"),
    "tag": ("keywords",),
    "tags": ("keywords",),
    "keyword": ("keywords",),
}

NAMES = frozenset({"key", "type", "year", "date", "has", *_ALIASES})
"""What can stand before a colon besides the name of a field."""


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; call ``matches`` with an entry. An empty query matches everything."""

    text: str
    _predicates: tuple[Predicate, ...]

    def matches(self, entry: Entry) -> bool:
        return all(predicate(entry) for predicate in self._predicates)

    def select(self, entries: Iterable[Entry]) -> list[Entry]:
        return [entry for entry in entries if self.matches(entry)]


def parse_query(text: str) -> Query:
    """Parse a query; QueryError says what could not be understood."""
    predicates: list[Predicate] = []
    position = 0
    for match in _TERM.finditer(text):
        if text[position : match.start()].strip():
            break
        position = match.end()
        value = match["quoted"] if match["quoted"] is not None else match["word"]
        predicate = _predicate((match["name"] or "").lower(), value)
        predicates.append(_negated(predicate) if match["not"] else predicate)
    if text[position:].strip():
        raise QueryError(
            f"cannot understand the query at {text[position:].strip()!r}",
            hint='Write words, field:word or "a phrase"; every opening quote needs a closing one.',
        )
    return Query(text, tuple(predicates))


def named_terms(text: str) -> list[tuple[str, str]]:
    """The terms of a query as (lower-cased name before the colon or "", value): for saying why nothing was found."""
    return [
        ((match["name"] or "").lower(), match["word"] if match["quoted"] is None else match["quoted"])
        for match in _TERM.finditer(text)
    ]


def fold(text: str) -> str:
    """Text with case, accents and runs of white space out of the way, for comparing."""
    return " ".join(_bare(text).casefold().split())


def entry_year(entry: Entry) -> int | None:
    """The year of an entry's date, or None: the first number in ``date``, else in ``year``."""
    match = _YEAR.search(entry.first("date", "year"))
    return int(match[0]) if match else None


def tags(entry: Entry) -> list[str]:
    """The entry's ``keywords``, split at commas and semicolons."""
    return [tag.strip() for tag in re.split(r"[,;]", entry.text("keywords")) if tag.strip()]


def _negated(predicate: Predicate) -> Predicate:
    return lambda entry: not predicate(entry)


def _predicate(name: str, value: str) -> Predicate:
    needle = fold(value)
    match name:
        case "":
            return lambda entry: needle in _haystack(entry)
        case "key":
            return lambda entry: needle in entry.key.casefold()
        case "type":
            return lambda entry: entry.type == needle
        case "year" | "date":
            return _year_predicate(value)
        case "has":
            return lambda entry: bool(entry.text(needle).strip())
        case "tag" | "tags" | "keyword":
            return lambda entry: any(fold(tag) == needle for tag in tags(entry))
        case _:
            names = _ALIASES.get(name, (name,))
            return lambda entry: any(needle in fold(entry.text(each)) for each in names)


def _year_predicate(value: str) -> Predicate:
    bounds = _RANGE.match(value)
    if bounds is None and not re.fullmatch(r"-?\d+", value):
        raise QueryError(
            f"{value!r} is not a year", hint="Write year:2006, year:2006..2010, year:2006.. or year:..2010."
        )
    first = _bound(bounds["first"] if bounds else value)
    last = _bound(bounds["last"] if bounds else value)
    if first is not None and last is not None and first > last:
        raise QueryError(f"the years of {value!r} go backwards", hint=f"Write year:{last}..{first}.")
    if first is not None and last is not None and first > last:
        raise QueryError(f"the years {value!r} go backwards", hint=f"Write year:{last}..{first}.")

    def within(entry: Entry) -> bool:
        year = entry_year(entry)
        return year is not None and (first is None or year >= first) and (last is None or year <= last)

    return within


def _bound(digits: str) -> int | None:
    return int(digits[:6]) if digits.strip("-") else None


def _haystack(entry: Entry) -> str:
    # White space is collapsed already where entries are read, and this runs over every entry of a library.
    return _bare("\n".join([entry.key, entry.type, *entry.texts()])).casefold()


def _bare(text: str) -> str:
    """Text without accents; compatibility characters (ligatures, no-break spaces) as their plain ones."""
    return text if text.isascii() else _ACCENT.sub("", unicodedata.normalize("NFKD", text))
