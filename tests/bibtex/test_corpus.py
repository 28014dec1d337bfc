"""Every real file of ../shared/bib: reading gives the same bytes, an edit changes nothing but what it should."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ppreflist.bibtex import opinion
from ppreflist.bibtex.apply import apply
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.blocks import Block, EntryBlock
from ppreflist.bibtex.encoding import decode, encode
from ppreflist.errors import EditRefused, LibraryUnreadable
from ppreflist.model.edit import (
    AddEntry,
    Edit,
    RemoveEntry,
    RemoveField,
    RenameField,
    RenameKey,
    SetField,
    SetType,
)

SHARED = Path(__file__).parents[3] / "shared" / "bib"
FILES = sorted(path for path in SHARED.rglob("*") if path.is_file())
LARGE = 50_000


@pytest.fixture(scope="module")
def _corpus() -> None:
    if not FILES:
        pytest.skip("needs the real .bib files of ../shared/bib")


@pytest.mark.usefixtures("_corpus")
def test_the_corpus_is_there() -> None:
    assert len(FILES) > 100


def parsed(path: Path) -> BibFile:
    data = path.read_bytes()
    try:
        text, encoding = decode(data, str(path))
    except LibraryUnreadable:
        pytest.skip("not text: UTF-16 without a mark")
    assert encode(text, encoding) == data
    bib = BibFile.parse(text, str(path), encoding)
    assert bib.render() == text
    return bib


def edits_of(entry: EntryBlock, chance: random.Random) -> Iterator[Edit]:
    yield SetField(entry.key, "ppreflist-new", "a {N}ew value")
    yield SetType(entry.key, "online")
    yield RenameKey(entry.key, "brand-new:key")
    yield RemoveEntry(entry.key)
    if entry.fields:
        name = chance.choice(entry.fields).name
        yield SetField(entry.key, name, "another {V}alue")
        yield RemoveField(entry.key, name)
        yield RenameField(entry.key, name, "ppreflist-renamed")


def said(bib: BibFile, entry: EntryBlock) -> list[tuple[str, str]]:
    """(name, value with braces for quotes) of each field."""
    values = [(each.name.lower(), bib.text[each.value_start : each.value_end]) for each in entry.fields]
    return [(name, f"{{{value[1:-1]}}}" if value[:1] == '"' and "#" not in value else value) for name, value in values]


def expected(bib: BibFile, entry: EntryBlock, edit: Edit) -> tuple[str, str, list[tuple[str, str]]] | None:
    """(type, key, fields) that the entry must have after the edit; None: it is gone."""
    fields = said(bib, entry)
    index = next((i for i, (name, _) in enumerate(fields) if name == getattr(edit, "field", "").lower()), -1)
    match edit:
        case RemoveEntry():
            return None
        case RenameKey(_, to):
            return entry.type.lower(), to, fields
        case SetType(_, kind):
            return kind, entry.key, fields
        case RemoveField():
            del fields[index]
        case RenameField(_, _, to):
            fields[index] = (to, fields[index][1])
        case SetField(_, name, value):
            delimited = f"{{{value}}}"
            if index < 0:
                fields.append((name, delimited))
            else:
                fields[index] = (fields[index][0], delimited)
    return entry.type.lower(), entry.key, fields


def around(bib: BibFile, without: Block | None) -> tuple[list[str], list[str]]:
    """The text of all blocks but one, and the words between blocks."""
    gaps: list[str] = []
    position = 0
    for block in bib.blocks:
        gaps += bib.text[position : block.start].split()
        position = block.end
    gaps += bib.text[position:].split()
    return [bib.text[block.start : block.end] for block in bib.blocks if block is not without], gaps


@pytest.mark.usefixtures("_corpus")
@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_edits_change_nothing_else(path: Path) -> None:
    bib = parsed(path)
    chance = random.Random(zlib.crc32(path.name.encode()))
    entries = [entry for entry in bib.entries if entry.key not in bib.distrusted]
    disagreements = len(opinion.disagreements(bib)) if len(bib.text) < LARGE else 0
    for entry in chance.sample(entries, min(len(entries), 1 if len(bib.text) > LARGE else 2)):
        differs = opinion.disagreement(bib, entry)
        names = [each.name.lower() for each in entry.fields]
        for edit in edits_of(entry, chance):
            if differs or names.count(getattr(edit, "field", "").lower()) > 1:
                with pytest.raises(EditRefused):
                    apply(bib, [edit])
            else:
                check(bib, entry, edit, disagreements)
    check_addition(bib)


def check(bib: BibFile, entry: EntryBlock, edit: Edit, disagreements: int) -> None:
    new = BibFile.parse(apply(bib, [edit]).new.text, bib.path, bib.encoding)
    wanted = expected(bib, entry, edit)
    index = bib.entries.index(entry)
    found = new.entries[index] if wanted is not None else None
    if wanted is not None and found is not None:
        assert (found.type.lower(), found.key, said(new, found)) == wanted
        assert new.text[: found.start] == bib.text[: entry.start]
        assert new.text[found.end :] == bib.text[entry.end :]
        if isinstance(edit, RenameKey | SetType | RenameField):
            lines = zip(bib.text.splitlines(), new.text.splitlines(), strict=True)
            assert sum(old != now for old, now in lines) <= 1
    assert around(new, found) == around(bib, entry)
    assert len(new.problems) <= len(bib.problems)
    if len(bib.text) < LARGE:
        assert len(opinion.disagreements(new)) <= disagreements


def check_addition(bib: BibFile) -> None:
    new = apply(bib, [AddEntry("brand-new:key", "article", (("title", "{T}itle"), ("volume", "26")))]).new
    assert len(new.entries) == len(bib.entries) + 1
    added = new.by_key["brand-new:key"]
    values = [(name, value.strip('"{}')) for name, value in said(new, added)]
    assert values == [("title", "T}itle"), ("volume", "26")]
    assert around(new, added) == around(bib, None)
    assert len(new.problems) <= len(bib.problems)
