"""How long reading and checking take, and how the time grows: python tests/bench/lint.py [ENTRIES ...]

Prints CPU seconds for each number of entries (default 1,000, 10,000 and 100,000), and the slowest checks.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import date

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.read import library
from ppreflist.lint.check import Context
from ppreflist.lint.registry import CHECKS, run


def made(entries: int) -> str:
    """A library of articles in 300 journals with one volume a year each."""
    chance = random.Random(entries)
    written = []
    for number in range(entries):
        journal, volume = chance.randrange(300), chance.randrange(1, 60)
        written.append(
            f"@article{{key{number},\n"
            f'  author = {{Patwa, H. S. and Sj{{\\"o}}berg, I. and {"abcdefghij"[number % 10]}x, Q.}},\n'
            f"  title = {{Evidence-based guideline {number}: {{Intravenous}} immunoglobulin in disorders}},\n"
            f"  journal = {{Journal of Studies {journal}}},\n"
            f"  year = {{{1960 + volume}}},\n  volume = {{{volume}}},\n  number = {{{number % 12 + 1}}},\n"
            f"  pages = {{{number}--{number + 9}}},\n  doi = {{10.1212/wnl.{number:08d}}},\n"
            f"  url = {{https://example.org/articles/{number}}},\n  keywords = {{ivig, guideline}},\n}}\n"
        )
    return "\n".join(written)


def main(sizes: list[int]) -> None:
    for entries in sizes:
        source = made(entries)
        start = time.process_time()
        found = library(BibFile.parse(source))
        read = time.process_time()
        problems = run(Context(found, date(2026, 11, 22), source))
        checked = time.process_time()
        print(
            f"{entries:>8,} entries: read {read - start:.2f} s, checked {checked - read:.2f} s; {len(problems)} found"
        )
        context = Context(found, date(2026, 11, 22), source)
        costs = []
        for check in CHECKS:
            before = time.process_time()
            list(check.problems(context))
            costs.append((time.process_time() - before, check.name))
        print("         " + ", ".join(f"{name} {cost:.2f}" for cost, name in sorted(costs, reverse=True)[:8]))


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1_000, 10_000, 100_000])
