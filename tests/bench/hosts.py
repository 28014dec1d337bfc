"""How well mistyped hosts are found, and how often a sound one is questioned: precision and recall, printed.

    python tests/bench/hosts.py [--library PATH ...] [--sample 1500] [--evenly]

Two samples. *Slips*: for each domain of the curated table (or ``--sample`` of them, evenly taken) one slip of every
kind: a letter missing, doubled, replaced by a neighbour on the keyboard or a look-alike, two swapped, a hyphen lost,
the ending damaged, the ``www`` damaged; a domain that is cited more often is mistyped more often, so each counts with
its weight. *Sound hosts*: the hosts of the libraries named (default: every .bib file under ../shared/bib when it is
there), and the table itself, a twentieth of it left out at a time, as hosts that nobody listed.

``failed`` is asked after a host did not resolve, ``offline`` before anybody was asked.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ppreflist.links.domains import is_ending, split_domain
from ppreflist.links.hosts import KnownHosts
from ppreflist.links.known_domains import known_domains

KEYS = {
    "q": "wa", "w": "qe", "e": "wr", "r": "et", "t": "ry", "y": "tu", "u": "yi", "i": "uo", "o": "ip", "p": "o",
    "a": "sq", "s": "ad", "d": "sf", "f": "dg", "g": "fh", "h": "gj", "j": "hk", "k": "jl", "l": "k", "z": "x",
    "x": "zc", "c": "xv", "v": "cb", "b": "vn", "n": "bm", "m": "n",
}  # fmt: skip
ALIKE = {"l": "1", "o": "0", "i": "l", "m": "n", "u": "v", "s": "5"}


FOLDS = 20


def slips(domain: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Mistyped forms of ``www.<domain>``, each with its kind."""
    label, ending = split_domain(domain)
    place = chance.randrange(len(label))
    letter = label[place]

    def host(damaged: str) -> str:
        return f"www.{damaged}.{ending}"

    if len(label) > 1:
        yield "missing", host(label[:place] + label[place + 1 :])
    yield "doubled", host(label[:place] + letter + label[place:])
    if letter in KEYS:
        yield "neighbour", host(label[:place] + chance.choice(KEYS[letter]) + label[place + 1 :])
    if letter in ALIKE:
        yield "look-alike", host(label[:place] + ALIKE[letter] + label[place + 1 :])
    if place + 1 < len(label) and label[place + 1] != letter:
        yield "swapped", host(label[:place] + label[place + 1] + letter + label[place + 2 :])
    if "-" in label:
        yield "hyphen", host(label.replace("-", "", 1))
    if ending in ("com", "org", "net", "edu", "gov"):
        yield "ending", f"www.{label}.{ending[0]}{ending[2]}{ending[1]}"
    yield "www", f"ww.{domain}"
    yield "dot", f"www{domain}"


def real_hosts(paths: list[Path]) -> set[str]:
    hosts = set()
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        for found in re.finditer(r"https?://([A-Za-z0-9.-]+\.[A-Za-z]{2,18})(?=[/\s}\",:?#])", text):
            if is_ending(found[1].rpartition(".")[2]):
                hosts.add(found[1].lower())
    return hosts


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--library", type=Path, nargs="*")
    parser.add_argument("--sample", type=int, default=1500)
    parser.add_argument("--evenly", action="store_true", help="let every domain count once, however often it is cited")
    arguments = parser.parse_args()
    shared = Path(__file__).parent.parent.parent.parent / "shared" / "bib"
    libraries = arguments.library if arguments.library is not None else sorted(shared.rglob("*.bib"))
    table = known_domains()
    started = time.perf_counter()
    known = KnownHosts()
    print(f"{len(table)} domains, index built in {1000 * (time.perf_counter() - started):.0f} ms\n")

    chance = random.Random(1)
    domains = sorted(table)[:: max(1, len(table) // arguments.sample)]
    made: Counter[str] = Counter()
    real: Counter[str] = Counter()
    found: Counter[str] = Counter()
    first: Counter[str] = Counter()
    offline: Counter[str] = Counter()
    asked = 0.0
    looked_up = 0
    for domain in domains:
        for kind, host in slips(domain, chance):
            if host.removeprefix("www.") in table or host in table:
                real[kind] += 1  # the slip is another real domain
                continue
            weight = 1 if arguments.evenly else table[domain]
            made[kind] += weight
            before = time.perf_counter()
            meant = [each.host for each in known.meant(host)]
            asked += time.perf_counter() - before
            looked_up += 1
            right = {f"www.{domain}", domain}
            found[kind] += weight * bool(right & set(meant))
            first[kind] += weight * (bool(meant) and meant[0] in right)
            questioned = [each.host for each in known.questioned(host)]
            offline[kind] += weight * (bool(questioned) and questioned[0] in right)
    print("| slip | made | found after a failure | right first | found offline |\n|---|--:|--:|--:|--:|")
    for kind in (*made, ""):
        count = made[kind] if kind else made.total()
        one, two, three = (each[kind] if kind else each.total() for each in (found, first, offline))
        name = kind or "**all**"
        print(f"| {name} | {count} | {one / count:.3f} | {two / max(one, 1):.3f} | {three / count:.3f} |")
    print(f"\n{1e6 * asked / looked_up:.0f} us a look-up; {real.total()} slips were other domains of the table\n")

    sound = real_hosts(libraries)
    wrongly = sorted(host for host in sound if known.questioned(host))
    if sound:
        print(f"hosts of {len(libraries)} libraries: {len(sound)}, questioned offline: {len(wrongly)} {wrongly}")
    strangers = []
    for fold in range(FOLDS):
        rest = {domain: weight for n, (domain, weight) in enumerate(sorted(table.items())) if n % FOLDS != fold}
        some = KnownHosts(table=rest)
        strangers += [each for each in table if each not in rest and some.questioned(f"www.{each}")]
    share = 100 * len(strangers) / len(table)
    print(f"domains of the table left out: {len(table)}, questioned offline: {len(strangers)} ({share:.2f} %)")
    print(" ".join(strangers[:60]))


if __name__ == "__main__":
    main()
