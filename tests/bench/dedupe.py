"""How well and how fast duplicates are found: ``python tests/bench/dedupe.py [ENTRIES ...]``.

A library is made of invented works. A fifth of them are there twice, the second time as people write: with typing
errors, abbreviated journals and given names, names in another order, without subtitle, accents as LaTeX or lost,
without DOI, with the year of the online version. As many others have a near relation that is another work: part II, the
next edition, the next year's report, an erratum, a reply, a namesake's editorial, the other sex. Precision and recall
are over pairs. The weights were set on seed 5; the figures are of another, fixed one.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.read import library
from ppreflist.lint.groups import find_groups

Fields = dict[str, str]

_TOPICS = (
    "post-polio syndrome;intravenous immunoglobulin;muscle fatigue;quality of life;spinal cord injury;motor neurons;"
    "respiratory insufficiency;sleep apnoea;late effects of poliomyelitis;rehabilitation exercise;cytokine expression;"
    "neuromuscular junction;electromyography;gait analysis;orthotic devices;cold intolerance;pain management;"
    "randomised trials;functional outcome;vaccine coverage;enterovirus persistence;graph neural networks;"
    "protein folding;soil microbiomes;ocean acidification;monetary policy;medieval trade;quantum error correction;"
    "language acquisition;urban transport;solar cells;dark matter halos;migration patterns;bird song;coral bleaching"
)
TOPICS = _TOPICS.split(";")
FRAMES = (
    "{a} and {b}: {c}", "The role of {a} in {b}", "Effects of {a} on {b} in {place}", "{a}: a review of {b}",
    "Long-term {a} after {b}: results from {place}", "A model of {a} with {b}", "{a} in patients with {b}: {c}",
    "Measuring {a} by {b}", "Towards {a} without {b}", "{a}, {b} and {c} in {place}", "Predicting {a} from {b}",
)  # fmt: skip
_PLACES = "Sweden Norway Denmark Brazil Kenya Japan Québec München Łódź Zürich rural India northern Italy"
PLACES = _PLACES.split()
_SYLLABLES = "bor far vik lin dal sten berg mo ka na to ri sø mü lé ros han tak eng gra dun wol ber chi pet val"
SYLLABLES = _SYLLABLES.split()
_GIVEN = "Kristian Elisabeth Jürgen Marie-Claire Hao José Anna Peter Ingrid Olga Samuel Fatima Lars Björn Zoë"
GIVEN = _GIVEN.split()
JOURNALS = (
    "European Journal of Neurology", "Journal of Rehabilitation Medicine", "Muscle & Nerve", "The Lancet Neurology",
    "Annals of the New York Academy of Sciences", "Physical Review Letters", "Journal of Economic History",
    "Proceedings of the National Academy of Sciences", "International Journal of Computer Vision", "Nature",
)  # fmt: skip
ABBREVIATED = (
    "Eur. J. Neurol.", "J Rehabil Med", "Muscle Nerve", "Lancet Neurol", "Ann. N. Y. Acad. Sci.", "Phys. Rev. Lett.",
    "J. Econ. Hist.", "Proc Natl Acad Sci", "Int. J. Comput. Vis.", "Nature",
)  # fmt: skip
LATEX = {"ö": '\\"{o}', "ü": '{\\"u}', "é": "\\'e", "ø": "{\\o}", "Ł": "{\\L}", "ó": "\\'{o}", "ź": "\\'z", "ë": '\\"e'}
PLAIN = str.maketrans("öüéøŁóźë", "oueoLoze")


@dataclass
class Made:
    """A library in the making; ``same`` holds the pairs of keys that are one work."""

    rng: random.Random
    texts: list[str] = field(default_factory=list)
    same: set[frozenset[str]] = field(default_factory=set)
    near: dict[frozenset[str], str] = field(default_factory=dict)
    how: dict[frozenset[str], str] = field(default_factory=dict)

    def write(self, fields: Fields) -> str:
        key = f"k{len(self.texts)}"
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value and name != "kind"]
        self.texts.append(f"@{fields['kind']}{{{key},\n" + ",\n".join(lines) + "\n}\n")
        return key

    def work(self) -> Fields:
        rng = self.rng
        a, b, c = rng.sample(TOPICS, 3)
        title = rng.choice(FRAMES).format(a=a, b=b, c=c, place=rng.choice(PLACES))
        names = " and ".join(self.name() for _ in range(rng.randint(1, 5)))
        year = rng.randint(1980, 2024)
        page = rng.randint(1, 2000)
        kind = rng.choices(["article", "book", "inproceedings", "report"], [7, 1, 2, 1])[0]
        made = {"kind": kind, "author": names, "title": title[0].upper() + title[1:], "year": str(year)}
        if kind == "article":
            made |= {
                "journal": rng.choice(JOURNALS),
                "volume": str(rng.randint(1, 200)),
                "number": str(rng.randint(1, 12)),
            }
        if kind == "inproceedings":
            made["booktitle"] = f"Proceedings of the Conference on {rng.choice(TOPICS)}"
        if kind in ("article", "inproceedings"):
            made["pages"] = f"{page}--{page + rng.randint(2, 20)}"
            made["doi"] = f"10.1{rng.randint(100, 999)}/{rng.randint(10**6, 10**7)}" if rng.random() < 0.7 else ""
        if kind in ("book", "report"):
            made["publisher"] = rng.choice(["Springer", "Elsevier", "WHO"])
        return made

    def name(self) -> str:
        family = "".join(self.rng.choices(SYLLABLES, k=self.rng.randint(2, 3))).title()
        return f"{family}, {self.rng.choice(GIVEN)}"

    def again(self, work: Fields) -> tuple[Fields, str]:
        """The same work as somebody else wrote it, with two or three kinds of change."""
        rng = self.rng
        made = dict(work)
        changes = rng.sample(
            ["typo", "initials", "journal", "order", "subtitle", "latex", "accents", "case", "year", "poor", "pages"],
            rng.randint(2, 3),
        )
        if rng.random() < 0.85:
            made["doi"] = ""
        for change in changes:
            made = self.changed(made, change)
        return made, "+".join(sorted(changes))

    def changed(self, made: Fields, change: str) -> Fields:
        rng = self.rng
        names = made["author"].split(" and ")
        match change:
            case "typo":
                made["title"] = self.typo(made["title"])
            case "initials":
                names = [f"{family}, {given[:1]}." for family, _, given in (name.partition(", ") for name in names)]
            case "journal" if "journal" in made:
                made["journal"] = dict(zip(JOURNALS, ABBREVIATED, strict=True)).get(made["journal"], made["journal"])
            case "order":
                names = [" ".join(reversed(name.split(", "))) for name in rng.sample(names, len(names))]
            case "subtitle":
                made["title"] = made["title"].partition(": ")[0]
            case "latex":
                for name in ("title", "author"):
                    made[name] = "".join(LATEX.get(letter, letter) for letter in made[name])
                names = made["author"].split(" and ")
            case "accents":
                made["title"] = made["title"].translate(PLAIN)
                names = [name.translate(PLAIN) for name in names]
            case "case":
                made["title"] = made["title"].title() if rng.random() < 0.7 else made["title"].upper()
            case "year" if made["kind"] == "article":
                made["year"] = str(int(made["year"]) - 1)
            case "poor":
                for name in ("number", "publisher", rng.choice(["volume", "pages"])):
                    made.pop(name, None)
            case "pages" if "pages" in made:
                made["pages"] = made["pages"].partition("--")[0]
        made["author"] = " and ".join(names)
        return made

    def typo(self, title: str) -> str:
        rng = self.rng
        for _ in range(rng.randint(1, 2)):
            at = rng.randrange(1, len(title) - 1)
            way = rng.randrange(3)
            if way == 0:
                title = title[:at] + title[at + 1 :]
            elif way == 1:
                title = title[:at] + title[at + 1] + title[at] + title[at + 2 :]
            else:
                title = title[:at] + rng.choice("abcdeinorst") + title[at + 1 :]
        return title

    def relative(self, work: Fields) -> tuple[Fields, Fields, str]:
        """Two works that look alike and are two."""
        rng = self.rng
        one, two = dict(work), dict(work)
        way = rng.choice(["part", "edition", "yearly", "erratum", "reply", "editorial", "word", "version"])
        two["doi"] = "" if rng.random() < 0.6 or not work.get("doi") else work["doi"] + "9"
        if "pages" in two and way not in ("edition", "yearly"):
            two["pages"] = (
                str(int(work["pages"].partition("--")[0]) + rng.choice([21, 150])) if rng.random() < 0.7 else ""
            )
        title = work["title"]
        match way:
            case "part":
                marks = rng.choice([("Part I", "Part II"), ("Part 1", "Part 2"), ("I", "II"), ("Part A", "Part B")])
                one["title"], two["title"] = (f"{title.partition(': ')[0]}: {mark}" for mark in marks)
            case "edition":
                one["kind"] = two["kind"] = "book"
                for each in (one, two):
                    for name in ("journal", "volume", "number", "pages", "doi", "booktitle"):
                        each.pop(name, None)
                two["year"] = str(int(work["year"]) + rng.randint(1, 8))
                if rng.random() < 0.7:
                    one["edition"], two["edition"] = "1", "2"
            case "yearly":
                one["kind"] = two["kind"] = "report"
                for each in (one, two):
                    for name in ("journal", "volume", "number", "pages", "doi", "booktitle"):
                        each.pop(name, None)
                one["title"] = two["title"] = f"Annual report on {rng.choice(TOPICS)}"
                two["year"] = str(int(work["year"]) + 1)
                if rng.random() < 0.5:
                    one["title"] += f" {one['year']}"
                    two["title"] += f" {two['year']}"
            case "erratum":
                two["title"] = rng.choice(["Erratum: ", "Correction to: ", "Erratum to "]) + title
            case "reply":
                two["title"] = rng.choice(["Reply to ", "Comment on ", "Response to: "]) + title
            case "editorial":
                one["title"] = two["title"] = rng.choice(["Editorial", "Preface", "Introduction", "Book reviews"])
                if one.get("pages") and not two.get("pages"):
                    two["pages"] = "3"
                if "pages" not in one:
                    two["year"] = str(int(work["year"]) + 2)
            case "word":
                pair = rng.choice([("men", "women"), ("children", "adults"), ("Sweden", "Norway"), ("rats", "humans")])
                one["title"], two["title"] = (f"{title.partition(': ')[0]} in {word}" for word in pair)
            case "version":
                two["kind"] = "inproceedings" if work["kind"] == "article" else "article"
                for name in ("pages", "volume", "number", "doi", "journal", "booktitle"):
                    two.pop(name, None)
                container = {"article": "journal", "inproceedings": "booktitle"}[two["kind"]]
                two[container] = "Workshop on things" if rng.random() < 0.7 else ""
        return one, two, way


def make(size: int, seed: int = 11) -> Made:
    """A library of about this size."""
    made = Made(random.Random(seed))
    while len(made.texts) < size:
        work = made.work()
        draw = made.rng.random()
        if draw < 0.2:
            one = made.write(work)
            other, how = made.again(work)
            pair = frozenset((one, made.write(other)))
            made.same.add(pair)
            made.how[pair] = how
        elif draw < 0.4:
            first, second, way = made.relative(work)
            made.near[frozenset((made.write(first), made.write(second)))] = way
        else:
            made.write(work)
    made.rng.shuffle(made.texts)
    return made


def measure(size: int, show: int = 0) -> None:
    made = make(size)
    text = "\n".join(made.texts)
    start = time.perf_counter()
    read = library(BibFile.parse(text))
    loaded = time.perf_counter()
    before = time.process_time()
    found = find_groups(read)
    busy = time.process_time() - before
    done = time.perf_counter()
    pairs = {
        frozenset((one.key, other.key))
        for group in found.groups
        for number, one in enumerate(group.entries)
        for other in group.entries[number + 1 :]
    }
    right = len(pairs & made.same)
    print(
        f"{len(read):>7,} entries: precision {right / max(1, len(pairs)):.3f}, recall {right / len(made.same):.3f}; "
        f"found in {done - loaded:.1f} s ({busy:.1f} s of CPU; {found.compared:,} pairs compared), "
        f"read in {loaded - start:.1f} s"
    )
    wrong = pairs - made.same
    kinds = Counter(made.near.get(pair, "unrelated") for pair in wrong)
    print("        wrong pairs:", dict(kinds.most_common()) or "none", f"of {len(made.near):,} near relations")
    missed = Counter(how for pair in made.same - pairs for how in made.how[pair].split("+"))
    print("        missed pairs had:", dict(missed.most_common(6)) or "none")
    for pair in [*sorted(made.same - pairs, key=sorted)[:show], *sorted(wrong, key=sorted)[:show]]:
        for key in pair:
            entry = read[key]
            print({name: entry.text(name) for name in entry.fields} | {"type": entry.type})
        print(made.near.get(pair, made.how.get(pair, "unrelated")))


if __name__ == "__main__":
    shown = 8 if "--show" in sys.argv else 0
    for number in [int(each) for each in sys.argv[1:] if each.isdigit()] or [1000, 10_000, 100_000]:
        measure(number, shown)
