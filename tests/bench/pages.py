"""How well pages that are not the work are told from those that are: precision and recall a class, printed.

    python tests/bench/pages.py [--all]

The pages are those of ``tests/links/labelled_pages.py``, written and labelled by hand. Each goes through the reading of
pages, the judging of answers and the second question in doubt, whose answer a site gives that shows the same page for
every address (those labelled ``gone``), or says 404 (all others). A page that is good and is called dead is the one
fault that a link checker must not have: its count is printed first.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import replace

from tests.links.labelled_pages import PAGES, Labelled

from ppreflist.links.ask import ask
from ppreflist.links.hosts import KnownHosts
from ppreflist.links.page import visited
from ppreflist.links.question import Context
from ppreflist.links.verdict import DEAD, Judgement, Verdict
from ppreflist.net.answer import Answer, Hop

MEANS = {
    "gone": {Verdict.SOFT_404, Verdict.NOT_FOUND, Verdict.GONE},
    "parked": {Verdict.PARKED},
    "wall": {Verdict.REFUSED},
    "login": {Verdict.LOGIN},
    "good": {Verdict.OK, Verdict.MOVED, Verdict.NOTICE},
}


def answer(page: Labelled) -> Answer:
    headers = {"content-type": "text/html; charset=utf-8", **page.headers}
    end = page.end or page.start
    hops = (Hop(page.start, 302, end),) if page.end else ()
    return Answer(page.status, end, headers, page.html(), True, hops)


def judged(page: Labelled) -> Judgement:
    """The judgement on a page, as a run comes to it."""
    asking = ask(page.start, page.words, Context(hosts=KnownHosts(table={})))
    next(asking)
    shown = answer(page)
    given = shown
    try:
        while True:
            question = asking.send(visited(given))
            if question.url.endswith("/lander"):
                given = replace(shown, url=question.url)
            elif page.label in ("gone", "parked"):
                given = replace(shown, url=page.end or question.url)
            else:
                given = Answer(404, question.url, {"content-type": "text/html"}, b"<title>404</title>")
    except StopIteration as end:
        judgement: Judgement = end.value.judgement
        return judgement


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true", help="name every page that is judged wrongly")
    arguments = parser.parse_args()
    started = time.process_time()
    judgements = [(page, judged(page)) for page in PAGES]
    spent = time.process_time() - started
    false = [(page, found) for page, found in judgements if page.label == "good" and found.verdict in DEAD]
    print(f"good pages called dead: {len(false)} of {sum(page.label == 'good' for page in PAGES)}")
    for page, found in false:
        print(f"    {page}: {found.verdict} {found.detail}")
    print("\n| class | pages | recall | precision |\n|---|--:|--:|--:|")
    for label, verdicts in MEANS.items():
        ours = [found.verdict in verdicts for page, found in judgements if page.label == label]
        called = [page.label == label for page, found in judgements if found.verdict in verdicts]
        print(f"| {label} | {len(ours)} | {sum(ours) / len(ours):.3f} | {sum(called) / max(len(called), 1):.3f} |")
    dead = [found.verdict in DEAD for page, found in judgements if page.label in ("gone", "parked")]
    print(
        f"\n{len(PAGES)} pages, {1e6 * spent / len(PAGES):.0f} us each; gone or parked, called dead: {sum(dead) / len(dead):.3f}"
    )
    wrong = [(page, found) for page, found in judgements if found.verdict not in MEANS[page.label]]
    print("judged wrongly:", dict(Counter(f"{page.label} as {found.verdict}" for page, found in wrong)))
    for page, found in wrong if arguments.all else ():
        print(f"    {found.verdict:9} {page}")


if __name__ == "__main__":
    main()
