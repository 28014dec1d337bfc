"""The text of one entry before and after a person changed it -> edits, so that the file is still only spliced."""

from __future__ import annotations

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.blocks import EntryBlock
from ppreflist.bibtex.value import parts
from ppreflist.errors import EditRefused
from ppreflist.model.edit import Edit, RemoveField, RenameKey, SetField, SetType
from ppreflist.model.problem import Severity


def edits_between(before: str, after: str) -> list[Edit]:
    """The edits that turn the entry in ``before`` into the one in ``after``; none when they say the same.

    Each text must hold exactly one entry that can be read without recovery, with no field twice; else EditRefused says
    what is wrong, with the line in ``after``. Comments between fields are not carried over: they stay as they were.
    """
    old, new = _only_entry(before), _only_entry(after)
    key = old.key
    edits: list[Edit] = []
    mine, yours = _fields(before, old), _fields(after, new)
    for name, raw in yours.items():
        if mine.get(name) != raw:
            edits.append(SetField(key, name, _between_delimiters(raw, name)))
    edits.extend(RemoveField(key, name) for name in mine if name not in yours)
    if new.type.lower() != old.type.lower():
        edits.append(SetType(key, new.type))
    if new.key != key:
        edits.append(RenameKey(key, new.key))
    return edits


def _only_entry(text: str) -> EntryBlock:
    bib = BibFile.parse(text)
    wrong = next((problem for problem in bib.problems if problem.severity is Severity.ERROR), None)
    if wrong is not None:
        raise EditRefused(
            f"the edited entry cannot be read: {wrong.message}", hint="Correct it and try again.", line=wrong.line
        )
    if len(bib.entries) != 1:
        raise EditRefused(
            f"one entry was expected, and there are {len(bib.entries)}", hint="Keep exactly the one entry."
        )
    return bib.entries[0]


def _fields(text: str, entry: EntryBlock) -> dict[str, str]:
    return {each.name.lower(): text[each.value_start : each.value_end] for each in entry.fields}


def _between_delimiters(raw: str, name: str) -> str:
    found = parts(raw)
    if len(found) != 1:
        raise EditRefused(
            f"the value of {name!r} is empty or joined with '#', which is not changed here",
            hint="Change it in the file itself with a text editor.",
        )
    return found[0][1]
