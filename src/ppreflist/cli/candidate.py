"""Candidates: references that may be added, made from fields, from a service's record or from BibTeX text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ppreflist.bibtex import read
from ppreflist.bibtex.apply import apply
from ppreflist.bibtex.bibfile import BibFile, broken
from ppreflist.bibtex.blocks import EntryBlock
from ppreflist.bibtex.draft import Splice, spliced
from ppreflist.bibtex.encoding import UTF_8, Encoding
from ppreflist.bibtex.latex import encode
from ppreflist.bibtex.names import format_names, split_names
from ppreflist.bibtex.value import MONTHS, parts
from ppreflist.errors import EditRefused
from ppreflist.formats.cslentry import entry_fields
from ppreflist.lint import required
from ppreflist.lint.check import Context
from ppreflist.model.edit import AddEntry, AddSource, Edit, RemoveField, SetField
from ppreflist.model.entry import Entry, Field
from ppreflist.model.entrytype import canonical_field, entry_type, spellings
from ppreflist.model.identifier import KINDS, Identifier, parse_several
from ppreflist.model.library import Library
from ppreflist.model.name import NAME_FIELDS
from ppreflist.model.query import tags
from ppreflist.resolve.record import NO_TITLE, Record

Fields = tuple[tuple[str, str], ...]

_LATEX_COMMAND = re.compile(r"\\[A-Za-z'`^\"~=.&%$#_,-]")
_BRACE = re.compile(r"([{}])")
_PAGE_RANGE = re.compile(r"([A-Za-z]?\d{1,9})\s{0,3}[-\u2010-\u2015]{1,3}\s{0,3}([A-Za-z]?\d{1,9})")
_OF_PROGRAMS = re.compile(r"%+\s*(?:Encoding:|This file was created with|BibTeX export|Automatically generated|\Z)")
_PROVISIONAL = "provisional"
_RIVAL_DATES = {"date": ("year", "month", "day"), "year": ("date",)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reference that may be added.

    ``entry`` is what it says, decoded. It is written from ``fields`` (names and LaTeX values) or, when somebody wrote
    BibTeX, as ``source`` stands there, with ``fields`` set in it afterwards (those without a value taken out of it).
    ``key`` is the wished citation key, which a clash changes unless it is ``firm``. ``origin`` says where it comes
    from, ``warnings`` what a person should see, ``comment`` what stood before it in its file.
    """

    origin: str
    entry: Entry
    fields: Fields = ()
    source: str = ""
    key: str = ""
    firm: bool = False
    warnings: tuple[str, ...] = ()
    comment: str = ""

    def edits(self, key: str) -> list[Edit]:
        """The edits that add it under a key."""
        if not self.source:
            return [AddEntry(key, self.entry.type, self.fields)]
        then = (SetField(key, name, value) if value else RemoveField(key, name) for name, value in self.fields)
        return [AddSource(key, self.source, self.comment), *then]

    def written(self, key: str, encoding: Encoding = UTF_8) -> str:
        """Its BibTeX text under a key, by itself. EditRefused when it cannot be written."""
        return apply(BibFile.parse("", encoding=encoding), self.edits(key)).new.text


def from_fields(
    origin: str, kind: str, fields: Iterable[tuple[str, str]], *, key: str = "", warnings: Iterable[str] = ()
) -> Candidate:
    """A candidate of names and LaTeX values. EditRefused when they cannot be written."""
    kept = tuple((name, value) for name, value in fields if value.strip())
    if not kept:
        raise EditRefused("there is nothing in any field", hint="Give at least a title: --title TITLE")
    draft = Candidate(origin, Entry("", kind), kept)
    entry = _read(draft.written(_PROVISIONAL))
    return Candidate(origin, entry, kept, key=key, warnings=(*warnings, *doubts(entry)))


def from_record(origin: str, record: Record, codec: str = "utf-8") -> Candidate:
    """A candidate of what a service knows about a work."""
    kind, fields = entry_fields(record.item, codec)
    more = tuple((name, latex_value(name, text, codec)) for name, text in record.fields)
    return from_fields(origin, kind, (*fields, *more), warnings=record.warnings)


def from_bibtex(text: str, origin: str, *, check: bool = True) -> tuple[list[Candidate], list[EditRefused]]:
    """The entries in a BibTeX text, each as it was written, and an error with its place for each that is not usable.

    Macros that the text defines are put in, because the library need not have them. Empty fields are left out. Comment
    lines (``%``) before an entry come with it. Without ``check`` only what is no entry at all is an error; the rest is
    for ``checked`` when the library refuses something.
    """
    bib = BibFile.parse(text, origin)
    library = read.library(bib)
    comments = _comments(bib)
    candidates = [
        Candidate(
            f"{origin}:{entry.line}",
            entry,
            _empty(bib, block),
            _with_macros(bib, block, entry, library.macros),
            entry.key,
            warnings=tuple(doubts(entry)),
            comment=comments.get(block.start, ""),
        )
        for block, entry in zip(bib.entries, library.entries, strict=True)
    ]
    candidates, errors = checked(candidates) if check else (candidates, [])
    for damaged in broken(bib):
        line, column = bib.place(damaged.at)
        hint = "Correct it and add it again; nothing else is held back by it."
        errors.append(EditRefused(damaged.reason, hint=hint, path=origin, line=line, column=column))
    return candidates, errors


def _comments(bib: BibFile) -> dict[int, str]:
    """The comment lines before entries, by the offset of the entry; not what programs write about themselves."""
    found = {}
    end = 0
    for block in bib.blocks:
        if type(block) is EntryBlock and "%" in (between := bib.text[end : block.start]):
            # What stands on the last line of the block before belongs to that.
            lines = between.splitlines()[1 if end else 0 :]
            kept = [line.strip() for line in lines if line.lstrip().startswith("%") and "@" not in line]
            found[block.start] = "\n".join(line for line in kept if not _OF_PROGRAMS.match(line))
        end = block.end
    return found


def checked(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[EditRefused]]:
    """Those of the candidates that a library can take, and an error for each of the others.

    One that bibtexparser does not read as we do is made anew of its fields.
    """
    refused = dict(_refused(candidates, 0))
    usable: list[Candidate] = []
    errors: list[EditRefused] = []
    for number, candidate in enumerate(candidates):
        try:
            usable.append(_anew(candidate, refused[number]) if number in refused else candidate)
        except EditRefused as error:
            path, line = candidate.origin.rpartition(":")[0], candidate.entry.line
            errors.append(EditRefused(error.message, hint=error.hint, path=path or candidate.origin, line=line))
    return usable, errors


def changed(
    candidate: Candidate, fields: Iterable[tuple[str, str]], new_tags: Iterable[str] = (), codec: str = "utf-8"
) -> Candidate:
    """The candidate with these fields set (an alias or a rival date goes) and tags added behind those it has."""
    new = dict(fields)
    known = tags(candidate.entry)
    added = [encode(tag, codec) for tag in dict.fromkeys(new_tags) if tag not in known]
    if added:
        old = new.get("keywords") or candidate.entry.latex("keywords").strip()
        separator = "; " if ";" in old and "," not in old else ", "
        new["keywords"] = separator.join([old, *added] if old else added)
    if not new:
        return candidate
    if candidate.source or new.keys() == {"keywords"}:
        return replace(
            candidate, fields=tuple({**dict(candidate.fields), **new}.items()), entry=_with(candidate.entry, new)
        )
    gone = {alias for name in new for alias in _rivals(name)}
    kept = {name: value for name, value in candidate.fields if name not in gone or name in new}
    merged = from_fields(candidate.origin, candidate.entry.type, {**kept, **new}.items(), key=candidate.key)
    settled = {NO_TITLE, *doubts(candidate.entry)} if new.keys() - {"keywords"} else set()
    warnings = [warning for warning in candidate.warnings if warning not in settled]
    return replace(merged, firm=candidate.firm, warnings=tuple(dict.fromkeys((*warnings, *merged.warnings))))


def latex_value(name: str, text: str, codec: str = "utf-8") -> str:
    """What a person wrote for a field, as a LaTeX value.

    Text is escaped (``&``, ``%``, ``_`` ...) but for its braces; text with LaTeX commands in it is LaTeX already.
    Addresses and identifiers stand as they are; an identifier loses its prefix or resolver.
    """
    text = " ".join(text.split())
    name = name.lower()
    if name in KINDS:
        found = parse_several(name, text)
        return found[0].value if len(found) == 1 and isinstance(found[0], Identifier) else text
    if name in read.PLAIN_FIELDS:
        return text
    if name == "pages":
        text = _PAGE_RANGE.sub(r"\1--\2", text)
        return text if _PAGE_RANGE.search(text) else encode(text, codec)
    if "\\" in text and _LATEX_COMMAND.search(text):
        return text
    # Braces that a person wrote protect capitals; what stands in them is text like the rest.
    return "".join(part if part in ("{", "}") else encode(part, codec) for part in _BRACE.split(text))


def latex_names(names: Iterable[str], codec: str = "utf-8") -> str:
    """Names as people write them, ``Borg, Kristian`` or ``{World Health Organization}``, as one name list."""
    return " and ".join(format_names(split_names(latex_value("", name, codec))) for name in names)


def missing(entry: Entry, today: date) -> list[str]:
    """What a reader needs to find the work and the entry lacks, as clauses (``lint``'s checks of required fields)."""
    context = Context(Library((entry,)), today)
    return [finding.message for check in (required.missing, required.missing_people) for finding in check(context)]


def template(kind: str) -> str:
    """An empty entry of a type to be filled in: what it requires, then what most references give."""
    known = entry_type(kind)
    required = [group[0] for group in known.required] if known is not None else ["author", "title", "date"]
    usual = [
        name for name in ("volume", "number", "pages", "publisher", "doi", "url") if known and name in known.fields
    ]
    names = list(dict.fromkeys([*required, *usual, "keywords"]))
    lines = [f"  {name:<12} = {{}}," for name in names]
    return f"@{kind}{{,\n" + "\n".join(lines) + "\n}\n"


def _rivals(name: str) -> Iterator[str]:
    """The fields that say the same as this one."""
    canonical = canonical_field(name)
    yield from spellings(canonical)
    yield from _RIVAL_DATES.get(canonical, ())


def _read(text: str) -> Entry:
    return read.library(BibFile.parse(text)).entries[0]


def _with(entry: Entry, new: Mapping[str, str]) -> Entry:
    """The entry with these LaTeX values."""
    fields = {name: Field(name, read.text_of(name, latex), latex) for name, latex in new.items()}
    names = {name: split_names(latex) for name, latex in new.items() if name in NAME_FIELDS}
    return replace(entry, fields={**entry.fields, **fields}, names={**entry.names, **names})


def doubts(entry: Entry) -> Iterator[str]:
    """What is wrong with the identifiers of an entry."""
    for name in KINDS:
        value = entry.text(name)
        for found in parse_several(name, value) if value.strip() else ():
            if not isinstance(found, Identifier):
                yield f"{name} {value!r}: {found.reason}"


def _with_macros(bib: BibFile, block: EntryBlock, entry: Entry, macros: Mapping[str, str]) -> str:
    """The entry's text with the macros of its own file put in."""
    splices = []
    for field in block.fields:
        raw = bib.text[field.value_start : field.value_end]
        words = [word.lower() for delimiter, word in parts(raw) if not delimiter and not word.isdigit()]
        if any(word in macros for word in words) and all(word in macros or word in MONTHS for word in words):
            value = entry.latex(field.name.lower())
            splices.append(Splice(field.value_start - block.start, field.value_end - block.start, f"{{{value}}}"))
    return spliced(bib.text[block.start : block.end], splices)


def _refused(candidates: Sequence[Candidate], first: int) -> Iterator[tuple[int, EditRefused]]:
    """The numbers of the candidates that no file takes, and why. All are tried at once, then by halves."""
    edits = [edit for number, each in enumerate(candidates, first) for edit in each.edits(f"{_PROVISIONAL}{number}")]
    try:
        apply(BibFile.parse(""), edits)
    except EditRefused as error:
        if len(candidates) == 1:
            yield first, error
        else:
            half = len(candidates) // 2
            yield from _refused(candidates[:half], first)
            yield from _refused(candidates[half:], first + half)


def _anew(candidate: Candidate, error: EditRefused) -> Candidate:
    """A refused candidate made anew of its fields: what bibtexparser does not read as we do can be written plainly."""
    entry = candidate.entry
    blocks = BibFile.parse(candidate.source).entries
    if (
        len(blocks) != 1
        or blocks[0].recovered
        or len({name.lower() for name, *_ in blocks[0].fields}) < len(blocks[0].fields)
    ):
        raise error
    short = {value: name for name, value in MONTHS.items()}
    fields = [(name, each.latex) for name, each in entry.fields.items()]
    fields = [(name, short.get(value, value) if name == "month" else value) for name, value in fields]
    note = "it is written anew, without the comments between its fields"
    made = from_fields(candidate.origin, entry.type, fields, key=candidate.key)
    return replace(made, firm=candidate.firm, warnings=(*candidate.warnings, note))


def _empty(bib: BibFile, block: EntryBlock) -> Fields:
    """The fields of an entry that have no value, to be taken out."""
    raws = [(field.name, bib.text[field.value_start : field.value_end]) for field in block.fields]
    return tuple((name, "") for name, raw in raws if raw[:1] in ("{", '"') and not raw[1:-1].strip())
