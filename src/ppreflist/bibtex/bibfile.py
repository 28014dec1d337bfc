"""A .bib file as it is: its text, the blocks in it, and what was noticed about them.

A ``BibFile`` never changes; ``ppreflist.bibtex.apply`` makes a new one from edits. ``render`` gives back the text that
was parsed, to the character.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ppreflist.bibtex.blocks import Block, BrokenBlock, EntryBlock, FieldSpan, Flaw
from ppreflist.bibtex.encoding import UTF_8, Encoding
from ppreflist.bibtex.scan import HIDDEN_ENTRY, scan
from ppreflist.errors import EditRefused
from ppreflist.model.library import unknown_key
from ppreflist.model.problem import Problem, Severity

_LINE_END = re.compile(r"\r\n|\n|\r")
_CONFLICT = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)
_STRAY_FIELD = re.compile(r"^[^\S\n]*[A-Za-z][\w-]*[^\S\n]*=[^\S\n]*[{\"\d]", re.MULTILINE)
_STRAY_TEXT = re.compile(r"[^\S\n\r]*([^\s%@][^\n\r]*)")
_UNUSABLE_IN_KEY = re.compile(r"""[\s"@',\\#{}~%=()]""")


@dataclass(frozen=True)
class BibFile:
    """The text of a .bib file and its blocks, in file order. Make one with ``BibFile.parse``.

    ``path`` is for messages; ``encoding`` is how the text stands in the file (an edit is refused when it lacks a
    character). ``flaws`` are what the scanner noticed; ``problems`` are these and what the whole file shows.
    """

    text: str
    path: str = ""
    encoding: Encoding = UTF_8
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    flaws: tuple[Flaw, ...] = field(default=(), repr=False)

    @classmethod
    def parse(cls, text: str, path: str = "", encoding: Encoding = UTF_8) -> BibFile:
        """Find the blocks of ``text``. Never raises: what cannot be read is a BrokenBlock and a problem."""
        found = scan(text)
        return cls(text, path, encoding, found.blocks, found.flaws)

    def render(self) -> str:
        """The text, to the character as it was parsed."""
        return self.text

    @cached_property
    def entries(self) -> tuple[EntryBlock, ...]:
        """The entries in file order, also those that share a key."""
        return tuple(block for block in self.blocks if type(block) is EntryBlock)

    @cached_property
    def newline(self) -> str:
        """The commonest line end: ``\\n``, ``\\r\\n`` or ``\\r``; ``\\n`` when there is none."""
        both = self.text.count("\r\n")
        counts = {"\n": self.text.count("\n") - both, "\r\n": both, "\r": self.text.count("\r") - both}
        return max(counts, key=lambda each: counts[each])

    @cached_property
    def line_starts(self) -> array[int]:
        """The offset at which each line begins; ``\\n``, ``\\r\\n`` and ``\\r`` end lines."""
        starts = array("q", [0])
        starts.extend(end.end() for end in _LINE_END.finditer(self.text))
        return starts

    def place(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column (in characters) of an offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    @cached_property
    def by_key(self) -> dict[str, EntryBlock]:
        """The first entry of each key."""
        found: dict[str, EntryBlock] = {}
        for entry in self.entries:
            found.setdefault(entry.key, entry)
        return found

    @cached_property
    def distrusted(self) -> dict[str, str]:
        """The keys that must not be edited by key, and why, as far as this file alone shows it.

        ``ppreflist.bibtex.opinion`` adds those on which the second parser differs.
        """
        reasons: dict[str, str] = {}
        for entry in self.entries:
            if not entry.key:
                reasons[""] = "the entry has no citation key"
            elif self.by_key[entry.key] is not entry:
                reasons[entry.key] = "the key is defined more than once"
            elif entry.recovered:
                reasons[entry.key] = entry.recovered
        return reasons

    def entry(self, key: str) -> EntryBlock:
        """The entry with this key, safe to edit as far as this file alone shows it.

        UnknownKey names the nearest keys; EditRefused says why the entry is not edited by key.
        """
        found = self.by_key.get(key)
        if found is None:
            raise unknown_key(key, self.by_key, self.path)
        reason = self.distrusted.get(key)
        if reason is not None:
            line, column = self.place(found.start)
            raise EditRefused(
                f"entry {key!r} is not edited: {reason}",
                hint="Repair it in a text editor first; `ppreflist lint` shows the places.",
                path=self.path,
                line=line,
                column=column,
            )
        return found

    def source_of(self, key: str) -> str:
        """The text of the (first) entry with this key, as it stands; UnknownKey names the nearest keys."""
        found = self.by_key.get(key)
        if found is None:
            raise unknown_key(key, self.by_key, self.path)
        return self.text[found.start : found.end]

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything noticed, in file order: syntax, duplicate keys and fields, stray text, hidden entries."""
        flaws = [*self.flaws, *self._duplicates(), *self._between_blocks(), *self._swallowed(), *self._encoding()]
        flaws.sort(key=lambda flaw: flaw.offset)
        return tuple(self._problem(flaw) for flaw in flaws)

    def _problem(self, flaw: Flaw) -> Problem:
        line, column = self.place(flaw.offset)
        return Problem(flaw.check, flaw.severity, flaw.message, flaw.key, flaw.field, line, column)

    def _duplicates(self) -> Iterator[Flaw]:
        first: dict[str, EntryBlock] = {}
        for entry in self.entries:
            seen = first.setdefault(entry.key.lower(), entry)
            if seen is not entry and entry.key:
                line = self.place(seen.start)[0]
                message = f"the key {entry.key!r} is already used in line {line}"
                severity = Severity.ERROR
                if seen.key != entry.key:
                    message = f"the key {entry.key!r} differs only by case from {seen.key!r} in line {line}"
                    severity = Severity.WARNING
                yield Flaw(entry.key_start, "duplicate-key", severity, message, entry.key)
            unusable = _UNUSABLE_IN_KEY.search(entry.key)
            if not entry.key:
                yield Flaw(entry.key_start, "syntax", Severity.ERROR, "the entry has no citation key")
            elif unusable:
                message = f"the key {entry.key!r} holds {unusable[0]!r}, which BibTeX or biber refuse"
                yield Flaw(entry.key_start, "syntax", Severity.WARNING, message, entry.key)
            names: dict[str, FieldSpan] = {}
            for each in entry.fields:
                earlier = names.setdefault(each.name.lower(), each)
                if earlier is not each:
                    line = self.place(earlier.name_start)[0]
                    message = f"field {each.name!r} is already given in line {line}; BibTeX takes the first"
                    yield Flaw(
                        each.name_start, "duplicate-field", Severity.ERROR, message, entry.key, each.name.lower()
                    )

    def _between_blocks(self) -> Iterator[Flaw]:
        """Text that looks lost: behind a block on its line, fields outside entries, merge conflicts."""
        previous: Block | None = None
        for block in (*self.blocks, None):
            start = previous.end if previous is not None else 0
            end = block.start if block is not None else len(self.text)
            gap = self.text[start:end]
            if gap and not gap.isspace():
                conflict = _CONFLICT.search(gap)
                if conflict is not None:
                    message = "a merge conflict is not resolved here"
                    yield Flaw(start + conflict.start(), "merge-conflict", Severity.ERROR, message)
                elif type(previous) is EntryBlock:
                    stray = _STRAY_TEXT.match(gap) or _STRAY_FIELD.search(gap)
                    if stray is not None:
                        shown = stray[0].strip()[:40]
                        message = f"text behind the entry belongs to no entry: {shown!r}"
                        at = start + stray.start() + len(stray[0]) - len(stray[0].lstrip())
                        yield Flaw(at, "stray-text", Severity.WARNING, message, previous.key)
            previous = block

    def _swallowed(self) -> Iterator[Flaw]:
        """Values in which a line begins an entry: most often a brace or quote was forgotten."""
        starts = array("q", [block.start for block in self.blocks])
        reported = -1
        for match in HIDDEN_ENTRY.finditer(self.text):
            at = match.start(1)
            index = bisect_right(starts, at) - 1
            if index < 0 or index == reported:
                continue
            block = self.blocks[index]
            if type(block) is not EntryBlock or not block.start < at < block.end:
                continue
            inside = next((each for each in block.fields if each.value_start < at < each.value_end), None)
            if inside is None:
                continue
            reported = index
            line = self.place(at)[0]
            message = (
                f"the value of {inside.name!r} runs over what looks like an entry in line {line}: "
                "is a closing brace or quote missing?"
            )
            yield Flaw(inside.value_start, "hidden-entry", Severity.WARNING, message, block.key, inside.name.lower())

    def _encoding(self) -> Iterator[Flaw]:
        if self.encoding.codec in ("cp1252", "latin-1"):
            at = next((match.start() for match in re.finditer(r"[^\x00-\x7f]", self.text)), 0)
            message = f"the file is not UTF-8; it is read and written as {self.encoding.title}"
            yield Flaw(at, "encoding", Severity.WARNING, message)


def broken(bib: BibFile) -> tuple[BrokenBlock, ...]:
    """The blocks that could not be read."""
    return tuple(block for block in bib.blocks if type(block) is BrokenBlock)
