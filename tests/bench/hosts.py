"""How well mistyped hosts are found, and how often a sound one is questioned: precision and recall, printed.

    python tests/bench/hosts.py [--library PATH ...] [--hosts FILE ...] [--seeds 101 102 103] [--wrong 10]

``after a failure`` is asked when a host did not resolve, ``unasked`` before anybody was asked. A slip of every kind is
made of each domain: a letter missing, doubled, replaced by a neighbour on the keyboard or a look-alike, two swapped, a
hyphen lost, the ending damaged, the ``www`` damaged. Found means among the first three, for no more are tried.

1. Slips of the domains of the table: once weighed by how often each is cited (who is cited more is mistyped more), once
   evenly. Evenly no ranking can be right: of acs.org, ams.org and aps.org each may have become as.org.
2. Slips of the hosts that the lists named really cite (default: every .bib file under ../shared/bib when it is there),
   each as often as it is cited, with the words of its entry; the table alone must know it. This sample owes nothing to
   the weights of the table.
3. Sound hosts that are not in the table: those of the lists, of ``--hosts`` (files of one host a line), and the table
   itself, a twentieth of it left out at a time. The last is the hardest: neighbours which both exist were put into the
   table on purpose.
4. Domains that the lists cite most, beside their weight in the table, and how often they cite a domain of each weight.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.read import library
from ppreflist.links.collect import links_of
from ppreflist.links.domains import is_ending, registered_domain, split_domain
from ppreflist.links.hosts import KnownHosts, Suggestion, host_of
from ppreflist.links.known_domains import known_domains
from ppreflist.links.syntax import examine

KEYS = {
    "q": "wa", "w": "qe", "e": "wr", "r": "et", "t": "ry", "y": "tu", "u": "yi", "i": "uo", "o": "ip", "p": "o",
    "a": "sq", "s": "ad", "d": "sf", "f": "dg", "g": "fh", "h": "gj", "j": "hk", "k": "jl", "l": "k", "z": "x",
    "x": "zc", "c": "xv", "v": "cb", "b": "vn", "n": "bm", "m": "n",
}  # fmt: skip
ALIKE = {"l": "1", "o": "0", "i": "l", "m": "n", "u": "v", "s": "5"}
FOLDS = 20
TRIED = 3


def slips(domain: str, chance: random.Random, before: str = "www.") -> Iterator[tuple[str, str]]:
    """Mistyped forms of a host, each with its kind; ``before`` stands before its registered domain."""
    label, ending = split_domain(domain)
    place = chance.randrange(len(label))
    letter = label[place]

    def host(damaged: str) -> str:
        return f"{before}{damaged}.{ending}"

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
        yield "ending", f"{before}{label}.{ending[0]}{ending[2]}{ending[1]}"
    if before == "www.":
        yield "www", f"ww.{domain}"
        yield "dot", f"www{domain}"


class Tally:
    """Weighed counts of one sample, by kind of slip."""

    def __init__(self) -> None:
        self.made, self.answered, self.found, self.first, self.unasked, self.asked_right = (
            Counter[str]() for _ in range(6)
        )
        self.wrong: Counter[str] = Counter()

    def add(self, kind: str, right: set[str], weight: int, meant: list[str], questioned: list[str], slip: str) -> None:
        self.made[kind] += weight
        self.answered[kind] += weight * bool(meant)
        self.found[kind] += weight * bool(right & set(meant[:TRIED]))
        hit = bool(meant) and meant[0] in right
        self.first[kind] += weight * hit
        self.unasked[kind] += weight * bool(questioned)
        self.asked_right[kind] += weight * (bool(questioned) and questioned[0] in right)
        if not hit:
            self.wrong[f"{slip} is {min(right)}, not {(meant or ['nothing'])[0]}"] += weight

    def show(self, title: str, wrong: int) -> None:
        print(f"\n{title}\n\n| slip | made | recall: found | precision: right first | unasked: recall | precision |")
        print("|---|--:|--:|--:|--:|--:|")
        letters = [kind for kind in self.made if kind not in ("www", "dot", "ending")]
        for name, kinds in (*((kind, [kind]) for kind in self.made), ("letters", letters), ("**all**", [*self.made])):
            made, answered, found, first, asked, hit = (
                sum(each[kind] for kind in kinds)
                for each in (self.made, self.answered, self.found, self.first, self.unasked, self.asked_right)
            )
            print(
                f"| {name} | {made} | {found / made:.3f} | {first / max(answered, 1):.3f} | {hit / made:.3f} |"
                f" {hit / max(asked, 1):.3f} |"
            )
        for said, weight in self.wrong.most_common(wrong):
            print(f"    {weight:>6} {said}")


def names(suggestions: Iterable[Suggestion]) -> list[str]:
    return [each.host for each in suggestions]


def of_table(known: KnownHosts, table: Mapping[str, int], seeds: list[int], *, evenly: bool, every: int = 1) -> Tally:
    tally = Tally()
    for seed in seeds:
        chance = random.Random(seed)
        for domain in sorted(table)[::every]:
            for kind, host in slips(domain, chance):
                if registered_domain(host) in table and registered_domain(host) != domain:
                    continue  # the slip is another real domain
                weight = 1 if evenly else table[domain]
                right = {f"www.{domain}", domain}
                tally.add(kind, right, weight, names(known.meant(host)), names(known.questioned(host)), host)
    return tally


Cited = Counter[tuple[str, tuple[str, ...]]]


def cited_in(paths: Iterable[Path]) -> Cited:
    """The hosts that lists cite, with the words of the entries that do, and how often."""
    cited: Cited = Counter()
    for path in paths:
        source = path.read_text(encoding="utf-8", errors="replace")
        for link in links_of(library(BibFile.parse(source)).entries):
            reading = examine(link.written)
            host = host_of(reading.url) if not reading.defects else ""
            if re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", host) and is_ending(host) and not host[-1].isdigit():
                cited[host, link.words] += 1
    return cited


def of_lists(known: KnownHosts, table: Mapping[str, int], cited: Cited, seeds: list[int]) -> Tally:
    tally = Tally()
    for seed in seeds:
        chance = random.Random(seed)
        for (host, words), times in sorted(cited.items()):
            domain = registered_domain(host)
            if domain not in table:
                continue
            for kind, slip in slips(domain, chance, host.removesuffix(domain)):
                if registered_domain(slip) in table and registered_domain(slip) != domain:
                    continue
                meant, questioned = names(known.meant(slip, words)), names(known.questioned(slip, words))
                tally.add(kind, {host, f"www.{domain}"}, times, meant, questioned, slip)
    return tally


def sound(known: KnownHosts, hosts: Iterable[str], title: str) -> None:
    every = sorted(set(hosts))
    asked = [f"{host} ({known.questioned(host)[0].host}?)" for host in every if known.questioned(host)]
    share = 100 * len(asked) / max(len(every), 1)
    print(f"{title}: {len(every)}, questioned unasked: {len(asked)} ({share:.2f} %) {' '.join(asked[:20])}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--library", type=Path, nargs="*")
    parser.add_argument("--hosts", type=Path, nargs="*", default=[])
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102, 103])
    parser.add_argument("--wrong", type=int, default=0, help="show so many of the slips that were read wrongly")
    arguments = parser.parse_args()
    shared = Path(__file__).parent.parent.parent.parent / "shared" / "bib"
    libraries = arguments.library if arguments.library is not None else sorted(shared.rglob("*.bib"))
    table = known_domains()
    registered_domain("example.org")  # the public suffix list is read when it is first needed
    started = time.process_time()
    known = KnownHosts()
    print(f"{len(table)} domains, index built in {1000 * (time.process_time() - started):.0f} ms")

    tally = of_table(known, table, arguments.seeds, evenly=False)
    tally.show("Slips of the table, weighed by how often a domain is cited", arguments.wrong)
    of_table(known, table, arguments.seeds, evenly=True).show("Slips of the table, evenly", arguments.wrong)
    cited = cited_in(libraries)
    if not cited:
        print(f"\nno list: {shared} is not there, and --library names none", file=sys.stderr)
    else:
        title = f"Slips of the hosts that {len(libraries)} lists cite"
        of_lists(known, table, cited, arguments.seeds).show(title, arguments.wrong)
    started = time.process_time()
    for domain in sorted(table):
        known.meant(f"www.{domain[:1]}{domain}")
    print(f"\n{1e6 * (time.process_time() - started) / len(table):.0f} us a look-up\n")

    sound(
        known, (host for host, _ in cited if registered_domain(host) not in table), "hosts of lists, not in the table"
    )
    for path in arguments.hosts:
        hosts = [each for each in path.read_text(encoding="utf-8").split() if registered_domain(each) not in table]
        sound(known, hosts, f"hosts of {path.name}, not in the table")
    strangers = []
    for fold in range(FOLDS):
        rest = {domain: weight for n, (domain, weight) in enumerate(sorted(table.items())) if n % FOLDS != fold}
        some = KnownHosts(table=rest)
        strangers += [each for each in table if each not in rest and some.questioned(f"www.{each}")]
    share = 100 * len(strangers) / len(table)
    print(f"domains of the table left out: {len(table)}, questioned unasked: {len(strangers)} ({share:.2f} %)")
    print(" ".join(strangers[:60]))

    counted: Counter[str] = Counter()
    for (host, _), times in cited.items():
        counted[registered_domain(host)] += times
    shown = ", ".join(f"{domain} {times} ({table.get(domain, '-')})" for domain, times in counted.most_common(40))
    tiers = sorted(set(table.values()), reverse=True)
    means = {tier: [counted[domain] for domain, weight in table.items() if weight == tier] for tier in tiers}
    graded = ", ".join(f"{tier}: {sum(each) / len(each):.2f}" for tier, each in means.items())
    covered = sum(times for domain, times in counted.items() if domain in table)
    print(f"\ncited in the lists, times (weight in the table): {shown}")
    print(f"\nmean times that a domain is cited, by its weight in the table: {graded}")
    print(f"{covered} of {counted.total()} addresses of the lists lead to domains of the table")


if __name__ == "__main__":
    main()
