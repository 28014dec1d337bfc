"""What an entry inherits from its ``crossref`` and ``xdata`` parents.

Source: the BibLaTeX manual, 'Cross-referencing in BibTeX/biber' and appendix B, 'Default Inheritance Setup'. Two
things differ, both to read files that were written for BibTeX: every kind of book gives its title to every kind of part
as ``booktitle`` (the manual leaves out ``@incollection`` in ``@book``), and an alias (``journal``, ``school``) counts
as the field that it stands for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ppreflist.model.entry import Entry, Field
from ppreflist.model.entrytype import canonical_field, canonical_type
from ppreflist.model.library import Library
from ppreflist.model.name import NameList

DEEPEST: Final = 32
"""Generations after which a chain of parents is not followed further."""

_NEVER: Final = frozenset(
    {
        "ids", "crossref", "xref", "xdata", "entryset", "entrysubtype", "execute", "label", "options", "presort",
        "related", "relatedoptions", "relatedstring", "relatedtype", "shorthand", "shorthandintro", "sortkey", "key",
    }
)  # fmt: skip
"""Fields that belong to their own entry."""
_TITLE_FAMILY: Final = frozenset({"shorttitle", "sorttitle", "indextitle", "indexsorttitle"})
"""Forms of a title; where the parent's title becomes another field, these would be wrong."""

_BOOKS: Final = frozenset({"book", "collection", "reference", "proceedings"})
_MULTIVOLUME: Final = frozenset({"mvbook", "mvcollection", "mvreference", "mvproceedings"})
_PARTS: Final = frozenset(
    {
        "inbook", "bookinbook", "suppbook", "incollection", "inreference", "suppcollection", "inproceedings",
    }
)  # fmt: skip
_ARTICLES: Final = frozenset({"article", "suppperiodical", "review"})

_DATES: Final = {
    name: prefix
    for prefix in ("", "orig", "event", "url")
    for name in (f"{prefix}date", f"{prefix}year", f"{prefix}month", f"{prefix}day", f"{prefix}endyear")
}
"""Fields that together say one date."""


def resolved(library: Library, entry: Entry) -> Entry:
    """The entry with the fields that it inherits; ``Field.origin`` names the entry that each of these stands in.

    A parent that is missing, or that is reached twice, is passed over; the checks report it.
    """
    if not entry.text("crossref") and not entry.text("xdata"):
        return entry
    chain = [entry]
    while len(chain) < DEEPEST:
        parent = library.get(chain[-1].text("crossref").strip())
        if parent is None or any(each is parent for each in chain):
            break
        chain.append(parent)
    whole = _with_data(library, chain.pop())
    while chain:
        whole = _inherit(_with_data(library, chain.pop()), whole, renamed=True)
    return whole


def parents(library: Library, *entries: Entry) -> tuple[Entry, ...]:
    """Every entry that these refer to by crossref, xref, xdata or entryset, however far, without themselves."""
    found: dict[str, Entry] = {entry.key: entry for entry in entries}
    waiting = list(entries)
    while waiting:
        current = waiting.pop()
        for name in ("crossref", "xref", "xdata", "entryset"):
            for key in _keys(current, name):
                parent = library.get(key)
                if parent is not None and key not in found:
                    found[key] = parent
                    waiting.append(parent)
    return tuple(found.values())[len({entry.key for entry in entries}) :]


def _keys(entry: Entry, name: str) -> list[str]:
    return [key.strip() for key in entry.text(name).split(",") if key.strip()]


def _with_data(library: Library, entry: Entry) -> Entry:
    """The entry with the fields of its ``xdata`` containers, and of theirs, in the order in which they are named."""
    seen = {entry.key}
    waiting = list(reversed(_keys(entry, "xdata")))
    while waiting and len(seen) < 1000:
        container = library.get(waiting.pop())
        if container is None or container.key in seen:
            continue
        seen.add(container.key)
        entry = _inherit(entry, container, renamed=False)
        waiting.extend(reversed(_keys(container, "xdata")))
    return entry


def _inherit(child: Entry, parent: Entry, *, renamed: bool) -> Entry:
    """``child`` with what it lacks of ``parent``; ``renamed``: as the types of the two ask for."""
    fields = dict(child.fields)
    names: dict[str, NameList] = dict(child.names)
    present = {canonical_field(name) for name in fields}
    dated = {_DATES[name] for name in fields if name in _DATES}
    renames = _renames(canonical_type(parent.type), canonical_type(child.type)) if renamed else {}
    # A field that keeps its name comes before one that is renamed to it: BibTeX's parents give 'booktitle' themselves.
    offers = [(name, name) for name in parent.fields if name not in renames]
    offers += [(name, target) for name in parent.fields for target in renames.get(name, ())]
    for name, target in offers:
        if name in _NEVER or canonical_field(target) in present or _DATES.get(name) in dated:
            continue
        given = parent.fields[name]
        fields[target] = Field(target, given.text, given.latex, given.line, given.column, given.origin or parent.key)
        present.add(canonical_field(target))
        if name in parent.names:
            names[target] = parent.names[name]
    return replace(child, fields=fields, names=names)


def _renames(parent: str, child: str) -> dict[str, tuple[str, ...]]:
    """What the fields of a parent of one type become in a child of another (appendix B); () is: not inherited."""
    if parent in _MULTIVOLUME and (child in _BOOKS or child in _PARTS):
        renames = _title_as("main")
    elif parent in _BOOKS and child in _PARTS:
        renames = _title_as("book")
    elif parent == "periodical" and child in _ARTICLES:
        renames = _title_as("journal")
    else:
        return {}
    if parent in ("mvbook", "book") and child in ("inbook", "bookinbook", "suppbook"):
        renames["author"] = ("author", "bookauthor")
    return renames


def _title_as(prefix: str) -> dict[str, tuple[str, ...]]:
    return {
        "title": (f"{prefix}title",),
        "subtitle": (f"{prefix}subtitle",),
        "titleaddon": (f"{prefix}titleaddon",),
        **dict.fromkeys(_TITLE_FAMILY, ()),
    }
