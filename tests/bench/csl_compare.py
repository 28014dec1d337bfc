"""Where our processor and citeproc-js differ, on many styles and a zoo of references.

Needs node and npm's ``citeproc`` (an oracle: it is run, not read)::

    npm install --prefix /tmp/js citeproc
    NODE_PATH=/tmp/js/node_modules python -m tests.bench.csl_compare [--styles 200] [--names apa,ieee] [-v]

Styles are sampled evenly over citation formats and languages. Differences are grouped by kind: what was changed
into what, with the number of texts and styles and one example each.
"""

from __future__ import annotations

import argparse
import difflib
import json
import random
import re
import subprocess
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from tests.bench.csl_items import Item, make_items

from ppreflist.csl import catalogue, locate
from ppreflist.csl.processor import Processor
from ppreflist.csl.style import load_style
from ppreflist.errors import PpreflistError

# References of every type and with every trap that bibliographies hold in life, and citations of them.
_ZOO = Path(__file__).with_name("csl_zoo.json")
_DRIVER = Path(__file__).with_name("citeproc.js")


def sample_styles(count: int, seed: int = 1) -> list[str]:
    """Names of independent styles, round robin over (citation format, language)."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in catalogue.installed().search(dependent=False):
        groups[record.format, record.locale[:2]].append(record.name)
    rng = random.Random(seed)
    for names in groups.values():
        rng.shuffle(names)
    chosen: list[str] = []
    while len(chosen) < count and any(groups.values()):
        for names in groups.values():
            if names and len(chosen) < count:
                chosen.append(names.pop())
    return sorted(chosen)


def all_locales() -> dict[str, str]:
    return {name: locate.locale_text(name) or "" for name in locate.locale_names()}


def run_citeproc_js(requests: list[dict[str, Any]], node: str = "node") -> list[dict[str, Any]]:
    """The answers of citeproc-js to requests as described in citeproc.js."""
    message = json.dumps({"locales": all_locales(), "requests": requests})
    done = subprocess.run([node, str(_DRIVER)], input=message, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"citeproc-js cannot be run (is NODE_PATH set?):\n{done.stderr[-2000:]}")
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def run_ours(request: dict[str, Any]) -> dict[str, Any]:
    try:
        style = load_style(request["style"], parent=locate.parent_text)
        processor = Processor(style, locale_text=locate.locale_text, lang=request.get("lang") or None, links=False)
        rendered = processor.process(request["items"], request["citations"])
    except PpreflistError as error:
        return {"error": str(error)}
    except Exception as error:  # a crash is what is to be found
        return {"error": f"CRASH {type(error).__name__}: {error}"}
    return {
        "bibliography": [[entry.id, entry.text] for entry in rendered.bibliography.entries],
        "citations": list(rendered.citations),
    }


def bare(text: str | None) -> str:
    """An entry without the markup of the list and the white space around display blocks."""
    if text is None:
        return ""
    text = re.sub(r'^\s*<div class="csl-entry">(.*)</div>\s*$', r"\1", text, flags=re.DOTALL)
    return re.sub(r"\s*(</?div[^>]*>)\s*", r"\1", text).strip()


def describe(ours: str, theirs: str) -> str:
    """The kind of a difference: the first change, with letters as a, digits as 0."""
    matcher = difflib.SequenceMatcher(None, theirs, ours, autojunk=False)
    for tag, t1, t2, o1, o2 in matcher.get_opcodes():
        if tag != "equal":
            left = re.sub(r"\w+", "a", re.sub(r"\d+", "0", theirs[max(0, t1 - 2) : t2 + 2]))
            right = re.sub(r"\w+", "a", re.sub(r"\d+", "0", ours[max(0, o1 - 2) : o2 + 2]))
            return f"{left!r} -> {right!r}"
    return "?"


def compare(names: list[str], items: list[Item], citations: list[dict[str, Any]], *, verbose: bool) -> None:
    requests = [
        {"style": locate.style_text(name), "lang": "", "items": items, "citations": citations} for name in names
    ]
    theirs_of = run_citeproc_js(requests)
    counts: Counter[str] = Counter()
    kinds: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    per_style: dict[str, int] = {}
    start = time.process_time()
    for name, request, theirs in zip(names, requests, theirs_of, strict=True):
        ours = run_ours(request)
        counts["styles"] += 1
        if "error" in theirs:
            counts["styles that citeproc-js cannot run"] += 1
            continue
        if "error" in ours:
            kinds[f"ERROR {re.sub('[0-9]+', '0', ours['error'])[:80]}"].append((name, "", ours["error"], ""))
            per_style[name] = 999
            continue
        different = 0
        their_entries = {key: bare(text) for key, text in theirs["bibliography"]}
        our_entries = {key: bare(text) for key, text in ours["bibliography"]}
        for key, text in their_entries.items():
            counts["entries"] += 1
            mine = our_entries.get(key, "(missing)")
            if mine != text:
                different += 1
                kinds[f"ENTRY {describe(mine, text)}"].append((name, key, mine, text))
        for place, text in enumerate(theirs["citations"]):
            counts["citations"] += 1
            if ours["citations"][place] != text:
                different += 1
                kinds[f"CITE {describe(ours['citations'][place], text)}"].append(
                    (name, f"citation {place}", ours["citations"][place], text)
                )
        their_order, our_order = list(their_entries), list(our_entries)
        if their_order != our_order:
            place = next((i for i, (a, b) in enumerate(zip(their_order, our_order, strict=False)) if a != b), 0)
            kinds["ORDER"].append((name, "", str(our_order[place : place + 6]), str(their_order[place : place + 6])))
            counts["orders that differ"] += 1
        per_style[name] = different
        counts["texts that differ"] += different
    counts["styles without any difference"] = sum(not each for each in per_style.values())
    print(f"\n{dict(counts)}; ours took {time.process_time() - start:.1f} s CPU\n")
    for kind, cases in sorted(kinds.items(), key=lambda pair: (-len({case[0] for case in pair[1]}), -len(pair[1]))):
        styles = sorted({case[0] for case in cases})
        print(f"## {kind}: {len(cases)} texts, {len(styles)} styles ({', '.join(styles[:4])})")
        for name, key, mine, text in cases[: 3 if verbose else 1]:
            print(f"   {name} {key}\n     ours   {mine}\n     theirs {text}")
    print("\nworst:", sorted(per_style.items(), key=lambda pair: -pair[1])[:20])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--styles", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--names", default="", help="these styles, separated by commas, instead of a sample")
    parser.add_argument("--items", type=int, default=0, help="so many made-up references instead of the zoo")
    parser.add_argument("-v", "--verbose", action="store_true")
    arguments = parser.parse_args()
    names = arguments.names.split(",") if arguments.names else sample_styles(arguments.styles, arguments.seed)
    if arguments.items:
        items = make_items(arguments.items)
        single = [{"citationItems": [{"id": item["id"]}], "properties": {"noteIndex": 1}} for item in items]
        compare(names, items, single, verbose=arguments.verbose)
        return
    zoo = json.loads(_ZOO.read_text("utf-8"))
    # Every item is cited: a number or year suffix that depends on when an item became known would be noise.
    cited = {cite["id"] for cites in zoo["citations"] for cite in cites}
    every = zoo["citations"] + [[{"id": item["id"]}] for item in zoo["items"] if item["id"] not in cited]
    citations = [{"citationItems": cites, "properties": {"noteIndex": note}} for note, cites in enumerate(every, 1)]
    compare(names, zoo["items"], citations, verbose=arguments.verbose)


if __name__ == "__main__":
    main()
