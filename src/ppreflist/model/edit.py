"""Changes to a library, as values: what is to change, not how the file is spliced.

Values are LaTeX as it stands between the delimiters in the file (``{...}`` or ``"..."`` not included).
Field names are compared without regard to case; keys are exact.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetField:
    """Set a field's value; a field that is not there yet is added after the last one.

    ``old`` guards against a change in between: when it is not None, the field's present value (or '' when absent)
    must be this, else the edit is refused.
    """

    key: str
    field: str
    value: str
    old: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveField:
    key: str
    field: str


@dataclass(frozen=True, slots=True)
class RenameField:
    key: str
    field: str
    to: str


@dataclass(frozen=True, slots=True)
class RenameKey:
    key: str
    to: str


@dataclass(frozen=True, slots=True)
class SetType:
    key: str
    type: str


@dataclass(frozen=True, slots=True)
class AddEntry:
    """Add an entry after the last one, in the file's own layout; ``fields`` are (name, value) pairs in order."""

    key: str
    type: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AddSource:
    """Add one entry as the BibTeX text that someone wrote, kept as it is (but for ``key``, which replaces its own).

    ``comment`` is what stood before it in its file: free text, which is none of BibTeX's commands.
    """

    key: str
    source: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class RemoveEntry:
    key: str


Edit = SetField | RemoveField | RenameField | RenameKey | SetType | AddEntry | AddSource | RemoveEntry
