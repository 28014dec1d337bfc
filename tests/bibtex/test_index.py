"""The index of a library: quick, and never trusted over the file."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ppreflist.bibtex import index, read
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.index import Reading, dump, load, open_library, skim
from ppreflist.errors import LibraryNotFound, LibraryUnreadable
from ppreflist.model.query import parse_query

BIB = r"""
@string{ln = {Lancet Neurology}}

@article{gonzalez2006,
  author  = {Gonz{\'a}lez, H. and {Karolinska Institutet} and others},
  title   = {The {IVIg} trial},
  journal = ln,
  year    = 2006,
  title   = {given twice},
  url     = {http://x.org/a\_b},
  publisher = missing,
}
"""


def many(count: int) -> str:
    return "".join(
        f"@article{{key{i},\n  author = {{van der Borg, K. and T\\'oth, {{\\'E}}va}},\n title = {{Title {i}}}\n}}\n\n"
        for i in range(count)
    )


@pytest.fixture(name="bib")
def _bib(tmp_path: Path) -> Path:
    path = tmp_path / "references.bib"
    path.write_text(BIB + many(1200), encoding="utf-8")
    assert path.stat().st_size > index.SMALLEST
    return path


def test_an_index_gives_back_the_whole_library() -> None:
    library = read.library(BibFile.parse(BIB, "x.bib"))
    again = load(dump(library, "stamp"), "stamp", "x.bib")
    assert again == library
    assert again is not None
    (entry,) = again
    assert entry.text("author") == "González, H. and Karolinska Institutet and others"
    assert entry.people("author").others
    assert entry.fields["url"].latex == r"http://x.org/a\_b"
    assert list(entry.fields) == list(library.entries[0].fields)
    assert {each.check for each in again.problems} == {"undefined-macro", "duplicate-field"}
    assert entry.text("nothing") == ""
    assert "nothing" not in entry.fields
    assert parse_query("lancet").matches(entry)


def test_second_opening_reads_the_index(bib: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_library(bib, cache=tmp_path / "cache")
    monkeypatch.setattr(read, "library", lambda bib: pytest.fail("the file was parsed again"))
    second = open_library(bib, cache=tmp_path / "cache")
    assert second == first
    assert second.path == str(bib)
    assert len(second) == 1201


def test_a_changed_file_is_read_again_even_at_the_same_size_and_time(bib: Path, tmp_path: Path) -> None:
    open_library(bib, cache=tmp_path / "cache")
    before = bib.stat()
    bib.write_bytes(bib.read_bytes().replace(b"Title 7}", b"Other 7}"))
    os.utime(bib, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert open_library(bib, cache=tmp_path / "cache")["key7"].text("title") == "Other 7"


def test_entries_pass_by_without_being_held(bib: Path, tmp_path: Path) -> None:
    first = skim(bib, cache=tmp_path / "cache")
    again = skim(bib, cache=tmp_path / "cache")
    assert first == open_library(bib, cache=tmp_path / "cache")
    assert isinstance(again, Reading)
    assert again.problems == first.problems
    entries = iter(again.entries)
    assert next(entries).key == "gonzalez2006"
    assert list(entries) == list(first.entries)[1:]


@pytest.mark.parametrize("damage", ["truncate", "flip", "empty", "other"])
def test_a_damaged_index_is_made_anew(bib: Path, tmp_path: Path, damage: str) -> None:
    cache = tmp_path / "cache"
    first = open_library(bib, cache=cache)
    (file,) = cache.iterdir()
    content = file.read_bytes()
    file.write_bytes(
        {
            "truncate": content[: len(content) // 2],
            "flip": content.replace(b"Title 9", b"Tattle9", 1),
            "empty": b"",
            "other": json.dumps({"entries": []}).encode(),
        }[damage]
    )
    assert open_library(bib, cache=cache) == first
    assert file.read_bytes() == content


def test_without_a_cache_folder_it_still_works(bib: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert len(open_library(bib, cache=blocked / "cache")) == 1201


def test_small_libraries_leave_nothing_behind(tmp_path: Path) -> None:
    small = tmp_path / "small.bib"
    small.write_text(BIB, encoding="utf-8")
    assert len(open_library(small, cache=tmp_path / "cache")) == 1
    assert not (tmp_path / "cache").exists()


def test_old_indexes_go(bib: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for number in range(index.KEPT + 3):
        copy = tmp_path / f"{number}.bib"
        copy.write_bytes(bib.read_bytes())
        open_library(copy, cache=cache)
    assert len(list(cache.iterdir())) == index.KEPT


def test_the_cache_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(index.CACHE_VARIABLE, str(tmp_path / "here"))
    assert index.cache_folder() == tmp_path / "here"
    monkeypatch.delenv(index.CACHE_VARIABLE)
    assert index.cache_folder().name == "ppreflist"


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(LibraryNotFound):
        open_library(tmp_path / "none.bib")
    with pytest.raises(LibraryUnreadable):
        open_library(tmp_path)
    binary = tmp_path / "binary.bib"
    binary.write_bytes(b"@article{a,\n\0\0}")
    with pytest.raises(LibraryUnreadable):
        open_library(binary)
