"""The only file that opens a library: read it, and replace it in one step.

``read`` needs no lock, as a file is only ever replaced whole. ``replace_file`` is for ``ppreflist.bibtex.store``,
which holds the lock; who only reads is spared what the store must import.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.encoding import UTF_8, Encoding, decode
from ppreflist.errors import LibraryConflict, LibraryNotFound, LibraryUnreadable, LibraryUnwritable

SIZE_LIMIT = 512 * 1024 * 1024
"""Bytes above which a file is not taken for a library."""
TEMPORARY_SUFFIX = ".ppreflist-tmp"
"""A file is written beside the library as NAME.bib.ppreflist-tmp first; one that is left over means nothing."""


@dataclass(frozen=True)
class Snapshot:
    """A library as it was read: the bytes are the truth, ``file`` is what they say.

    ``path`` is as it was given, ``real`` is the file behind all symbolic links. ``exists`` is false for a library that
    is not there yet (``read(..., missing_ok=True)``); it reads as empty.
    """

    path: Path
    real: Path
    data: bytes
    text: str
    encoding: Encoding = UTF_8
    exists: bool = True

    @cached_property
    def file(self) -> BibFile:
        """The blocks, found when they are first asked for."""
        return BibFile.parse(self.text, os.fspath(self.path), self.encoding)

    @cached_property
    def sha256(self) -> str:
        """The hexadecimal SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def read(path: str | os.PathLike[str], *, missing_ok: bool = False) -> Snapshot:
    """Read a library. LibraryNotFound; LibraryUnreadable: a directory, no permission, too large, not text."""
    given = Path(path)
    real = Path(os.path.realpath(given))
    shown = os.fspath(given)
    try:
        data = _read_bytes(real, shown)
    except FileNotFoundError as error:
        if missing_ok and real.parent.is_dir():
            return Snapshot(given, real, b"", "", exists=False)
        raise LibraryNotFound(
            "there is no such file" if real.parent.is_dir() else "there is no such folder",
            hint="Name the library with --library, or start one with `ppreflist add`.",
            path=shown,
        ) from error
    except OSError as error:
        raise LibraryUnreadable(
            f"the file cannot be read: {(error.strerror or str(error)).lower()}",
            hint="Check its permissions (ls -l).",
            path=shown,
        ) from error
    text, encoding = decode(data, shown)
    return Snapshot(given, real, data, text, encoding)


def _read_bytes(real: Path, shown: str) -> bytes:
    # O_NONBLOCK: opening a named pipe must not wait for a writer
    descriptor = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            what = "a directory" if stat.S_ISDIR(status.st_mode) else "not an ordinary file"
            raise LibraryUnreadable(f"this is {what}", hint="Name a .bib file.", path=shown)
        if status.st_size > SIZE_LIMIT:
            raise LibraryUnreadable(
                f"the file has {status.st_size / 2**20:.0f} MB; {SIZE_LIMIT // 2**20} MB is the most",
                hint="Is it a .bib file? If so, split it.",
                path=shown,
            )
        with open(descriptor, "rb", closefd=False) as opened:
            return opened.read()
    finally:
        os.close(descriptor)


def clear_temporary(real: Path) -> None:
    """Remove what an interrupted write left. Only with the lock held."""
    with contextlib.suppress(FileNotFoundError, PermissionError):
        _temporary(real).unlink()


def replace_file(snapshot: Snapshot, data: bytes) -> None:
    """Replace the library by ``data`` in one step, if it still is what ``snapshot`` says. Only with the lock held.

    The new bytes are on the disk before the old file goes: at every moment there is the old file or the new one. Mode
    and (as far as the system allows) owner stay; a symbolic link stays a link. LibraryConflict: another program changed
    the file; LibraryUnwritable: it cannot be written. In both cases the file is as it was.
    """
    real = snapshot.real
    temporary = _temporary(real)
    if snapshot.exists and real.exists() and not os.access(real, os.W_OK):
        raise LibraryUnwritable(
            "the file is write-protected", hint="Change its permissions (chmod u+w).", path=os.fspath(snapshot.path)
        )
    try:
        clear_temporary(real)
        _write_temporary(snapshot, temporary, data)
        if _present(real) != (snapshot.data if snapshot.exists else None):
            raise LibraryConflict(
                "another program changed the file at the same moment",
                hint="Nothing was written. Save or close it in the other program and try again.",
                path=os.fspath(snapshot.path),
            )
        os.replace(temporary, real)
    except OSError as error:
        raise _unwritable(error, snapshot) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
    _sync_folder(real.parent)


def _temporary(real: Path) -> Path:
    return real.with_name(real.name + TEMPORARY_SUFFIX)


def _write_temporary(snapshot: Snapshot, temporary: Path, data: bytes) -> None:
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    with open(descriptor, "wb") as file:
        status = _status(snapshot.real) if snapshot.exists else None
        if status is not None:
            mine = os.fstat(descriptor)
            if (status.st_uid, status.st_gid) != (mine.st_uid, mine.st_gid):
                _keep_owner(descriptor, status)
            _keep_attributes(descriptor, snapshot.real)
            os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _status(real: Path) -> os.stat_result | None:
    try:
        return os.stat(real)
    except FileNotFoundError:  # taken away this moment: the comparison that follows will say so
        return None


def _keep_owner(descriptor: int, status: os.stat_result) -> None:
    """Give the file its owner and group; without the right to do that, the group alone."""
    try:
        os.fchown(descriptor, status.st_uid, status.st_gid)
    except PermissionError:
        with contextlib.suppress(PermissionError):
            os.fchown(descriptor, -1, status.st_gid)


def _keep_attributes(descriptor: int, real: Path) -> None:
    """Give the file its extended attributes (access lists, tags), where there are such and we may."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            for name in os.listxattr(real):
                with contextlib.suppress(OSError):
                    os.setxattr(descriptor, name, os.getxattr(real, name))


def _present(real: Path) -> bytes | None:
    try:
        return real.read_bytes()
    except FileNotFoundError:
        return None


def _sync_folder(folder: Path) -> None:
    """Make the replacement itself durable; some file systems cannot, and then the rename is all there is."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(error: OSError, snapshot: Snapshot) -> LibraryUnwritable:
    folder = os.fspath(snapshot.real.parent)
    hints = {
        errno.ENOSPC: "Free some space on the disk and try again.",
        errno.EDQUOT: "Your disk quota is used up: free some space and try again.",
        errno.EROFS: "The disk is mounted read-only.",
    }
    reason = (error.strerror or str(error)).lower()
    return LibraryUnwritable(
        f"the file cannot be written: {reason}",
        hint=hints.get(error.errno or 0, f"Check that you may create files in {folder}.") + " The file is unchanged.",
        path=os.fspath(snapshot.path),
    )
