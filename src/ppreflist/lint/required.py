"""Fields that an entry needs so that a reader can find the work (BibLaTeX manual, 2.1.1 and 2.3.2)."""

from __future__ import annotations

from collections.abc import Iterator

from ppreflist.lint.check import Check, Context, Finding, at_entry
from ppreflist.model.entry import Entry
from ppreflist.model.entrytype import (
    DATE,
    IMPLIED_TYPE,
    PEOPLE,
    EntryType,
    canonical_type,
    entry_type,
    spellings,
)
from ppreflist.model.problem import Severity

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
_INSTEAD: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {
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
_UNDATED = ("pubstate", "label", "urldate", "origdate", "eventdate", "origyear")
_ANY_TYPE_INSTEAD = {
    ("title",): ("maintitle", "booktitle", "label", "shorthand", "titleaddon"),
    DATE: _UNDATED,
}


def missing(context: Context) -> Iterator[Finding]:
    for entry, group in _missing_groups(context):
        kind = entry_type(entry.type)
        if kind is not None and group not in kind.omissible and group != ("type",):
            yield _finding(entry, group)


def missing_people(context: Context) -> Iterator[Finding]:
    for entry, group in _missing_groups(context):
        if group == ("author",) or group == PEOPLE:
            message = "nobody is named as author: if the work is anonymous or by an organisation, say so in braces"
            yield at_entry(entry, message, "author")


def _missing_groups(context: Context) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    parents = _parents(context)
    known = context.library
    for entry in context.resolved:
        kind = entry_type(entry.type)
        # The parent of crossref and xdata may hold what its children share and nothing else.
        if kind is None or not entry.fields or entry.key in parents:
            continue
        # What is missing may stand in a parent that is not in this file: another check names the parent.
        if any(key not in known for key in _targets(entry)):
            continue
        for group in kind.required:
            if not _has(entry, kind, group):
                yield entry, group


def _has(entry: Entry, kind: EntryType, group: tuple[str, ...]) -> bool:
    names = [spelling for name in group for spelling in spellings(name)]
    if group[0] == "author":
        names += [
            "editor",
            "translator",
            "holder",
            "director",
            "organization",
            "institution",
            "key",
            "label",
            "shortauthor",
        ]
    if group == ("type",) and entry.type in IMPLIED_TYPE:
        return True
    names += _INSTEAD.get((kind.name, group), ())
    names += _ANY_TYPE_INSTEAD.get(group, ())
    return any(entry.latex(name).strip() for name in names)


def _parents(context: Context) -> set[str]:
    return {key for entry in context.library for key in _targets(entry)}


def _targets(entry: Entry) -> list[str]:
    fields = [entry.fields[name] for name in ("crossref", "xdata") if name in entry.fields]
    return [key.strip() for field in fields for key in field.text.split(",") if key.strip()]


def _finding(entry: Entry, group: tuple[str, ...]) -> Finding:
    what = _wanted(group)
    kind = canonical_type(entry.type)
    named = f"@{entry.type}" if kind == entry.type else f"@{entry.type} (a {kind})"
    return at_entry(entry, f"{named} needs {what}", group[0])


def _wanted(group: tuple[str, ...]) -> str:
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
