"""Pairs of pages that stood at one address one after the other, each labelled: the same work still, or another one."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass

from tests.links import page_texts as texts

from ppreflist.links.link import Link, LinkKind


@dataclass(frozen=True)
class Pair:
    """``another``: whether the page of now is another work than the one of before."""

    name: str
    another: bool
    before: str
    now: str
    link: Link


# How pages are built --------------------------------------------------------------------------------------------------

_MENU = ("Home", "About us", "News and events", "Publications", "Support our work", "Contact", "Newsletter", "Shop")
_RELATED = (
    "Ten questions to ask your physician", "Annual meeting: register now", "Our new library catalogue is online",
    "Volunteers wanted", "In memoriam", "How your gifts were used", "Winter opening hours", "A look behind the scenes",
)  # fmt: skip


def paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(each.strip())}</p>\n" for each in text.strip().split("\n\n"))


def links(names: tuple[str, ...], item: str = "li") -> str:
    return "".join(f'<{item}><a href="/{number}">{name}</a></{item}>\n' for number, name in enumerate(names))


def semantic(title: str, text: str, *, site: str = "", head: str = "", extra: str = "", language: str = "en") -> str:
    """A page of today: main, nav, aside and footer."""
    whole = f"{title} | {site}" if site else title
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{html.escape(whole)}</title>{head}'
        f"</head><body><header><nav><ul>{links(_MENU)}</ul></nav></header><main><h1>{html.escape(title)}</h1>\n"
        f"{paragraphs(text)}{extra}</main><aside><h2>Related</h2><ul>{links(_RELATED)}</ul></aside>"
        f"<footer>Copyright 2024 {site}. All rights reserved. Terms of use. Accessibility.</footer></body></html>"
    )


def tables(title: str, text: str, *, site: str = "", head: str = "", extra: str = "") -> str:
    """A page of the nineties."""
    whole = f"{site} - {title}" if site else title
    return (
        f"<HTML><HEAD><TITLE>{html.escape(whole)}</TITLE>{head}</HEAD><BODY BGCOLOR=white><TABLE><TR><TD WIDTH=150>"
        f"<FONT SIZE=2>{links(_MENU, 'b')}</FONT></TD><TD><CENTER><FONT SIZE=5>{html.escape(title)}</FONT></CENTER>"
        f"{paragraphs(text).replace('</p>', '<br>')}{extra}</TD></TR></TABLE><HR>Best viewed with any browser. "
        "You are visitor number 104,233. Last updated 3 March 2004 by the webmaster.</BODY></HTML>"
    )


def boxes(title: str, text: str, *, site: str = "", head: str = "", extra: str = "") -> str:
    """A page of the years between: divisions, and menus that are not said to be menus."""
    whole = f"{title} :: {site}" if site else title
    return (
        f"<!DOCTYPE html><html><head><title>{html.escape(whole)}</title>{head}<script>var a = 'tracking code';</script>"
        f'</head><body><div id="top"><div class="menu"><ul>{links(_MENU)}</ul></div></div><div class="cookie">We use '
        "cookies to give you the best experience on our site. Accept all. Reject. Settings.</div>"
        f'<div class="content"><h1>{html.escape(title)}</h1><div class="date">Posted on 12 May 2019 by admin</div>'
        f"{paragraphs(text)}{extra}</div><div class=sidebar><h3>You may also like</h3><ul>{links(_RELATED)}</ul></div>"
        f"<div id=footer>{site} 2019</div></body></html>"
    )


def citing(title: str = "", *names: str, url: str = "https://www.example.org/articles/late-effects.html") -> Link:
    words = tuple(each for each in (*names, title) if each)
    return Link("key", "url", 1, LinkKind.URL, url, 0, len(url), words=words, title=title)


# The same work --------------------------------------------------------------------------------------------------------

PHI = "Post-Polio Health International"
LATE = "Late effects of polio: what survivors should know"
_ORDERED: tuple[tuple[str, str, str, str], ...] = (
    ("polio", LATE, texts.POLIO, PHI),
    ("diabetes", "Gestational diabetes: management in primary care", texts.DIABETES, "College of Family Doctors"),
    ("asthma", "Preschool wheeze and intermittent treatment", texts.ASTHMA, "Guideline Review"),
    ("nettle", "Urtica dioica (stinging nettle)", texts.NETTLE, "Plants of the North"),
    ("earthquake", "The San Francisco earthquake of 1906", texts.EARTHQUAKE, "Seismological Archive"),
    ("citing", "How to cite electronic sources", texts.CITING, "University Library"),
    ("ballads", "Border ballads and their collectors", texts.BALLADS, "Folk Song Society"),
    ("transparency", "Introduction to certificate transparency", texts.TRANSPARENCY, "Open Trust Foundation"),
    ("sourdough", "A sourdough starter in four days", texts.SOURDOUGH, "Crumbs and Crusts"),
    ("lakes", "Long-term monitoring of acid lakes", texts.LAKES, "Survey Corporation"),
)
TOPICS = {name: (title, text, site) for name, title, text, site in _ORDERED}


def _of(name: str, layout: Callable[..., str], **more: str) -> str:
    title, text, site = TOPICS[name]
    return layout(title, text, site=site, **more)


def _cited(name: str) -> Link:
    title, _, site = TOPICS[name]
    return citing(title, site)


def _same() -> list[Pair]:
    pairs = []
    layouts = (semantic, tables, boxes)
    for number, name in enumerate(TOPICS):
        before, now = layouts[number % 3], layouts[(number + 1) % 3]
        pairs.append(Pair(f"{name}: redesigned", False, _of(name, before), _of(name, now), _cited(name)))
    comments = "<section><h2>3 comments</h2><p>Thank you for this, it helped my mother a lot. Greetings from Ohio.</p>"
    many = comments + "".join(
        f"<p>Reader {n} wrote: I have been looking for something like it since spring, and shared it with my group, "
        "who discussed it over coffee for two hours last Sunday.</p>"
        for n in range(12)
    )
    advertisement = (
        "<div>Advertisement: compare mattresses, hearing aids and stair lifts. Free brochure, no obligation.</div>"
    )
    errata = "<p>Correction (5 June 2021): an earlier version of this page gave a wrong number in the second part.</p>"
    for name, extra in (
        ("polio", comments), ("nettle", many), ("lakes", many), ("diabetes", advertisement), ("citing", errata),
        ("transparency", errata), ("sourdough", advertisement + comments),
    ):  # fmt: skip
        pairs.append(
            Pair(f"{name}: {extra[5:35]} added", False, _of(name, semantic), _of(name, semantic, extra=extra),
                 _cited(name))
        )  # fmt: skip
        if extra != errata:
            pairs.append(
                Pair(f"{name}: {extra[5:35]} gone", False, _of(name, boxes, extra=extra), _of(name, tables),
                     _cited(name))
            )  # fmt: skip
    return pairs


def _changed() -> list[Pair]:
    polio, cited = _of("polio", semantic), _cited("polio")
    counted = _of("polio", tables)
    return [
        Pair("another counter and date", False, counted, counted.replace("104,233", "990,004").replace("2004", "2024"),
             cited),
        Pair("nothing", False, polio, polio, cited),
        Pair("the site renamed", False, polio, semantic(LATE, texts.POLIO, site="Polio Network"), cited),
        Pair("the site renamed, and redesigned", False, polio, tables(LATE, texts.POLIO, site="Polio Network"), cited),
        Pair("site name taken out of the title", False, polio, semantic(LATE, texts.POLIO), cited),
        Pair("title in other words", False, polio,
             semantic("Post-polio syndrome explained", texts.POLIO, site=PHI), cited),
        Pair("title in other words, another layout", False, polio,
             boxes("Living well after poliomyelitis", texts.POLIO, site=PHI), cited),
        Pair("text written anew under the title", False, polio, semantic(LATE, texts.POLIO_UPDATED, site=PHI), cited),
        Pair("text and title written anew", False, polio,
             semantic("Post-polio syndrome", texts.POLIO_UPDATED, site=PHI), cited),
        Pair("text and title written anew, another layout", False, _of("polio", tables),
             boxes("Polio survivors: what should you know?", texts.POLIO_UPDATED, site=PHI), cited),
        Pair("text written anew, and no entry", False, polio,
             semantic("Post-polio syndrome", texts.POLIO_UPDATED, site=PHI), citing()),
        Pair("translated title", False, polio, semantic("Spätfolgen der Polio", texts.POLIO, site=PHI), cited),
        Pair("translated", False, polio,
             semantic("Spätfolgen der Kinderlähmung", texts.POLIO_GERMAN, site=PHI, language="de"), cited),
        Pair("translated, the site's name, too", False, polio,
             semantic("Spätfolgen der Kinderlähmung", texts.POLIO_GERMAN, site="Internationale Gesundheit",
                      language="de"), cited),
        Pair("translated into French", False, _of("transparency", semantic),
             semantic("La transparence des certificats", texts.FRENCH_TRANSPARENCY, language="fr"),
             _cited("transparency")),
        Pair("only the beginning is left, the rest needs a subscription", False, _of("lakes", boxes),
             boxes(TOPICS["lakes"][0], texts.LAKES[:330], site="Survey Corporation",
                   extra="<p>Subscribe to read on. Choose a plan. Already a member? Sign in.</p>"), _cited("lakes")),
        Pair("the article fell out of a shell of scripts", False, _of("nettle", semantic),
             "<html><head><title>Plants of the North</title></head><body><div id=app></div><script>start()</script>",
             _cited("nettle")),
        Pair("down for repairs", False, _of("asthma", semantic),
             "<html><head><title>Maintenance</title></head><body><p>We are back this evening.</p></body></html>",
             _cited("asthma")),
        Pair("the text under a banner of forty words", False, _of("citing", semantic),
             _of("citing", boxes).replace('<div class="content">', "<div>The library is closed on weekdays "
                                          "for the move of the stacks. Books that were ordered before wait at "
                                          "the branch in the old chapel; inter-library loans, reading rooms and maps "
                                          'stay shut until further notice.</div><div class="content">'),
             _cited("citing")),
        Pair("a slash and a year in the title", False, _of("diabetes", semantic),
             semantic("Gestational diabetes / management in primary care (2024)", texts.DIABETES), _cited("diabetes")),
        Pair("retired: a notice before the title", False, _of("diabetes", boxes),
             boxes("[RETIRED] Gestational diabetes: management in primary care", texts.DIABETES), _cited("diabetes")),
        Pair("a home page with other news", False,
             semantic("Welcome", texts.LAKES[:400] + texts.BALLADS[:500], site=PHI),
             semantic("Latest news", texts.ASTHMA[:500] + texts.CITING[:400], site=PHI),
             citing(PHI, url="https://www.example.org/")),
        Pair("a home page with another slogan", False,
             semantic("We're still here!", texts.POLIO, site=PHI),
             boxes("Information for survivors", texts.POLIO_UPDATED, site=PHI),
             citing(PHI, url="https://www.example.org/index.html")),
        Pair("a blog's first page", False, boxes("Bread", texts.SOURDOUGH), boxes("Ballads", texts.BALLADS),
             citing(url="https://www.example.org/blog/")),
        Pair("a title of one word in other words, and no entry", False, boxes("Resources", texts.CITING, site=PHI),
             semantic("Where to turn for help", texts.POLIO_UPDATED, site=PHI), citing()),
        Pair("a list of results", False, boxes("nettle", texts.NETTLE), boxes("lakes", texts.LAKES),
             citing(url="https://www.example.org/find.php?query=nettle")),
        Pair("pages of a catalogue: the entry's title stays", False,
             semantic("Item 4711", texts.CITING, site="Catalogue"),
             semantic("Record view", texts.BALLADS + " Border ballads and their collectors.", site="Library"),
             _cited("ballads")),
        Pair("a Japanese page redesigned", False, semantic("茶の湯の歴史", texts.JAPANESE_TEA, site="文化館"),
             boxes("茶の湯の歴史", texts.JAPANESE_TEA, site="文化館"), citing("茶の湯の歴史")),
        Pair("a German page redesigned", False, tables("Das Backhaus", texts.GERMAN_BREAD, site="Heimatverein"),
             semantic("Das Backhaus am Dorfplatz", texts.GERMAN_BREAD, site="Heimatverein e. V."),
             citing("Das Backhaus am Dorfplatz")),
        Pair("a shop's page of one camera, with a new price", False,
             semantic("FX-200 compact camera", texts.CAMERA, site="Optics"),
             semantic("FX-200 compact camera - now 899", texts.CAMERA + "\n\nIn stock. Ships tomorrow.", site="Optics"),
             citing("FX-200 compact camera: manual", "Optics")),
        Pair("a test whether a person is asking", False, _of("lakes", semantic),
             semantic("Browser verification", texts.DOOR), _cited("lakes")),
        Pair("a question before the page", False, _of("diabetes", boxes),
             semantic("Choose what we may keep", texts.DOOR, site="Consent Manager"), _cited("diabetes")),
        Pair("out of order, at length", False, _of("ballads", tables),
             boxes("Scheduled maintenance", texts.DOOR + texts.SHOES), _cited("ballads")),
        Pair("the publisher's DOI is still there", False,
             semantic("Abstract", texts.LAKES, head='<meta name="citation_doi" content="10.1000/lakes.7">'),
             semantic("Reading view", texts.CITING, head='<meta name="citation_doi" content="10.1000/LAKES.7">'),
             citing("Long-term monitoring of acid lakes")),
    ]  # fmt: skip


# Another one ----------------------------------------------------------------------------------------------------------


def _replaced() -> list[Pair]:
    pairs = []
    names = list(TOPICS)
    for number, name in enumerate(names):
        # Another article of the same site at the same address.
        other, text, _ = TOPICS[names[(number + 3) % len(names)]]
        site = TOPICS[name][2]
        now = semantic(other, text, site=site)
        pairs.append(Pair(f"{name}: another article of the site", True, _of(name, semantic), now, _cited(name)))
    for number, name in enumerate(names):
        # The domain went to somebody else, who has a page at this address, too.
        other, text, site = TOPICS[names[(number + 4) % len(names)]]
        now = boxes(other, text, site=site)
        pairs.append(Pair(f"{name}: another site", True, _of(name, tables), now, _cited(name)))
    for name in ("polio", "lakes", "ballads", "citing"):
        now = semantic("Best Online Casino Bonuses and Free Spins 2024", texts.CASINO, site="Lucky Reels")
        pairs.append(Pair(f"{name}: a casino", True, _of(name, boxes), now, _cited(name)))
        now = boxes("Slot Gacor Hari Ini: Situs Judi Terpercaya", texts.SLOT_INDONESIAN)
        now = now.replace("<html>", '<html lang="id">')
        pairs.append(Pair(f"{name}: a casino in Indonesian", True, _of(name, semantic), now, _cited(name)))
        now = semantic("Write My Paper For Me: Cheap Essays", texts.ESSAYS)
        pairs.append(Pair(f"{name}: a mill of essays", True, _of(name, tables), now, _cited(name)))
    return pairs


def _others() -> list[Pair]:
    polio = _of("polio", semantic)
    return [
        Pair("a casino on a home page", True, boxes(PHI, texts.POLIO),
             semantic("Best Online Casino Bonuses", texts.CASINO), citing(PHI, url="https://www.example.org/")),
        Pair("a casino in another language, and nothing but a title to go by", True, polio,
             semantic("Slot Gacor Terpercaya", texts.SLOT_INDONESIAN, language="id"), citing(LATE)),
        Pair("an article on the same illness", True, polio,
             semantic("Border vaccinators hunt the last wild virus", texts.POLIO_ERADICATION, site=PHI),
             _cited("polio")),
        Pair("no entry: another article", True, polio, semantic("Stinging nettle", texts.NETTLE, site=PHI), citing()),
        Pair("no entry: a casino", True, polio, boxes("Casino bonus codes", texts.CASINO), citing()),
        Pair("a product in place of another", True, semantic("FX-200 compact camera", texts.CAMERA, site="Shop"),
             semantic("Trail Runner 7", texts.SHOES, site="Shop"), citing("FX-200 compact camera: manual", "Optics")),
        Pair("shoes in place of a guideline", True, _of("diabetes", boxes),
             semantic("Trail Runner 7", texts.SHOES, site="Shop"), _cited("diabetes")),
        Pair("a German article in place of another", True,
             semantic("Das Backhaus am Dorfplatz", texts.GERMAN_BREAD, site="Heimatverein", language="de"),
             boxes("Die obere Mühle", texts.GERMAN_MILL, site="Heimatverein").replace("<html>", "<html lang=de>"),
             citing("Das Backhaus am Dorfplatz")),
        Pair("a Japanese page in place of another", True,
             semantic("茶の湯の歴史", texts.JAPANESE_TEA, site="文化館", language="ja"),
             semantic("新幹線の半世紀", texts.JAPANESE_RAIL, site="文化館", language="ja"),
             citing("茶の湯の歴史")),
        Pair("the work was read only by its title at first", True,
             f"<html><head><title>{LATE}</title></head><body><div id=app></div></body></html>",
             semantic("A sourdough starter in four days", texts.SOURDOUGH), _cited("polio")),
        Pair("the same text of the frame, another article", True, _of("earthquake", boxes),
             boxes("Border ballads and their collectors", texts.BALLADS, site="Seismological Archive"),
             _cited("earthquake")),
        Pair("the DOI of another article", True,
             semantic("Long-term monitoring of acid lakes", texts.LAKES,
                      head='<meta name="citation_doi" content="10.1000/lakes.7">'),
             semantic("Preschool wheeze", texts.ASTHMA, head='<meta name="citation_doi" content="10.1000/wheeze.1">'),
             citing("Long-term monitoring of acid lakes")),
    ]  # fmt: skip


PAIRS = [*_same(), *_changed(), *_replaced(), *_others()]
