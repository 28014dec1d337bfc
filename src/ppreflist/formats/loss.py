"""What another format cannot hold: found by reading again what was written, so that nothing is claimed unproved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from ppreflist.bibtex.latex import TAG_GUARD
from ppreflist.formats.cslclean import clean_text
from ppreflist.formats.cslentry import FIELD_OF
from ppreflist.formats.imported import Reading
from ppreflist.formats.loosedate import loose_date
from ppreflist.formats.plain import plain
from ppreflist.model.entry import Entry
from ppreflist.model.entrytype import canonical_field

SAID: Final = frozenset(
    """
    abstract accessed addendum afterword annotation author bookauthor booksubtitle booktitle booktitleaddon chapter
    crossref date day doi edition editor editora editoratype editorb editorbtype editorc editorctype editortype eid
    endyear entrysubtype eprint eprinttype eventdate eventtitle foreword holder howpublished institution introduction
    isbn issn issue issuesubtitle issuetitle issuetitleaddon journalsubtitle journaltitle keywords langid language
    lastaccessed lastchecked library location mainsubtitle maintitle maintitleaddon month note number organization
    origdate origlocation origpublisher origtitle origyear pages pagetotal part pmcid pmid publisher pubstate series
    shortjournal shortseries shorttitle subtitle title titleaddon translator type url urlaccessdate urldate urlday
    urlmonth urlyear venue version volume volumes xdata year
    """.split()  # noqa: SIM905 - a hundred quoted words would not be read
)
"""The fields that ``csljson.item`` says in some variable (a test compares); others are in BibTeX alone."""
_DASHES: Final = re.compile(r"\s*[-\u2010-\u2015]+\s*")
_LETTERS: Final = re.compile(r"[\s.]+")
_UNWRITTEN: Final = frozenset({"id", "citation-key"})
MARKUP: Final = "markup (italics, protected capitals)"
KEY: Final = "the citation key"
WHOLE: Final = "entries without a title"


def unsaid(entries: Iterable[Entry]) -> Counter[str]:
    """The fields that no variable of CSL stands for, with the number of entries that have them."""
    counts: Counter[str] = Counter()
    for entry in entries:
        counts.update({name for name in entry.fields if canonical_field(name) not in SAID and entry.text(name).strip()})
    return counts


def lost(
    items: Iterable[Mapping[str, Any]],
    write: Callable[[list[Mapping[str, Any]]], str],
    read: Callable[[str], Reading],
) -> Counter[str]:
    """What is not there, or not the same, once items are written in a format and read again: fields and counts."""
    counts: Counter[str] = Counter()
    for item in items:
        records = read(write([item])).records
        if not records:
            counts[WHOLE] += 1
            continue
        counts.update(set(_differences(item, records[0].item)))
        if records[0].key != item.get("id"):
            counts[KEY] += 1
    return counts


def _differences(item: Mapping[str, Any], again: Mapping[str, Any]) -> Iterator[str]:
    for variable, value in item.items():
        if variable in _UNWRITTEN:
            continue
        other = again.get(variable)
        if value != other and _comparable(variable, value) != _comparable(variable, other):
            same_words = isinstance(value, str) and isinstance(other, str) and plain(value) == plain(other)
            yield MARKUP if same_words else FIELD_OF.get(variable, variable)


def _comparable(variable: str, value: Any) -> Any:
    """A value without what means the same either way."""
    if isinstance(value, list):
        return [_person(each) for each in value]
    if isinstance(value, Mapping):
        return _when(value)
    if not isinstance(value, str):
        return value
    text = clean_text(value.replace(TAG_GUARD, ""))
    if variable == "page":
        return _DASHES.sub("-", text)
    if variable == "keyword":
        return sorted(word.strip() for word in text.split(","))
    return text.partition("-")[0] if variable == "language" else text


def _person(name: Mapping[str, str]) -> tuple[str, str, str]:
    family = name.get("literal") or " ".join(
        name[part] for part in ("dropping-particle", "non-dropping-particle", "family") if name.get(part)
    )
    return clean_text(family), _LETTERS.sub("", name.get("given", "")), _LETTERS.sub("", name.get("suffix", ""))


def _when(date: Mapping[str, Any]) -> Any:
    if date.get("date-parts"):
        parts = [[int(part) for part in each] for each in date["date-parts"]]
        return parts, date.get("season", 0), bool(date.get("circa"))
    text = str(date.get("raw") or date.get("literal") or "")
    found = loose_date(text)
    return str(found) if found is not None else text
