"""A library on the disk: read it; change it under its lock; take the last change back.

The lock file ``NAME.bib.lock`` stands beside the library (beside its target, when it is a link), so that all processes
of all users that see the file see it. It may be removed when no ppreflist runs, and git should ignore it.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from ppreflist.bibtex.apply import apply
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.disk import Snapshot, clear_temporary, read, replace_file
from ppreflist.bibtex.draft import Splice, spliced
from ppreflist.bibtex.encoding import encode
from ppreflist.bibtex.journal import Journal, Record
from ppreflist.errors import LibraryConflict, LibraryError, LibraryLocked, LibraryUnwritable
from ppreflist.model.edit import Edit

__all__ = ["LOCK_SUFFIX", "TIMEOUT", "Change", "Edits", "Snapshot", "change", "plan", "read", "undo"]

LOCK_SUFFIX = ".lock"
TIMEOUT = 30.0
"""Seconds to wait for the lock."""
_TRIES = 5
_POLL = 0.02

Edits = Iterable[Edit] | Callable[[BibFile], Iterable[Edit]]


@dataclass(frozen=True, slots=True)
class Change:
    """What a change made of a library, or would make (``plan``).

    ``before`` and ``after`` are the whole text, ``splices`` the replaced spans of ``before``, ``file`` is the file
    after it. ``undoable`` is false when the state folder could not be written.
    """

    path: Path
    command: str
    before: str
    after: str
    splices: tuple[Splice, ...]
    file: BibFile
    undoable: bool = True

    @property
    def changed(self) -> bool:
        return self.before != self.after


def plan(path: str | os.PathLike[str], edits: Edits, *, command: str = "", create: bool = False) -> Change:
    """What ``change`` would do. Writes nothing, needs no lock."""
    return _planned(read(path, missing_ok=create), edits, command)


def change(
    path: str | os.PathLike[str],
    edits: Edits,
    *,
    command: str = "",
    create: bool = False,
    known: Snapshot | None = None,
    timeout: float = TIMEOUT,
) -> Change:
    """Do ``edits`` on the library as it is now, and replace the file.

    ``edits`` may be a function of the file as it is under the lock, for edits that depend on what other processes did
    in the meantime (a free key, a duplicate); it may be called again when a program without respect for the lock
    interferes. ``command`` is for ``undo``'s message. ``create`` makes a file that is not there. ``known`` is a
    snapshot that saves finding the blocks again when the bytes are still the same.

    Raises what ``read`` and ``apply`` raise, LibraryLocked, LibraryConflict and LibraryUnwritable; then the file is as
    it was.
    """
    wanted = edits if callable(edits) else tuple(edits)
    with _locked(read(path, missing_ok=create), timeout):
        for _ in range(_TRIES - 1):
            with contextlib.suppress(LibraryConflict):
                return _changed(path, wanted, command, create, known)
        return _changed(path, wanted, command, create, known)


def undo(path: str | os.PathLike[str], *, dry_run: bool = False, timeout: float = TIMEOUT) -> Change:
    """Take back the last change that ``change`` made; called again, the one before it, and so on.

    LibraryError when there is nothing to take back, or the file was changed by something else since. ``dry_run`` only
    says what would be done.
    """
    with _locked(read(path), timeout):
        snapshot = read(path)
        journal = Journal(snapshot.real)
        records = journal.records()
        # a change that was remembered but then not made: its process ended before the file was replaced
        while records and records[-1].after != snapshot.sha256 and records[-1].before == snapshot.sha256:
            records.pop()
        shown = os.fspath(snapshot.path)
        if not records:
            raise LibraryError(
                "there is no change to take back", hint="undo knows only the changes that ppreflist made.", path=shown
            )
        last = records[-1]
        if last.after != snapshot.sha256:
            raise LibraryError(
                f"the file was changed by something else since `{last.command or 'the last change'}`",
                hint="Take it back in that program, or with git: undo would have to guess.",
                path=shown,
            )
        splices = _inverse(last.splices)
        before = snapshot.text
        after = spliced(before, splices)
        rewound = Snapshot(snapshot.path, snapshot.real, encode(after, snapshot.encoding), after, snapshot.encoding)
        if rewound.sha256 != last.before:
            raise LibraryError(
                "the record of the last change is damaged", hint="Nothing was changed; use git.", path=shown
            )
        if not dry_run:
            replace_file(snapshot, rewound.data)
            journal.write(records[:-1])
        return Change(snapshot.path, last.command, before, after, splices, rewound.file, len(records) > 1)


def _changed(path: str | os.PathLike[str], edits: Edits, command: str, create: bool, known: Snapshot | None) -> Change:
    """One attempt at ``change``, with the lock held."""
    snapshot = read(path, missing_ok=create)
    if known is not None and known.exists == snapshot.exists and known.data == snapshot.data:
        snapshot = known
    made = _planned(snapshot, edits, command)
    if not made.changed and snapshot.exists:
        return made
    undoable = _replace(snapshot, encode(made.after, snapshot.encoding), command, made.splices)
    return replace(made, undoable=undoable)


def _planned(snapshot: Snapshot, edits: Edits, command: str) -> Change:
    bib = snapshot.file
    applied = apply(bib, edits(bib) if callable(edits) else edits)
    return Change(snapshot.path, command, bib.text, applied.new.text, applied.splices, applied.new)


def _replace(snapshot: Snapshot, data: bytes, command: str, splices: tuple[Splice, ...]) -> bool:
    """Remember the change, then make it: a record without its change is harmless, the other way round is not."""
    spans = tuple((each.start, snapshot.text[each.start : each.end], each.new) for each in splices)
    after = Snapshot(snapshot.path, snapshot.real, data, "")
    journal = Journal(snapshot.real)
    remembered = journal.records()
    undoable = journal.add(Record(command, snapshot.sha256, after.sha256, spans))
    try:
        replace_file(snapshot, data)
    except LibraryError:
        journal.write(remembered)
        raise
    return undoable


def _inverse(splices: Iterable[tuple[int, str, str]]) -> tuple[Splice, ...]:
    shift = 0
    found: list[Splice] = []
    for offset, old, new in splices:
        start = offset + shift
        found.append(Splice(start, start + len(new), old))
        shift += len(new) - len(old)
    return tuple(found)


@contextlib.contextmanager
def _locked(snapshot: Snapshot, timeout: float) -> Iterator[None]:
    real, shown = snapshot.real, os.fspath(snapshot.path)
    path = real.with_name(real.name + LOCK_SUFFIX)
    mode = 0o644
    if snapshot.exists:
        with contextlib.suppress(OSError):
            mode = stat.S_IMODE(os.stat(real).st_mode) & 0o666 | 0o600
    lock = FileLock(path, timeout=timeout, mode=mode, poll_interval=_POLL)
    try:
        lock.acquire()
    except Timeout as error:
        raise LibraryLocked(
            f"another ppreflist has been writing this library for {timeout:.0f} seconds",
            hint=f"Wait for it to finish, or end it; the lock is {path.name}.",
            path=shown,
        ) from error
    except OSError as error:
        raise LibraryUnwritable(
            f"the folder cannot be written: {(error.strerror or str(error)).lower()}",
            hint=f"To save safely, ppreflist needs to create files in {real.parent}. The file is unchanged.",
            path=shown,
        ) from error
    try:
        clear_temporary(real)
        yield
    finally:
        lock.release()
