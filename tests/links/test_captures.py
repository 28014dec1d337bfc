"""What is remembered of archives and reviews."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from ppreflist.errors import HistoryUnusable
from ppreflist.links import captures as captures_file
from ppreflist.links.captures import MISS
from ppreflist.links.history import History
from ppreflist.links.snapshot import NoSnapshot, Saved, Snapshot

NEAR = date(2012, 3, 4)
SAVED = Saved("https://web.archive.org/web/20261122101112/https://x.org/", date(2026, 11, 22), 1_800_000_000)


def test_copies_are_kept_by_address_and_day(tmp_path: Path) -> None:
    copy = Snapshot("https://web.archive.org/web/20120305000000/https://x.org/", date(2012, 3, 5), "Title")
    none = NoSnapshot("There is none.", known=True)
    silent = NoSnapshot("It would not answer.", known=False)
    with History(tmp_path / "links.sqlite") as history:
        captures = history.captures()
        captures.keep_copy("a", NEAR, copy, 1000.0)
        captures.keep_copy("b", NEAR, none, 1000.0)
        captures.keep_copy("c", NEAR, silent, 1000.0)
    with History(tmp_path / "links.sqlite") as history:
        captures = history.captures()
        assert captures.copy("a", NEAR, 1e12) == copy
        assert captures.copy("a", date(2020, 1, 1), 1000.0) is None
        assert captures.copy("b", NEAR, 1000.0 + MISS - 1) == none
        assert captures.copy("b", NEAR, 1000.0 + MISS) is None
        assert captures.copy("c", NEAR, 1000.0) is None


def test_what_was_saved_of_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captures_file, "_CHUNK", 5)
    with History(tmp_path / "links.sqlite") as history:
        captures = history.captures()
        for number in range(0, 24, 2):
            captures.keep_saved(f"https://x.org/{number}", SAVED)
        captures.keep_saved("https://x.org/0", Saved("later", date(2027, 1, 1), SAVED.at + 1))
        found = captures.saved(f"https://x.org/{number}" for number in range(24))
        assert len(found) == 12
        assert found["https://x.org/0"].url == "later"
        assert found["https://x.org/2"] == SAVED


def test_what_could_not_be_saved(tmp_path: Path) -> None:
    with History(tmp_path / "links.sqlite") as history:
        captures = history.captures()
        captures.keep_unsaved("a", 5)
        captures.keep_unsaved("b", 5)
        captures.keep_unsaved("b", 7)
        assert captures.unsaved(["a", "b", "c"]) == {"a": 5, "b": 7}
        captures.keep_saved("b", SAVED)
        assert captures.unsaved(["a", "b", "c"]) == {"a": 5}


def test_how_far_a_review_came(tmp_path: Path) -> None:
    with History(tmp_path / "one.sqlite") as history:
        captures = history.captures()
        assert captures.review("scope") is None
        captures.keep_review("scope", 5, ["b", "a"])
        captures.keep_review("scope", 5, ["b", "a", "c\x1f\u00e9"])
        captures.keep_review("other", 6, [])
        assert captures.review("scope") == (5, frozenset({"a", "b", "c\x1f\u00e9"}))
        captures.end_review("scope")
        assert captures.review("scope") is None
        assert captures.review("other") == (6, frozenset())


def test_two_at_once(tmp_path: Path) -> None:
    path = tmp_path / "links.sqlite"
    with History(path) as one, History(path) as other:
        first, second = one.captures(), other.captures()
        first.keep_saved("a", SAVED)
        second.keep_saved("b", SAVED)
        assert set(first.saved("ab")) == set(second.saved("ab")) == {"a", "b"}


def test_trouble_with_the_file_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "links.sqlite"
    with History(path) as history:
        captures = history.captures()
        with sqlite3.connect(path) as database:
            database.execute("DROP TABLE saved")
        with pytest.raises(HistoryUnusable, match="history of links"):
            captures.keep_saved("a", SAVED)


def test_what_was_never_written_there_is_told_as_trouble_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "links.sqlite"
    with History(path) as history:
        captures = history.captures()
        captures.keep_saved("a", SAVED)
        captures.keep_copy("a", SAVED.day, Snapshot("https://x.org/", SAVED.day, "A title"), 5)
        captures.keep_review("scope", 5, ["b"])
        with sqlite3.connect(path) as database:
            database.execute("UPDATE saved SET day = 'x'")
            database.execute("UPDATE copy SET day = 'x'")
            database.execute("UPDATE review SET done = '['")
        database.close()
        with pytest.raises(HistoryUnusable, match="date"):
            captures.saved(["a"])
        with pytest.raises(HistoryUnusable, match="date"):
            captures.copy("a", SAVED.day, 6)
        with pytest.raises(HistoryUnusable, match="review"):
            captures.review("scope")


def test_a_clock_that_was_wrong_once_is_not_believed(tmp_path: Path) -> None:
    with History(tmp_path / "links.sqlite") as history:
        captures = history.captures()
        captures.keep_copy("a", SAVED.day, NoSnapshot("None.", known=True), 2_000_000_000)
        assert captures.copy("a", SAVED.day, 1_800_000_000) is None
