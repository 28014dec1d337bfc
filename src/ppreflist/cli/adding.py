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

import click

from ppreflist.bibtex import disk, encoding
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.store import change, plan
from ppreflist.cli import candidate as made
from ppreflist.cli import exit as codes
from ppreflist.cli.admission import Outcome, Rules, Status, decide, known, known_all, known_page
from ppreflist.cli.candidate import Candidate
from ppreflist.cli.changes import show_diff
from ppreflist.cli.given import Address, understood
from ppreflist.cli.lookup import Lookup
from ppreflist.cli.output import clean, echo_json, note, on_terminal, report_error
from ppreflist.errors import EditRefused, LibraryUnreadable, PpreflistError
from ppreflist.formats.cslentry import from_rich
from ppreflist.model.edit import Edit
from ppreflist.model.entry import Entry
from ppreflist.model.identifier import ISSN, Identifier, interpret, parse_issn
from ppreflist.model.keypattern import VARIABLE, Pattern, pattern_from

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
    anyway: bool = False
    timeout: float = 20.0
    allow_private: bool = False
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
        self._prepare(references)
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
            if interpret(reference) is None and _is_file(reference):
                self._add_text(disk.read(reference).text, reference)
            else:
                self._add_one(reference)

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
            self._prepare(lines)
            for line in lines:
                self._add_one(line)
            return
        found, errors = made.from_bibtex(text, origin, check=self._asks)
        for error in errors:
            self._failed(origin, error)
        self._offer([self._adjusted(each) for each in found])

    def _add_one(self, origin: str) -> None:
        """What an identifier or the address of a web page names."""
        try:
            found = understood(origin, anyway=self.options.anyway, asks=self._can_ask)
            if isinstance(found, Address):
                self._add_page(origin, found.url)
            elif not self._is_there(origin, found):
                self._offer([self._adjusted(self._lookup.candidate(origin, found))])
        except PpreflistError as error:
            self._failed(origin, error)

    def _is_there(self, origin: str, identifier: Identifier) -> bool:
        """Whether the library has it already; if so, that is its outcome."""
        if self.options.allow_duplicates:
            return False
        there = known(self._latest or self.snapshot.file, identifier)
        if there is not None:
            message = f"already there as {there.key} (same {identifier.label})"
            self._finish(Outcome(Status.DUPLICATE, origin, there.key, there.line, message))
        return there is not None

    def _add_page(self, origin: str, url: str) -> None:
        """A web page, or the work that the page says it is."""
        if self._is_known_page(origin, url):
            return
        page = self._lookup.page(url)
        identifier = page.own
        if identifier is None and page.mentioned is not None and self._can_ask:
            click.echo(clean(f"{origin} has no identifier of its own, and links to {page.mentioned.url}."), err=True)
            if click.confirm("Add that work instead of the page?", default=False, err=True):
                identifier = page.mentioned
        if identifier is not None:
            if not self._is_there(origin, identifier):
                self._offer([self._adjusted(self._lookup.candidate_of(origin, page, identifier))])
        elif not self._is_known_page(origin, page.record.item["URL"]):
            self._offer([self._adjusted(self._lookup.candidate_of(origin, page, None))])

    def _is_known_page(self, origin: str, url: str) -> bool:
        """Whether the library has an entry about this page; if so, that is its outcome."""
        bib = self._latest or self.snapshot.file
        block = None if self.options.allow_duplicates else known_page(bib, url)
        if block is not None:
            message = f"already there as {block.key} (same address)"
            self._finish(Outcome(Status.DUPLICATE, origin, block.key, bib.place(block.start)[0], message))
        return block is not None

    def _prepare(self, texts: Sequence[str]) -> None:
        """Look many identifiers up in few requests."""
        if len(texts) < 2:
            return
        found = [each for text in texts if isinstance(each := interpret(text), Identifier)]
        index = known_all(self.snapshot.file, found) if not self.options.allow_duplicates else frozenset()
        wanted = [each for each in found if each not in index]
        if len(wanted) > 1:
            self._lookup.prepare(wanted)

    def _add_by_fields(self) -> None:
        origin = self.options.title or "the fields given"
        kind = self.options.kind or "article"
        try:
            fields = self._fields()
            if not fields and self.options.in_editor:
                self._offer_edited(made.template(kind), origin, Candidate(origin, Entry("", kind)))
                return
            candidate = self._with_journal(made.from_fields(origin, kind, fields))
            self._offer([self._adjusted(candidate, fields=False)])
        except PpreflistError as error:
            self._failed(origin, error)

    def _with_journal(self, candidate: Candidate) -> Candidate:
        """An article with an ISSN and no journal gets the journal's name, when a service can be asked for it."""
        entry = candidate.entry
        issn = parse_issn(entry.text("issn"))
        if entry.type != "article" or entry.first("journal", "journaltitle") or not isinstance(issn, ISSN):
            return candidate
        try:
            name = self._lookup.journal(issn)
        except PpreflistError as error:
            return replace(candidate, warnings=(*candidate.warnings, error.message))
        completed = made.changed(candidate, [("journal", from_rich(name, self._codec))])
        note = f"{issn.label} {issn.value} is {completed.entry.text('journal')}"
        return replace(completed, warnings=(*completed.warnings, note))

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
        """Add candidates that were made elsewhere, with what the options say about them."""
        self._offer([self._adjusted(each) for each in found])

    def show_plan(self) -> None:
        """With --dry-run: show what all that was offered comes to."""
        if self.options.dry_run:
            self._show_plan()

    def add_identifiers(self, identifiers: Sequence[Identifier]) -> None:
        """Add the works that identifiers name; one that fails does not stop the others."""
        texts = [str(each) for each in identifiers]
        self._prepare(texts)
        for text in texts:
            self._add_one(text)

    def failed(self, origin: str, error: PpreflistError, choices: tuple[dict[str, object], ...] = ()) -> None:
        """Say that something could not be added, and why; ``choices`` are what may have been meant, for programs."""
        self._finish(Outcome(Status.FAILED, origin, message=str(error), hint=error.hint, choices=choices))

    def cancelled(self, origin: str) -> None:
        """Say that somebody did not want something."""
        self._finish(Outcome(Status.CANCELLED, origin, message="not added"))

    @property
    def can_ask(self) -> bool:
        """Whether somebody can be asked what was meant."""
        return self._can_ask

    @property
    def codec(self) -> str:
        """The encoding of the library."""
        return self._codec

    @property
    def lookup(self) -> Lookup:
        """The services, asked as the options say."""
        return self._lookup

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
        _, (outcome,) = decide(self._fresh(), [candidate], **self._rules)
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
        _, outcomes = decide(self._fresh(), found, **self._rules)
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
            wanted, decided[:] = decide(bib, found, **self._rules)
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
            wanted, decided[:] = decide(bib, self._pending, **self._rules)
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
            "candidates": list(outcome.choices),
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
        return options.dry_run or options.in_editor or self._can_ask

    @property
    def _codec(self) -> str:
        return self.snapshot.encoding.codec

    def _key_of(self, candidate: Candidate) -> str:
        return candidate.key or self._pattern.key(
            candidate.entry, {key.casefold() for key in self.snapshot.file.by_key}
        )

    @property
    def _rules(self) -> Rules:
        """What decides about a candidate besides the library."""
        return {"allow_duplicates": self.options.allow_duplicates, "pattern": self._pattern}

    @cached_property
    def _pattern(self) -> Pattern:
        return key_pattern()

    @property
    def _can_ask(self) -> bool:
        """Whether somebody can be asked what was meant."""
        return on_terminal() and not self.options.yes and not self.options.as_json

    @cached_property
    def _lookup(self) -> Lookup:
        options = self.options
        return Lookup(os.environ, options.timeout, options.allow_private, self._codec, date.today())


def key_pattern() -> Pattern:
    """The pattern of new keys that the environment asks for. EditRefused when it is none."""
    try:
        return pattern_from(os.environ)
    except ValueError as error:
        hint = "README, 'Citation keys', lists the parts of a pattern."
        raise EditRefused(f"${VARIABLE}: {error}", hint=hint) from error


def _standard_input() -> str:
    data = sys.stdin.buffer.read(MOST_INPUT + 1)
    if len(data) > MOST_INPUT:
        raise LibraryUnreadable("more than 256 MB came on standard input", hint="Put it into a file and split it.")
    return encoding.decode(data, "standard input")[0]


def _is_file(reference: str) -> bool:
    return Path(reference).is_file() if len(reference) < 1000 and "\0" not in reference else False
