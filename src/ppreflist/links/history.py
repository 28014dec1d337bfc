"""The memory of earlier runs: one SQLite file.

Where: ``--history FILE``, else ``$PPREFLIST_HISTORY``, else ``links.sqlite`` in the state folder
(``$PPREFLIST_STATE_DIR``, else the platform's: ``~/.local/state/ppreflist``). One file serves all libraries: a link is
remembered by its address. It holds no password and no page (only what one is known by), and may be deleted, copied, or
kept by CI between runs.

Results are written as they arrive (SQLite in WAL mode: a killed process loses at most the last second; two processes
may write at once). ``PRAGMA user_version`` is the version of the tables: a file of an earlier version is brought up to
this one in one transaction, one of a later version is left alone.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import platformdirs

from ppreflist.errors import HistoryUnusable
from ppreflist.links.captures import Captures
from ppreflist.links.fingerprint import BITS, METHOD, SLOTS, Fingerprint
from ppreflist.links.memory import KEPT, Acceptance, Look, Past, Seen
from ppreflist.links.verdict import Verdict

HISTORY_VARIABLE: Final = "PPREFLIST_HISTORY"
VERSION: Final = 2
BUSY: Final = 20.0
"""Seconds that a process waits for another one's writing to end."""
_PAUSE: Final = 0.01
_CHUNK: Final = 500

_PAGE_TABLE: Final = """CREATE TABLE page (
        link INTEGER NOT NULL REFERENCES link(id) ON DELETE CASCADE,
        role TEXT NOT NULL CHECK (role IN ('baseline', 'latest')),
        at INTEGER NOT NULL,
        title TEXT NOT NULL,
        canonical TEXT NOT NULL,
        doi TEXT NOT NULL,
        language TEXT NOT NULL,
        simhash TEXT NOT NULL,
        words INTEGER NOT NULL,
        vocabulary BLOB NOT NULL,
        whole INTEGER NOT NULL,
        method INTEGER NOT NULL,
        PRIMARY KEY (link, role)
    ) WITHOUT ROWID"""
_TABLES: Final = (
    """CREATE TABLE link (
        id INTEGER PRIMARY KEY,
        address TEXT NOT NULL UNIQUE,
        first_seen INTEGER NOT NULL,
        last_good INTEGER,
        failing_since INTEGER,
        failing_days INTEGER NOT NULL
    )""",
    """CREATE TABLE look (
        id INTEGER PRIMARY KEY,
        link INTEGER NOT NULL REFERENCES link(id) ON DELETE CASCADE,
        at INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        message TEXT NOT NULL,
        fix TEXT,
        safe INTEGER NOT NULL,
        asked TEXT NOT NULL,
        status INTEGER NOT NULL
    )""",
    "CREATE INDEX looks_of ON look (link, id)",
    """CREATE TABLE acceptance (
        address TEXT PRIMARY KEY,
        until TEXT,
        note TEXT NOT NULL
    )""",
    """CREATE TABLE run (
        id INTEGER PRIMARY KEY,
        scope TEXT NOT NULL,
        started INTEGER NOT NULL
    )""",
    _PAGE_TABLE,
)
_FROM: Final[Mapping[int, Sequence[str]]] = {1: (_PAGE_TABLE,)}
"""What makes a file of one version one of the next."""


def history_path(given: str = "") -> Path:
    """Where the history is: as given, else by the environment, else in the state folder."""
    chosen = given or os.environ.get(HISTORY_VARIABLE)
    if chosen:
        return Path(chosen)
    state = os.environ.get("PPREFLIST_STATE_DIR") or platformdirs.user_state_dir("ppreflist", appauthor=False)
    return Path(state) / "links.sqlite"


class History:
    """An open history; a context manager. HistoryUnusable says what is wrong with the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise self._unusable(error) from error
        try:
            with self._telling():
                self._prepare()
        except BaseException:
            self._database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    # Looks ------------------------------------------------------------------------------------------------------------

    def past(self, addresses: Iterable[str]) -> dict[str, Past]:
        """What is known of these addresses; those never seen are missing, unless they were accepted."""
        with self._telling():
            wanted = list(dict.fromkeys(addresses))
            found: dict[str, Past] = {}
            for start in range(0, len(wanted), _CHUNK):
                found.update(self._past(wanted[start : start + _CHUNK]))
            return found

    def add(self, looks: Mapping[str, Look]) -> dict[str, Past]:
        """Remember one look at each of these addresses; what is known of them now."""
        with self._telling(), self._transaction():
            grown: dict[str, Past] = {}
            turned: list[Past] = []
            addresses = list(looks)
            for start in range(0, len(addresses), _CHUNK):
                chunk = addresses[start : start + _CHUNK]
                known = self._past(chunk)
                for address in chunk:
                    look = looks[address]
                    before = known.get(address, Past(address, look.at))
                    past = grown[address] = before.grown(look)
                    if (past.baseline, past.latest) != (before.baseline, before.latest):
                        turned.append(past)
            self._write(grown)
            self._write_pages(turned)
            return grown

    def _past(self, addresses: Sequence[str]) -> dict[str, Past]:
        marks = ",".join("?" * len(addresses))
        accepted = {
            address: Acceptance(_day(until), _text(note))
            for address, until, note in self._database.execute(
                f"SELECT address, until, note FROM acceptance WHERE address IN ({marks})", addresses
            )
        }
        looks: dict[int, list[Look]] = {}
        rows = self._database.execute(
            "SELECT look.link, at, verdict, message, fix, safe, asked, status FROM look"
            f" JOIN link ON link.id = look.link WHERE address IN ({marks}) ORDER BY look.id DESC",
            addresses,
        )
        for link, at, verdict, message, fix, safe, asked, status in rows:
            of_link = looks.setdefault(link, [])
            if len(of_link) < KEPT:
                of_link.append(
                    Look(
                        _time(at), _text(verdict), _text(message), fix if fix is None else _text(fix), bool(safe),
                        _text(asked), _count(status),
                    )
                )  # fmt: skip
        baselines, latest = self._pages(addresses)
        found = {
            address: Past(
                address, _time(first_seen), last_good if last_good is None else _time(last_good),
                failing_since if failing_since is None else _time(failing_since), _count(failing_days),
                tuple(looks.get(link, ())),
                accepted.get(address), baselines.get(link), latest.get(link),
            )
            for link, address, first_seen, last_good, failing_since, failing_days in self._database.execute(
                "SELECT id, address, first_seen, last_good, failing_since, failing_days FROM link"
                f" WHERE address IN ({marks})",
                addresses,
            )
        }  # fmt: skip
        for address, acceptance in accepted.items():
            if address not in found:
                found[address] = Past(address, 0, acceptance=acceptance)
        return found

    def _pages(self, addresses: Sequence[str]) -> tuple[dict[int, Seen], dict[int, Seen]]:
        """The baselines and the latest pages, by the numbers of the links."""
        found: dict[str, dict[int, Seen]] = {"baseline": {}, "latest": {}}
        rows = self._database.execute(
            "SELECT page.link, role, at, method, title, canonical, doi, language, simhash, words, vocabulary, whole"
            f" FROM page JOIN link ON link.id = page.link WHERE address IN ({','.join('?' * len(addresses))})",
            addresses,
        )
        for link, role, at, method, title, canonical, doi, language, simhash, words, vocabulary, whole in rows:
            page = Fingerprint(_text(title), _text(canonical), _text(doi), _text(language), whole=bool(whole))
            if method == METHOD:
                page = replace(page, simhash=_hash(simhash), words=_count(words), vocabulary=_bits(vocabulary))
            found[role][link] = Seen(_time(at), page)
        return found["baseline"], found["latest"]

    def _write(self, grown: Mapping[str, Past]) -> None:
        self._database.executemany(
            "INSERT INTO link (address, first_seen, last_good, failing_since, failing_days) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (address) DO UPDATE SET last_good = excluded.last_good,"
            " failing_since = excluded.failing_since, failing_days = excluded.failing_days",
            (
                (past.address, past.first_seen, past.last_good, past.failing_since, past.failing_days)
                for past in grown.values()
            ),
        )
        self._database.executemany(
            "INSERT INTO look (link, at, verdict, message, fix, safe, asked, status)"
            " SELECT id, ?, ?, ?, ?, ?, ?, ? FROM link WHERE address = ?",
            (
                (look.at, look.verdict, look.message, look.fix, look.safe, look.asked, look.status, past.address)
                for past in grown.values()
                for look in past.looks[:1]
            ),
        )
        self._database.executemany(
            "DELETE FROM look WHERE link = (SELECT id FROM link WHERE address = :address) AND id <="
            " (SELECT id FROM look WHERE link = (SELECT id FROM link WHERE address = :address)"
            f" ORDER BY id DESC LIMIT 1 OFFSET {KEPT})",
            ({"address": past.address} for past in grown.values() if len(past.looks) == KEPT),
        )

    def _write_pages(self, pasts: Sequence[Past]) -> None:
        self._database.executemany(
            "INSERT OR REPLACE INTO page"
            " (link, role, at, title, canonical, doi, language, simhash, words, vocabulary, whole, method)"
            " SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM link WHERE address = ?",
            (
                (
                    role, seen.at, seen.page.title, seen.page.canonical, seen.page.doi, seen.page.language,
                    f"{seen.page.simhash:016x}", seen.page.words, seen.page.vocabulary, seen.page.whole, METHOD,
                    past.address,
                )
                for past in pasts
                for role, seen in (("baseline", past.baseline), ("latest", past.latest))
                if seen is not None
            ),
        )  # fmt: skip
        self._database.executemany(
            "DELETE FROM page WHERE role = 'latest' AND link = (SELECT id FROM link WHERE address = ?)",
            ((past.address,) for past in pasts if past.latest is None),
        )

    # Acceptances ------------------------------------------------------------------------------------------------------

    def accept(self, address: str, acceptance: Acceptance) -> Fingerprint | None:
        """Remember that somebody found a link fine.

        Where another page was found last in place of the work, it is taken for the work from now on, and returned; the
        acceptance itself is then remembered only when it says more (``until`` or ``note``).
        """
        until = acceptance.until.isoformat() if acceptance.until else None
        with self._telling(), self._transaction():
            page = self._rebased(address)
            if page is not None and acceptance == Acceptance(None):
                return page
            self._database.execute(
                "INSERT OR REPLACE INTO acceptance (address, until, note) VALUES (?, ?, ?)",
                (address, until, acceptance.note),
            )
            return page

    def _rebased(self, address: str) -> Fingerprint | None:
        past = self._past([address]).get(address)
        if past is None or not past.looks or past.looks[0].verdict != Verdict.DRIFTED:
            return None
        past = past.rebased()
        self._write_pages([past])
        return past.baseline.page if past.baseline is not None else None

    def withdraw(self, address: str) -> bool:
        """Forget an acceptance; whether there was one."""
        with self._telling(), self._transaction():
            return self._database.execute("DELETE FROM acceptance WHERE address = ?", (address,)).rowcount > 0

    # Runs -------------------------------------------------------------------------------------------------------------

    def begin(self, scope: str, at: int) -> int:
        """A run over ``scope`` (a library) begins; its number. One that was stopped before is forgotten."""
        with self._telling(), self._transaction():
            self._database.execute("DELETE FROM run WHERE scope = ?", (scope,))
            number = self._database.execute("INSERT INTO run (scope, started) VALUES (?, ?)", (scope, at)).lastrowid
            assert number is not None
            return number

    def stopped(self, scope: str) -> tuple[int, int] | None:
        """The number and the beginning of the run over ``scope`` that did not end, or None."""
        with self._telling():
            row = self._database.execute("SELECT id, started FROM run WHERE scope = ?", (scope,)).fetchone()
            return None if row is None else (row[0], row[1])

    def end(self, number: int) -> None:
        """A run has seen every link."""
        with self._telling(), self._transaction():
            self._database.execute("DELETE FROM run WHERE id = ?", (number,))

    # Archives and reviews ---------------------------------------------------------------------------------------------

    def captures(self) -> Captures:
        """What is remembered of archives and reviews, in the same file."""
        return Captures(self._database, self._telling, self._writing)

    # The file ---------------------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._telling(), self._transaction():
            yield

    def _prepare(self) -> None:
        self._database.execute("PRAGMA foreign_keys = ON")
        version = self._database.execute("PRAGMA user_version").fetchone()[0]
        if version < 0:
            raise _Damaged("its version is a negative number")
        if version == 0:
            self._use_wal()
            with self._transaction():
                # Another process may have made the tables while this one waited for the lock.
                if self._database.execute("PRAGMA user_version").fetchone()[0] == 0:
                    if self._database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                        raise HistoryUnusable(
                            "this is another program's database", path=str(self.path),
                            hint="Name another file with --history FILE.",
                        )  # fmt: skip
                    for table in _TABLES:
                        self._database.execute(table)
                    self._database.execute(f"PRAGMA user_version = {VERSION}")
        elif version < VERSION:
            with self._transaction():
                # Another process may have done it while this one waited for the lock.
                version = self._database.execute("PRAGMA user_version").fetchone()[0]
                for earlier in range(version, VERSION):
                    for change in _FROM[earlier]:
                        self._database.execute(change)
                self._database.execute(f"PRAGMA user_version = {max(version, VERSION)}")
        if version > VERSION:
            raise HistoryUnusable(
                "this history was written by a later version of ppreflist", path=str(self.path),
                hint="Use that version, or name another file with --history FILE.",
            )  # fmt: skip
        self._database.execute("PRAGMA synchronous = NORMAL")

    def _use_wal(self) -> None:
        # For this SQLite does not wait: when two processes begin a file at once, one of them is told at once that it is
        # locked.
        until = time.monotonic() + BUSY
        while True:
            try:
                self._database.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if not _is_busy(error) or time.monotonic() > until:
                    raise
                time.sleep(_PAUSE)
            else:
                return

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        except UnicodeDecodeError as error:  # SQLite's message quotes what is damaged
            raise self._unusable(_Damaged("it is damaged")) from error

    def _unusable(self, error: Exception) -> HistoryUnusable:
        reason = str(error.strerror if isinstance(error, OSError) else error)
        damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        hint = "Move the file away: a new one is begun." if damaged else "Name another file with --history FILE."
        if _is_busy(error):
            reason = f"another program has been writing to it for {BUSY:.0f} seconds"
            hint = "Run it again when that program has ended, or name another file with --history FILE."
        return HistoryUnusable(f"the history of links cannot be used: {reason}", path=str(self.path), hint=hint)


def _is_busy(error: Exception) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


# What a file may hold -------------------------------------------------------------------------------------------------
# SQLite keeps values of any type in any column, and a damaged file may be readable.


class _Damaged(sqlite3.DatabaseError):
    """The file is a database, and holds what is never written there."""


_LAST: Final = 253_402_300_799
"""The last second of the year 9999."""


def _time(value: object) -> int:
    if type(value) is int and 0 <= value <= _LAST:
        return value
    raise _Damaged("it holds a time that is none")


def _count(value: object) -> int:
    if type(value) is int and value >= 0:
        return value
    raise _Damaged("it holds a number that is none")


def _text(value: object) -> str:
    if type(value) is str:
        return value
    raise _Damaged("it holds a text that is none")


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(_text(value)) if value else None
    except ValueError:
        raise _Damaged("it holds a date that is none") from None


def _hash(value: object) -> int:
    try:
        number = int(_text(value), 16)
    except ValueError:
        number = -1
    if 0 <= number < 1 << BITS:
        return number
    raise _Damaged("it holds a fingerprint that is none")


def _bits(value: object) -> bytes:
    if type(value) is bytes and len(value) <= SLOTS // 8:
        return value
    raise _Damaged("it holds a fingerprint that is none")
