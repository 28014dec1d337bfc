"""Entries as the listing commands show them: for people (one line), for programs (one JSON object)."""

from __future__ import annotations

from ppreflist.model.entry import Entry
from ppreflist.model.name import NameList
from ppreflist.model.query import entry_year, tags


def short_names(names: NameList) -> str:
    """``Patwa``, ``Borg & Farbu``, ``Patwa et al.``: enough to recognise a work in a list."""
    families = [name.family or name.given for name in names]
    if names.others or len(families) > 2:
        return f"{families[0]} et al." if families else "et al."
    return " & ".join(families)


def summary(entry: Entry) -> tuple[str, str, str, str]:
    """Key, year, names and title of an entry, for one line of a table."""
    names = entry.people("author") or entry.people("editor")
    year = entry_year(entry)
    return entry.key, str(year) if year is not None else entry.text("year"), short_names(names), entry.text("title")


def entry_json(entry: Entry) -> dict[str, object]:
    """An entry for programs. Stable shape: ``key, type, title, author, year, tags, line, fields, latex``.

    ``author`` is a list of names in index order, ``year`` a number or null, ``fields`` the Unicode text and
    ``latex`` the LaTeX value of every field by lower-cased name.
    """
    return {
        "key": entry.key,
        "type": entry.type,
        "title": entry.text("title"),
        "author": [name.inverted() for name in entry.people("author")],
        "year": entry_year(entry),
        "tags": tags(entry),
        "line": entry.line,
        "fields": {name: each.text for name, each in entry.fields.items()},
        "latex": {name: each.latex for name, each in entry.fields.items()},
    }
