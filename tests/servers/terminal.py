"""The command on a terminal: a pseudo-terminal at both ends, so that it asks."""

from __future__ import annotations

import errno
import os
import pty
import subprocess
import sys
from pathlib import Path


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """The environment of a command that must not see this machine's settings or the network."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PPREFLIST_", "EDITOR", "VISUAL"))
    }
    return {
        **kept,
        "PPREFLIST_DOI_URL": "http://127.0.0.1:9",
        "XDG_STATE_HOME": str(folder / ".state"),
        "XDG_CACHE_HOME": str(folder / ".cache"),
        "no_proxy": "*",
        **variables,
    }


def on_terminal(folder: Path, *words: str, answers: str = "", **variables: str) -> tuple[int, str]:
    """Run ``ppreflist`` in a folder with these answers typed in: the exit code, and all that was shown."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "ppreflist", *words],
        cwd=folder,
        env=environment(folder, TERM="dumb", **variables),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    os.write(ours, answers.encode())
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError as error:
        if error.errno != errno.EIO:  # EIO is how Linux says that the other end is closed
            raise
    os.close(ours)
    return process.wait(timeout=60), shown.decode().replace("\r\n", "\n")
