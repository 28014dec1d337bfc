"""The work of ``ppreflist extract``: from files to findings, to drafts, to the screen or the library."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import click

from ppreflist.bibtex import disk, read
from ppreflist.cli import candidate as made
from ppreflist.cli import exit as codes
from ppreflist.cli.adding import Adding, key_pattern
from ppreflist.cli.adding import Options as AddingOptions
from ppreflist.cli.candidate import Candidate
from ppreflist.cli.output import clean, echo_json, note, report_error
from ppreflist.cli.pasting import UNVERIFIED
from ppreflist.errors import DocumentUnreadable, EditRefused, PpreflistError
from ppreflist.extract import docx, html
from ppreflist.extract.detect import Format, format_of, text_of
from ppreflist.extract.document import Document
from ppreflist.extract.find import find
from ppreflist.extract.finding import Finding, Kind
from ppreflist.extract.known import Known
from ppreflist.formats.cslentry import entry_fields
from ppreflist.links.domains import registered_domain, split_domain
from ppreflist.lint.duplicates import Match
from ppreflist.model.key import free_key
from ppreflist.model.keypattern import Pattern

MOST_BYTES = 64 * 1024 * 1024
MOST_CHARACTERS = 16_000_000


@dataclass(frozen=True)
class Options:
    """The options of the command."""

    only_new: bool = False
    add: bool = False
    tags: tuple[str, ...] = ()
    offline: bool = False
    timeout: float = 20.0
    dry_run: bool = False
    yes: bool = False
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding as a candidate. ``match`` is the entry that the library has of it; ``candidate`` is None when there is
    nothing to make an entry of. ``key`` is the one that it would get. ``repeated``: an earlier draft is the match."""

    source: str
    finding: Finding
    candidate: Candidate | None
    match: Match | None
    key: str = ""
    repeated: bool = False

    @property
    def remarks(self) -> list[str]:
        """What a person should know, in sentences without their full stop."""
        found = list(self.finding.remarks)
        address = self.finding.address
        if address is not None:
            if address.repairs:
                found.append(f"the address is printed as {address.printed!r}: it {' and '.join(address.repairs)}")
            found += [f"the address may be meant as {url}: {reason}" for url, reason in address.suggestions]
        return found


@dataclass
class Extracting:
    """One run of the command."""

    snapshot: disk.Snapshot
    options: Options
    drafts: list[Draft] = field(default_factory=list)
    failed: bool = False
    _codes: list[int] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """FAILED when a document could not be read, else what adding came to."""
        return codes.FAILED if self.failed else max(self._codes, default=codes.DONE)

    def run(self, files: Sequence[str]) -> None:
        """Read the files and print or add what is in them. One that cannot be read does not stop the others."""
        taken = {key.casefold() for key in self.snapshot.file.by_key}
        for file in files:
            try:
                self.drafts += self._drafts_of(file, taken)
            except PpreflistError as error:
                self.failed = True
                report_error(str(error), error.hint)
        if self.options.add:
            self._add()
        elif self.options.as_json:
            echo_json([_as_json(each) for each in self._shown()])
        else:
            click.echo("\n".join(self._text_of(each) for each in self._shown()), nl=False)
        self._summary()

    def _drafts_of(self, file: str, taken: set[str]) -> Iterator[Draft]:
        source = "standard input" if file == "-" else file
        for finding in find(_document(file), self._urls):
            candidate = self._candidate(source, finding)
            if candidate is None:
                yield Draft(source, finding, None, None)
                continue
            match = self._known.find(candidate.entry)
            again = self._drafted.find(candidate.entry) if match is None else None
            if match is not None or again is not None:
                yield Draft(source, finding, candidate, match or again, repeated=again is not None)
                continue
            key = free_key(candidate.key or self._pattern.base(candidate.entry), taken)
            taken.add(key.casefold())
            self._drafted.add(replace(candidate.entry, key=key))
            yield Draft(source, finding, candidate, None, key)

    def _candidate(self, source: str, finding: Finding) -> Candidate | None:
        """The finding as an entry, marked as unverified; None when it holds nothing."""
        kind, fields = entry_fields(finding.item, self.snapshot.encoding.codec)
        try:
            candidate = made.from_fields(f"{source}:{finding.place}", kind, (*fields, ("keywords", UNVERIFIED)))
        except EditRefused:
            return None
        if finding.address is not None and finding.kind is Kind.ADDRESS:
            host = registered_domain(urlsplit(finding.address.url).hostname or "")
            candidate = replace(candidate, key=re.sub(r"[^a-z0-9]", "", split_domain(host)[0].lower()))
        return candidate if len(candidate.fields) > 1 else None

    def _shown(self) -> list[Draft]:
        return [each for each in self.drafts if each.match is None or not self.options.only_new]

    def _text_of(self, draft: Draft) -> str:
        place = f"{draft.source}, {draft.finding.place}"
        lines = [f"{place}: {_shortened(draft.finding.printed)}", *draft.remarks]
        if draft.match is not None and draft.repeated:
            lines.append(f"the same as {draft.match.entry.key} above ({draft.match.reason})")
        elif draft.match is not None:
            lines.append(f"already in {self.snapshot.path} as {draft.match.entry.key} ({draft.match.reason})")
        text = "".join(f"% {clean(' '.join(line.split()))}\n" for line in lines)
        if draft.candidate is None or draft.match is not None:
            return text
        return text + draft.candidate.written(draft.key, self.snapshot.encoding)

    def _add(self) -> None:
        options = self.options
        adding = Adding(
            self.snapshot,
            AddingOptions(
                tags=options.tags,
                dry_run=options.dry_run,
                yes=options.yes,
                as_json=options.as_json,
                timeout=options.timeout,
            ),
        )
        new = [each for each in self.drafts if each.candidate is not None and each.match is None]
        alone = [each for each in new if each.finding.kind is Kind.IDENTIFIER]
        adding.offer([each.candidate for each in new if each.candidate is not None and each not in alone])
        if options.offline:
            for each in alone:
                place = f"{each.source}, {each.finding.place}"
                note(f"{place}: {each.finding.printed}: left out, as only its number is known.")
        else:
            adding.add_identifiers([each.finding.identifiers[0] for each in alone])
        adding.show_plan()
        adding.report()
        self._codes.append(adding.exit_code)

    def _summary(self) -> None:
        counts = {kind: sum(each.finding.kind is kind for each in self.drafts) for kind in Kind}
        words = {
            Kind.LISTED: "in reference lists", Kind.PROSE: "in running text", Kind.IDENTIFIER: "by identifier alone",
            Kind.ADDRESS: "web addresses alone",
        }  # fmt: skip
        told = [f"{count} {words[kind]}" for kind, count in counts.items() if count]
        there = sum(each.match is not None and not each.repeated for each in self.drafts)
        if not self.drafts:
            if not self.failed:
                note("No references were found.")
            return
        note(f"Found {len(self.drafts)}: {', '.join(told)}; {there} of them in {self.snapshot.path} already.")

    @cached_property
    def _pattern(self) -> Pattern:
        return key_pattern()

    @cached_property
    def _drafted(self) -> Known:
        return Known()

    @cached_property
    def _known(self) -> Known:
        return Known(read.library(self.snapshot.file).entries)

    @cached_property
    def _urls(self) -> list[str]:
        return [url for entry in read.library(self.snapshot.file).entries if (url := entry.text("url"))]


def _document(file: str) -> Document:
    """The document in a file or on standard input."""
    data = _bytes(file)
    shown = "standard input" if file == "-" else file
    if not data.strip():
        raise DocumentUnreadable("it is empty", path=shown, hint="Give a document with text in it.")
    kind = format_of(data, shown)
    if kind is Format.PDF:
        if find_spec("pypdf") is None:
            hint = "pip install 'ppreflist[pdf]', or save its text: pdftotext FILE - | ppreflist extract -"
            raise DocumentUnreadable("reading PDF needs the package pypdf", path=shown, hint=hint)
        return _pdf(data, shown)
    if kind is Format.DOCX:
        return docx.document(data, shown)
    text = text_of(data, shown)
    if len(text) > MOST_CHARACTERS:
        hint = "Take out the part with the references."
        raise DocumentUnreadable("it has more than 16 million characters", path=shown, hint=hint)
    return html.document(text) if kind is Format.HTML else Document.of_text(text)


def _pdf(data: bytes, shown: str) -> Document:
    from ppreflist.extract import pdf

    return pdf.document(data, shown)


def _bytes(file: str) -> bytes:
    try:
        if file == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise DocumentUnreadable("there is no such file", path=file, hint="Check its name.") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DocumentUnreadable(
            f"it cannot be read: {reason}", path=file, hint="Check its permissions (ls -l)."
        ) from error
    if len(data) > MOST_BYTES:
        raise DocumentUnreadable("it is larger than 64 MB", path=file, hint="Take out the part with the references.")
    return data


def _shortened(text: str, longest: int = 300) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "\u2026"


def _as_json(draft: Draft) -> dict[str, object]:
    finding, candidate, match = draft.finding, draft.candidate, draft.match
    address = finding.address
    return {
        "source": draft.source,
        "page": finding.place.page or None,
        "line": finding.place.line,
        "found_in": finding.kind.value,
        "printed": finding.printed,
        "type": candidate.entry.type if candidate is not None else None,
        "key": draft.key or None,
        "fields": _texts(candidate) if candidate is not None else {},
        "identifiers": [str(each) for each in finding.identifiers],
        "address": None if address is None else {
            "printed": address.printed,
            "url": address.url or None,
            "defects": list(address.repairs),
            "suggestions": [{"url": url, "reason": reason} for url, reason in address.suggestions],
        },
        "already": None if match is None else {
            "key": match.entry.key, "reason": match.reason, "in": "document" if draft.repeated else "library",
        },
        "remarks": draft.remarks,
    }  # fmt: skip


def _texts(candidate: Candidate) -> dict[str, str]:
    return {name: each.text for name, each in candidate.entry.fields.items()}
