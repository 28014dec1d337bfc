"""Fields that an entry needs so that a reader can find the work (BibLaTeX manual, 2.1.1 and 2.3.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ppreflist.lint.check import Check, Context, Finding, at_entry
from ppreflist.model.entry import Entry
from ppreflist.model.entrytype import (
    DATE,
    EntryType,
    canonical_type,
    entry_type,
    spellings,
)
from ppreflist.model.problem import Severity

Group = tuple[str, ...]
"""Fields of which one is needed."""

_WORDS = {
    "author": "an author",
    "editor": "an editor",
    "journaltitle": "the journal (journaltitle, or journal)",
    "booktitle": "the title of the book or proceedings (booktitle)",
    "title": "a title",
    "institution": "the institution (institution, or school)",
    "type": "what kind of work it is (type)",
    "number": "its number",
    "entryset": "the keys of its members (entryset)",
}

# Fields that hold the work's place or name where a classic BibTeX file has them instead (btxdoc, 3.1 and 3.2).
_INSTEAD: dict[tuple[str, Group], tuple[str, ...]] = {
    ("inbook", ("booktitle",)): ("chapter", "pages", "maintitle"),
    ("inproceedings", ("booktitle",)): ("journal", "journaltitle", "series", "eventtitle"),
    ("incollection", ("booktitle",)): ("series", "maintitle"),
    ("article", ("title",)): ("issuetitle",),
    ("article", ("journaltitle",)): ("eprint", "issn", "shortjournal", "publisher"),
    ("suppperiodical", ("title",)): ("entrysubtype", "type"),
    ("proceedings", ("title",)): ("booktitle", "eventtitle"),
    ("misc", ("title",)): ("howpublished", "note", "url", "doi", "eprint", "label", "key"),
    ("software", ("title",)): ("howpublished", "note", "url"),
    ("online", ("title",)): ("label", "organization", "note"),
    ("online", ("doi", "eprint", "url")): ("howpublished", "note"),
    ("report", ("institution",)): ("publisher", "organization", "series"),
    ("thesis", ("institution",)): ("publisher", "organization", "university"),
    ("patent", ("number",)): ("note", "howpublished"),
}
_PEOPLE_INSTEAD = (
    "editor", "translator", "holder", "director", "organization", "institution", "key", "label", "shortauthor",
)  # fmt: skip
_UNDATED = ("pubstate", "label", "urldate", "origdate", "eventdate", "origyear")
_ANY_TYPE_INSTEAD = {
    ("title",): ("maintitle", "booktitle", "label", "shorthand", "titleaddon"),
    DATE: _UNDATED,
}


def missing(context: Context) -> Iterator[Finding]:
    for entry, group in _missing(context, _needed):
        yield _finding(entry, group)


def missing_people(context: Context) -> Iterator[Finding]:
    for entry, _ in _missing(context, _by_somebody):
        message = "nobody is named as author: if the work is anonymous or by an organisation, say so in braces"
        yield at_entry(entry, message, "author")


def _needed(kind: EntryType) -> list[Group]:
    """The groups of fields that a sound entry of this type has. What kind of thesis it is, few styles ask."""
    return [group for group in kind.required if group not in kind.omissible and group != ("type",)]


def _by_somebody(kind: EntryType) -> list[Group]:
    return [group for group in kind.required if group[0] == "author" and group in kind.omissible]


def _missing(context: Context, wanted: Callable[[EntryType], list[Group]]) -> Iterator[tuple[Entry, Group]]:
    """The entries that have no field of a wanted group, with the group."""
    parents = {key for entry in context.library for key in _targets(entry)}
    known = context.library
    by_type: dict[str, list[tuple[Group, frozenset[str]]]] = {}
    for entry in context.resolved:
        groups = by_type.get(entry.type)
        if groups is None:
            kind = entry_type(entry.type)
            groups = [] if kind is None else [(group, _names(kind, group)) for group in wanted(kind)]
            by_type[entry.type] = groups
        for group, names in groups:
            if any(field.name in names and field.latex.strip() for field in entry.fields.values()):
                continue
            # A parent of crossref or xdata may hold what its children share and nothing else. And what is missing may
            # stand in a parent that is not in this file: another check names the parent.
            if entry.fields and entry.key not in parents and all(key in known for key in _targets(entry)):
                yield entry, group


def _names(kind: EntryType, group: Group) -> frozenset[str]:
    """The fields that fill a group in entries of this type."""
    names = {spelling for name in group for spelling in spellings(name)}
    if group[0] == "author":
        names.update(_PEOPLE_INSTEAD)
    names.update(_INSTEAD.get((kind.name, group), ()), _ANY_TYPE_INSTEAD.get(group, ()))
    return frozenset(names)


def _targets(entry: Entry) -> list[str]:
    fields = [entry.fields[name] for name in ("crossref", "xdata") if name in entry.fields]
    return [key.strip() for field in fields for key in field.text.split(",") if key.strip()]


def _finding(entry: Entry, group: Group) -> Finding:
    what = _wanted(group)
    kind = canonical_type(entry.type)
    named = f"@{entry.type}" if kind == entry.type else f"@{entry.type} (a {kind})"
    return at_entry(entry, f"{named} needs {what}", group[0])


def _wanted(group: Group) -> str:
    if group == DATE:
        return "a date (date or year)"
    if group == ("doi", "eprint", "url"):
        return "an address: url, doi or eprint"
    return " or ".join(_WORDS.get(name, name) for name in group)


CHECKS = (
    Check(
        "missing-field",
        "A field that this type of entry needs.",
        Severity.WARNING,
        why=(
            "The required fields of the BibLaTeX manual (section 2.1.1), taken with sense: date or year, journal "
            "or journaltitle; what crossref and xdata parents hold counts; an author is a remark of its own; "
            "undated web pages, manuals and manuscripts are sound; a chapter or pages stand for the booktitle of "
            "an @inbook as in BibTeX."
        ),
        before="@article{borg2006, title = {...}, year = {2006}}",
        after="@article{borg2006, title = {...}, journal = {...}, year = {2006}}",
        run=missing,
    ),
    Check(
        "missing-author",
        "Nobody is named as author or editor.",
        Severity.INFO,
        why=(
            "Anonymous works are sound (BibLaTeX manual, 2.3.2), but they are sorted and cited by title. An "
            "organisation can be the author, in braces."
        ),
        before="title = {More about IVIg}",
        after="author = {{Post-Polio Health International}}, title = {More about IVIg}",
        run=missing_people,
    ),
)
