"""README is tested: every console session in it is typed again and must print what README shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from ppreflist.cli.main import COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

_BLOCK = re.compile(r"(?P<mark><!-- not run: [^>]+ -->\n)?```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Typed:
    """A command as README shows it typed, and what it prints."""

    command: str
    shown: str
    line: int


def sessions() -> list[Typed]:
    typed = []
    for block in _BLOCK.finditer(README):
        if block["mark"]:
            continue
        line = README.count("\n", 0, block.start("body")) + 1
        for part in re.split(r"^\$ ", block["body"], flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            typed.append(Typed(command, shown, line))
            line += part.count("\n")
    return typed


def test_the_sessions_in_readme_print_what_it_shows(tmp_path: Path) -> None:
    """One after the other in one folder, as a reader would type them, on a copy of the shipped list."""
    shutil.copy(ROOT / "references.bib", tmp_path)
    scripts = tmp_path / ".bin"
    scripts.mkdir()
    program = scripts / "ppreflist"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ppreflist "$@"\n')
    program.chmod(0o755)
    environment = {
        "PATH": f"{scripts}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "COLUMNS": "100",
        "LANG": "C.UTF-8",
        "PPREFLIST_CACHE_DIR": str(tmp_path / ".cache"),
        "PPREFLIST_STATE_DIR": str(tmp_path / ".state"),
    }
    typed = sessions()
    assert typed, "README shows no session"
    for each in typed:
        done = subprocess.run(
            ["bash", "-c", each.command],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.stdout == each.shown, f"README.md:{each.line}: $ {each.command}"


def test_the_python_in_readme_prints_what_it_shows(tmp_path: Path) -> None:
    """Each ``python`` block is followed by a ``text`` block with its output."""
    examples = re.findall(r"^```python\n(.*?)^```\n+```text\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)
    assert len(examples) == README.count("```python") > 0
    for code, shown in examples:
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
        )
        assert done.stdout == shown


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_readme_names_every_command(name: str) -> None:
    assert f"ppreflist {name}" in README
