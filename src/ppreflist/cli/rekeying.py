"""The work of ``ppreflist rekey``: old and new keys, the library, and the documents that cite it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from ppreflist.bibtex import disk, encoding
from ppreflist.bibtex import read as reading
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.store import change, plan
from ppreflist.cli.changes import show_diff
from ppreflist.cli.output import echo_json, note, on_terminal, table
from ppreflist.cli.selection import select
from ppreflist.errors import DocumentUnreadable, EditRefused, LibraryNotFound, PpreflistError
from ppreflist.formats.citing import Replaced, rewriter
from ppreflist.model.edit import Edit
from ppreflist.model.key import key_flaw
from ppreflist.model.keypattern import Pattern
from ppreflist.model.references import aliases
from ppreflist.model.rekeying import new_keys, rekeyed

_REASON = "Citation keys are replaced in LaTeX (.tex, .ltx) and Markdown (.md, .qmd, .Rmd) files."


@dataclass(frozen=True, slots=True)
class Document:
    """A document that cites the library, as it was read, and as it shall be."""

    snapshot: disk.Snapshot
    replaced: Replaced

    @property
    def changed(self) -> bool:
        return self.replaced.text != self.snapshot.text

    @property
    def times(self) -> int:
        """How many keys are replaced."""
        return sum(self.replaced.counts.values())


class Rekeying:
    """One run of the command."""

    def __init__(self, path: Path, pattern: Pattern, documents: Sequence[Path]) -> None:
        self.snapshot = disk.read(path)
        self.path = path
        self.pattern = pattern
        self.library = reading.library(self.snapshot.file)
        self.to: dict[str, str] = {}
        self._sources = list({each.real: each for each in map(_read, documents)}.values())

    def choose(self, terms: Sequence[str], *, alias: bool = False) -> None:
        """Find the new keys of what was asked for. EditRefused for an ``OLD=NEW`` that cannot be."""
        wanted = [term for term in terms if "=" in term and term.partition("=")[0] in self.library]
        for term in wanted:
            old, _, new = term.partition("=")
            self.to[self.library[old].key] = self._checked(new)
        rest = [term for term in terms if term not in wanted]
        if rest or not terms:
            chosen = [entry for entry in select(self.library, rest) if entry.key not in self.to]
            self.to |= new_keys(self.library, chosen, self.pattern, keep=alias)
        self.to = {old: new for old, new in self.to.items() if old != new}
        self._refuse_clashes()

    def carry_out(self, *, alias: bool, dry_run: bool, yes: bool, as_json: bool) -> None:
        """Show, ask, write the library and then the documents, and say what was done."""
        documents = [Document(source, _rewritten(source, self.to)) for source in self._sources]
        edits = rekeyed(self.library, self.to, keep=alias)
        if not self.to:
            saved = False
        elif dry_run:
            saved = False
            if not as_json:
                self._show(edits, documents)
        else:
            saved = self._save(edits, documents, yes=yes, as_json=as_json)
        if as_json:
            echo_json(
                {
                    "library": str(self.path),
                    "saved": saved,
                    "keys": self.to,
                    "documents": {str(each.snapshot.path): dict(each.replaced.counts) for each in documents},
                }
            )
        elif not self.to:
            note(f"Every key fits {self.pattern.text}; nothing to change.")
        elif saved:
            for each in documents:
                note(f"{each.snapshot.path}: {each.times} {'key' if each.times == 1 else 'keys'} replaced.")
            count = len(self.to)
            note(f"Changed {count} {'key' if count == 1 else 'keys'} in {self.path}. {self._way_back(documents)}")

    def _way_back(self, documents: Sequence[Document]) -> str:
        if not any(each.changed for each in documents):
            return "`ppreflist undo` takes it back."
        return "`ppreflist undo` takes back the library only; NEW=OLD with the same --in takes back both."

    def _checked(self, key: str) -> str:
        flaw = key_flaw(key)
        if flaw:
            raise EditRefused(f"{key!r}: {flaw}", hint="Use letters, digits, and - _ : . / + between them.")
        return key

    def _refuse_clashes(self) -> None:
        """EditRefused when two entries would have one key."""
        seen: dict[str, str] = {}
        for entry in self.library:
            for name in (self.to.get(entry.key, entry.key), *aliases(entry)):
                other = seen.setdefault(name.casefold(), entry.key)
                if other != entry.key and (entry.key in self.to or other in self.to):
                    raise EditRefused(
                        f"{entry.key} and {other} would both be {name}",
                        path=str(self.path),
                        line=entry.line,
                        hint="Choose another key for one of them.",
                    )

    def _show(self, edits: Sequence[Edit], documents: Sequence[Document]) -> None:
        table([(old, "->", new) for old, new in self.to.items()], caps=(60, 2))
        planned = plan(self.path, edits)
        show_diff(planned.before, planned.after, str(self.path))
        for each in documents:
            show_diff(each.snapshot.text, each.replaced.text, str(each.snapshot.path))

    def _save(self, edits: Sequence[Edit], documents: Sequence[Document], *, yes: bool, as_json: bool) -> bool:
        if not yes:
            if not on_terminal():
                if not as_json:
                    table([(old, "->", new) for old, new in self.to.items()], caps=(60, 2))
                note("Nothing was changed: pass --yes to apply this without being asked, or --dry-run to see it.")
                return False
            self._show(edits, documents)
            if not click.confirm(f"Change {len(self.to)} keys?" if len(self.to) > 1 else "Change it?", default=True):
                note("Nothing was changed.")
                return False
        data = [encoding.encode(each.replaced.text, each.snapshot.encoding) for each in documents]

        def guarded(now: BibFile) -> Sequence[Edit]:
            if now.text != self.snapshot.text:
                raise EditRefused(
                    "the library was changed by another program in the meantime",
                    path=str(self.path),
                    hint="Nothing was changed; run `ppreflist rekey` again.",
                )
            return edits

        change(self.path, guarded, command="rekey")
        for each, new in zip(documents, data, strict=True):
            if each.changed:
                self._replace(each, new)
        return True

    def _replace(self, document: Document, data: bytes) -> None:
        try:
            disk.replace_file(document.snapshot, data)
        except PpreflistError as error:
            names = " ".join(f"{old}={new}" for old, new in list(self.to.items())[:5])
            raise EditRefused(
                f"{error.message}; the library has the new keys, this document still has the old ones",
                path=os.fspath(document.snapshot.path),
                hint=f"`ppreflist undo` gives the library its old keys back. Changed were: {names}"
                + (" ..." if len(self.to) > 5 else ""),
            ) from error


def _read(path: Path) -> disk.Snapshot:
    if rewriter(path.suffix) is None:
        raise EditRefused(f"{path}: a file of this kind is not known", hint=_REASON)
    try:
        return disk.read(path)
    except LibraryNotFound as error:
        hint = "--in names a LaTeX or Markdown file that cites the library: check its name."
        raise DocumentUnreadable("there is no such file", path=str(path), hint=hint) from error


def _rewritten(source: disk.Snapshot, to: Mapping[str, str]) -> Replaced:
    rewrite = rewriter(source.path.suffix)
    return rewrite(source.text, to) if rewrite is not None else Replaced(source.text, {})
