"""Loading a library with LaTeX decoded and names split, beside bibtexparser's own middlewares in the same run.

    python tests/bench/load.py [--entries 10000] [--peer-entries 500] [FILE.bib]

Each reading is a process of its own; the figure is its CPU time (user and system), start included. The peer is slow:
it reads ``--peer-entries`` entries and is scaled up to the same number. Without FILE.bib the entries are made up, one
in eight with accents in LaTeX, no two alike.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

OURS = """
from ppreflist.bibtex.disk import read
from ppreflist.bibtex.read import library
found = library(read(sys.argv[1]).file)
print(len(found), sum(len(names) for entry in found for names in entry.names.values()))
"""
SPLIT_ONLY = """
import bibtexparser
print(len(bibtexparser.parse_string(open(sys.argv[1], encoding="utf-8").read(), parse_stack=[]).entries), 0)
"""
PEER = """
import bibtexparser
from bibtexparser import middlewares as m
stack = [m.ResolveStringReferencesMiddleware(), m.RemoveEnclosingMiddleware(), m.LatexDecodingMiddleware(),
         m.SeparateCoAuthors(), m.SplitNameParts()]
found = bibtexparser.parse_string(open(sys.argv[1], encoding="utf-8").read(), parse_stack=stack)
print(len(found.entries), 0)
"""
TITLES = (
    "Intravenous immunoglobulin in {post-polio} syndrome",
    "Muscle strength -- a trial",
    "On {\\'e}tudes of \\emph{S.} cerevisiae",
)
FAMILIES = ("Borg", "Farbu", "Gonz{\\'a}lez", "Sunnerhagen", 'Sj{\\"o}berg', "de la Cruz", "Rae-Grant", "Gilhus")


def made_up(entries: int) -> str:
    """A library of articles."""
    parts = ["@string{nn = {Neuromuscular News}}\n"]
    for n in range(entries):
        authors = " and ".join(f"{FAMILIES[(n + 3 * k) % 8]}, A{n % 97}{k}. B." for k in range(n % 6 + 1))
        parts.append(
            f"@article{{key{n},\n  author = {{{authors}}},\n  title = {{{TITLES[n % 3]}, part {n}}},\n  journal = nn,\n"
            f"  year = {1950 + n % 70},\n  month = mar,\n  volume = {{{n % 90}}},\n  number = {{{n % 12}}},\n"
            f"  pages = {{{n}--{n + 9}}},\n  doi = {{10.5555/x_{n}}},\n  keywords = {{ivig, trial}},\n}}\n"
        )
    return "\n".join(parts)


def cpu_seconds(code: str, path: Path) -> tuple[float, str]:
    """CPU seconds of a process that runs ``code`` on a file, best of three, and what it printed."""
    best, printed = float("inf"), ""
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, "-c", "import sys\n" + textwrap.dedent(code), str(path)],
            capture_output=True, text=True, check=True, env=os.environ | {"PYTHONWARNINGS": "ignore"},
        )  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        printed = done.stdout.strip()
    return best, printed


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file", nargs="?", type=Path)
    arguments.add_argument("--entries", type=int, default=10_000)
    arguments.add_argument("--peer-entries", type=int, default=500)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        whole, part = Path(folder) / "whole.bib", Path(folder) / "part.bib"
        whole.write_text(
            options.file.read_text("utf-8") if options.file else made_up(options.entries), encoding="utf-8"
        )
        part.write_text(made_up(options.peer_entries), encoding="utf-8")
        ours, printed = cpu_seconds(OURS, whole)
        entries = int(printed.split()[0])
        print(f"ppreflist: {entries} entries, {printed.split()[1]} names: {ours:.2f} s CPU")
        split, _ = cpu_seconds(SPLIT_ONLY, whole)
        print(f"bibtexparser, splitting alone: {split:.2f} s CPU, {split / ours:.1f} times as long")
        start, _ = cpu_seconds("import bibtexparser\n", part)
        peer, _ = cpu_seconds(PEER, part)
        scaled = start + (peer - start) * entries / options.peer_entries
        print(f"bibtexparser, LaTeX and names: {scaled:.1f} s CPU, {scaled / ours:.0f} times as long")


if __name__ == "__main__":
    main()
