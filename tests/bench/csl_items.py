# ruff: noqa: SIM905 - word lists read better as text
"""Made-up references that are like real ones: seeded, so that every run and every peer gets the same."""

from __future__ import annotations

import random
from typing import Any

Item = dict[str, Any]

_STEMS = (
    "Abel Acker Ander Bach Baker Barn Bell Berg Bond Brand Carl Cart Clark Cole Craw Dahl Dal Daw Ell Ems Fal Far "
    "Fitz Flet Gar Gold Grant Gros Hal Hart Holm Hud Jack Jar John Kel Kings Kirch Lang Lind Lock Mac Mar Mend Mill "
    "Nash Nor Oak Pal Park Pet Pick Rad Ram Rich Rob Ros Sand Schul Sher Sol Stan Stein Sven Tal Thom Tor Val Vog "
    "Wal Wat Web West Whit Wil Wolf Zieg"
).split()
_ENDINGS = (
    "son man er ton ley ford field berg stein wood well burn land worth ing ski sen mann ham by bach ström ová "
    "escu idis ez ić"
).split()
_SURNAMES = (
    "Smith Jones Müller García Nguyen Kim Li Wang Chen Kowalski Novák Øberg Sørensen O’Brien McDonald Castañeda "
    "Dvořák Yılmaz Łukasiewicz Ångström D’Angelo Saint-Exupéry"
).split()
_PARTICLES = ("van", "van der", "de", "von", "dos", "la")
_GIVEN = (
    "Anna Ben Carla David Eva Frank Greta Hans Ida Jan Karin Lars Maria Nils Olga Peter Quentin Rosa Sven Tom Ursula "
    "Victor Wanda Xavier Yara Zoe Jean-Paul Mary Beth José É. J. A.B. Wei-Ling"
).split()
_WORDS = (
    "adaptive analysis ancient antibody approach assessment bayesian behaviour biology change clinical cognitive "
    "comparison control critical cultural data design development disease dynamics early ecology economic effects "
    "evidence experimental factors field function gender genetic global growth health history human imaging immune "
    "impact infection inference information language learning long-term management measurement mechanism memory "
    "method model molecular natural network neural novel outcome patient performance perspective policy population "
    "practice prediction process protein quality randomized reading regional response review risk role science social "
    "space spatial species statistical structure study survival system theory therapy time treatment trial urban "
    "variation visual water women work world"
).split()
_SMALL_WORDS = ("of", "the", "and", "in", "for", "on", "a", "with", "from", "to")
_PLACES = ("London", "New York, NY", "Berlin", "Paris", "Cambridge, MA", "Amsterdam", "Tōkyō", "São Paulo")
_PUBLISHERS = ("Springer", "Oxford University Press", "Elsevier", "MIT Press", "Routledge", "Wiley", "Suhrkamp")
_BODIES = ("World Health Organization", "European Commission", "Guillain-Barré & Associated Inflammatory Neuropathies")


class _Maker:
    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        pool = {f"{stem}{ending}" for stem in _STEMS for ending in _ENDINGS}
        self.surnames = [*_SURNAMES, *sorted(pool)]
        self.journals = [f"Journal of {self.title(2, 3)}" for _ in range(300)]

    def title(self, least: int, most: int) -> str:
        words = self.rng.choices(_WORDS, k=self.rng.randint(least, most))
        for place in range(1, len(words) - 1):
            if self.rng.random() < 0.3:
                words[place] = self.rng.choice(_SMALL_WORDS)
        text = " ".join(words)
        return text[0].upper() + text[1:]

    def long_title(self) -> str:
        title = self.title(5, 14)
        chance = self.rng.random()
        if chance < 0.35:
            title += f": {self.title(4, 8)}"
        elif chance < 0.4:
            title += f" in <i>{self.rng.choice(('Homo sapiens', 'E. coli', 'Mus musculus'))}</i>"
        elif chance < 0.45:
            title = f"“{self.title(1, 2)}” and {title[0].lower()}{title[1:]}"
        elif chance < 0.48:
            title += "?"
        return title

    def name(self) -> dict[str, str]:
        # A few surnames are common, as in life.
        chance = self.rng.random()
        family = self.rng.choice(_SURNAMES) if chance < 0.1 else self.rng.choice(self.surnames)
        given = " ".join(self.rng.choices(_GIVEN, k=self.rng.choice((1, 1, 1, 2, 2))))
        name = {"family": family, "given": given}
        if self.rng.random() < 0.03:
            name["non-dropping-particle"] = self.rng.choice(_PARTICLES)
        if self.rng.random() < 0.01:
            name["suffix"] = self.rng.choice(("Jr.", "III"))
        return name

    def names(self) -> list[dict[str, str]]:
        if self.rng.random() < 0.03:
            return [{"literal": self.rng.choice(_BODIES)}]
        count = self.rng.choice((1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 10, 12))
        return [self.name() for _ in range(count)]

    def date(self, parts: int) -> dict[str, list[list[int]]]:
        date = [self.rng.randint(1970, 2024), self.rng.randint(1, 12), self.rng.randint(1, 28)]
        return {"date-parts": [date[:parts]]}

    def pages(self) -> str:
        first = self.rng.randint(1, 1500)
        return f"{first}-{first + self.rng.randint(1, 40)}"

    def item(self, number: int) -> Item:
        kind = self.rng.choices(
            ("article-journal", "chapter", "book", "report", "webpage", "paper-conference", "thesis"),
            (60, 12, 12, 6, 5, 4, 1),
        )[0]
        item: Item = {"id": f"item{number}", "type": kind, "title": self.long_title(), "author": self.names()}
        item["issued"] = self.date(self.rng.choice((1, 1, 2, 3)))
        if kind == "article-journal":
            item["container-title"] = self.rng.choice(self.journals)
            item["volume"] = str(self.rng.randint(1, 120))
            if self.rng.random() < 0.8:
                item["issue"] = str(self.rng.randint(1, 12))
            item["page"] = self.pages()
        elif kind in ("chapter", "paper-conference"):
            item["container-title"] = self.long_title()
            item["page"] = self.pages()
            item["editor"] = self.names()
            item["publisher"] = self.rng.choice(_PUBLISHERS)
            item["publisher-place"] = self.rng.choice(_PLACES)
        elif kind == "book":
            item["publisher"] = self.rng.choice(_PUBLISHERS)
            item["publisher-place"] = self.rng.choice(_PLACES)
            if self.rng.random() < 0.2:
                item["edition"] = str(self.rng.randint(2, 9))
        elif kind == "report":
            item["publisher"] = self.rng.choice(_BODIES)
            item["number"] = f"TR-{self.rng.randint(1, 99)}"
            item["genre"] = "Technical report"
        elif kind == "thesis":
            item["publisher"] = "Uppsala University"
            item["genre"] = "Doctoral dissertation"
        if kind == "webpage" or self.rng.random() < 0.1:
            item["URL"] = f"https://www.example.org/{self.rng.choice(_WORDS)}/{number}"
            item["accessed"] = self.date(3)
        elif kind == "article-journal" and self.rng.random() < 0.85:
            item["DOI"] = f"10.{self.rng.randint(1000, 9999)}/{self.rng.choice(_WORDS)}.{number}"
        return item


def make_items(count: int, seed: int = 2024) -> list[Item]:
    """``count`` CSL-JSON items. The first n of them are the items of any smaller count."""
    maker = _Maker(seed)
    return [maker.item(number) for number in range(1, count + 1)]
