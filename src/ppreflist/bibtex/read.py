"""A .bib file as a ``Library``: macros replaced, values as Unicode text, names split, places known."""

from __future__ import annotations

import gc
import re
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.blocks import EntryBlock, StringBlock
from ppreflist.bibtex.latex import decode, unescape
from ppreflist.bibtex.names import split_names
from ppreflist.bibtex.value import Macros, value
from ppreflist.model.entry import VERBATIM_FIELDS, Entry, Field
from ppreflist.model.library import Library
from ppreflist.model.name import NAME_FIELDS, Name, NameList
from ppreflist.model.problem import Problem, Severity

PLAIN_FIELDS: Final = VERBATIM_FIELDS | {
    "isbn", "issn", "ismn", "isan", "iswc", "isrn", "pmid", "pmcid", "eprinttype", "archiveprefix", "primaryclass",
    "eprintclass", "crossref", "xref", "xdata", "related", "entryset", "ids", "date", "urldate", "origdate",
    "eventdate",
}  # fmt: skip
"""Fields that hold no LaTeX: addresses, identifiers, citation keys, biblatex dates."""

PARAGRAPH_FIELDS: Final = frozenset({"abstract", "annotation", "annote", "comment", "review"})
"""Fields in which a blank line is a paragraph; elsewhere white space is collapsed, as BibTeX does."""

_SPACE: Final = re.compile(r"[ \t\r\n]+")
_BLANK_LINE: Final = re.compile(r"[ \t\r]*\n[ \t\r]*\n[ \t\r\n]*")


def library(bib: BibFile) -> Library:
    """The entries of ``bib`` in file order, with everything that was noticed. Never raises on what the file says.

    Of a field given twice the first counts. A macro that is not defined stays as its name, and is reported once.
    """
    with without_collector():
        return _Reader(bib).run()


def text_of(name: str, latex: str) -> str:
    """The Unicode text of a field's LaTeX value."""
    if name in PLAIN_FIELDS:
        return unescape(latex)
    if "\n" in latex or "  " in latex or latex[:1] == " " or latex[-1:] == " " or "\t" in latex or "\r" in latex:
        if name in PARAGRAPH_FIELDS:
            paragraphs = _BLANK_LINE.split(latex.strip())
            return "\n\n".join(decode(_SPACE.sub(" ", paragraph)) for paragraph in paragraphs)
        latex = _SPACE.sub(" ", latex).strip(" ")
    return decode(latex)


@contextmanager
def without_collector() -> Iterator[None]:
    """Build many objects that stay without looking for garbage among them, now or at the next collection.

    Hundreds of thousands of values would be walked again and again; that takes half of the time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


class _Reader:
    def __init__(self, bib: BibFile) -> None:
        self.bib = bib
        self.macros = Macros(budget=20 * len(bib.text) + 1_000_000)
        self.names: dict[str, Name] = {}
        self.lists: dict[str, NameList] = {}
        self.folded: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.reported: dict[str, int] = {}
        self.line_starts = bib.line_starts + array("q", [len(bib.text) + 1])
        self.line = 0

    def run(self) -> Library:
        bib = self.bib
        distrusted = bib.distrusted
        entries: list[Entry] = []
        for block in bib.blocks:
            kind = type(block)
            if kind is EntryBlock:
                entries.append(self.entry(block, block.key not in distrusted))  # type: ignore[arg-type, union-attr]
            elif kind is StringBlock:
                self.string(block)  # type: ignore[arg-type]
        problems = bib.problems
        if self.problems:
            problems = tuple(sorted((*problems, *self.undefined()), key=lambda each: (each.line, each.column)))
        texts = {name: text_of("", latex) for name, latex in self.macros.defined.items()}
        return Library(tuple(entries), texts, problems, bib.path)

    def string(self, block: StringBlock) -> None:
        latex = value(self.bib.text, block.value_start, block.value_end, self.macros)
        self.macros.defined[block.name.lower()] = latex
        if self.macros.undefined:
            self.note_undefined(block.start, "", block.name.lower())

    def entry(self, block: EntryBlock, editable: bool) -> Entry:
        text, macros, folded = self.bib.text, self.macros, self.folded
        line, column = self.place(block.start)
        fields: dict[str, Field] = {}
        names: dict[str, NameList] = {}
        for written, name_start, value_start, value_end in block.fields:
            name = folded.get(written)
            if name is None:
                name = folded[written] = written.lower()
            if name in fields:
                continue
            latex = value(text, value_start, value_end, macros)
            if macros.undefined:
                self.note_undefined(name_start, block.key, name)
            at_line, at_column = self.place(name_start)
            if name in NAME_FIELDS:
                found = self.lists.get(latex)
                if found is None:
                    found = self.lists[latex] = split_names(latex, self.names)
                names[name] = found
            fields[name] = Field(name, text_of(name, latex), latex, at_line, at_column)
        return Entry(block.key, block.type.lower(), fields, names, line, column, editable)

    def place(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of an offset that is not before the last one asked for."""
        starts, line = self.line_starts, self.line
        while starts[line] <= offset:
            line += 1
        self.line = line
        return line, offset - starts[line - 1] + 1

    def note_undefined(self, offset: int, key: str, field: str) -> None:
        """Report each undefined macro at its first use."""
        for word, uses in self.macros.undefined.items():
            folded = word.lower()
            if folded in self.reported:
                self.reported[folded] += uses
                continue
            self.reported[folded] = uses
            line, column = self.bib.place(offset)
            # The message is completed by ``undefined`` when all uses are known.
            self.problems.append(Problem("undefined-macro", Severity.WARNING, word, key, field, line, column))
        self.macros.undefined.clear()

    def undefined(self) -> Iterator[Problem]:
        for each in self.problems:
            uses = self.reported[each.message.lower()]
            often = "" if uses == 1 else f", used {uses} times,"
            message = f"the macro {each.message!r}{often} is not defined in this file; it is read as its name"
            yield Problem(each.check, each.severity, message, each.key, each.field, each.line, each.column)
