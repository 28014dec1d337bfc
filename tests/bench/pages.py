"""How well pages that are not the work are told from those that are: precision and recall a class, printed.

    python tests/bench/pages.py [--all]

The pages are those of ``tests/links/labelled_pages.py``, written and labelled by hand. Each goes through the reading of
pages, the judging of answers and the second question in doubt. That is answered as sites do: one that shows messages
(``gone``, ``parked``) shows the same for every address, or says 404 to all others; any other says 404 or, the hardest,
answers 200 with another text under the very same title. Each page is judged as if its entry had no words, and as if it
had the title of quite another work (a page in another language than the entry), and good ones with their own title
too. A page that is good and is called dead is the one fault that a link checker must not have: it is counted over all
of these, and printed first.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from tests.links.labelled_pages import AFTERWARDS, PAGES, Labelled

from ppreflist.links.ask import ask
from ppreflist.links.hosts import KnownHosts
from ppreflist.links.page import visited
from ppreflist.links.question import Context
from ppreflist.links.verdict import DEAD, REMARK, Judgement, Verdict
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


ELSEWHERE = ("Intravenous immunoglobulin in the treatment of a neuromuscular disease",)


def judged(
    page: Labelled, words: tuple[str, ...] = (), *, same_title: bool = False, told_apart: bool = False
) -> Judgement:
    """The judgement on a page, as a run comes to it; ``same_title``: its site answers 200 for every address;
    ``told_apart``: it answers 404 for what it has no kind of page for, as where an article is asked for by number."""
    asking = ask(page.start, page.words or words, Context(hosts=KnownHosts(table={})))
    next(asking)
    shown = answer(page)
    given = shown
    try:
        while True:
            question = asking.send(visited(given))
            if question.url.endswith("/lander") or (page.label in ("gone", "parked") and not told_apart):
                given = replace(shown, url=page.end or question.url)
            elif same_title:
                other = Labelled("gone", page.title, page.heading, "We could not find it.", long=True)
                given = replace(shown, url=question.url, body=other.html(), redirects=())
            else:
                given = Answer(404, question.url, {"content-type": "text/html"}, b"<title>404</title>")
    except StopIteration as end:
        judgement: Judgement = end.value.judgement
        return judgement


def false_alarms(pages: Iterable[Labelled]) -> list[str]:
    """Good pages that are called dead, under any of the conditions."""
    found = []
    for page in pages:
        for words in ((), ELSEWHERE, (page.title,)):
            for same_title in (False, True):
                judgement = judged(page, words, same_title=same_title)
                if page.label == "good" and judgement.verdict in DEAD:
                    found.append(f"{page}: {judgement.verdict} {judgement.detail}")
    return found


def _is_told(judgement: Judgement) -> bool:
    return judgement.detail.startswith(REMARK)


def show(title: str, pages: tuple[Labelled, ...], every: bool) -> None:
    print(f"\n{title}\n")
    false = false_alarms(page for page in pages if page.label == "good")
    print(f"good pages called dead: {len(false)} of {6 * sum(page.label == 'good' for page in pages)}")
    for each in false:
        print(f"    {each}")
    for words in ((), ELSEWHERE):
        started = time.process_time()
        judgements = [(page, judged(page, words)) for page in pages]
        spent = time.process_time() - started
        print(f"\n| class, the entry {'has' if words else 'without'} words | pages | recall | precision |")
        print("|---|--:|--:|--:|")
        for label, verdicts in MEANS.items():
            ours = [found.verdict in verdicts for page, found in judgements if page.label == label]
            called = [page.label == label for page, found in judgements if found.verdict in verdicts]
            if ours:
                precision = sum(called) / max(len(called), 1)
                print(f"| {label} | {len(ours)} | {sum(ours) / len(ours):.3f} | {precision:.3f} |")
        dead = [found.verdict in DEAD for page, found in judgements if page.label in ("gone", "parked")]
        told = [
            found.verdict in DEAD or _is_told(found) for page, found in judgements if page.label in ("gone", "parked")
        ]
        print(f"\ngone or parked: {sum(dead) / len(dead):.3f} called dead, {sum(told) / len(told):.3f} remarked upon")
        alone = [judged(page, words, told_apart=True).verdict in DEAD for page in pages if page.label == "gone"]
        print(f"gone, where the site says 404 to other addresses: {sum(alone) / len(alone):.3f} called dead")
        print(f"{1e6 * spent / len(pages):.0f} us a page")
        wrong = [(page, found) for page, found in judgements if found.verdict not in MEANS[page.label]]
        print("judged wrongly:", dict(Counter(f"{page.label} as {found.verdict}" for page, found in wrong)))
        for page, found in wrong if every else ():
            print(f"    {found.verdict:9} {page}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true", help="name every page that is judged wrongly")
    arguments = parser.parse_args()
    show("Pages that the rules were made with", PAGES, arguments.all)
    show("Pages written when the rules stood", AFTERWARDS, arguments.all)


if __name__ == "__main__":
    main()
