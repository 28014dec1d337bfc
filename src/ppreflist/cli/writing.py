"""How a command writes a file that is not the library."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ppreflist.errors import PpreflistError


def replace_file(target: Path, data: bytes) -> None:
    """Replace a file whole or not at all; a symbolic link stays a link, and the mode stays.

    PpreflistError, with the name of the file and the reason, when it cannot be written.
    """
    with telling(target):
        if target.exists() and not target.is_file():  # a named pipe, /dev/stdout (which leads to what has no name)
            target.write_bytes(data)
        else:
            _replace(target.resolve(), data)


def check_target(target: Path, kept: Mapping[Path, str]) -> None:
    """Refuse a target before anything is computed: a folder, one in no folder, or a file that must not be replaced
    (``kept``, with what it is)."""
    if target.is_dir():
        raise PpreflistError("this is a folder", path=str(target), hint="Name a file after -o.")
    if not target.resolve().parent.is_dir():
        raise PpreflistError("there is no such folder", path=str(target.parent), hint="Make it first, or name another.")
    for path, what in kept.items():
        with contextlib.suppress(OSError):
            if os.path.samefile(target, path):
                raise PpreflistError(what, path=str(target), hint="Name another file after -o.")


@contextmanager
def telling(target: Path) -> Iterator[None]:
    """PpreflistError, with the name of the file and the reason, when it cannot be written."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise PpreflistError(
            f"cannot be written: {(error.strerror or str(error)).lower()}",
            path=str(target),
            hint="Check the disk and the permissions of the folder, or name another file.",
        ) from error


def _replace(real: Path, data: bytes) -> None:
    temporary = real.with_name(f".{real.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            if real.exists():
                os.fchmod(file.fileno(), real.stat().st_mode & 0o7777)
        temporary.replace(real)
    finally:
        temporary.unlink(missing_ok=True)
