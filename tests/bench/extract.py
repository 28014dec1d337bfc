"""How well reference lists are read: precision, recall, and fields, on lists made of known entries.

    python -m tests.bench.extract [--references 200] [--seed 7] [--real ../shared/bib] [--misses 5]

Known entries are rendered by our own CSL engine in several styles, and the list is spoiled as extracted text is: lines
are broken and hyphenated, fi and fl become ligatures, pages have running heads and numbers, entries hang, are numbered,
or nothing separates them. An entry counts as found when one finding has its title (nine tenths of its letters in order)
and no other entry's; fields are compared exactly but for case, accents' form, punctuation and markup, names by family
name as far as the style prints them, over *all* entries, found or not.

The rules were written with seeds 1 to 3 of the made-up entries and with the real entries whose place in the alphabet of
a hash is even; what is printed is measured with other seeds and with the odd ones.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sys
import textwrap
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from tests.bench.csl_items import make_items

from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.encoding import decode
from ppreflist.bibtex.read import library
from ppreflist.csl import locate
from ppreflist.csl.processor import Processor
from ppreflist.csl.style import load_style
from ppreflist.errors import PpreflistError
from ppreflist.extract.document import Document
from ppreflist.extract.find import find
from ppreflist.extract.finding import Kind
from ppreflist.formats.csljson import item as csl_item
from ppreflist.model.pages import parse_pages

Item = dict[str, Any]
STYLES = ("apa", "vancouver", "chicago-author-date", "ieee", "harvard-cite-them-right")
OTHER_STYLES = (
    "modern-language-association", "american-medical-association", "nature",
    "springer-lecture-notes-in-computer-science", "elsevier-with-titles", "american-chemical-society",
)  # fmt: skip
FIELDS = ("title", "author", "year", "volume", "pages")


def rendered(items: list[Item], style: str) -> list[tuple[Item, str]]:
    """Each item with its entry in the bibliography, in the order of the style."""
    loaded = load_style(locate.style_text(style), path=style, parent=locate.parent_text)
    processor = Processor(loaded, locale_text=locate.locale_text, lang="en-US", format="text", links=False)
    by_id = {item["id"]: item for item in items}
    return [(by_id[entry.id], " ".join(entry.text.split())) for entry in processor.bibliography(items).entries]


# Noise ----------------------------------------------------------------------------------------------------------------

PROSE = (
    "This report looks back on what has been learned, and it says where the evidence is thin. Several groups came to "
    "the same view in 2010 and again in 2015 (see the list at the end), although not all of them measured alike."
)
LIGATURES = (("ffi", "\ufb03"), ("fi", "\ufb01"), ("fl", "\ufb02"), ("ff", "\ufb00"))


def wrapped(text: str, width: int, rng: random.Random) -> list[str]:
    """The text in lines of a page, some words broken with a hyphen at the end of a line."""
    lines: list[str] = []
    rest = text
    while len(rest) > width:
        line = textwrap.wrap(rest, width, break_long_words=False, break_on_hyphens=True)[0]
        rest = rest[len(line) :].lstrip()
        word = re.match(r"[a-z]{7,}", rest)
        if word and rng.random() < 0.4 and len(line) + 4 < width:
            cut = rng.randint(3, len(word[0]) - 3)
            line += " " + rest[:cut] + "-"
            rest = rest[cut:]
        lines.append(line)
    return [*lines, rest] if rest else lines


def page(entries: Iterable[str], layout: str, rng: random.Random) -> str:
    """A document with prose and a reference list in one of several layouts."""
    width = rng.choice((60, 72, 84, 96))
    lines = [*wrapped(PROSE, width, rng), "", "References", ""]
    for entry in entries:
        if rng.random() < 0.5 and layout != "clean":
            for plain, ligature in LIGATURES:
                entry = entry.replace(plain, ligature)
        broken = [entry] if layout == "clean" else wrapped(entry, width, rng)
        if layout == "hanging":
            broken = [broken[0], *(f"    {line}" for line in broken[1:])]
        lines += broken
        if layout in ("gaps", "clean"):
            lines.append("")
    if layout in ("solid", "hanging", "gaps"):
        lines = headed(lines, rng)
    return "\n".join(lines) + "\n"


def headed(lines: list[str], rng: random.Random) -> list[str]:
    """The lines with a running head and a page number after every forty or so."""
    made: list[str] = []
    number = 1
    left = 40
    for line in lines:
        made.append(line)
        left -= 1
        if not left:
            number += 1
            made += ["", str(number - 1), "", f"J. Editor et al. / Annual Review of Lists {number}", ""]
            left = rng.randint(36, 44)
    return made


LAYOUTS = ("clean", "gaps", "hanging", "solid")


# Real entries ---------------------------------------------------------------------------------------------------------


def real_items(folder: Path, *, odd: bool) -> list[Item]:
    """The entries of real libraries that have what a reference needs; the odd or the even half of them."""
    found: dict[str, Item] = {}
    for path in sorted(folder.rglob("*.bib")):
        try:
            text, _ = decode(path.read_bytes())
            read = library(BibFile.parse(text))
            made = [csl_item(entry, read) for entry in read]
        except PpreflistError:
            continue
        for item in made:
            title = folded(item.get("title", ""))
            year = (item.get("issued", {}).get("date-parts") or [[0]])[0][0]
            digest = hashlib.sha256(title.encode()).digest()[0]
            usable = len(title) > 12 and item.get("author") and 1500 < int(year) < 2030 and digest % 2 == odd
            if usable and item["type"] in KEPT_TYPES and title not in found:
                found[title] = {**item, "id": f"real{len(found)}"}
    return list(found.values())


KEPT_TYPES = {"article-journal", "book", "chapter", "paper-conference", "report", "thesis"}


# Comparing ------------------------------------------------------------------------------------------------------------


def folded(value: object) -> str:
    text = re.sub(r"</?[a-z]+[^<>]*>", "", str(value))
    text = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", "", "".join(each for each in text if not unicodedata.combining(each)))


def families(item: Item) -> list[str]:
    return [folded(_family(each)) for each in item.get("author", ()) if each.get("literal") != "others"]


def _family(name: dict[str, str]) -> str:
    parts = [name.get("dropping-particle", ""), name.get("non-dropping-particle", ""), name.get("family", "")]
    return "".join(parts) or name.get("literal", "")


def pages(item: Item) -> str:
    parsed = parse_pages(str(item.get("page", "")))
    return folded(str(parsed[0].expanded)) if parsed else ""


def year(item: Item) -> str:
    parts = item.get("issued", {}).get("date-parts") or [[""]]
    return str(parts[0][0])


@dataclass
class Score:
    """Counts of one run."""

    true: int = 0
    found: int = 0
    right: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        self.true += other.true
        self.found += other.found
        self.right += other.right
        self.asked += other.asked
        self.exact += other.exact
        self.misses += other.misses

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.true)

    def share(self, name: str) -> float:
        return self.exact[name] / max(1, self.asked[name])


def printed_values(truth: Item, text: str) -> Iterator[tuple[str, Callable[[Item], object], object]]:
    """The fields that the entry as rendered shows, each with how to read it from a draft and its right value."""
    yield "title", lambda item: folded(item.get("title", "")), folded(truth["title"])
    names = families(truth)
    shown = folded(text)
    printed = [name for name in names if name in shown]
    if printed and printed == names[: len(printed)]:
        yield "author", lambda item: families(item)[:1] and _agree(families(item), names, "et al" in text), True
    if year(truth) in text:
        yield "year", year, year(truth)
    if (
        truth["type"] == "article-journal"
        and truth.get("volume")
        and re.search(rf"\b{re.escape(str(truth['volume']))}\b", text)
    ):
        yield "volume", lambda item: str(item.get("volume", "")), str(truth["volume"])
    first = re.match(r"\w+", str(truth.get("page", "")))
    if first and re.search(rf"\b{first[0]}\b[-\u2013]", text):
        yield "pages", pages, pages(truth)


def _agree(read: list[str], true: list[str], cut: bool) -> bool:
    return read == true or (cut and bool(read) and read == true[: len(read)])


def compared(document: str, entries: list[tuple[Item, str]]) -> Score:
    """What is found in a document, against the entries that it was made of."""
    findings = [each.item for each in find(Document.of_text(document)) if each.kind is Kind.LISTED]
    score = Score(len(entries), len(findings))
    left = list(findings)
    by_title: dict[str, list[Item]] = {}
    for item in left:
        by_title.setdefault(folded(item.get("title", ""))[:12], []).append(item)
    for truth, text in entries:
        title = folded(truth["title"])
        near = by_title.get(title[:12], [])
        best = max(near, key=lambda item: _likeness(folded(item.get("title", "")), title), default=None)
        hit = best is not None and _likeness(folded(best.get("title", "")), title) >= 0.9
        if hit and best is not None:
            near.remove(best)
            score.right += 1
        for name, reading, value in printed_values(truth, text):
            score.asked[name] += 1
            good = hit and best is not None and reading(best) == value
            score.exact[name] += good
            if not good:
                score.misses.append(
                    f"{name}: {text}\n      {value!r}, not {reading(best)!r}" if best else f"lost: {text}"
                )
    return score


def _likeness(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()


def measured(items: list[Item], style: str, seed: int) -> Score:
    """All layouts of one style."""
    total = Score()
    entries = rendered(items, style)
    for number, layout in enumerate(LAYOUTS):
        total.add(compared(page((text for _, text in entries), layout, random.Random(seed * 10 + number)), entries))
    return total


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--references", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--real", type=Path, default=Path(__file__).parents[3] / "shared" / "bib")
    parser.add_argument(
        "--even", action="store_true", help="the half of the real entries that the rules were tuned with"
    )
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--styles", default=",".join((*STYLES, *OTHER_STYLES)))
    options = parser.parse_args()
    pools = [(f"made up, seed {options.seed}", make_items(options.references, options.seed))]
    if options.real.is_dir():
        pools.append(("real entries", real_items(options.real, odd=not options.even)[: options.references]))
    for name, items in pools:
        print(f"{len(items)} references ({name}), each in {len(LAYOUTS)} layouts")
        print(f"{'style':<45}{'precision':>10}{'recall':>8}" + "".join(f"{each:>8}" for each in FIELDS) + "    refs/s")
        total = Score()
        for style in options.styles.split(","):
            began = time.process_time()
            score = measured(items, style, options.seed)
            rate = score.true / (time.process_time() - began)
            row(style, score, rate)
            for miss in random.Random(1).sample(score.misses, min(options.misses, len(score.misses))):
                print("   ", miss, file=sys.stderr)
            if style in STYLES:
                total.add(score)
        row("the five styles of the target", total, 0)


def row(name: str, score: Score, rate: float) -> None:
    shares = "".join(f"{score.share(each):>8.3f}" for each in FIELDS)
    print(f"{name:<45}{score.precision:>10.3f}{score.recall:>8.3f}{shares}" + (f"{rate:>10.0f}" if rate else ""))


if __name__ == "__main__":
    main()
