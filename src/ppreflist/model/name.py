"""Names of people and organisations, as BibTeX splits them (BibLaTeX manual, 'Name Parts')."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """One name. All parts are Unicode text.

    ``particle`` is BibTeX's *von* part, ``suffix`` its *Jr* part. ``literal`` is true for a name written as one
    braced group (``{World Health Organization}``): it is then whole in ``family`` and is never split or inverted.
    ``given_initials`` holds biblatex's ``given-i`` when the extended name format gives it.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: bool = False
    given_initials: str = ""

    def display(self) -> str:
        """The name in reading order: ``Ludwig van Beethoven Jr``."""
        return " ".join(part for part in (self.given, self.particle, self.family, self.suffix) if part)

    def inverted(self) -> str:
        """The name in index order: ``van Beethoven, Jr, Ludwig``."""
        surname = " ".join(part for part in (self.particle, self.family) if part)
        return ", ".join(part for part in (surname, self.suffix, self.given) if part)


@dataclass(frozen=True, slots=True)
class NameList:
    """A field of names; ``others`` is true when the list ends in ``and others``."""

    names: tuple[Name, ...] = ()
    others: bool = False

    def __iter__(self) -> Iterator[Name]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __bool__(self) -> bool:
        return bool(self.names) or self.others


NAME_FIELDS = frozenset(
    {
        "author", "editor", "editora", "editorb", "editorc", "translator", "annotator", "commentator",
        "introduction", "foreword", "afterword", "bookauthor", "holder", "shortauthor", "shorteditor",
        "sortname", "director", "namea", "nameb", "namec",
    }
)  # fmt: skip
"""Fields whose value is a name list (BibLaTeX manual, 'Data Types', name lists)."""
