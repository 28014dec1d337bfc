"""Several entries about one work made one: what the kept entry gains, field by field, and the edits that do it. Pure.

The kept entry takes the fields that it lacks. Where two values differ, ``Prefer`` decides; lists of words (keywords,
files, groups) are united. The keys of the others become its ``ids``, which biblatex takes as further keys of an entry
(BibLaTeX manual, field ``ids``), so that documents which cite them still work; references to them from other entries of
the library follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ppreflist.bibtex.names import split_names
from ppreflist.lint.duplicates import identifiers
from ppreflist.lint.groups import Pair
from ppreflist.lint.likeness import Work
from ppreflist.lint.titles import families_alike, family_of, journals_alike
from ppreflist.model.edit import Edit, RemoveEntry, RemoveField, SetField, SetType
from ppreflist.model.entry import Entry
from ppreflist.model.entrytype import canonical_field, canonical_type, spellings
from ppreflist.model.key import ascii_fold
from ppreflist.model.library import Library
from ppreflist.model.name import NAME_FIELDS, NameList
from ppreflist.model.pages import parse_pages
from ppreflist.model.references import DISTINCT, KEY_FIELDS, aliases, renamed, without_repeats

_SINGLE: Final = ("crossref", "xref")
_LISTS: Final = tuple(name for name in KEY_FIELDS if name not in _SINGLE)
_UNITED: Final = {"keywords": ", ", "groups": ", ", "file": ";", "x-nolint": ", "}
_ADDED_AT: Final = ("timestamp", "dateadded", "date-added", "creationdate", "date-modified", "modificationdate")
_DATE: Final = frozenset({"date", "year", "month", "day"})
_VAGUE: Final = frozenset({"misc", "online", "unpublished"})
_NOT_WORD: Final = re.compile(r"[\W_]+")


class Keep(StrEnum):
    """Which entry of a group stays."""

    COMPLETE = "most-complete"
    FIRST = "first"
    NEWEST = "newest"


class Prefer(StrEnum):
    """Which of two values that differ stays."""

    FULLER = "fuller"
    KEPT = "kept"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Choice:
    """What becomes of one field: its name as it will be written, what each entry gives (LaTeX, by key), its new value.

    ``changed``: the kept entry's value becomes another. ``lost`` is true when a value that says something else is not
    kept.
    """

    name: str
    given: Mapping[str, str]
    value: str
    changed: bool
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge makes: ``kept`` stays, with what ``edits`` make of it, ``others`` go and their keys become its ids.

    ``edits`` of this module carries out any number of merges.
    """

    kept: Entry
    others: tuple[Entry, ...]
    type: str
    choices: tuple[Choice, ...]
    edits: tuple[Edit, ...]

    @property
    def lost(self) -> tuple[Choice, ...]:
        """The fields of which a value that says something else is not kept."""
        return tuple(choice for choice in self.choices if choice.lost)


def kept_of(entries: Sequence[Entry], keep: Keep = Keep.COMPLETE) -> Entry:
    """The entry of a group that stays; of equals the first in the file.

    The newest is the one that a program noted as added or changed last (``timestamp``, ``dateadded`` ...), else the
    last in the file.
    """
    match keep:
        case Keep.FIRST:
            return entries[0]
        case Keep.NEWEST:
            return max(enumerate(entries), key=lambda each: (each[1].first(*_ADDED_AT), each[0]))[1]
        case Keep.COMPLETE:
            return max(entries, key=_completeness)


def merged(
    entries: Sequence[Entry],
    kept: Entry,
    prefer: Prefer = Prefer.FULLER,
    chosen: Mapping[str, str] | None = None,
) -> Merge:
    """How the ``entries`` become one, which is ``kept``. ``chosen`` maps fields to values that a person decided on."""
    chosen = chosen or {}
    others = [entry for entry in entries if entry is not kept]
    choices = [_chosen(name, kept, others, prefer, chosen) for name in _names(kept, others)]
    choices += _dates(kept, others, prefer, chosen)
    kind = (
        next((each.type for each in others if each.type not in _VAGUE), kept.type) if kept.type in _VAGUE else kept.type
    )
    edits: list[Edit] = [SetType(kept.key, kind)] if kind != kept.type else []
    for choice in choices:
        if choice.changed and choice.value:
            edits.append(SetField(kept.key, choice.name, choice.value))
        elif choice.changed:
            edits.append(RemoveField(kept.key, choice.name))
    ids = dict.fromkeys([*aliases(kept), *(key for each in others for key in (each.key, *aliases(each)))])
    edits.append(SetField(kept.key, "ids", ", ".join(key for key in ids if key != kept.key)))
    return Merge(kept, tuple(others), kind, tuple(choices), tuple(edits))


def _names(kept: Entry, others: Sequence[Entry]) -> list[str]:
    """The fields of all, each under the name that the first entry with it gives it; dates and keys are apart."""
    names: dict[str, str] = {}
    for entry in (kept, *others):
        for name in entry.fields:
            names.setdefault(canonical_field(name), name)
    return [name for canonical, name in names.items() if canonical not in _DATE and name not in ("ids", *_LISTS)]


def _value(entry: Entry, name: str) -> str:
    """The LaTeX value of a field under any of its names."""
    return next((entry.latex(each) for each in spellings(canonical_field(name)) if entry.latex(each).strip()), "")


def _chosen(name: str, kept: Entry, others: Sequence[Entry], prefer: Prefer, chosen: Mapping[str, str]) -> Choice:
    given = {entry.key: value for entry in (kept, *others) if (value := _value(entry, name))}
    own = given.get(kept.key, "")
    if name in chosen:
        value = chosen[name]
    elif name in _UNITED:
        value = _united(list(given.values()), _UNITED[name])
    else:
        value = own
        for entry in others:
            theirs = given.get(entry.key, "")
            if theirs and (not value or _better(name, value, theirs, prefer)):
                value = theirs
    lost = name not in _UNITED and any(not _contained(name, each, value) for each in given.values())
    return Choice(name, given, value, value != own, lost)


def _dates(kept: Entry, others: Sequence[Entry], prefer: Prefer, chosen: Mapping[str, str]) -> list[Choice]:
    """The choices about ``date``, or ``year`` and ``month``: a date is taken as a whole, from one entry."""
    dated = [entry for entry in (kept, *others) if any(entry.latex(name).strip() for name in _DATE)]
    if not dated:
        return []
    source = dated[0]
    for entry in dated[1:]:
        fuller = _precision(entry) > _precision(source) and _year(entry) == _year(source)
        if (prefer is Prefer.OTHER and source is kept) or (prefer is Prefer.FULLER and fuller):
            source = entry
    choices = []
    for name in ("date", "year", "month", "day"):
        given = {entry.key: entry.latex(name) for entry in dated if entry.latex(name).strip()}
        value = chosen.get(name, source.latex(name))
        if given:
            years = {_year(entry) for entry in dated} if name in ("date", "year") else set()
            choices.append(Choice(name, given, value, value != kept.latex(name), len(years) > 1))
    return choices


def _precision(entry: Entry) -> int:
    return len(re.findall(r"\d+", entry.text("date"))) or sum(bool(entry.text(name)) for name in _DATE)


def _year(entry: Entry) -> str:
    found = re.search(r"-?\d{4}", entry.first("date", "year"))
    return found[0] if found else ""


def _better(name: str, own: str, theirs: str, prefer: Prefer) -> bool:
    """Whether the other value replaces the kept entry's."""
    if prefer is Prefer.FULLER:
        return _contained(name, own, theirs) and not _contained(name, theirs, own)
    return prefer is Prefer.OTHER


def _contained(name: str, less: str, more: str) -> bool:
    """Whether a value says nothing that the other does not say."""
    if less == more:
        return True
    if name in NAME_FIELDS:
        return _names_contained(split_names(less), split_names(more))
    if canonical_field(name) in ("journaltitle", "booktitle", "shortjournal"):
        return journals_alike(less, more) and len(less) <= len(more)
    if name == "pages":
        one, other = parse_pages(less), parse_pages(more)
        if len(one) == len(other) == 1:
            first, second = one[0].expanded, other[0].expanded
            return first.first == second.first and first.last in ("", second.last)
    if name in ("doi", "eprint", "url", "pmid", "pmcid", "isbn", "issn"):
        return _bare(less) == _bare(more)
    short, long = _bare(less), _bare(more)
    return short == long if name != "title" else long.startswith(short)


def _names_contained(less: NameList, more: NameList) -> bool:
    if len(less) > len(more) or (len(less) < len(more) and not less.others):
        return False
    for one, other in zip(less, more, strict=False):
        if not families_alike(family_of(one), family_of(other)):
            return False
        short, long = _bare(one.given), _bare(other.given)
        initials = "".join(word[0] for word in re.findall(r"\w+", ascii_fold(other.given)))
        if not (long.startswith(short) or short == initials):
            return False
    return True


def _bare(text: str) -> str:
    return _NOT_WORD.sub("", ascii_fold(re.sub(r"\\[a-zA-Z]+|[{}\\]", "", text)))


def _united(values: Sequence[str], separator: str) -> str:
    mark = separator.strip()
    if mark == "," and values and ";" in values[0] and "," not in values[0]:
        mark, separator = ";", "; "
    parts: dict[str, str] = {}
    for value in values:
        for part in value.split(mark):
            parts.setdefault(part.strip().casefold(), part.strip())
    parts.pop("", None)
    return values[0] if len(values) == 1 else separator.join(parts.values())


def edits_of(library: Library, merges: Sequence[Merge]) -> list[Edit]:
    """The edits that carry out merges of one library: of the kept entries, and of every reference to those that go."""
    to = {entry.key: merge.kept.key for merge in merges for entry in merge.others}
    by_kept = {merge.kept.key: merge for merge in merges}
    edits = [edit for merge in merges for edit in merge.edits]
    for entry in library:
        if entry.key not in to:
            edits += _references(entry, by_kept.get(entry.key), to)
    edits += [RemoveEntry(key) for key in to]
    return edits


def _references(entry: Entry, merge: Merge | None, to: Mapping[str, str]) -> Iterator[Edit]:
    """The edits of the fields in which an entry names others. A merged entry has the lists of all its sources."""
    changed = {choice.name: choice.value for choice in merge.choices} if merge is not None else {}
    sources = (entry, *merge.others) if merge is not None else (entry,)
    for name in KEY_FIELDS:
        if not any(name in source.fields for source in sources):
            continue
        if name in _SINGLE:
            before = changed.get(name, entry.latex(name))
            after = renamed(before, to)
            after = "" if after.strip() == entry.key else after
        else:
            before = entry.latex(name)
            every = ", ".join(source.latex(name) for source in sources if source.latex(name))
            after = renamed(every, to)
            if after != before:
                after = without_repeats(after, entry.key)
        if after != before:
            yield SetField(entry.key, name, after) if after else RemoveField(entry.key, name)


def link(pair: Pair) -> tuple[Edit, ...]:
    """The edits that link a preprint and its published version.

    The published entry gets ``related`` with the preprint's key and the ``relatedstring`` 'Preprint', which biblatex
    prints before it (BibLaTeX manual, 'Related Entries'; it has no ``relatedtype`` for preprints).
    """
    preprint, published = (pair.one, pair.other) if Work(pair.one).preprint else (pair.other, pair.one)
    before = published.latex("related")
    edits: list[Edit] = [
        SetField(published.key, "related", without_repeats(f"{before}, {preprint.key}") if before else preprint.key)
    ]
    if not before and not published.latex("relatedstring") and not published.latex("relatedtype"):
        edits.append(SetField(published.key, "relatedstring", "Preprint"))
    return tuple(edits)


def distinct(entries: Sequence[Entry], reason: str = "") -> tuple[Edit, ...]:
    """The edits that remember that these entries are different works: each but the first names those before it."""
    edits: list[Edit] = []
    for place, entry in enumerate(entries[1:], 1):
        before = entry.latex(DISTINCT)
        added = ", ".join(f"{each.key} ({reason})" if reason else each.key for each in entries[:place])
        edits.append(SetField(entry.key, DISTINCT, without_repeats(f"{before}, {added}") if before else added))
    return tuple(edits)


def _completeness(entry: Entry) -> float:
    """How much an entry says: its fields, its identifiers thrice, names and titles by their length a little."""
    said = sum(1 for each in entry.fields.values() if each.latex.strip())
    length = sum(len(entry.text(name)) for name in ("author", "title", "journal", "journaltitle", "booktitle"))
    specific = 0 if canonical_type(entry.type) in _VAGUE else 2
    return said + 2 * len(identifiers(entry)) + length / 100 + specific
