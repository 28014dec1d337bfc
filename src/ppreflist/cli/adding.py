"""The work of ``ppreflist add``: from what was given to candidates, to a question, to the file, to a report."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ppreflist.bibtex import disk, encoding
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.store import change, plan
from ppreflist.cli import candidate as made
from ppreflist.cli import exit as codes
from ppreflist.cli.admission import Outcome, Status, decide, known
from ppreflist.cli.candidate import Candidate
from ppreflist.cli.changes import show_diff
from ppreflist.cli.output import clean, echo_json, note, on_terminal, report_error
from ppreflist.errors import EditRefused, LibraryNotFound, LibraryUnreadable, PpreflistError
from ppreflist.model.edit import Edit
from ppreflist.model.entry import Entry
from ppreflist.model.identifier import DOI, ArXiv, Identifier, Malformed, candidates, interpret
from ppreflist.model.key import key_parts_of, make_key

if TYPE_CHECKING:
    from ppreflist.net.client import Client

DOI_URL_VARIABLE = "PPREFLIST_DOI_URL"
MOST_INPUT = 256 * 1024 * 1024

_BIBTEX = re.compile(r"@\s{0,9}\w{1,40}\s{0,9}[{(]")
_FEW_NOTES = 20
_ONE_BY_ONE = 5
"""Up to this many entries of one text are shown and asked about one by one; more in one list."""


@dataclass(frozen=True)
class Options:
    """The options of the command; ``fields`` are names and what was written for them."""

    kind: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    key: str = ""
    tags: tuple[str, ...] = ()
    in_editor: bool = False
    allow_duplicates: bool = False
    timeout: float = 20.0
    dry_run: bool = False
    yes: bool = False
    as_json: bool = False


@dataclass
class Adding:
    """One run of the command on one library, as it was at the start. ``outcomes`` grow as things are finished."""

    snapshot: disk.Snapshot
    options: Options
    outcomes: list[Outcome] = field(default_factory=list)
    _pending: list[Candidate] = field(default_factory=list)
    _latest: BibFile | None = None

    @property
    def path(self) -> Path:
        return self.snapshot.path

    def run(self, references: Sequence[str]) -> None:
        """Add everything, one reference after the other; what is finished stays when a later one fails."""
        if not references:
            self._add_by_fields()
        for reference in references:
            try:
                self._add(reference)
            except PpreflistError as error:
                self._failed(reference.removeprefix("file:"), error)
        if self.options.dry_run:
            self._show_plan()

    @property
    def exit_code(self) -> int:
        """The worst of the outcomes."""
        statuses = {outcome.status for outcome in self.outcomes}
        if Status.FAILED in statuses:
            return codes.FAILED
        return codes.PROBLEMS if Status.DUPLICATE in statuses else codes.DONE

    def report(self) -> None:
        """Print the summary, or all outcomes as JSON."""
        if self.options.as_json:
            echo_json([self._as_json(outcome) for outcome in self.outcomes])
            return
        if len(self.outcomes) > 1:
            counts = {status: sum(each.status is status for each in self.outcomes) for status in Status}
            words = {Status.ADDED: "to add" if self.options.dry_run else "added", Status.DUPLICATE: "already there"}
            told = [f"{count} {words.get(status, status.value)}" for status, count in counts.items() if count]
            note(", ".join(told) + ".")
        if len(self.outcomes) > _FEW_NOTES:
            note("`ppreflist lint` shows what is missing or doubtful in them.")

    # From what was given to candidates

    def _add(self, reference: str) -> None:
        if reference == "-":
            self._add_text(_standard_input(), "standard input")
        elif reference.startswith("file:"):
            self._add_text(disk.read(reference.removeprefix("file:")).text, reference.removeprefix("file:"))
        else:
            found = interpret(reference)
            if found is None and _is_file(reference):
                self._add_text(disk.read(reference).text, reference)
            else:
                self._add_identifier(reference, found)

    def _add_text(self, text: str, origin: str) -> None:
        """BibTeX entries, records in another format, or lines with one identifier each."""
        from ppreflist.cli.importing import imported

        other = imported(text, origin, self._codec)
        if other is not None:
            for error in other.errors:
                self._failed(origin, error)
            for remark in other.remarks:
                note(remark)
            self._offer([self._adjusted(each) for each in other.candidates])
            return
        if not _BIBTEX.search(text):
            lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
            if not lines:
                raise EditRefused(
                    "there is nothing in it to add", path=origin, hint="BibTeX is expected, or identifiers."
                )
            for line in lines:
                self._add_identifier(line, interpret(line))
            return
        found, errors = made.from_bibtex(text, origin, check=self._asks)
        for error in errors:
            self._failed(origin, error)
        self._offer([self._adjusted(each) for each in found])

    def _add_identifier(self, origin: str, found: Identifier | Malformed | None) -> None:
        if not isinstance(found, Identifier):
            self._failed(origin, _not_an_identifier(origin, found))
            return
        there = None if self.options.allow_duplicates else known(self._latest or self.snapshot.file, found)
        if there is not None:
            message = f"already there as {there.key} (same {found.label})"
            self._finish(Outcome(Status.DUPLICATE, origin, there.key, there.line, message))
            return
        try:
            self._offer([self._adjusted(self._looked_up(origin, found))])
        except PpreflistError as error:
            self._failed(origin, error)

    def _looked_up(self, origin: str, identifier: Identifier) -> Candidate:
        from ppreflist.resolve.doi import lookup

        doi = DOI(f"10.48550/arXiv.{identifier.key}") if isinstance(identifier, ArXiv) else identifier
        if not isinstance(doi, DOI):
            raise EditRefused(
                f"{identifier}: only a DOI can be looked up, not this {identifier.label}",
                hint="Give the DOI, or add it by its fields: ppreflist add --type article --title TITLE --author NAME",
            )
        record = lookup(doi, self._client, self._doi_url)
        return made.from_record(origin, record, self._codec)

    def _add_by_fields(self) -> None:
        origin = self.options.title or "the fields given"
        kind = self.options.kind or "article"
        try:
            fields = self._fields()
            if not fields and self.options.in_editor:
                self._offer_edited(made.template(kind), origin, Candidate(origin, Entry("", kind)))
                return
            candidate = made.from_fields(origin, kind, fields)
            self._offer([self._adjusted(candidate, fields=False)])
        except PpreflistError as error:
            self._failed(origin, error)

    def _fields(self) -> list[tuple[str, str]]:
        """The fields given as options, as LaTeX."""
        options, codec = self.options, self._codec
        fields: list[tuple[str, str]] = []
        if options.authors:
            fields.append(("author", made.latex_names(options.authors, codec)))
        if options.title is not None:
            fields.append(("title", made.latex_value("title", options.title, codec)))
        fields += [(name, made.latex_value(name, value, codec)) for name, value in options.fields]
        return fields

    def _adjusted(self, candidate: Candidate, *, fields: bool = True) -> Candidate:
        """The candidate with what the options say about it."""
        if self.options.key:
            candidate = replace(candidate, key=self.options.key, firm=True)
        return made.changed(candidate, self._fields() if fields else (), self.options.tags, self._codec)

    # From candidates to the file

    def offer(self, found: Sequence[Candidate]) -> None:
        """Add candidates that another command has made, with what the options say about them."""
        self._offer([self._adjusted(each) for each in found])
        if self.options.dry_run:
            self._show_plan()

    def _offer(self, found: list[Candidate]) -> None:
        """Show and ask where somebody can answer, then save."""
        options = self.options
        if options.in_editor:
            for each in found:
                self._offer_edited(each.written(self._key_of(each)), each.origin, each)
        elif options.dry_run:
            self._pending += found
        elif not self._asks:
            self._save(found)
        elif len(found) > _ONE_BY_ONE:
            self._ask_about_all(found)
        else:
            for each in found:
                self._ask_about(each)

    def _ask_about(self, candidate: Candidate) -> None:
        _, (outcome,) = decide(self._fresh(), [candidate], allow_duplicates=self.options.allow_duplicates)
        if outcome.status is not Status.ADDED:
            self._finish(outcome)
            return
        text = candidate.written(outcome.key)
        click.echo(clean(text))
        self._say_doubts(outcome)
        answer = click.prompt(
            f"Add it to {self.path}? (y)es, (n)o, (e)dit", default="y", type=click.Choice("yne"), show_choices=False
        )
        if answer == "y":
            self._save([candidate], told=True)
        elif answer == "e":
            self._offer_edited(text, candidate.origin, candidate)
        else:
            self._finish(Outcome(Status.CANCELLED, candidate.origin, message="not added", candidate=candidate))

    def _ask_about_all(self, found: list[Candidate]) -> None:
        _, outcomes = decide(self._fresh(), found, allow_duplicates=self.options.allow_duplicates)
        new = [outcome for outcome in outcomes if outcome.status is Status.ADDED]
        for outcome in new:
            title = outcome.candidate.entry.text("title") if outcome.candidate else ""
            click.echo(clean(f"{outcome.key}  {title}"))
        if not new or click.confirm(f"Add these {len(new)} to {self.path}?", default=True):
            self._save(found)
        else:
            for each in found:
                self._finish(Outcome(Status.CANCELLED, each.origin, message="not added", candidate=each))

    def _offer_edited(self, text: str, origin: str, before: Candidate) -> None:
        """Open the text in the editor and save what comes back."""
        found = self._edited(text, origin)
        if found is None:
            self._finish(
                Outcome(Status.CANCELLED, origin, message="unchanged or empty: nothing was added", candidate=before)
            )
            return
        if self.options.key or self.options.tags:
            found = [made.changed(self._firm(each), (), self.options.tags, self._codec) for each in found]
        if self.options.dry_run:
            self._pending += found
        else:
            self._save(found)

    def _firm(self, candidate: Candidate) -> Candidate:
        return replace(candidate, key=self.options.key, firm=True) if self.options.key else candidate

    def _edited(self, text: str, origin: str) -> list[Candidate] | None:
        """What was made of the text in the editor; None when it was left alone or emptied."""
        if not on_terminal() and not (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
            raise EditRefused("there is no terminal to edit on", hint="Set $EDITOR, or leave out --edit.")
        current = text
        while True:
            new = click.edit(current, extension=".bib")
            if new is None or not new.strip() or new.strip() == text.strip():
                return None
            found, errors = made.from_bibtex(new, "what you wrote")
            if found and not errors:
                return found
            error = errors[0] if errors else EditRefused("no entry was found in what you wrote")
            if on_terminal() and not self.options.yes:
                report_error(str(error), error.hint)
                if click.confirm("Open it again?", default=True):
                    current = new
                    continue
            kept = self._kept(new)
            raise EditRefused(
                str(error), hint=f"What you wrote is kept in {kept}: correct it, then ppreflist add {kept}"
            )

    def _kept(self, text: str) -> str:
        """Save a text that could not be read, so that no work is lost; the name of its file."""
        for number in range(1, 1000):
            name = self.path.with_name(f"{self.path.stem}.rejected{number if number > 1 else ''}.bib")
            try:
                with open(name, "x", encoding="utf-8") as file:
                    file.write(text)
            except FileExistsError:
                continue
            return str(name)
        raise EditRefused("there are too many rejected texts beside the library", hint="Remove some of them.")

    def _save(self, found: list[Candidate], *, told: bool = False) -> None:
        """Add candidates in one change; keys and duplicates are decided on the file as it is under the lock.

        ``told``: what is doubtful about them has been said.
        """
        decided: list[Outcome] = []

        def edits(bib: BibFile) -> list[Edit]:
            wanted, decided[:] = decide(bib, found, allow_duplicates=self.options.allow_duplicates)
            return wanted

        if not found:
            return
        try:
            saved = change(self.path, edits, command="add", create=True, known=self.snapshot)
        except EditRefused as error:
            self._save_without_the_refused(found, error)
            return
        if not self.snapshot.exists and self._latest is None:
            note(f"Made {self.path}.")
        self._latest = saved.file
        for outcome in decided:
            block = saved.file.by_key.get(outcome.key) if outcome.status is Status.ADDED else None
            line = saved.file.place(block.start)[0] if block is not None else outcome.line
            self._finish(replace(outcome, line=line), told=told)

    def _save_without_the_refused(self, found: list[Candidate], error: EditRefused) -> None:
        """Save those that can be, after some of the candidates were refused; all fail when none is to blame."""
        usable, errors = made.checked(found)
        if usable == found:
            for each in found:
                self._failed(each.origin, error, each)
            return
        for each_error in errors:
            self._failed(each_error.path, each_error)
        self._save(usable)

    def _show_plan(self) -> None:
        decided: list[Outcome] = []

        def edits(bib: BibFile) -> list[Edit]:
            wanted, decided[:] = decide(bib, self._pending, allow_duplicates=self.options.allow_duplicates)
            return wanted

        planned = plan(self.path, edits, command="add", create=True)
        if not self.options.as_json:
            show_diff(planned.before, planned.after, str(self.path))
        for outcome in decided:
            self._finish(outcome)

    # What was done

    def _failed(self, origin: str, error: PpreflistError, candidate: Candidate | None = None) -> None:
        self._finish(Outcome(Status.FAILED, origin, message=str(error), hint=error.hint, candidate=candidate))

    def _finish(self, outcome: Outcome, *, told: bool = False) -> None:
        """Remember an outcome, and say it at once unless all are printed as JSON in the end."""
        self.outcomes.append(outcome)
        if self.options.as_json:
            return
        match outcome.status:
            case Status.ADDED:
                if not self.options.dry_run:
                    click.echo(clean(f"Added {outcome.key} ({self.path}:{outcome.line})."))
                if not told and len(self.outcomes) <= _FEW_NOTES:
                    self._say_doubts(outcome)
            case Status.DUPLICATE:
                place = f"{self.path}:{outcome.line}" if outcome.line else "just now"
                note(f"{outcome.origin}: {outcome.message}, {place}. Nothing was added.")
            case Status.FAILED:
                report_error(outcome.message, outcome.hint)
            case Status.CANCELLED:
                note(f"{outcome.origin}: {outcome.message}.")

    def _say_doubts(self, outcome: Outcome) -> None:
        for warning in self._warnings(outcome):
            note(f"Note: {outcome.key}: {warning}")

    def _warnings(self, outcome: Outcome) -> list[str]:
        if outcome.candidate is None:
            return []
        return [*outcome.candidate.warnings, *made.missing(outcome.candidate.entry, date.today())]

    def _as_json(self, outcome: Outcome) -> dict[str, object]:
        entry = outcome.candidate.entry if outcome.candidate is not None else None
        return {
            "input": outcome.origin,
            "outcome": outcome.status.value,
            "saved": outcome.status is Status.ADDED and not self.options.dry_run,
            "key": outcome.key or None,
            "path": str(self.path),
            "line": outcome.line or None,
            "type": entry.type if entry is not None else None,
            "fields": {name: each.text for name, each in entry.fields.items()} if entry is not None else {},
            "warnings": self._warnings(outcome) if outcome.status is Status.ADDED else [],
            "message": outcome.message or None,
            "hint": outcome.hint or None,
        }

    # What is needed for it

    def _fresh(self) -> BibFile:
        """The library as it is now."""
        now = disk.read(self.path, missing_ok=True)
        return self.snapshot.file if now.data == self.snapshot.data else now.file

    @property
    def _asks(self) -> bool:
        """Whether what is to be added is shown first."""
        options = self.options
        return options.dry_run or options.in_editor or (on_terminal() and not options.yes and not options.as_json)

    @property
    def _codec(self) -> str:
        return self.snapshot.encoding.codec

    def _key_of(self, candidate: Candidate) -> str:
        return candidate.key or make_key(
            key_parts_of(candidate.entry), {key.casefold() for key in self.snapshot.file.by_key}
        )

    @cached_property
    def _doi_url(self) -> str:
        from ppreflist.resolve.doi import BASE_URL

        return os.environ.get(DOI_URL_VARIABLE) or BASE_URL

    @cached_property
    def _client(self) -> Client:
        from ppreflist.net.client import Client
        from ppreflist.net.settings import origin_of, settings_from

        settings = settings_from(os.environ, purpose="adds a reference").with_timeout(self.options.timeout)
        if os.environ.get(DOI_URL_VARIABLE):
            settings = replace(settings, trusted=frozenset({origin_of(self._doi_url)}))
        return Client(settings)


def _standard_input() -> str:
    data = sys.stdin.buffer.read(MOST_INPUT + 1)
    if len(data) > MOST_INPUT:
        raise LibraryUnreadable("more than 256 MB came on standard input", hint="Put it into a file and split it.")
    return encoding.decode(data, "standard input")[0]


def _is_file(reference: str) -> bool:
    return Path(reference).is_file() if len(reference) < 1000 and "\0" not in reference else False


def _not_an_identifier(text: str, found: Malformed | None) -> PpreflistError:
    """Why an argument is nothing that can be added, and what to do."""
    shown = text if len(text) <= 100 else text[:99] + "\u2026"
    by_hand = "Add it by its fields: ppreflist add --type article --title TITLE --author NAME --field year=YEAR"
    if found is not None:
        hint = f"Did you mean {found.right.value}?" if found.right is not None else f"Check it at its source. {by_hand}"
        return EditRefused(f"{shown} is not a valid {found.label}: {found.reason}", hint=hint)
    readings = candidates(text)
    if readings:
        ways = " or ".join(str(each) for each in readings)
        return EditRefused(f"{shown} can be more than one thing", hint=f"Say which: ppreflist add {ways}")
    if text.lower().endswith(".bib"):
        return LibraryNotFound("there is no such file", path=shown, hint="Check its name.")
    if "://" in text or text.startswith("www."):
        by_hand = f"ppreflist add --type online --title TITLE --author NAME --field url={shown}"
        return EditRefused(f"{shown}: there is no identifier in this address", hint=f"Add it by its fields: {by_hand}")
    return EditRefused(f"{shown!r} is no identifier, and there is no such file", hint=by_hand)
