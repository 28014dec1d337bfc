"""How a command writes a file that is not the library."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ppreflist.errors import PpreflistError


def replace_file(target: Path, data: bytes) -> None:
    """Replace a file whole or not at all; a symbolic link stays a link, and the mode stays.

    PpreflistError, with the name of the file and the reason, when it cannot be written.
    """
    with telling(target):
        _replace(target.resolve(), data)


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
    if real.exists() and not real.is_file():  # /dev/stdout, a named pipe
        real.write_bytes(data)
        return
    temporary = real.with_name(f".{real.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            if real.exists():
                os.fchmod(file.fileno(), real.stat().st_mode & 0o7777)
        temporary.replace(real)
    finally:
        temporary.unlink(missing_ok=True)
