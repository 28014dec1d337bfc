"""Changing a library: locks, conflicts, undo, and real processes that write at once or are killed."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from ppreflist.bibtex import journal, store
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.errors import (
    EditRefused,
    LibraryConflict,
    LibraryError,
    LibraryLocked,
    LibraryNotFound,
    LibraryUnwritable,
    UnknownKey,
)
from ppreflist.model.edit import AddEntry, Edit, RemoveEntry, RemoveField, RenameKey, SetField

TEXT = "% mine\r\n@a{k,\r\n  title = {Sjöberg},\r\n}\r\n"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small library in UTF-8 with a byte order mark and CRLF, and a state folder of its own."""
    monkeypatch.setenv("PPREFLIST_STATE_DIR", str(tmp_path / "state"))
    folder = tmp_path / "library"
    folder.mkdir()
    path = folder / "refs.bib"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    return path


def names(path: Path) -> set[str]:
    return set(os.listdir(path.parent))


def test_a_change_is_written(path: Path) -> None:
    path.chmod(0o640)
    change = store.change(path, [SetField("k", "year", "2006")], command="edit")
    expected = TEXT.replace("},\r\n}", "},\r\n  year = {2006},\r\n}")
    assert path.read_bytes() == b"\xef\xbb\xbf" + expected.encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert (change.before, change.after) == (TEXT, expected)
    assert change.file.text == expected
    assert change.changed
    assert change.undoable
    assert names(path) == {"refs.bib", "refs.bib.lock"}


def test_nothing_to_do_writes_nothing(path: Path) -> None:
    before = path.stat()
    change = store.change(path, [SetField("k", "title", "Sjöberg")])
    assert not change.changed
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_plan_writes_nothing(path: Path) -> None:
    change = store.plan(path, lambda bib: [RemoveEntry(entry.key) for entry in bib.entries])
    assert change.after == "% mine\r\n"
    assert path.read_bytes() == b"\xef\xbb\xbf" + TEXT.encode()
    assert names(path) == {"refs.bib"}


def test_latin_1_stays_latin_1(path: Path) -> None:
    path.write_bytes("@a{k, b = {Sjöberg}}".encode("latin-1"))
    store.change(path, [SetField("k", "c", "Müller")])
    assert path.read_bytes() == "@a{k, b = {Sjöberg}, c = {Müller}}".encode("latin-1")
    with pytest.raises(EditRefused, match="Windows-1252, which has no 'Ł'"):
        store.change(path, [SetField("k", "c", "Łódź")])


def test_utf_16_stays_utf_16(path: Path) -> None:
    path.write_bytes(b"\xff\xfe" + "@a{k, b = {ö}}".encode("utf-16-le"))
    store.change(path, [SetField("k", "b", "日本")])
    assert path.read_bytes() == b"\xff\xfe" + "@a{k, b = {日本}}".encode("utf-16-le")


def test_a_new_library(path: Path) -> None:
    new = path.with_name("new.bib")
    with pytest.raises(LibraryNotFound):
        store.change(new, [AddEntry("x", "misc", ())])
    store.change(new, [AddEntry("x", "misc", (("title", "T"),))], create=True)
    assert new.read_text(encoding="utf-8") == "@misc{x,\n  title = {T},\n}\n"
    store.undo(new)
    assert new.read_bytes() == b""


def test_a_refused_change_leaves_the_file(path: Path) -> None:
    with pytest.raises(UnknownKey):
        store.change(path, [SetField("k", "year", "1"), SetField("z", "year", "1")])
    assert path.read_bytes() == b"\xef\xbb\xbf" + TEXT.encode()
    assert names(path) == {"refs.bib", "refs.bib.lock"}


def test_a_link_to_the_library(path: Path) -> None:
    link = path.parent.parent / "link.bib"
    link.symlink_to(path)
    store.change(link, [SetField("k", "title", "x")])
    assert link.is_symlink()
    assert "title = {x}" in path.read_text(encoding="utf-8")
    assert names(path) == {"refs.bib", "refs.bib.lock"}
    store.undo(path)
    assert path.read_bytes() == b"\xef\xbb\xbf" + TEXT.encode()


def test_what_was_read_before_is_used_when_it_is_still_true(path: Path) -> None:
    known = store.read(path)
    seen: list[BibFile] = []

    def edits(bib: BibFile) -> list[Edit]:
        seen.append(bib)
        return [SetField("k", "title", "x")]

    store.change(path, edits, known=known)
    store.change(path, edits, known=known)
    assert seen[0] is known.file
    assert seen[1] is not known.file


def test_a_lock_is_waited_for_and_then_given_up(path: Path) -> None:
    with FileLock(path.with_name("refs.bib.lock")), pytest.raises(LibraryLocked) as caught:
        store.change(path, [SetField("k", "title", "x")], timeout=0.05)
    assert "refs.bib.lock" in caught.value.hint
    assert path.read_bytes() == b"\xef\xbb\xbf" + TEXT.encode()


def test_a_lock_file_that_cannot_be_made(path: Path) -> None:
    path.with_name("refs.bib.lock").mkdir()
    with pytest.raises(LibraryUnwritable) as caught:
        store.change(path, [SetField("k", "title", "x")], timeout=0.05)
    assert "The file is unchanged." in caught.value.hint


def test_an_edit_by_another_program_meanwhile_is_kept(path: Path) -> None:
    """The other program does not know the lock, and saves between our reading and our writing."""
    calls = 0

    def edits(bib: BibFile) -> list[Edit]:
        nonlocal calls
        calls += 1
        if calls == 1:
            path.write_bytes(TEXT.replace("% mine", "% theirs").encode())
        return [SetField("k", "title", "x")]

    store.change(path, edits)
    assert calls == 2
    assert path.read_bytes() == TEXT.replace("% mine", "% theirs").replace("Sjöberg", "x").encode()
    store.undo(path)
    assert path.read_bytes() == TEXT.replace("% mine", "% theirs").encode()


def test_another_program_that_never_rests(path: Path) -> None:
    count = 0

    def edits(bib: BibFile) -> list[Edit]:
        nonlocal count
        count += 1
        path.write_bytes(f"% {count}\n{TEXT}".encode())
        return [SetField("k", "title", "x")]

    with pytest.raises(LibraryConflict):
        store.change(path, edits)
    assert path.read_bytes() == f"% {count}\n{TEXT}".encode()


def test_undo_walks_back(path: Path) -> None:
    states = [path.read_bytes()]
    changes: list[tuple[str, list[Edit]]] = [
        ("add", [AddEntry("l", "misc", (("title", "日本"),))]),
        ("edit", [SetField("k", "title", "longer than before"), RemoveField("l", "title"), SetField("k", "b", "1")]),
        ("rename", [RenameKey("l", "m"), RenameKey("k", "l")]),
        ("remove", [RemoveEntry("l"), RemoveEntry("m")]),
    ]
    for command, edits in changes:
        store.change(path, edits, command=command)
        states.append(path.read_bytes())
    planned = store.undo(path, dry_run=True)
    assert path.read_bytes() == states[-1]
    for (command, _), state in zip(reversed(changes), reversed(states[:-1]), strict=True):
        undone = store.undo(path)
        assert undone.command == command
        assert path.read_bytes() == state
        if command == "remove":
            assert (planned.before, planned.after) == (undone.before, undone.after)
    with pytest.raises(LibraryError, match="no change to take back"):
        store.undo(path)


def test_undo_does_not_guess(path: Path) -> None:
    store.change(path, [SetField("k", "title", "x")], command="edit k title=x")
    changed = path.read_bytes()
    path.write_bytes(changed + b"\n% theirs\n")
    with pytest.raises(LibraryError, match="changed by something else since `edit k title=x`"):
        store.undo(path)
    assert path.read_bytes() == changed + b"\n% theirs\n"
    path.write_bytes(changed)
    store.undo(path)
    assert path.read_bytes() == b"\xef\xbb\xbf" + TEXT.encode()


def test_only_so_many_changes_are_remembered(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "KEPT", 3)
    for number in range(5):
        store.change(path, [SetField("k", "title", str(number))])
    (kept,) = (tmp_path / "state" / "journal").iterdir()
    assert len(json.loads(kept.read_bytes())["changes"]) == 3


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"changes": [{}]}', b'{"changes": [{"command": 1}]}', b"\xff"])
def test_a_damaged_journal_is_no_journal(path: Path, tmp_path: Path, content: bytes) -> None:
    store.change(path, [SetField("k", "title", "x")])
    (kept,) = (tmp_path / "state" / "journal").iterdir()
    kept.write_bytes(content)
    with pytest.raises(LibraryError, match="no change to take back"):
        store.undo(path)
    store.change(path, [SetField("k", "title", "y")])
    store.undo(path)
    assert "{x}" in path.read_text(encoding="utf-8-sig")


def test_a_journal_with_wrong_spans_changes_nothing(path: Path, tmp_path: Path) -> None:
    store.change(path, [SetField("k", "title", "x")])
    (kept,) = (tmp_path / "state" / "journal").iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"Sj", b"Ej"))
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="record of the last change is damaged"):
        store.undo(path)
    assert path.read_bytes() == before


def test_without_a_state_folder_changes_are_made_all_the_same(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PPREFLIST_STATE_DIR", str(tmp_path / "file" / "below"))
    assert not store.change(path, [SetField("k", "title", "x")]).undoable
    with pytest.raises(LibraryError, match="no change to take back"):
        store.undo(path)


WRITER = """
import sys
from ppreflist.bibtex import store
from ppreflist.model.edit import AddEntry
path, key = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
store.change(path, [AddEntry(key, "article", (("title", "T"), ("year", "2006")))], timeout=120)
"""


def test_eight_processes_at_once_lose_nothing(path: Path) -> None:
    old = "".join(f"@article{{k{n},\n  title = {{T{n}}},\n}}\n\n" for n in range(1000))
    path.write_text(old, encoding="utf-8")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), f"new{number}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(8)
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    found = store.read(path).file
    assert len(found.entries) == 1008
    assert {f"new{number}" for number in range(8)} <= set(found.by_key)
    assert found.text.startswith(old.rstrip())
    assert names(path) == {"refs.bib", "refs.bib.lock"}
    for _ in range(8):
        store.undo(path)
    assert path.read_text(encoding="utf-8") == old


KILLED_AT_EVERY_STEP = """
# Changes a library again and again in children that kill themselves (SIGKILL) before or after their n-th system call
# of interest, for n = 1, 2, ... until one gets through.
import json, os, signal, sys
from ppreflist.bibtex import store
from ppreflist.model.edit import SetField

path = sys.argv[1]
CALLS = ["open", "fchmod", "fsync", "replace", "unlink", "close", "mkdir"]

def dying(function, after):
    def call(*arguments, **named):
        global left
        if not after:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        try:
            return function(*arguments, **named)
        finally:
            if after:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
    return call

old = open(path, "rb").read()
for after in (False, True):
    step = 0
    while True:
        step += 1
        child = os.fork()
        if child == 0:
            left = step
            for name in CALLS:
                setattr(os, name, dying(getattr(os, name), after))
            store.change(path, [SetField("k", "title", "new " * 5000)])
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        now = open(path, "rb").read()
        print(json.dumps([step, os.WIFSIGNALED(status), now == old]), flush=True)
        store.change(path, [SetField("k", "title", "Sj\\u00f6berg")])  # no lock is left, nothing is in the way
        assert open(path, "rb").read() == old, step
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0
            break
"""


def test_killed_at_every_step_of_a_write(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED_AT_EVERY_STEP, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    killed_with_old = sum(1 for _, killed, is_old in steps if killed and is_old)
    killed_with_new = sum(1 for _, killed, is_old in steps if killed and not is_old)
    assert killed_with_old >= 10
    assert killed_with_new >= 2
    assert [is_old for _, killed, is_old in steps if not killed] == [False, False]
    assert path.read_bytes() == b"\xef\xbb\xbf" + TEXT.encode()
    assert names(path) == {"refs.bib", "refs.bib.lock"}


KILLED_AT_RANDOM = """
# A child writes two states of a library in turn, as fast as it can; it is killed after a random number of turns.
import os, random, select, signal, sys
from ppreflist.bibtex import store
from ppreflist.model.edit import SetField

path, seed = sys.argv[1], int(sys.argv[2])
chance = random.Random(seed)
values = ["Sj\\u00f6berg", "new " * 50000]
states = set()
for value in values:
    states.add(store.change(path, [SetField("k", "title", value)]).after.encode())
torn = 0
for _ in range(12):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        while True:
            for value in values:
                store.change(path, [SetField("k", "title", value)])
                os.write(writing, b".")
    os.close(writing)
    for _ in range(chance.randrange(1, 4)):
        os.read(reading, 1)
    for _ in range(chance.randrange(100_000)):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    now = open(path, "rb").read().removeprefix(b"\\xef\\xbb\\xbf")
    torn += now not in states
print(torn)
"""


def test_killed_at_random_moments(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED_AT_RANDOM, str(path), "1"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "0\n"
    store.change(path, [SetField("k", "title", "Sjöberg")])
    assert path.read_bytes() == b"\xef\xbb\xbf" + TEXT.encode()
    assert names(path) == {"refs.bib", "refs.bib.lock"}
