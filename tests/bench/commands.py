"""How long the commands take, process start included, beside bibtexparser reading the same file in the same run.

    python tests/bench/commands.py [--entries 10000]

Prints a Markdown table: wall seconds, the best of five runs, and the ratio to bibtexparser's splitter alone (the
least that a program built on it would need, before it decodes a single name).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

WORDS = (
    "intravenous",
    "immunoglobulin",
    "post-polio",
    "syndrome",
    "muscle",
    "strength",
    "fatigue",
    "randomised",
    "trial",
)
FAMILIES = ("Borg", "Farbu", "Gonz{\\'a}lez", 'Sj{\\"o}berg', "de la Cruz", "Rae-Grant", "O'Neill", 'M{\\"u}ller')


def library(entries: int) -> str:
    """A library of articles with accents in LaTeX, several authors each, no two alike."""
    parts = ["@string{nn = {Neuromuscular News}}\n"]
    for n in range(entries):
        authors = " and ".join(
            f"{FAMILIES[(n * 7 + k) % len(FAMILIES)]}, A{k}. {chr(65 + n % 26)}." for k in range(n % 5 + 1)
        )
        title = " ".join(WORDS[(n * (k + 3) + k) % len(WORDS)] for k in range(8))
        parts.append(
            f"@article{{key{n:06d},\n  author  = {{{authors}}},\n  title   = {{{title.capitalize()}: part {n}}},\n"
            f"  journal = nn,\n  year    = {{{1950 + n % 70}}},\n  volume  = {{{n % 90 + 1}}},\n"
            f"  pages   = {{{n}--{n + 9}}},\n  doi     = {{10.5555/{n}}},\n  keywords = {{ivig, part{n % 10}}},\n}}\n"
        )
    return "\n".join(parts)


def best_of(times: int, run: Callable[[], object]) -> float:
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--entries", type=int, default=10_000)
    entries = arguments.parse_args().entries
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "references.bib"
        path.write_text(library(entries), encoding="utf-8")
        environment = os.environ | {
            "PPREFLIST_CACHE_DIR": str(folder / "cache"),
            "PPREFLIST_STATE_DIR": str(folder / "state"),
        }
        environment.pop("PPREFLIST_LIBRARY", None)

        def ppreflist(*words: str) -> Callable[[], object]:
            command = [sys.executable, "-m", "ppreflist", *words]
            return lambda: subprocess.run(
                command, cwd=folder, env=environment, check=False, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
            )

        peer = [sys.executable, "-c", "import bibtexparser; bibtexparser.parse_file('references.bib', parse_stack=[])"]
        base = best_of(3, lambda: subprocess.run(peer, cwd=folder, check=True))
        rows = [("bibtexparser: split the file", base), ("ppreflist --help", best_of(5, ppreflist("--help")))]

        def cold() -> None:
            shutil.rmtree(folder / "cache", ignore_errors=True)
            ppreflist("list")()

        rows.append(("list, file not seen before", best_of(3, cold)))
        rows.append(("list", best_of(5, ppreflist("list"))))
        rows.append(("list --json", best_of(5, ppreflist("list", "--json"))))
        rows.append(("search muller year:1960..1961", best_of(5, ppreflist("search", "muller", "year:1960..1961"))))
        rows.append(("show KEY", best_of(5, ppreflist("show", "key000777"))))
        rows.append(("lint", best_of(3, ppreflist("lint"))))
        rows.append(("check-links --offline", best_of(3, ppreflist("check-links", "--offline"))))
        rows.append(("edit KEY year=1999, then undo", _edits(ppreflist)))
        rows.append(("add one entry", _adds(ppreflist)))
        print(f"| {entries:,} entries | seconds | ratio |\n|---|--:|--:|")
        for what, seconds in rows:
            print(f"| {what} | {seconds:.2f} | {seconds / base:.2f} |")


def _edits(ppreflist: Callable[..., Callable[[], object]]) -> float:
    seconds = []
    for _ in range(3):
        seconds.append(best_of(1, ppreflist("edit", "key000500", "year=1999")))
        ppreflist("undo")()
    return min(seconds)


def _adds(ppreflist: Callable[..., Callable[[], object]]) -> float:
    return min(
        best_of(1, ppreflist("add", "--type", "misc", "--title", f"A new work {n}", "--field", "year=2026"))
        for n in range(3)
    )


if __name__ == "__main__":
    main()
