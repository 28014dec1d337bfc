"""How well another work in a page's place is told from a page that changed, and what that costs: printed.

    python tests/bench/drift.py [--versions GIT_REPOSITORY ...] [--years 2007 2012 2024]

1. The labelled pairs of ``tests/links/page_pairs.py``.
2. ``--versions``: repositories of HTML pages with a history. A page in one year and the same page in another are the
   same work however much they changed; two pages of one repository are two works. Their titles stand for the entries'.
3. CPU time for reading a page with and without what it is known by.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.links import page_texts as texts
from tests.links.page_pairs import PAIRS, citing, semantic

from ppreflist.links.drift import Likeness, compare, fingerprint_of, is_meant_to_change
from ppreflist.links.finding import readable
from ppreflist.links.fingerprint import Fingerprint
from ppreflist.links.link import Link
from ppreflist.links.page import read_page

PREFIX = 32 * 1024
URL = "https://www.example.org/articles/one.html"


def seen(body: bytes) -> Fingerprint | None:
    return fingerprint_of(read_page(body[:PREFIX], URL, "text/html; charset=utf-8", complete=len(body) <= PREFIX))


def likeness(before: Fingerprint | None, now: Fingerprint | None, link: Link) -> Likeness | None:
    if before is None or now is None:
        return None
    return compare(before, now, link, meant_to_change=is_meant_to_change(readable(link)))


def told(name: str, results: Iterable[tuple[bool, Likeness | None]]) -> None:
    counts = Counter((another, found is Likeness.ANOTHER) for another, found in results)
    called, another = counts[True, True] + counts[False, True], counts[True, True] + counts[True, False]
    precision = f"{counts[True, True] / called:.3f}" if called else "-"
    recall = f"{counts[True, True] / another:.3f}" if another else "-"
    same = counts[False, True] + counts[False, False]
    print(
        f"{name}: {counts.total()} pairs; {counts[False, True]} of {same} wrongly called another work, "
        f"{counts[True, True]} of {another} found; precision {precision}, recall {recall}"
    )


def labelled() -> None:
    told(
        "labelled pairs",
        ((pair.another, likeness(seen(pair.before.encode()), seen(pair.now.encode()), pair.link)) for pair in PAIRS),
    )


def pages_of(repository: str, year: int) -> dict[str, Fingerprint]:
    def git(*words: str) -> bytes:
        return subprocess.run(["git", "-C", repository, *words], capture_output=True, check=True).stdout

    commit = git("rev-list", "-1", f"--before={year}-06-01", "HEAD").decode().strip()
    names = git("ls-tree", "-r", "-z", "--name-only", commit).decode().split("\0") if commit else []
    pages = {name: seen(git("show", f"{commit}:{name}")) for name in names if name.endswith(".html")}
    return {name: page for name, page in pages.items() if page is not None}


def versions(repository: str, years: list[int]) -> None:
    chance = random.Random(1)
    known = [pages_of(repository, year) for year in years]
    spans = [*pairwise(range(len(years))), *([(0, len(years) - 1)] if len(years) > 2 else [])]
    for first, last in spans:
        before, now = known[first], known[last]
        both = sorted(before.keys() & now.keys())
        links = {name: citing(before[name].title, url=URL) for name in both}
        same = [(False, likeness(before[name], now[name], links[name])) for name in both]
        others = [
            (True, likeness(before[name], now[other], links[name]))
            for name in both
            for other in chance.sample(both, min(5, len(both)))
            if other != name
        ]
        told(f"{Path(repository).parent.name}, {years[first]} and {years[last]}", [*same, *others])


def microseconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(5):
        started = time.process_time()
        for _ in range(100):
            work()
        best = min(best, (time.process_time() - started) / 100)
    return best * 1e6


def costs() -> None:
    every = [value for name, value in vars(texts).items() if name.isupper()]
    for size in (2 * 1024, PREFIX):
        text, chance = texts.CITING, random.Random(3)
        while len(semantic("A page", text, site="A site").encode()) < size:
            text += chance.choice(every)
        body = semantic("A page", text, site="A site").encode()[:size]
        bare = microseconds(partial(read_page, body, URL, "text/html", weighed=False))
        whole = microseconds(partial(read_page, body, URL, "text/html"))
        print(
            f"a page of {len(body) / 1024:.1f} KiB: read in {bare:.0f} us, with what it is known by in {whole:.0f} us"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--versions", nargs="*", default=[], metavar="GIT_REPOSITORY")
    parser.add_argument("--years", nargs="*", type=int, default=[2007, 2009, 2012, 2016, 2020, 2024])
    options = parser.parse_args()
    labelled()
    for repository in options.versions:
        versions(repository, options.years)
    costs()


if __name__ == "__main__":
    main()
