"""What the store costs: finding the blocks, the second opinion, one edit, one addition, and hostile input.

    python tests/bench/store.py [--entries 1000 10000 100000] [--hostile] [--damage SECONDS]

Each size runs in a process of its own. Seconds are CPU time, the best of three; bibtexparser's splitter reads the same
text in the same process. ``--hostile`` prints how the time grows when the text is doubled (2 is linear, 4 quadratic).
``--damage`` edits damaged copies of the real files of ../shared/bib for so many seconds: no edit may make a parser
read anything else differently.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from bibtexparser.entrypoint import parse_string

from ppreflist.bibtex import cache, opinion, store
from ppreflist.bibtex.apply import apply
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.encoding import decode
from ppreflist.bibtex.scan import scan
from ppreflist.errors import EntryError, LibraryUnreadable
from ppreflist.model.edit import (
    AddEntry,
    Edit,
    RemoveEntry,
    RemoveField,
    RenameField,
    RenameKey,
    SetField,
    SetType,
)

ENTRY = """\
@article{{key{n},
  author  = {{Smith, John and Doe, Jane and {{World Health Organization}}}},
  title   = {{A {{T}}itle of Some Length about what {{RNA}} does to {n} patients}},
  journal = {{Journal of Things}},
  year    = {{2006}},
  volume  = 26,
  number  = {{3}},
  pages   = {{100--110}},
  doi     = {{10.1000/xyz{n}}},
  url     = {{https://example.org/articles/{n}}},
}}

"""


def best(work: Callable[[], object], times: int = 3) -> float:
    """CPU seconds of the quickest run."""
    found = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        found = min(found, time.process_time() - start)
    return found


def measure(entries: int, folder: Path) -> dict[str, float]:
    """CPU seconds of each step for a library of this size, and the most memory used (MB)."""
    os.environ["PPREFLIST_STATE_DIR"] = str(folder / "state")
    os.environ["PPREFLIST_CACHE_DIR"] = str(folder / "cache")
    path = folder / "references.bib"
    text = "".join(ENTRY.format(n=n) for n in range(entries))
    path.write_text(text, encoding="utf-8")
    found = {"scan": best(lambda: scan(text))}
    counter = iter(range(1000))
    found["edit a field"] = best(lambda: store.change(path, [SetField(f"key{next(counter)}", "year", "2007")]))
    found["add an entry"] = best(
        lambda: store.change(path, [AddEntry(f"new{next(counter)}", "misc", (("title", "T"),))])
    )
    found["memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found["undo"] = best(lambda: store.undo(path), 2)
    snapshot = store.read(path)
    found["second opinion on all"] = best(lambda: cache.second_opinion(snapshot), 1)
    found["... again"] = best(lambda: cache.second_opinion(snapshot), 1)
    found["bibtexparser, splitting"] = best(lambda: parse_string(text, parse_stack=[]), 2)
    return found


HOSTILE: dict[str, Callable[[int], str]] = {
    "{": lambda n: "{" * n,
    "@a{": lambda n: "@a{" * (n // 3),
    "@a{ on lines": lambda n: "@a{\n" * (n // 4),
    "@a{b,c={ on lines": lambda n: "@a{b,c={\n" * (n // 9),
    '@a{b,c=" on lines': lambda n: '@a{b,c="\n' * (n // 9),
    "one value, nested": lambda n: "@a{b,c=" + "{" * (n // 2) + "}" * (n // 2) + "}",
    "entries in entries": lambda n: "@a{b,c={\n" * (n // 20) + "}x}" * (n // 20),
    "entries on one line": lambda n: "x @a{b,c={d}," * (n // 13),
    "@comment{ on lines": lambda n: "@comment{\n" * (n // 10),
    "quotes": lambda n: '"' * n,
    "commas": lambda n: "@a{b" + "," * n,
    "%": lambda n: "@a{b," + "%\n" * (n // 2),
}


def hostile() -> None:
    """Print how the time to read hostile text and list its problems grows with its length."""
    for name, make in HOSTILE.items():
        times = []
        for size in (250_000, 500_000, 1_000_000):
            text = make(size)
            times.append(best(lambda text=text: BibFile.parse(text).problems))  # type: ignore[misc]
        growth = [b / a for a, b in pairwise(times)]
        print(f"{name:22} {times[-1]:7.3f} s for 1 MB; twice the text: {growth[0]:.1f}, {growth[1]:.1f} times the time")


def random_edits(bib: BibFile, chance: random.Random) -> list[Edit]:
    entry = chance.choice(bib.entries)
    key = entry.key
    name = chance.choice(entry.fields).name if entry.fields else "none"
    choices: list[list[Edit]] = [
        [SetField(key, name, chance.choice(["v {x}", "a\nb", "", "12"]))],
        [SetField(key, "ppreflist-new", "v")],
        [RemoveField(key, name)],
        [RenameField(key, name, "ppreflist-new")],
        [RenameKey(key, "brand-new:key")],
        [SetType(key, "misc")],
        [RemoveEntry(key)],
        [AddEntry("brand-new:key", "misc", (("a", "b"),))],
        [RenameKey(key, "brand-new:key"), AddEntry("another", "misc", ()), RemoveEntry(chance.choice(bib.entries).key)],
    ]
    return chance.choice(choices)


def distrusted(bib: BibFile) -> Counter[str]:
    """The texts of our entries that bibtexparser reads differently."""
    at = {entry.start: entry for entry in bib.entries}
    found = (at.get(each.start) for each in opinion.disagreements(bib))
    return Counter(bib.text[entry.start : entry.end] for entry in found if entry is not None)


def damage(seconds: float, folder: Path) -> None:
    """Edit damaged real files; print what was done and refused. An edit that harms anything is an AssertionError."""
    texts = []
    for path in sorted(folder.rglob("*.bib")):
        try:
            texts.append(decode(path.read_bytes())[0])
        except LibraryUnreadable:
            continue
    texts = [text for text in texts if 50 < len(text) < 15_000]
    chance = random.Random(1)
    counts: Counter[str] = Counter()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        text = chance.choice(texts)
        marks = [index for index, character in enumerate(text) if character in '{}",=\\@\n%#(']
        for index in sorted(chance.sample(marks, min(chance.randrange(5), len(marks))), reverse=True):
            other = chance.choice(["", text[index] * 2, chance.choice('{}",=\\@\n%#('), "\n@", "@comment{", "%\n"])
            text = text[:index] + other + text[index + 1 :]
        bib = BibFile.parse(text)
        counts["files"] += 1
        before = distrusted(bib)
        for _ in range(min(3, len(bib.entries))):
            try:
                applied = apply(bib, random_edits(bib, chance))
            except EntryError:
                counts["refused"] += 1
                continue
            counts["done"] += 1
            new = BibFile.parse(applied.new.text)
            assert not distrusted(new) - before, "an entry that both parsers read alike is now read differently"
    print(dict(counts))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--damage", type=float, default=0)
    parser.add_argument("--one", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(measure(given.one, Path(folder))))
        return
    results = {}
    for entries in given.entries:
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(entries)], check=True, capture_output=True, text=True
        )
        results[entries] = json.loads(done.stdout)
    if results:
        print("| CPU seconds |" + "".join(f" {entries:,} entries |" for entries in results))
        print("|---|" + "---:|" * len(results))
        for step in next(iter(results.values())):
            print(f"| {step} |" + "".join(f" {each[step]:.3f} |" for each in results.values()))
    if given.hostile:
        hostile()
    if given.damage:
        damage(given.damage, Path(__file__).parents[3] / "shared" / "bib")


if __name__ == "__main__":
    main()
