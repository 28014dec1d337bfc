"""The memory on disk: real files, real processes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest

from ppreflist.errors import HistoryUnusable
from ppreflist.links import history as history_module
from ppreflist.links.fingerprint import Fingerprint
from ppreflist.links.history import VERSION, History, history_path
from ppreflist.links.memory import KEPT, Acceptance, Look, Seen

DAY = 86_400
START = 1_790_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "links.sqlite"


def test_looks_are_there_at_the_next_opening(path: Path) -> None:
    look = Look(START, "moved", "It moved.", "https://y.org/", True, "https://x.org/", 301)
    with History(path) as history:
        added = history.add({"url a": look, "url b": Look(START, "not-found", "Nothing.")})
    with History(path) as history:
        found = history.past(["url a", "url b", "url c"])
    assert found == added
    assert found["url a"].looks == (look,)
    assert found["url b"].failing_since == START


def test_pasts_grow_on_disk_as_they_grow_in_memory_and_old_looks_go(path: Path) -> None:
    with History(path) as history:
        for number in range(KEPT + 5):
            verdict = "temporary" if number % 3 else "ok"
            added = history.add({"url a": Look(START + number * DAY, verdict)})["url a"]
        assert history.past(["url a"])["url a"] == added
    assert added.looks[0].at == START + (KEPT + 4) * DAY
    assert added.first_seen == START
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT count(*) FROM look").fetchone() == (KEPT,)
    database.close()


def test_more_addresses_than_one_question_may_name(path: Path) -> None:
    addresses = [f"url {number}" for number in range(2500)]
    with History(path) as history:
        history.add({address: Look(START, "ok") for address in addresses})
        assert list(history.past(addresses)) != []
        assert set(history.past(addresses)) == set(addresses)


def test_acceptances(path: Path) -> None:
    with History(path) as history:
        history.accept("url a", Acceptance(date(2027, 1, 31), "seen in a browser"))
        assert history.past(["url a"])["url a"].acceptance == Acceptance(date(2027, 1, 31), "seen in a browser")
        grown = history.add({"url a": Look(START, "refused")})["url a"]
        assert (grown.first_seen, grown.acceptance) == (START, Acceptance(date(2027, 1, 31), "seen in a browser"))
        assert history.past(["url a"])["url a"] == grown
        history.accept("url a", Acceptance(None))
        assert history.withdraw("url a")
        assert not history.withdraw("url a")
        assert history.past(["url a"])["url a"].acceptance is None


# Pages ----------------------------------------------------------------------------------------------------------------

FIRST = Fingerprint("A title", "https://x.org/a", "10.1000/x", "en", 2**64 - 1, 300, bytes(range(128)))
NEXT = Fingerprint("Another title", whole=False)


def test_pages_are_there_at_the_next_opening(path: Path) -> None:
    with History(path) as history:
        history.add({"url a": Look(START, "ok", page=FIRST), "url b": Look(START, "not-found")})
        changed = history.add({"url a": Look(START + DAY, "drifted", page=NEXT)})
    with History(path) as history:
        known = history.past(["url a", "url b"])
        assert known["url a"] == changed["url a"]
        assert (known["url a"].baseline, known["url a"].latest) == (Seen(START, FIRST), Seen(START + DAY, NEXT))
        assert known["url b"].baseline is None
        history.add({"url a": Look(START + 2 * DAY, "ok", page=FIRST)})
        assert history.past(["url a"])["url a"].latest is None
        history.add({"url a": Look(START + 3 * DAY, "ok", page=NEXT)})
        history.add({"url a": Look(START + 4 * DAY, "not-found")})
        assert history.past(["url a"])["url a"].latest == Seen(START + 3 * DAY, NEXT)


def test_of_a_page_that_was_weighed_otherwise_the_title_is_left(path: Path) -> None:
    with History(path) as history:
        history.add({"url a": Look(START, "ok", page=FIRST)})
    with sqlite3.connect(path) as database:
        database.execute("UPDATE page SET method = method + 1")
    database.close()
    with History(path) as history:
        left = Fingerprint(FIRST.title, FIRST.canonical, FIRST.doi, FIRST.language)
        assert history.past(["url a"])["url a"].baseline == Seen(START, left)
        # The first look that finds the same page takes its place.
        history.add({"url a": Look(START + DAY, "ok", page=FIRST)})
        assert history.past(["url a"])["url a"].baseline == Seen(START + DAY, FIRST)


def test_accepting_takes_the_page_of_today_for_the_work(path: Path) -> None:
    with History(path) as history:
        assert history.accept("url a", Acceptance(None)) is None
        history.withdraw("url a")
        history.add({"url a": Look(START, "ok", page=FIRST)})
        history.add({"url a": Look(START + DAY, "drifted", page=NEXT)})
        assert history.accept("url a", Acceptance(None)) == NEXT
        known = history.past(["url a"])["url a"]
        assert (known.baseline, known.latest, known.acceptance) == (Seen(START + DAY, NEXT), None, None)
        history.add({"url a": Look(START + 2 * DAY, "ok", page=FIRST)})
        assert history.accept("url a", Acceptance(None)) is None
        known = history.past(["url a"])["url a"]
        assert (known.baseline, known.acceptance) == (Seen(START + DAY, NEXT), Acceptance(None))
        history.add({"url a": Look(START + 3 * DAY, "drifted", page=FIRST)})
        assert history.accept("url a", Acceptance(None, "seen")) == FIRST
        assert history.past(["url a"])["url a"].acceptance == Acceptance(None, "seen")


def version_1(path: Path) -> None:
    """A file as the first version of the tables wrote it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(path) as database:
        database.executescript(
            """
            PRAGMA journal_mode = WAL;
            CREATE TABLE link (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, first_seen INTEGER NOT NULL,
                last_good INTEGER, failing_since INTEGER, failing_days INTEGER NOT NULL);
            CREATE TABLE look (id INTEGER PRIMARY KEY, link INTEGER NOT NULL REFERENCES link(id) ON DELETE CASCADE,
                at INTEGER NOT NULL, verdict TEXT NOT NULL, message TEXT NOT NULL, fix TEXT, safe INTEGER NOT NULL,
                asked TEXT NOT NULL, status INTEGER NOT NULL);
            CREATE INDEX looks_of ON look (link, id);
            CREATE TABLE acceptance (address TEXT PRIMARY KEY, until TEXT, note TEXT NOT NULL);
            CREATE TABLE run (id INTEGER PRIMARY KEY, scope TEXT NOT NULL, started INTEGER NOT NULL);
            INSERT INTO link VALUES (1, 'url a', 1790000000, 1790000000, NULL, 0);
            INSERT INTO look VALUES (1, 1, 1790000000, 'ok', 'It works.', NULL, 0, 'https://x.org/a', 200);
            INSERT INTO acceptance VALUES ('url b', '2027-01-31', 'seen');
            INSERT INTO run VALUES (1, 'library', 1790000000);
            PRAGMA user_version = 1;
            """
        )
    database.close()


def test_a_file_of_version_1_is_brought_up_to_date(path: Path) -> None:
    version_1(path)
    with History(path) as history:
        known = history.past(["url a", "url b"])
        assert known["url a"].looks == (Look(START, "ok", "It works.", asked="https://x.org/a", status=200),)
        assert (known["url a"].last_good, known["url a"].baseline) == (START, None)
        assert known["url b"].acceptance == Acceptance(date(2027, 1, 31), "seen")
        assert history.stopped("library") == (1, START)
        history.add({"url a": Look(START + DAY, "ok", page=FIRST)})
    with History(path) as history:
        assert history.past(["url a"])["url a"].baseline == Seen(START + DAY, FIRST)
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)
    database.close()


def test_a_file_of_version_1_that_cannot_be_changed_stays_as_it_is(path: Path) -> None:
    version_1(path)
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE page (theirs)")
    database.close()
    with pytest.raises(HistoryUnusable):
        History(path)
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (1,)
        assert database.execute("SELECT count(*) FROM look").fetchone() == (1,)
    database.close()


_MIGRANT = """
import sys
from pathlib import Path
from ppreflist.links import history as history_module
from ppreflist.links.fingerprint import Fingerprint
from ppreflist.links.history import History
from ppreflist.links.memory import Look
print("ready", flush=True)
sys.stdin.readline()
with History(Path(sys.argv[1])) as history:
    for number in range(20):
        page = Fingerprint(f"Page of {sys.argv[2]}", words=number)
        history.add({"url both": Look(number, "ok", page=page), f"url {sys.argv[2]}": Look(number, "ok", page=page)})
"""


def test_two_processes_bring_a_file_up_to_date_and_write_pages_at_once(path: Path) -> None:
    version_1(path)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _MIGRANT, str(path), name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for name in ("one", "other")
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    with History(path) as history:
        known = history.past(["url a", "url one", "url other", "url both"])
    for name in ("one", "other"):
        first, last = known[f"url {name}"].baseline, known[f"url {name}"].latest
        assert first == Seen(0, Fingerprint(f"Page of {name}"))
        assert last == Seen(19, Fingerprint(f"Page of {name}", words=19))
    first = known["url both"].baseline
    assert first is not None
    assert first.at == first.page.words == 0  # the very first of all writes; no later one took its place
    assert len(known["url both"].looks) == KEPT
    assert known["url a"].looks


def test_a_run_that_was_stopped_is_known_until_another_ends_it(path: Path) -> None:
    with History(path) as history:
        first = history.begin("library", START)
        history.begin("another library", START + 5)
    with History(path) as history:
        assert history.stopped("library") == (first, START)
        second = history.begin("library", START + 10)
        assert history.stopped("library") == (second, START + 10)
        history.end(second)
        assert history.stopped("library") is None
        assert history.stopped("another library") is not None


_WRITER = """
import sys
from pathlib import Path
from ppreflist.links.history import History
from ppreflist.links.memory import Look
with History(Path(sys.argv[1])) as history:
    for number in range(int(sys.argv[3])):
        history.add({f"url {sys.argv[2]} {number}": Look(number, "ok"), "url both": Look(number, "ok")})
        print(number, flush=True)
"""


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(path), name, str(count)], stdout=subprocess.PIPE, text=True
    )


def test_two_processes_write_at_once(path: Path) -> None:
    processes = [writer(path, name, 60) for name in ("a", "b")]
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    with History(path) as history:
        found = history.past([f"url {name} {number}" for name in "ab" for number in range(60)] + ["url both"])
    assert len(found) == 121
    assert len(found["url both"].looks) == KEPT


def test_many_begin_a_file_at_once(tmp_path: Path) -> None:
    for number in range(5):
        path = tmp_path / str(number) / "links.sqlite"
        ready = Barrier(4)

        def begin(path: Path = path, ready: Barrier = ready) -> None:
            ready.wait()
            History(path).close()

        with ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(begin) for _ in range(4)]:
                done.result()


def test_a_killed_process_loses_nothing_that_it_had_written(path: Path) -> None:
    process = writer(path, "a", 100_000)
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) == 30:
            process.send_signal(signal.SIGKILL)
            break
    process.communicate(timeout=30)
    with History(path) as history:
        assert len(history.past(f"url a {number}" for number in range(31))) == 31


def test_a_file_that_is_no_history(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"This is no database." * 100)
    with pytest.raises(HistoryUnusable, match="not a database") as caught:
        History(path)
    assert "Move the file away" in caught.value.hint
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE theirs (a)")
    database.close()
    with pytest.raises(HistoryUnusable, match="another program's"):
        History(other)
    with pytest.raises(HistoryUnusable):
        History(tmp_path)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE page SET simhash = 'zz'",
        "UPDATE page SET simhash = '-1'",
        "UPDATE page SET title = x'ff00'",
        "UPDATE page SET words = 'many'",
        "UPDATE page SET vocabulary = 'text'",
        "UPDATE page SET vocabulary = zeroblob(5000000)",
        "UPDATE look SET at = 99999999999999999",
        "UPDATE look SET at = 'yesterday'",
        "UPDATE look SET message = x'00'",
        "UPDATE link SET first_seen = -1",
        "UPDATE link SET last_good = 'never'",
        "UPDATE link SET failing_days = 1.5",
        "INSERT INTO acceptance VALUES ('url a', '2020-99-99', '')",
        "PRAGMA user_version = -5",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = CAST(x'ffa2' AS TEXT) WHERE name = 'look'",
    ],
)
def test_a_file_that_can_be_read_and_holds_what_is_never_written(path: Path, damage: str) -> None:
    with History(path) as history:
        history.add({"url a": Look(START, "ok", page=Fingerprint("A title", words=3, vocabulary=bytes(128)))})
    with sqlite3.connect(path) as database:
        database.executescript(damage)
    database.close()
    with pytest.raises(HistoryUnusable) as caught, History(path) as history:
        history.past(["url a"])
    assert "Move the file away" in caught.value.hint


def test_who_writes_for_long_is_named_as_the_reason(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_module, "BUSY", 0.01)
    with History(path), History(path) as history:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HistoryUnusable, match="another program has been writing") as caught:
            history.begin("a library", START)
        other.close()
    assert "Run it again" in caught.value.hint


def test_a_history_of_a_later_version_is_left_alone(path: Path) -> None:
    History(path).close()
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA user_version = {VERSION + 1}")
    database.close()
    with pytest.raises(HistoryUnusable, match="later version"):
        History(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(HistoryUnusable):
        History(tmp_path / "links.sqlite")


def test_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PPREFLIST_HISTORY", raising=False)
    monkeypatch.setenv("PPREFLIST_STATE_DIR", str(tmp_path))
    assert history_path() == tmp_path / "links.sqlite"
    monkeypatch.setenv("PPREFLIST_HISTORY", "elsewhere.db")
    assert history_path() == Path("elsewhere.db")
    assert history_path("given.db") == Path("given.db")
