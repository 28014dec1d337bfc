"""Which candidates are added, under which keys: decided on the library as it is at the moment of writing. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypedDict

from ppreflist.bibtex import read
from ppreflist.bibtex.bibfile import BibFile, broken
from ppreflist.bibtex.blocks import EntryBlock, StringBlock
from ppreflist.cli.candidate import Candidate
from ppreflist.errors import EditRefused
from ppreflist.extract.known import shortened
from ppreflist.lint.duplicates import Match, WorkIndex, identifiers
from ppreflist.lint.groups import nearest
from ppreflist.model.edit import Edit, SetField
from ppreflist.model.entry import Entry, Field
from ppreflist.model.identifier import ISBN, ArXiv, Identifier
from ppreflist.model.key import ascii_fold, free_key, key_flaw, key_parts_of, make_key
from ppreflist.model.keypattern import Pattern

_FEW = 20
"""Up to this many candidates only the entries that might be the same work are read in full."""

_SURE = 0.95
"""The score from which two entries that agree in spite of differences count as one work without asking."""

_LINKS = ("crossref", "xdata", "xref", "related", "entryset")
_KEY_OF_BROKEN = re.compile(r"@\w{1,40}\s{0,9}[{(]\s{0,9}([^\s,{}()=]{1,200})\s{0,9},")
_ALIAS = re.compile(r"[^,\s{}\"]+")
_NOT_TITLE = re.compile(r"[^a-z0-9]+")
_PAGE_TYPES = frozenset({"online", "misc", "electronic", "www"})
_ADDRESS_IN = re.compile(r"\\url|[{}\"]")
_IDENTIFYING = frozenset({"doi", "url", "eprint", "pmid", "pmcid"})


class Status(StrEnum):
    """What became of one thing that was to be added."""

    ADDED = "added"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one candidate, or of an input that did not become one.

    ``key`` is the new entry's, or that of the entry which is there already; ``line`` is its line, 0 when not known.
    ``message`` and ``hint`` are for people; ``choices`` are records that may have been meant, for programs.
    """

    status: Status
    origin: str
    key: str = ""
    line: int = 0
    message: str = ""
    hint: str = ""
    candidate: Candidate | None = None
    choices: tuple[dict[str, object], ...] = ()


class Rules(TypedDict, total=False):
    """What decides about a candidate besides the library: the options of ``decide``."""

    allow_duplicates: bool
    pattern: Pattern | None


def decide(
    bib: BibFile, candidates: Sequence[Candidate], *, allow_duplicates: bool = False, pattern: Pattern | None = None
) -> tuple[list[Edit], list[Outcome]]:
    """The edits that add the candidates to the file as it is now, and what becomes of each, in order.

    A candidate that is in the library, or was earlier in the batch, is not added. Keys never change but by a suffix
    when they are taken (case ignored); references between the candidates (crossref ...) follow. One that the file
    cannot hold fails alone. A few candidates are also compared in spite of typing errors and abbreviations: what is
    surely there is not added, what may be there is told. ``pattern`` is how new keys are made.
    """
    suspects = _might_match(bib, candidates) if not allow_duplicates else []
    index = WorkIndex(suspects)
    taken = {entry.key.casefold() for entry in bib.entries} | _aliases(bib) | _keys_of_broken(bib)
    edits: list[Edit] = []
    outcomes: list[Outcome] = []
    renamed: dict[str, str] = {}
    for candidate in candidates:
        match = None if allow_duplicates else index.find(candidate.entry)
        if match is None and len(candidates) <= _FEW:
            match, candidate = _alike(candidate, suspects)
        if match is not None:
            outcomes.append(_duplicate(candidate, match))
            if candidate.key:
                renamed[candidate.key] = match.entry.key
            continue
        if candidate.firm and candidate.key.casefold() in taken:
            hint = "Choose another one with --key, or leave --key out to have one made."
            outcomes.append(
                Outcome(Status.FAILED, candidate.origin, candidate.key, 0, f"the key {candidate.key!r} is taken", hint)
            )
            continue
        key = _key(candidate, taken, pattern)
        error = None if bib.encoding.codec == "utf-8" else _refusal(candidate, key, bib)
        if error is not None:
            outcomes.append(Outcome(Status.FAILED, candidate.origin, key, 0, error.message, error.hint))
            continue
        taken.add(key.casefold())
        if candidate.key and key != candidate.key:
            renamed[candidate.key] = key
        edits += candidate.edits(key)
        outcomes.append(Outcome(Status.ADDED, candidate.origin, key, candidate=candidate))
        if not allow_duplicates:
            suspects.append(replace(candidate.entry, key=key, line=0))
            index.add(suspects[-1])
    edits += _relinked(outcomes, renamed)
    return edits, outcomes


def _refusal(candidate: Candidate, key: str, bib: BibFile) -> EditRefused | None:
    try:
        candidate.written(key, bib.encoding)
    except EditRefused as error:
        return error
    return None


def _key(candidate: Candidate, taken: set[str], pattern: Pattern | None) -> str:
    if candidate.key and not key_flaw(candidate.key):
        return free_key(candidate.key, taken)
    if pattern is not None:
        return pattern.key(candidate.entry, taken)
    return make_key(key_parts_of(candidate.entry), taken)


def _alike(candidate: Candidate, suspects: Sequence[Entry]) -> tuple[Match | None, Candidate]:
    """The entry that is surely the same work; else the candidate with a remark about one that may be."""
    whole = next((each for each in suspects if shortened(candidate.entry, each)), None)
    if whole is not None:
        return Match(whole, "same year, volume and first page, the same title with a subtitle"), candidate
    pair = nearest(candidate.entry, suspects)
    if pair is None:
        return None, candidate
    reasons = ", ".join(pair.likeness.reasons)
    if pair.likeness.score >= _SURE:
        return Match(pair.one, reasons), candidate
    doubt = f"it may be the same work as {pair.one.key} ({reasons}): ppreflist dedupe shows them side by side"
    return None, replace(candidate, warnings=(*candidate.warnings, doubt))


def _aliases(bib: BibFile) -> set[str]:
    """The keys by which entries may be cited, too (field ``ids``)."""
    return {
        key.casefold()
        for entry in bib.entries
        for name, _, start, end in entry.fields
        if len(name) == 3 and name.lower() == "ids"
        for key in _ALIAS.findall(bib.text[start:end])
    }


def _duplicate(candidate: Candidate, match: Match) -> Outcome:
    message = f"already there as {match.entry.key} ({match.reason})"
    return Outcome(Status.DUPLICATE, candidate.origin, match.entry.key, match.entry.line, message, candidate=candidate)


def _relinked(outcomes: Iterable[Outcome], renamed: dict[str, str]) -> list[Edit]:
    """Fields of added entries that name another candidate by a key which it did not get."""
    edits: list[Edit] = []
    for outcome in outcomes if renamed else ():
        if outcome.status is not Status.ADDED or outcome.candidate is None:
            continue
        for name in _LINKS:
            keys = [key.strip() for key in outcome.candidate.entry.text(name).split(",")]
            if any(key in renamed for key in keys):
                edits.append(SetField(outcome.key, name, ",".join(renamed.get(key, key) for key in keys)))
    return edits


def _keys_of_broken(bib: BibFile) -> set[str]:
    """The keys that blocks seem to have which cannot be read: whoever repairs them should find the keys free."""
    found = (_KEY_OF_BROKEN.search(bib.text, block.start, min(block.end, block.start + 300)) for block in broken(bib))
    return {match[1].casefold() for match in found if match is not None}


def known(bib: BibFile, identifier: Identifier) -> Entry | None:
    """The entry of the file that has this identifier, or None."""
    return known_all(bib, [identifier]).get(identifier)


def known_all(bib: BibFile, wanted: Sequence[Identifier]) -> dict[Identifier, Entry]:
    """Those of the identifiers that entries of the file have, with the entries. The file is looked through once."""
    stubs = {identifier: _stub(identifier) for identifier in wanted}
    index = WorkIndex(_might_match(bib, [Candidate("", stub) for stub in stubs.values()]))
    found = {identifier: index.find(stub) for identifier, stub in stubs.items()}
    return {identifier: match.entry for identifier, match in found.items() if match is not None}


def known_page(bib: BibFile, url: str) -> EntryBlock | None:
    """The entry about the web page itself at this address, or None. Articles may share the address of their issue."""
    wanted = _place(url)
    for block in bib.entries:
        if block.type.lower() not in _PAGE_TYPES:
            continue
        for name, _, start, end in block.fields:
            if name.lower() in ("url", "howpublished") and _place(_ADDRESS_IN.sub("", bib.text[start:end])) == wanted:
                return block
    return None


def _place(url: str) -> str:
    """An address without what makes no difference: scheme, ``www.``, fragment, final slash."""
    return re.sub(r"\A(?:https?://)?(?:www\.)?", "", url.strip().lower().partition("#")[0]).rstrip("/")


def _stub(identifier: Identifier) -> Entry:
    """An entry that has nothing but this identifier."""
    name = "eprint" if isinstance(identifier, ArXiv) else identifier.kind
    return Entry("", "book", {name: Field(name, identifier.value, identifier.value)})


def _might_match(bib: BibFile, candidates: Sequence[Candidate]) -> list[Entry]:
    """The entries of the file that might be the same work as a candidate, decoded.

    Decoding is most of the cost of reading a library, so for a few candidates the entries are sifted by their raw text.
    """
    if len(candidates) > _FEW:
        return list(read.library(bib).entries)
    sieve = _Sieve([each.entry for each in candidates])
    suspects = [entry for entry in bib.entries if sieve.holds(bib.text, entry)]
    if not suspects:
        return []
    strings = [block for block in bib.blocks if type(block) is StringBlock]
    spans = [(block.start, block.end) for block in strings] + [(block.start, block.end) for block in suspects]
    text = "\n".join(bib.text[start:end] for start, end in spans)
    entries = read.library(BibFile.parse(text, bib.path)).entries
    if len(entries) != len(suspects):
        return list(read.library(bib).entries)
    return [replace(entry, line=bib.place(block.start)[0]) for entry, block in zip(entries, suspects, strict=True)]


class _Sieve:
    """Tells by an entry's raw text whether it might be the same work as one of some others; when in doubt, it might."""

    def __init__(self, others: Iterable[Entry]) -> None:
        found = [identifier for other in others for identifier in identifiers(other)]
        self.marks = {each.key.lower().removeprefix("pmc") for each in found if not isinstance(each, ISBN)}
        # The nine digits that an ISBN-10 and its ISBN-13 share.
        self.isbns = {each.key[3:12] for each in found if isinstance(each, ISBN)}
        titles = [other.first("title", "subtitle") for other in others]
        self.titles = [_longest_words(title) for title in titles if title]
        self.wholes = [_NOT_TITLE.sub("", ascii_fold(title)) for title in titles if title]

    def holds(self, text: str, entry: EntryBlock) -> bool:
        title = ""
        for name, _, start, end in entry.fields:
            folded = name.lower()
            if folded in ("title", "subtitle"):
                title += text[start:end]
            elif folded in _IDENTIFYING and self.marks and self._identifies(text[start:end].lower()):
                return True
            elif folded == "isbn" and self.isbns:
                digits = text[start:end].replace("-", "").replace(" ", "")
                if not digits.isascii() or any(isbn in digits for isbn in self.isbns):
                    return True
        return bool(title and self.titles) and self._shares_title(title)

    def _identifies(self, value: str) -> bool:
        if any(mark in value for mark in self.marks):
            return True
        # It may be written with escapes, percent signs or other hyphens.
        return "10" in value and (not value.isascii() or "\\" in value or "%" in value or "{" in value[1:])

    def _shares_title(self, raw: str) -> bool:
        if "\\" in raw or "#" in raw or raw[:1] not in ("{", '"'):
            return True
        folded = _NOT_TITLE.sub("", raw.lower() if raw.isascii() else ascii_fold(raw))
        if any(sum(word in folded for word in words) >= min(2, len(words)) for words in self.titles):
            return True
        # What was cited by the beginning of its title may lack every long word.
        return bool(folded) and any(whole.startswith(folded) for whole in self.wholes)


def _longest_words(title: str) -> list[str]:
    """The three longest words; none for a title without Latin letters, which every title might then be."""
    words = re.findall(r"[a-z0-9]+", ascii_fold(title))
    return sorted(set(words), key=len, reverse=True)[:3]
