"""Running the command in a folder: as people do, in real processes, with a terminal or without; or in this process."""

from __future__ import annotations

import contextlib
import errno
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from click.testing import CliRunner

from ppreflist.cli.main import main

Run = Callable[..., subprocess.CompletedProcess[str]]

SERVICES = ("DOI", "PUBMED", "PMC", "ARXIV", "OPENLIBRARY", "CROSSREF")
"""None of them is ever asked by a test that does not name a double of it."""


def environment(tmp_path: Path, **variables: str) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PPREFLIST_", "EDITOR", "VISUAL"))
    }
    return {
        **kept,
        **{f"PPREFLIST_{name}_URL": "http://127.0.0.1:9" for name in SERVICES},
        "XDG_STATE_HOME": str(tmp_path / ".state"),
        "XDG_CACHE_HOME": str(tmp_path / ".cache"),
        "no_proxy": "*",
        **variables,
    }


def ppreflist(folder: Path, *words: str, stdin: str | bytes = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run in a folder without a terminal."""
    raw = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "ppreflist", *words],
        cwd=folder,
        env=environment(folder, **variables),
        input=raw,
        capture_output=True,
        timeout=60,
        check=False,
    )
    shown = subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in shown.stderr
    return shown


def in_this_process(
    folder: Path, *words: str, stdin: str | bytes = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """The same at a tenth of the cost of a process: for tests of what is said and done, beside a few with real ones."""
    with (
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, environment(folder, **variables), clear=True),
        mock.patch.object(sys, "argv", ["ppreflist", *words]),
        CliRunner().isolation(stdin) as (stdout, stderr, _),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code
        sys.stdout.flush()
        sys.stderr.flush()
    assert isinstance(code, int)
    return subprocess.CompletedProcess(words, code, stdout.getvalue().decode(), stderr.getvalue().decode())


def on_terminal(tmp_path: Path, *words: str, answers: str = "", **variables: str) -> tuple[int, str]:
    """Run with a terminal at both ends: the exit code, and all that was shown."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "ppreflist", *words],
        cwd=tmp_path,
        env=environment(tmp_path, TERM="dumb", **variables),
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


def library(tmp_path: Path) -> str:
    return (tmp_path / "references.bib").read_text(encoding="utf-8")
