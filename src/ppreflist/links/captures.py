"""What is remembered of archives, in the history's file: copies that were found, pages that were saved, and how far a
review has come.

A copy that was found stays where it is: it is remembered for good. That there is none is believed for a week. The
tables are made when they are first wanted: whoever does not know them is not disturbed by them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, Final

from ppreflist.links.snapshot import Copy, NoSnapshot, Saved, Snapshot

MISS: Final = 7 * 86400
"""Seconds for which it is believed that an archive has no copy."""
_CHUNK: Final = 500

_TABLES: Final = (
    """CREATE TABLE IF NOT EXISTS copy (
        address TEXT NOT NULL,
        near TEXT NOT NULL,
        at INTEGER NOT NULL,
        url TEXT,
        day TEXT,
        said TEXT NOT NULL,
        PRIMARY KEY (address, near)
    )""",
    """CREATE TABLE IF NOT EXISTS saved (
        address TEXT PRIMARY KEY,
        at INTEGER NOT NULL,
        url TEXT NOT NULL,
        day TEXT NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS unsaved (
        address TEXT PRIMARY KEY,
        at INTEGER NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS review (
        scope TEXT PRIMARY KEY,
        started INTEGER NOT NULL,
        done TEXT NOT NULL
    )""",
)


class Captures:
    """The tables. ``reading`` and ``writing`` raise HistoryUnusable for what SQLite raises; ``writing`` is a
    transaction as well."""

    def __init__(
        self,
        database: sqlite3.Connection,
        reading: Callable[[], AbstractContextManager[None]],
        writing: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._database = database
        self._reading = reading
        self._writing = writing
        with self._writing():
            for table in _TABLES:
                database.execute(table)

    # Copies that were looked for --------------------------------------------------------------------------------------

    def copy(self, address: str, near: date, now: float) -> Copy | None:
        """What an earlier search for a copy near this day found; None when it is to be asked."""
        with self._reading():
            row = self._database.execute(
                "SELECT at, url, day, said FROM copy WHERE address = ? AND near = ?", (address, near.isoformat())
            ).fetchone()
        if row is None:
            return None
        at, url, day, said = row
        if url is not None:
            with self._writing():
                return Snapshot(url, _day(day), said)
        # A clock that was wrong once must not be believed for years.
        return NoSnapshot(said, known=True) if abs(now - at) < MISS else None

    def keep_copy(self, address: str, near: date, copy: Copy, now: float) -> None:
        """Remember what a search found, unless the archive would not answer."""
        if isinstance(copy, NoSnapshot) and not copy.known:
            return
        found = (
            (copy.url, copy.day.isoformat(), copy.title) if isinstance(copy, Snapshot) else (None, None, copy.reason)
        )
        with self._writing():
            self._database.execute(
                "INSERT OR REPLACE INTO copy (address, near, at, url, day, said) VALUES (?, ?, ?, ?, ?, ?)",
                (address, near.isoformat(), int(now), *found),
            )

    # Pages that were saved --------------------------------------------------------------------------------------------

    def saved(self, addresses: Iterable[str]) -> dict[str, Saved]:
        """Those of these addresses that were saved, each with its latest capture."""
        rows = self._of(addresses, "SELECT address, url, day, at FROM saved WHERE address IN")
        with self._writing():
            return {address: Saved(url, _day(day), at) for address, url, day, at in rows}

    def keep_saved(self, address: str, saved: Saved) -> None:
        with self._writing():
            self._database.execute(
                "INSERT OR REPLACE INTO saved (address, at, url, day) VALUES (?, ?, ?, ?)",
                (address, saved.at, saved.url, saved.day.isoformat()),
            )
            self._database.execute("DELETE FROM unsaved WHERE address = ?", (address,))

    def unsaved(self, addresses: Iterable[str]) -> dict[str, int]:
        """Those of these addresses that could not be saved, and when (Unix time) that was found last."""
        return dict(self._of(addresses, "SELECT address, at FROM unsaved WHERE address IN"))

    def keep_unsaved(self, address: str, at: int) -> None:
        with self._writing():
            self._database.execute("INSERT OR REPLACE INTO unsaved (address, at) VALUES (?, ?)", (address, at))

    def _of(self, addresses: Iterable[str], query: str) -> list[Any]:
        wanted = list(dict.fromkeys(addresses))
        found: list[Any] = []
        with self._reading():
            for start in range(0, len(wanted), _CHUNK):
                chunk = wanted[start : start + _CHUNK]
                found += self._database.execute(f"{query} ({','.join('?' * len(chunk))})", chunk).fetchall()
        return found

    # Reviews ----------------------------------------------------------------------------------------------------------

    def review(self, scope: str) -> tuple[int, frozenset[str]] | None:
        """When the review of a library was begun that was left, and what was decided in it; None when there is none."""
        with self._reading():
            row = self._database.execute("SELECT started, done FROM review WHERE scope = ?", (scope,)).fetchone()
            if row is None:
                return None
            try:
                return row[0], frozenset(map(str, json.loads(row[1])))
            except (ValueError, TypeError, RecursionError):
                raise sqlite3.DatabaseError("it holds a review that is none") from None

    def keep_review(self, scope: str, started: int, done: Iterable[str]) -> None:
        with self._writing():
            self._database.execute(
                "INSERT OR REPLACE INTO review (scope, started, done) VALUES (?, ?, ?)",
                (scope, started, json.dumps(sorted(done))),
            )

    def end_review(self, scope: str) -> None:
        with self._writing():
            self._database.execute("DELETE FROM review WHERE scope = ?", (scope,))


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise sqlite3.DatabaseError("it holds a date that is none") from None
