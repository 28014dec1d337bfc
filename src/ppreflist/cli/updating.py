"""The work of ``ppreflist update``: what the records add to the entries, as one change of the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ppreflist.bibtex import disk
from ppreflist.bibtex import read as reading
from ppreflist.cli import exit as codes
from ppreflist.cli.changes import carry_out
from ppreflist.cli.lookup import Lookup
from ppreflist.cli.output import echo_json, note
from ppreflist.cli.progress import progress
from ppreflist.cli.records import Answer, Outcome, answers
from ppreflist.lint.check import plural
from ppreflist.lint.compare import Verdict, compare
from ppreflist.model.edit import Edit, SetField
from ppreflist.model.entry import Entry
from ppreflist.model.entrytype import canonical_field, spellings
from ppreflist.model.library import Library

_ON_DEMAND = frozenset(
    {"abstract", "keywords", "shorttitle", "shortjournal", "shortseries", "langid", "note", "annotation"}
)
"""Fields that are added only when they are asked for by name."""

_YEARS = frozenset({"date", "year"})
_INSTEAD = {
    "pages": ("eid",),
    "eid": ("pages",),
    "date": ("year",),
    "year": ("date",),
    "month": ("date", "year"),
    "day": ("date", "year"),
    "url": ("doi", "eprint"),
}
"""Fields that are not missed where one of these is there."""


@dataclass(frozen=True)
class Options:
    """The options of the command."""

    fields: tuple[str, ...] = ()
    overwrite: tuple[str, ...] = ()
    dry_run: bool = False
    yes: bool = False
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class Updated:
    """One entry: what the service said, what of it becomes of the entry, and why nothing does."""

    answer: Answer
    edits: tuple[Edit, ...] = ()
    status: str = ""
    message: str = ""


class Updating:
    """One run of the command on one library."""

    def __init__(self, snapshot: disk.Snapshot, options: Options) -> None:
        self.path = snapshot.path
        self.options = options
        self.library: Library = reading.library(snapshot.file)
        self.results: list[Updated] = []
        self._names = _spelling(self.library)

    def ask(self, entries: Sequence[Entry], lookup: Lookup) -> None:
        """Ask for every record and work out what it adds. What could not be had is said at once."""
        with progress("Asking", len(entries), quiet=self.options.as_json) as step:
            for answer in answers(self.library, entries, lookup, step):
                result = self._result(answer)
                self.results.append(result)
                if result.message and not self.options.as_json:
                    note(f"{self.path}:{answer.entry.line}: {answer.entry.key}: {result.message}")

    def carry_out(self) -> None:
        """Show, ask, write, and report."""
        edits = [edit for result in self.results for edit in result.edits]
        entries = sum(bool(result.edits) for result in self.results)
        options = self.options
        saved = False
        what = f"{plural(len(edits), 'field')} of {plural(entries, 'entry', 'entries')}"
        if edits and not (options.as_json and options.dry_run):
            made = carry_out(
                self.path, edits, command="update", question=f"Write {what}?", dry_run=options.dry_run, yes=options.yes
            )
            saved = made is not None
        if options.as_json:
            echo_json([self._as_json(result, saved) for result in self.results])
            return
        counts = Counter(result.status for result in self.results)
        rest = ", ".join(f"{count} {status}" for status, count in counts.items() if status != "updated")
        done = f"Updated {what}" if saved else f"Would update {what}" if edits else "Nothing to add"
        note(f"{done}{f' ({rest})' if rest else ''}.")

    @property
    def exit_code(self) -> int:
        outcomes = {result.answer.outcome for result in self.results}
        if outcomes - {Outcome.FOUND, Outcome.NO_IDENTIFIER}:
            return codes.FAILED
        another = any(result.status == Verdict.ANOTHER for result in self.results)
        return codes.PROBLEMS if another else codes.DONE

    def _result(self, answer: Answer) -> Updated:
        entry, record = answer.entry, answer.record
        if record is None:
            message = answer.error.message if answer.error is not None else ""
            return Updated(answer, status=str(answer.outcome), message=message)
        if not entry.editable:
            return Updated(
                answer, status="not editable", message="the entry cannot be read safely, so it stays as it is"
            )
        if compare(answer.whole, record.entry).verdict is Verdict.ANOTHER:
            title = " ".join(record.entry.text("title").split())
            message = f"{answer.identifier} is another work, {title!r}; nothing was added"
            return Updated(answer, status=str(Verdict.ANOTHER), message=message)
        edits = tuple(self._edits(entry, answer.whole, record.fields))
        return Updated(answer, edits, "updated" if edits else "complete")

    def _edits(self, entry: Entry, whole: Entry, fields: Iterable[tuple[str, str]]) -> Iterator[Edit]:
        wanted = {canonical_field(name) for name in self.options.fields}
        overwritten = {canonical_field(name) for name in self.options.overwrite}
        present = {canonical_field(name): name for name, each in whole.fields.items() if each.text.strip()}
        for name, value in fields:
            canonical = canonical_field(name)
            there = present.get(canonical)
            if canonical in overwritten or (name in _YEARS and overwritten & _YEARS):
                yield from self._overwrite(entry, name, value)
            elif there is not None or any(canonical_field(each) in present for each in _INSTEAD.get(name, ())):
                continue
            elif (canonical in wanted) if wanted else not overwritten and name not in _ON_DEMAND:
                written = self._names.get(canonical, name)
                yield SetField(entry.key, written, value, old="" if written not in entry.fields else None)

    def _overwrite(self, entry: Entry, name: str, value: str) -> Iterator[Edit]:
        """The record's value under the name that the entry uses; a date stays ``date`` or ``year`` as it is."""
        there = next((each for each in spellings(canonical_field(name)) if each in entry.fields), "")
        if not there and name in _YEARS:
            there = next((each for each in sorted(_YEARS) if each in entry.fields), "")
            value = value if there != "year" else value[:4]
        if not there or entry.latex(there) != value:
            yield SetField(entry.key, there or self._names.get(canonical_field(name), name), value)

    def _as_json(self, result: Updated, saved: bool) -> dict[str, Any]:
        answer = result.answer
        return {
            "key": answer.entry.key,
            "file": str(self.path),
            "line": answer.entry.line,
            "identifier": str(answer.identifier) if answer.identifier is not None else None,
            "status": result.status,
            "saved": saved and bool(result.edits),
            "fields": {edit.field: edit.value for edit in result.edits if isinstance(edit, SetField)},
            "message": result.message or None,
        }


def _spelling(library: Library) -> dict[str, str]:
    """How this library writes fields that have several names, as ``journal`` or ``journaltitle``."""
    counts: Counter[str] = Counter(name for entry in library for name in entry.fields)
    known = {canonical_field(name) for name in counts}
    return {
        canonical: max(used, key=lambda name: counts[name])
        for canonical in known
        if (used := [name for name in spellings(canonical) if counts[name]]) and canonical not in ("date", "number")
    }
