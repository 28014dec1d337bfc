"""What a check is, and what it is given to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ppreflist.lint.duplicates import Match, duplicates
from ppreflist.model.edit import Edit, RemoveField, RenameField, SetField
from ppreflist.model.entry import Entry, Field
from ppreflist.model.entrytype import canonical_field, spellings
from ppreflist.model.inherit import resolved
from ppreflist.model.library import Library
from ppreflist.model.name import NAME_FIELDS
from ppreflist.model.problem import Fix, Problem, Severity


@dataclass(frozen=True)
class Context:
    """What the checks look at.

    ``library`` holds the entries as they stand in the file. ``source`` is the whole text of the file when the caller
    has it. ``today`` is the caller's clock.
    """

    library: Library
    today: date
    source: str = ""

    @cached_property
    def resolved(self) -> list[Entry]:
        """The entries with what they inherit from their crossref and xdata parents."""
        return [resolved(self.library, entry) for entry in self.library]

    @cached_property
    def fields(self) -> list[tuple[Entry, Field]]:
        """Every field of every entry, in file order."""
        return [(entry, field) for entry in self.library for field in entry.fields.values()]

    @cached_property
    def not_ascii(self) -> list[tuple[Entry, Field]]:
        """The fields whose value has a character outside ASCII."""
        return [(entry, field) for entry, field in self.fields if not field.latex.isascii()]

    @cached_property
    def names(self) -> list[tuple[Entry, Field]]:
        """The fields that hold lists of names and are not blank."""
        return [(entry, field) for entry, field in self.fields if field.name in NAME_FIELDS and field.latex.strip()]

    @cached_property
    def repeats(self) -> list[tuple[Entry, Match]]:
        """The entries that are about the same work as an earlier one, with that one."""
        return list(duplicates(self.library))

    def named(self, *names: str) -> Iterator[tuple[Entry, Field]]:
        """The fields with one of these names that are not blank."""
        for entry in self.library:
            for name in names:
                field = entry.fields.get(name)
                if field is not None and field.latex.strip():
                    yield entry, field


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check function yields; ``Check.problems`` adds the check's name and severity.

    ``severity`` is given only where it differs from the check's.
    """

    message: str
    key: str = ""
    field: str = ""
    line: int = 0
    column: int = 0
    fix: Fix | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    ``name`` is kebab-case, ``summary`` one line, ``why`` says what is looked at and why it matters, ``before`` and
    ``after`` are an example. ``run`` is None for what reading the file reports itself: those problems are in
    ``Library.problems`` under the check's name.
    """

    name: str
    summary: str
    severity: Severity
    why: str
    before: str
    after: str
    run: Callable[[Context], Iterable[Finding]] | None = None

    def problems(self, context: Context) -> Iterator[Problem]:
        """The problems in this library, in no particular order."""
        if self.run is None:
            yield from (problem for problem in context.library.problems if problem.check == self.name)
            return
        for found in self.run(context):
            severity = found.severity or self.severity
            yield Problem(
                self.name, severity, found.message, found.key, found.field, found.line, found.column, found.fix
            )


def at_field(
    entry: Entry, field: Field, message: str, fix: Fix | None = None, severity: Severity | None = None
) -> Finding:
    """A finding about one field; an inherited field is the parent's affair and is reported at the entry."""
    if field.origin:
        return Finding(message, entry.key, field.name, entry.line, entry.column, None, severity)
    return Finding(message, entry.key, field.name, field.line, field.column, fix, severity)


def at_entry(
    entry: Entry, message: str, field: str = "", fix: Fix | None = None, severity: Severity | None = None
) -> Finding:
    """A finding about an entry as a whole, or about a field that it lacks."""
    return Finding(message, entry.key, field, entry.line, entry.column, fix, severity)


def value_fix(entry: Entry, field: Field, value: str, description: str) -> Fix | None:
    """The fix that gives a field another value, or None when the field cannot be edited where it stands."""
    if value == field.latex or not _editable(entry, field) or not _balanced(value):
        return None
    return Fix(description, (SetField(entry.key, field.name, value, old=field.latex),))


def rename_fix(entry: Entry, field: Field, name: str, description: str, *also: Edit) -> Fix | None:
    """The fix that moves a value to the field ``name``, or None when that field is there already."""
    taken = set(spellings(canonical_field(name))) - {field.name}
    if not taken.isdisjoint(entry.fields) or not _editable(entry, field):
        return None
    return Fix(description, (RenameField(entry.key, field.name, name), *also))


def removal_fix(entry: Entry, field: Field, description: str) -> Fix | None:
    """The fix that removes a field."""
    if not _editable(entry, field):
        return None
    return Fix(description, (RemoveField(entry.key, field.name),))


def _editable(entry: Entry, field: Field) -> bool:
    return entry.editable and not field.origin


def _balanced(value: str) -> bool:
    """Whether the braces of a value pair up, as BibTeX counts them (a backslash does not hide a brace)."""
    depth = 0
    for brace in value:
        if brace == "{":
            depth += 1
        elif brace == "}":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def shown(text: str, width: int = 60) -> str:
    """A value quoted for a message, in one line, cut to ``width`` characters."""
    text = " ".join(text.split())
    return f'"{text}"' if len(text) <= width else f'"{text[: width - 1].rstrip()}…"'


def plural(count: int, one: str, many: str = "") -> str:
    """``1 entry``, ``2 entries``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
