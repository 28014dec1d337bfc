"""Open the library for a command that reads: what could not be read is said, so that nothing is missing in silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from ppreflist.bibtex.index import Reading, open_library, skim
from ppreflist.cli.options import find_library
from ppreflist.cli.output import note
from ppreflist.errors import UnknownKey
from ppreflist.model.library import Library
from ppreflist.model.problem import Problem, Severity

_LOSES_ENTRIES = frozenset({"syntax", "hidden-entry", "merge-conflict"})
_SHOWN = 3
_Done = TypeVar("_Done")


def opened(library: str | None) -> Library:
    """The library that ``--library`` names, or the nearest; places that could not be read are noted on stderr."""
    found = open_library(find_library(library))
    _note_unread(found)
    return found


def skimmed(path: Path) -> Library | Reading:
    """The same, of the library at ``path``, for who needs each entry once."""
    found = skim(path)
    _note_unread(found)
    return found


def _note_unread(found: Library | Reading) -> None:
    lost = unread(found)
    for problem in lost[:_SHOWN]:
        note(f"{found.path}:{problem.line}:{problem.column}: not read: {problem.message}")
    if lost:
        more = f"{len(lost) - _SHOWN} more places; " if len(lost) > _SHOWN else ""
        note(f"{more}`ppreflist lint` shows all. The text is kept as it is; repair it in a text editor.")


def by_own_keys(path: Path, keys: Sequence[str], work: Callable[[list[str]], _Done]) -> _Done:
    """Do something with keys; when one is unknown, again with the keys of those entries that have it as an alias.

    Edits go by the keys as they stand in the file, so the library is only read for its aliases (``ids``) when needed.
    """
    try:
        return work(list(keys))
    except UnknownKey:
        found = open_library(path)
        own = list(dict.fromkeys(entry.key if (entry := found.get(key)) is not None else key for key in keys))
        if own == list(keys):
            raise
    return work(own)


def unread(library: Library | Reading) -> list[Problem]:
    """The problems for which text of the file belongs to no entry that is shown."""
    return [
        problem
        for problem in library.problems
        if problem.severity is Severity.ERROR and problem.check in _LOSES_ENTRIES and not problem.key
    ]
