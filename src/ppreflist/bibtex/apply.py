"""Edits -> a new BibFile: each edit a splice of one entry's own span, and the result read again before it counts.

What is promised, and checked at each call (``verify``):

* every touched entry is read alike by both parsers, before and after (``opinion``);
* the new text has the same blocks in the same order, but for entries added and removed; the text of every other block
  and all text between blocks is the same, to the character; no new block is broken;
* bibtexparser reads what stands around the touched entries as before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ppreflist.bibtex import opinion
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.blocks import EntryBlock, StringBlock
from ppreflist.bibtex.draft import Draft, Splice, Surroundings, new_entry, spliced
from ppreflist.bibtex.encoding import lacking
from ppreflist.bibtex.layout import commonest, dominant_layout
from ppreflist.bibtex.refuse import refuse_field_name, refuse_key, refuse_type, refuse_value
from ppreflist.bibtex.scan import scan
from ppreflist.bibtex.value import Macros
from ppreflist.bibtex.value import value as value_of
from ppreflist.bibtex.verify import check_after, check_before
from ppreflist.errors import EditRefused
from ppreflist.model.edit import (
    AddEntry,
    AddSource,
    Edit,
    RemoveEntry,
    RemoveField,
    RenameField,
    RenameKey,
    SetField,
    SetType,
)
from ppreflist.model.library import unknown_key

_MACRO_BUDGET = 10_000_000
_LINE_END = re.compile(r"\r\n|\n|\r")
_REST_OF_LINE = re.compile(r"[^\n\r]*")
_BLANK_REST = re.compile(r"[^\S\n\r]*(?:\r\n|\n|\r|\Z)")
_BLANK = re.compile(r"[^\S\n\r]*")
_BLANK_LINES = re.compile(r"(?:[^\S\n\r]*(?:\r\n|\n|\r))*")


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a file: the new file, and the splices of the old text that make it (in order)."""

    old: BibFile
    new: BibFile
    splices: tuple[Splice, ...]


def apply(bib: BibFile, edits: Iterable[Edit]) -> Applied:
    """The file with all edits done, in order; ``new is old`` when they change nothing.

    UnknownKey: no entry has the key. EditRefused: the edit would damage the file, or the entry cannot be read safely;
    then nothing of ``edits`` is done.
    """
    desk = _Desk(bib)
    for edit in edits:
        desk.do(edit)
    return desk.finish()


@dataclass(slots=True)
class _Job:
    """An entry being edited: where it stands in the file (None: it is new) and what it shall be (None: removed).

    ``comment`` is what shall stand before a new one.
    """

    original: EntryBlock | None
    draft: Draft | None
    comment: str = ""


class _Desk:
    """The entries that are being edited. Each is edited as a text by itself; ``finish`` puts them into the file."""

    def __init__(self, bib: BibFile) -> None:
        self.bib = bib
        self._jobs: dict[str, _Job] = {}
        self._removed: list[_Job] = []
        self._taken: defaultdict[str, set[str]] = defaultdict(set)
        for key in bib.by_key:
            self._taken[key.lower()].add(key)
        self._around: Surroundings | None = None

    @property
    def around(self) -> Surroundings:
        if self._around is None:
            layout = dominant_layout(self.bib.text, self.bib.entries, self.bib.newline)
            spellings = {entry.type.lower(): entry.type for entry in self.bib.entries[-200:]}
            macros = Macros(budget=_MACRO_BUDGET)
            for block in self.bib.blocks:
                if type(block) is StringBlock:
                    macros.defined[block.name.lower()] = value_of(
                        self.bib.text, block.value_start, block.value_end, macros
                    )
            self._around = Surroundings(layout, self.bib.newline, self.bib.encoding, spellings, macros)
        return self._around

    def do(self, edit: Edit) -> None:
        try:
            self._do(edit)
        except EditRefused as error:
            if error.place:
                raise
            entry = self.bib.by_key.get(edit.key)
            line, column = self.bib.place(entry.start) if entry is not None else (0, 0)
            raise EditRefused(error.message, hint=error.hint, path=self.bib.path, line=line, column=column) from error

    def _do(self, edit: Edit) -> None:
        match edit:
            case AddEntry(key, kind, fields):
                self._add(key, self._written(key, kind, fields))
            case AddSource(key, source, comment):
                self._add(key, self._pasted(key, source), self._comment(comment))
            case RemoveEntry(key):
                job = self._job(key)
                job.draft = None
                self._release(key)
                self._removed.append(job)
            case RenameKey(key, to):
                job, draft = self._open(key)
                if to != key:
                    self._free(to, key)
                    job.draft = draft.rekey(to)
                    self._release(key)
                    self._jobs[to] = job
                    self._taken[to.lower()].add(to)
            case SetField(key, field, value, old):
                job, draft = self._open(key)
                job.draft = draft.set_field(field, value, old, self.around)
            case RemoveField(key, field):
                job, draft = self._open(key)
                job.draft = draft.remove_field(field)
            case RenameField(key, field, to):
                job, draft = self._open(key)
                job.draft = draft.rename_field(field, to, self.around)
            case SetType(key, kind):
                job, draft = self._open(key)
                refuse_type(kind)
                job.draft = draft.retype(kind, self.around)

    def _open(self, key: str) -> tuple[_Job, Draft]:
        job = self._job(key)
        assert job.draft is not None  # removed entries have left the table
        return job, job.draft

    def _job(self, key: str) -> _Job:
        job = self._jobs.get(key)
        if job is None:
            if key not in self._taken[key.lower()]:
                others = {each: None for keys in self._taken.values() for each in keys}
                raise unknown_key(key, others, self.bib.path)
            entry = self.bib.entry(key)
            job = _Job(entry, Draft.of(self.bib.text[entry.start : entry.end]))
            self._jobs[key] = job
        return job

    def _release(self, key: str) -> None:
        del self._jobs[key]
        self._taken[key.lower()].discard(key)

    def _free(self, key: str, own: str = "") -> None:
        """Refuse a key that is not good or not free."""
        refuse_key(key, self.bib.encoding)
        others = self._taken[key.lower()] - {own}
        if others:
            other = key if key in others else min(others)
            also = "" if other == key else f" (as {other!r}; BibTeX ignores case)"
            entry = self.bib.by_key.get(other)
            line, column = self.bib.place(entry.start) if entry is not None else (0, 0)
            raise EditRefused(
                f"the key {key!r} is already in use{also}",
                hint="Choose another key, for example with a letter behind the year.",
                path=self.bib.path,
                line=line,
                column=column,
            )

    def _add(self, key: str, draft: Draft, comment: str = "") -> None:
        self._jobs[key] = _Job(None, draft, comment)
        self._taken[key.lower()].add(key)

    def _written(self, key: str, kind: str, fields: Sequence[tuple[str, str]]) -> Draft:
        self._free(key)
        refuse_type(kind)
        seen: set[str] = set()
        for name, value in fields:
            refuse_field_name(name)
            refuse_value(name, value, self.bib.encoding)
            if name.lower() in seen:
                raise EditRefused(f"field {name!r} is given twice for the new entry", hint="Give it once.")
            seen.add(name.lower())
        return new_entry(kind, key, fields, self.around)

    def _comment(self, text: str) -> str:
        """Free text that stands before an entry, with the line end behind it."""
        if not text.strip():
            return ""
        if "@" in text or lacking(text, self.bib.encoding):
            raise EditRefused(
                f"the comment before the entry cannot stand in this file ({self.bib.encoding.title})",
                hint="Save the file as UTF-8 with a text editor, or leave the comment out.",
            )
        return _LINE_END.sub(self.bib.newline, text.strip()) + self.bib.newline

    def _pasted(self, key: str, source: str) -> Draft:
        """The one entry in a BibTeX text that someone wrote, under ``key``."""
        self._free(key)
        source = _LINE_END.sub(self.bib.newline, source)
        found = scan(source)
        pasted = BibFile(source, "", self.bib.encoding, found.blocks, found.flaws)
        entries = pasted.entries
        bad = next((flaw for flaw in found.flaws if flaw.check == "syntax"), None)
        if bad is not None:
            line, column = pasted.place(bad.offset)
            raise EditRefused(
                f"the BibTeX text cannot be read at its line {line}, column {column}: {bad.message}",
                hint="Correct it and add it again.",
            )
        if len(entries) != 1:
            raise EditRefused(
                f"the BibTeX text holds {len(entries) or 'no'} entries, not one", hint="Add the entries one by one."
            )
        draft = Draft.of(source[entries[0].start : entries[0].end])
        missing = lacking(draft.text, self.bib.encoding)
        if missing:
            raise EditRefused(
                f"the file is {self.bib.encoding.title}, which has no {missing!r} (U+{ord(missing):04X})",
                hint="Save the file as UTF-8 with a text editor, or write the character as a LaTeX command.",
            )
        refuse_type(draft.entry.type)
        for name, raw in draft.fields():
            refuse_field_name(name)
            draft.the_field(name)
            refuse_value(name, raw, self.bib.encoding)
        draft = draft.rekey(key)
        difference = opinion.difference(draft.text, draft.entry, next(iter(opinion.readings(draft.text)), None))
        if difference:
            raise EditRefused(
                f"the BibTeX text is read differently by two parsers: {difference}",
                hint="Make it plainer: no comments in it, and values in braces.",
            )
        return draft

    def finish(self) -> Applied:
        """Put the drafts into the file, read the result again and compare."""
        bib = self.bib
        old = bib.text
        edited: list[tuple[EntryBlock, Draft]] = []
        added: list[Draft] = []
        comments: list[str] = []
        for job in self._jobs.values():
            if job.draft is None:
                continue
            if job.original is None:
                added.append(job.draft)
                comments.append(job.comment)
            elif job.draft.text != old[job.original.start : job.original.end]:
                edited.append((job.original, job.draft))
        removed = [job.original for job in self._removed if job.original is not None]
        if not (edited or added or removed):
            return Applied(bib, bib, ())
        check_before(bib, [entry for entry, _ in edited] + removed)
        splices = [Splice(entry.start, entry.end, draft.text) for entry, draft in edited]
        if added and removed and len(removed) == len(bib.entries):
            last = max(removed)  # nothing is left to stand behind: the new entries take the place of the last one
            splices += _removals(bib, [entry for entry in removed if entry is not last])
            splices.append(Splice(last.start, last.end, _joined(bib, added, comments)))
        else:
            splices += _removals(bib, removed)
            splices += _appended(bib, added, comments, {entry.start for entry in removed})
        splices.sort(key=lambda each: (each.start, each.end))
        new = BibFile.parse(spliced(old, splices), bib.path, bib.encoding)
        check_after(bib, new, splices, edited, removed, added)
        return Applied(bib, new, tuple(splices))


def _appended(bib: BibFile, added: list[Draft], comments: Sequence[str], removed: set[int]) -> list[Splice]:
    """New entries stand behind the last one, set off by what sets the others off."""
    if not added:
        return []
    text, newline = bib.text, bib.newline
    sources = _joined(bib, added, comments)
    last = next((entry for entry in reversed(bib.entries) if entry.start not in removed), None)
    if last is not None:
        rest = _REST_OF_LINE.match(text, last.end)
        behind = rest[0] if rest is not None else ""
        at = last.end + len(behind) if "@" not in behind else last.end
        return [Splice(at, at, _gap_between(bib) + sources)]
    if not text.strip():
        return [Splice(len(text), len(text), sources + newline)]
    at = len(text.rstrip())
    return [Splice(at, at, newline * 2 + sources + ("" if text[at:] else newline))]


def _joined(bib: BibFile, added: Sequence[Draft], comments: Sequence[str]) -> str:
    return _gap_between(bib).join(comment + draft.text for comment, draft in zip(comments, added, strict=True))


def _gap_between(bib: BibFile) -> str:
    """What commonly stands between two entries (white space only)."""
    sample = bib.entries[-200:]
    gaps = [bib.text[a.end : b.start] for a, b in pairwise(sample)]
    blank = [gap for gap in gaps if gap.isspace() and _LINE_END.search(gap)]
    return commonest(blank) if blank else bib.newline * 2


def _removals(bib: BibFile, removed: Sequence[EntryBlock]) -> list[Splice]:
    """Cut entries with the blank lines behind them (at the file's end: before them); comments around them stay."""
    splices: list[Splice] = []
    for entry in sorted(removed):
        start, end = _whole_lines(bib.text, entry)
        if splices and splices[-1].end > start:
            start = splices[-1].end
        if start >= end:
            continue
        splices.append(Splice(start, end, ""))
    last = splices[-1] if splices else None
    if last is not None and not bib.text[last.end :].strip():
        # nothing follows: the blank lines before the entry go, and the file ends as it ended
        first = last
        while len(splices) > 1 and not bib.text[splices[-2].end : first.start].strip():
            splices.pop()
            first = splices[-1]
        kept = len(bib.text[: first.start].rstrip())
        line = _BLANK.match(bib.text, kept, first.start)
        kept = line.end() if line is not None and kept else kept
        final = max(entry.end for entry in removed)
        splices[-1] = Splice(kept, final if kept else len(bib.text), "")
    return splices


def _whole_lines(text: str, entry: EntryBlock) -> tuple[int, int]:
    """The lines of an entry and the blank lines behind it; only the entry when it shares its lines."""
    line = text.rfind("\n", 0, entry.start) + 1
    line = max(line, text.rfind("\r", line, entry.start) + 1)
    rest = _BLANK_REST.match(text, entry.end)
    if text[line : entry.start].strip() or rest is None:
        return entry.start, entry.end
    blank = _BLANK_LINES.match(text, rest.end())
    return line, blank.end() if blank is not None else rest.end()
