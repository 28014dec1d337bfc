"""Importing files with `ppreflist add`, into an empty library and into one that is as large, beside a reader alone.

    python tests/bench/imports.py [--entries 10000] [--formats bibtex ris ...] [--peer 'COMMAND {file}']

Each import is a process of its own, start and second opinion included; wall-clock and CPU seconds are printed. The
ratio is CPU time over that of bibtexparser merely splitting the same entries in a .bib file, in the same run. In the
full library a tenth of the imported entries is there already. ``--peer`` times another program's import of a .bib file
with ``--peer-entries`` entries, for example --peer 'cobib add --bibtex {file}'.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.read import library
from ppreflist.formats import endnote, nbib, ris, yamllist
from ppreflist.formats.csljson import item

SPLIT_ONLY = """
import sys, bibtexparser
print(len(bibtexparser.parse_string(open(sys.argv[1], encoding="utf-8").read(), parse_stack=[]).entries))
"""
WORDS = """
    immunoglobulin fatigue syndrome strength randomised follow-up respiratory exercise ventilation longitudinal motor
    neurone cohort placebo intravenous survivors ageing cytokines swallowing gait endurance walking sleep cerebrospinal
""".split()  # noqa: SIM905 - words are easier to read this way
FAMILIES = ("Borg", "Farbu", "González", "Sunnerhagen", "Sjöberg", "de la Cruz", "Rae-Grant", "Gilhus")
WRITERS: dict[str, Any] = {
    "ris": ris.records,
    "nbib": nbib.records,
    "csl-json": lambda items: json.dumps(items, ensure_ascii=False, indent=1),
    "csl-yaml": yamllist.records,
    "endnote": endnote.records,
}


def made_up(first: int, entries: int) -> str:
    """Articles as BibTeX, no two alike; one in four with an abstract."""
    parts = []
    for n in range(first, first + entries):
        authors = " and ".join(f"{FAMILIES[(n + 3 * k) % 8]}, A{n % 97}. B." for k in range(n % 6 + 1))
        words = [WORDS[(n * step + step * step) % len(WORDS)] for step in range(2, 9)]
        abstract = f"  abstract = {{{' '.join(words * 12)}}},\n" if n % 4 == 0 else ""
        parts.append(
            f"@article{{key{n},\n  author = {{{authors}}},\n  title = {{{' '.join(words).capitalize()}, part {n}}},\n"
            f"  journal = {{Journal of Neurology}},\n  year = {1950 + n % 70},\n  volume = {{{n % 90 + 1}}},\n"
            f"  number = {{{n % 12 + 1}}},\n  pages = {{{n}--{n + 9}}},\n  doi = {{10.5555/x.{n}}},\n{abstract}}}\n"
        )
    return "\n".join(parts)


def timed(command: list[str], **kwargs: Any) -> tuple[float, float, str]:
    """Wall-clock and CPU seconds of a command, and the last line that it wrote on stderr or stdout."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, **kwargs)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = [line for line in (done.stderr or done.stdout).splitlines() if line.endswith(".") and line[0].isdigit()]
    return wall, cpu, told[-1] if told else f"exit {done.returncode}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--formats", nargs="+", default=["bibtex", *WRITERS], choices=["bibtex", *WRITERS])
    parser.add_argument("--peer", metavar="COMMAND")
    parser.add_argument("--peer-entries", type=int, default=1000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        source = made_up(0, arguments.entries)
        (base / "in.bib").write_text(source, encoding="utf-8")
        (base / "full.bib").write_text(made_up(arguments.entries * 9 // 10, arguments.entries), encoding="utf-8")
        _, floor, _ = timed([sys.executable, "-c", SPLIT_ONLY, str(base / "in.bib")])
        print(f"{arguments.entries} entries; bibtexparser splits them in {floor:.1f} s of CPU time")
        found = library(BibFile.parse(source))
        items = [item(entry) for entry in found]
        environment = {**os.environ, "XDG_CACHE_HOME": str(base / "cache"), "XDG_STATE_HOME": str(base / "state")}
        for form in arguments.formats:
            path = base / "in.bib"
            if form != "bibtex":
                path = base / f"in.{form}"
                path.write_text(WRITERS[form](items), encoding="utf-8")
            for name in ("empty", "full"):
                target = base / f"{form}-{name}.bib"
                if name == "full":
                    target.write_bytes((base / "full.bib").read_bytes())
                command = [sys.executable, "-m", "ppreflist", "add", str(path), "--library", str(target), "--yes"]
                wall, cpu, told = timed(command, env=environment)
                figures = f"{wall:5.1f} s, {cpu:5.1f} s CPU, ratio {cpu / floor:4.1f}"
                print(f"{form:9} into the {name:5} library: {figures}  {told}")
        if arguments.peer:
            (base / "peer.bib").write_text(made_up(0, arguments.peer_entries), encoding="utf-8")
            command = [each.replace("{file}", str(base / "peer.bib")) for each in shlex.split(arguments.peer)]
            wall, cpu, _ = timed(command, env={**environment, "HOME": folder}, cwd=folder)
            print(f"{arguments.peer_entries} entries by {arguments.peer!r}: {wall:.1f} s, {cpu:.1f} s CPU")


if __name__ == "__main__":
    main()
