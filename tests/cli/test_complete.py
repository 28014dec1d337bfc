"""Shell completion, asked as bash asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LIBRARY = """@article{farbu2007post, title={A}, keywords={ivig, Trial}}
@article{borg2008post, title={B}, keywords={ivig}}
"""


def completed(folder: Path, *words: str) -> list[str]:
    """The answers, without their type (plain, file)."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PPREFLIST_CACHE_DIR": str(folder / "cache"),
        "_PPREFLIST_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["ppreflist", *words]),
        "COMP_CWORD": str(len(words)),
    }
    code = "from ppreflist.cli.main import cli; cli(prog_name='ppreflist')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("sho",), ["show"]),
        (("show", "far"), ["farbu2007post"]),
        (("list", "bo"), ["borg2008post"]),
        (("export", "fa"), ["farbu2007post"]),
        (("list", "--tag", "t"), ["Trial"]),
        (("cite", "--style", "vancouver-a"), ["vancouver-alphabetical", "vancouver-ama", "vancouver-author-date"]),
        (("cite", "--style", "./my"), ["./my"]),
    ],
)
def test_what_is_completed(tmp_path: Path, words: tuple[str, ...], found: list[str]) -> None:
    (tmp_path / "references.bib").write_text(LIBRARY, encoding="utf-8")
    assert completed(tmp_path, *words) == found


def test_without_a_library_nothing_is_said(tmp_path: Path) -> None:
    assert completed(tmp_path, "show", "far") == []
    assert completed(tmp_path, "list", "--tag", "t") == []
