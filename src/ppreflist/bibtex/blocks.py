"""The blocks of a .bib file: spans of its text, as ``scan`` finds them.

All positions are offsets into the text (0-based, end exclusive); between and around the blocks stands text that belongs
to none of them. Blocks are named tuples, not dataclasses: a library of 10,000 entries has 100,000 of them, and these
are built three times faster and are no load on the garbage collector.
"""

from __future__ import annotations

from typing import NamedTuple

from ppreflist.model.problem import Severity


class FieldSpan(NamedTuple):
    """One field of an entry: its name as written, and its value with delimiters and all ``#`` parts."""

    name: str
    name_start: int
    value_start: int
    value_end: int

    @property
    def name_end(self) -> int:
        return self.name_start + len(self.name)


class EntryBlock(NamedTuple):
    """One entry, from ``@`` to behind its closing delimiter.

    ``type`` and ``key`` are as written; the key may be empty. ``body`` is the offset behind the opening delimiter,
    ``closer`` is ``}`` or ``)`` and stands at ``end - 1``. ``recovered`` says what had to be passed over to read the
    entry (a missing comma, text behind a value): it is shown but not edited; empty when nothing was.
    """

    start: int
    end: int
    type: str
    type_start: int
    key: str
    key_start: int
    body: int
    closer: str
    fields: tuple[FieldSpan, ...]
    recovered: str = ""

    @property
    def type_end(self) -> int:
        return self.type_start + len(self.type)

    @property
    def key_end(self) -> int:
        return self.key_start + len(self.key)

    def field(self, name: str) -> FieldSpan | None:
        """The first field of this name, case ignored, or None."""
        folded = name.lower()
        return next((each for each in self.fields if each.name.lower() == folded), None)


class StringBlock(NamedTuple):
    """``@string{name = value}``; ``name`` as written, the value with delimiters and all ``#`` parts."""

    start: int
    end: int
    name: str
    name_start: int
    value_start: int
    value_end: int


class PreambleBlock(NamedTuple):
    """``@preamble{value}``."""

    start: int
    end: int
    value_start: int
    value_end: int


class CommentBlock(NamedTuple):
    """``@comment{...}``, or ``@comment`` and the rest of its line."""

    start: int
    end: int


class BrokenBlock(NamedTuple):
    """A block that cannot be read: kept as it is. ``at`` is the offset where reading failed."""

    start: int
    end: int
    at: int
    reason: str


Block = EntryBlock | StringBlock | PreambleBlock | CommentBlock | BrokenBlock


class Flaw(NamedTuple):
    """Something noticed at an offset while scanning; ``bibfile`` makes a ``Problem`` of it."""

    offset: int
    check: str
    severity: Severity
    message: str
    key: str = ""
    field: str = ""
