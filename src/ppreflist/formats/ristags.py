"""CSL-JSON items as the tags of a reference and back: what RIS and EndNote XML share.

Sources: 'RIS Format Specifications' (Research Information Systems, 2011) with its table of tags for each reference
type; EndNote's own reference types, of which they are the export. Where programs disagree, what Zotero's and EndNote's
exports hold is read, and what both can read is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from ppreflist.formats.csljson import csl_date
from ppreflist.formats.loosedate import loose_date
from ppreflist.formats.names import csl_name_of, written_name
from ppreflist.model.identifier import (
    DOI,
    ISBN,
    ISSN,
    PMCID,
    PMID,
    parse_doi,
    parse_isbn,
    parse_issn,
    parse_pmcid,
    parse_pmid,
)
from ppreflist.model.key import key_flaw
from ppreflist.model.pages import PageRange

Tags = list[tuple[str, str]]
"""Tags and what they hold, in order, from ``TY``."""

TYPES: Final[dict[str, str]] = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "VIDEO",
    "chapter": "CHAP",
    "dataset": "DATA",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "graphic": "ART",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "periodical": "SER",
    "personal_communication": "PCOMM",
    "post": "ICOMM",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "review": "JOUR",
    "software": "COMP",
    "song": "SOUND",
    "speech": "SLIDE",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
"""CSL type -> ``TY``; others are ``GEN``."""

CSL_TYPES: Final[dict[str, str]] = {
    **{tag: kind for kind, tag in reversed(TYPES.items())},
    "ABST": "article-journal",
    "ADVS": "motion_picture",
    "CHART": "graphic",
    "CLSWK": "book",
    "CONF": "paper-conference",
    "CTLG": "book",
    "DBASE": "dataset",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "FIGURE": "graphic",
    "GOVDOC": "report",
    "INPR": "article-journal",
    "JFULL": "periodical",
    "LEGAL": "legislation",
    "MULTI": "webpage",
    "UNBILL": "bill",
    "UNPB": "manuscript",
    "WEB": "webpage",
}
"""``TY`` -> CSL type; others are documents."""

_PREPRINT: Final = "preprint"
_BOOKS: Final = frozenset({"book", "periodical"})
_MEETINGS: Final = frozenset({"paper-conference"})
_NAMES: Final = (
    ("author", "AU"),
    ("container-author", "A2"),
    ("director", "AU"),
    ("compiler", "A2"),
    ("translator", "A4"),
)
_TEXTS: Final = (
    ("title", "TI"),
    ("title-short", "ST"),
    ("collection-title", "T3"),
    ("container-title-short", "J2"),
    ("volume", "VL"),
    ("issue", "IS"),
    ("number-of-volumes", "NV"),
    ("chapter-number", "SE"),
    ("edition", "ET"),
    ("publisher", "PB"),
    ("DOI", "DO"),
    ("URL", "UR"),
    ("language", "LA"),
    ("abstract", "AB"),
    ("note", "N1"),
    ("annote", "RN"),
    ("call-number", "CN"),
    ("PMCID", "C2"),
)
_ORDER: Final = """
    TY ID AU A2 A3 A4 TI ST T2 C3 T3 J2 VL IS NV SE ET PB CY C1 M3 DO UR LA AB N1 RN CN AN DB C2 PY DA Y2 SP EP M1 SV
    SN KW
"""
_PLACES: Final = {tag: place for place, tag in enumerate(_ORDER.split())}
_ALIASES: Final = {
    "A1": "AU", "T1": "TI", "CT": "TI", "Y1": "PY", "N2": "AB", "ED": "A2", "LK": "UR", "L2": "UR", "RD": "Y2",
    "JA": "J2", "J1": "J2",
}  # fmt: skip
_OF_NO_USE: Final = frozenset({"TY", "ER", "ID", "LB", "DB", "DP", "EP", "U1"})
_DIGITS: Final = re.compile(r"\d{1,6}\Z", re.ASCII)
_PMID: Final = re.compile(r"\d{4,8}\Z", re.ASCII)
_RANGE: Final = re.compile(r"[-\u2010-\u2015,]")
_MEDLINE: Final = re.compile(r"pubmed|medline|nlm", re.IGNORECASE)


def tags_of(data: Mapping[str, Any], plain: Callable[[Any], str]) -> Tags:
    """The tags of an item; ``plain`` makes of a variable what one tag can hold."""
    kind = str(data.get("type", ""))
    tags: Tags = [("TY", TYPES.get(kind, "GEN")), ("ID", plain(data.get("id")))]
    editors, series_editors = ("A3", "A2") if kind in _BOOKS else ("A2", "A3")
    for variable, tag in (*_NAMES, ("editor", editors), ("collection-editor", series_editors)):
        tags += [(tag, plain(written_name(each))) for each in data.get(variable, ())]
    tags += [(tag, plain(data.get(variable))) for variable, tag in _TEXTS]
    if kind == "software":
        tags.append(("ET", plain(data.get("version"))))
    tags += _container_tags(data, plain)
    genre = plain(data.get("genre"))
    tags.append(("M3", genre or (_PREPRINT if kind == "article" else "")))
    if data.get("PMID"):
        tags += [("AN", plain(data["PMID"])), ("DB", "PubMed")]
    tags += _date_tags(data, plain)
    tags += _page_tags(data, plain)
    tags += [("SN", plain(data.get(variable))) for variable in ("ISSN", "ISBN")]
    tags += [("KW", tag.strip()) for tag in plain(data.get("keyword")).split(",")]
    return sorted(((tag, text) for tag, text in tags if text), key=lambda each: _PLACES[each[0]])


def _container_tags(data: Mapping[str, Any], plain: Callable[[Any], str]) -> Tags:
    """Container, event and places. In a conference paper ``T2`` is the conference when ``C3`` has the proceedings."""
    container, event = plain(data.get("container-title")), plain(data.get("event-title"))
    place, venue = plain(data.get("publisher-place")), plain(data.get("event-place"))
    if data.get("type") in _MEETINGS and event and container:
        tags = [("T2", event), ("C3", container)]
    else:
        tags = [("T2", container)]
    return [*tags, *([("CY", venue), ("C1", place)] if venue and place else [("CY", place)])]


def _date_tags(data: Mapping[str, Any], plain: Callable[[Any], str]) -> Tags:
    tags: Tags = []
    for variable, tag in (("issued", "DA"), ("accessed", "Y2")):
        date = data.get(variable)
        parts = date.get("date-parts") if isinstance(date, Mapping) else None
        if parts and parts[0]:
            numbers = parts[0]
            if tag == "DA":
                tags.append(("PY", str(numbers[0])))
            written = [f"{number:02}" for number in numbers[1:]]
            if written or tag == "Y2":
                tags.append((tag, "/".join([f"{numbers[0]:04}", *written])))
        elif isinstance(date, Mapping) and tag == "DA":
            tags.append(("PY", plain(date.get("literal"))))
    return tags


def _page_tags(data: Mapping[str, Any], plain: Callable[[Any], str]) -> Tags:
    """``SP`` and ``EP`` for one range, everything in ``SP`` for several; an article or report number is ``M1``.

    A book's ``SP`` is the number of its pages, its ``M1`` the number in its series.
    """
    pages, number, in_series = (plain(data.get(each)) for each in ("page", "number", "collection-number"))
    first, dash, last = pages.partition("–")
    simple = dash and "," not in pages and "–" not in last
    tags = [("SP", first), ("EP", last)] if simple else [("SP", pages or plain(data.get("number-of-pages")))]
    if data.get("type") in _BOOKS:
        return [*tags, ("M1", in_series or number)]
    return [*tags, ("SN" if data.get("type") == "patent" else "M1", number), ("SV", in_series)]


def item_of(tags: Sequence[tuple[str, str]]) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    """The item that the tags of a reference say, its citation key (or empty), and the tags that no variable holds."""
    return _Reference(tags).read()


class _Reference:
    """One reference on its way to an item."""

    def __init__(self, tags: Iterable[tuple[str, str]]) -> None:
        self.tags: dict[str, list[str]] = {}
        self.left_out: dict[str, None] = {}
        for tag, text in tags:
            if text:
                self.tags.setdefault(_ALIASES.get(tag, tag), []).append(text)
        self.tag_type = self.take("TY").upper()
        self.kind = CSL_TYPES.get(self.tag_type, "document")
        self.made: dict[str, Any] = {}

    def read(self) -> tuple[dict[str, Any], str, tuple[str, ...]]:
        key = self.take("ID")
        self.genre()
        self.titles()
        self.people()
        self.dates()
        self.numbers()
        self.identifiers()
        for variable, tag in _TEXTS:
            if tag in ("AB", "N1", "RN"):
                self.put(variable, " ".join(self.tags.pop(tag, ())))
            elif variable not in self.made:
                self.put(variable, self.take(tag))
        self.put("keyword", ", ".join(_keywords(self.tags.pop("KW", ()))))
        self.made["type"] = self.kind
        unread = {tag: None for tag in self.tags if tag not in _OF_NO_USE}
        usable = key if any(each.isalpha() for each in key) and not key_flaw(key) else ""
        return self.made, usable, tuple({**self.left_out, **unread})

    def take(self, tag: str) -> str:
        """The first of a tag; if another text stands under it too, that is left out."""
        found = self.tags.pop(tag, None)
        if not found:
            return ""
        if any(each != found[0] for each in found):
            self.left_out[tag] = None
        return found[0]

    def put(self, variable: str, value: Any) -> None:
        if value and variable not in self.made:
            self.made[variable] = value

    def genre(self) -> None:
        genre = self.take("M3")
        if isinstance(parse_doi(genre), DOI):  # programs that knew no DO
            self.tags.setdefault("DO", [genre])
        elif self.kind == "manuscript" and genre.casefold() == _PREPRINT:
            self.kind = "article"
        elif not (self.kind == "article-journal" and genre.casefold() == "journal article"):
            self.put("genre", genre)

    def titles(self) -> None:
        full, short = self.take("JF"), self.take("JO")
        book = self.take("BT")
        second, third = self.take("T2"), self.take("T3")
        if self.kind == "book" and "TI" not in self.tags and book:
            self.put("title", book)
            book = ""
        if self.kind in _BOOKS and second and not third:
            second, third = "", second
        container = full or second or book
        if self.kind in _MEETINGS and self.tags.get("C3"):
            self.put("event-title", container)
            container = self.take("C3")
        abbreviated = self.take("J2")
        self.put("container-title", container or short or abbreviated)
        self.put("container-title-short", abbreviated if container or short else "")
        self.put("container-title-short", short if container and short != container else "")
        self.put("collection-title", third)
        if "C1" in self.tags and self.kind in _MEETINGS:
            self.put("event-place", self.take("CY"))
            self.put("publisher-place", self.take("C1"))
        self.put("publisher-place", self.take("CY") or self.take("PP"))

    def people(self) -> None:
        swapped = self.kind in _BOOKS and "A3" in self.tags
        roles = {"AU": "author", "A2": "editor", "A3": "collection-editor", "A4": "translator"}
        if swapped:
            roles |= {"A2": "collection-editor", "A3": "editor"}
        if self.tag_type == "EDBOOK" and "A2" not in self.tags:
            roles["AU"] = "editor"
        for tag, variable in roles.items():
            self.put(variable, [name for each in self.tags.pop(tag, ()) if (name := csl_name_of(each))])

    def dates(self) -> None:
        year, day = self.take("PY"), self.take("DA")
        date = loose_date(day, year.partition("/")[0]) or loose_date(year)
        if date is not None:
            self.put("issued", csl_date(date))
        elif year or day:
            self.put("issued", {"literal": year.strip("/ ") or day})
        accessed = loose_date(self.take("Y2"))
        if accessed is not None:
            self.put("accessed", csl_date(accessed))

    def numbers(self) -> None:
        first, last = self.take("SP"), self.take("EP")
        if first and last and last != first and not _RANGE.search(first):
            first = str(PageRange(first, last).expanded)
        elif last and not first:
            first = last
        if self.kind in ("book", "thesis") and _DIGITS.match(first):
            self.put("number-of-pages", first)
        else:
            self.put("page", first)
        number = self.take("M1")
        self.put("collection-number" if self.kind in _BOOKS else "number", number)
        self.put("collection-number", self.take("SV"))
        if self.kind == "article-journal":
            self.put("number", self.take("C7"))
        if self.kind == "software":
            self.put("version", self.take("ET"))
        if self.kind != "chapter" and "SE" in self.tags:
            self.left_out["SE"] = None
            del self.tags["SE"]

    def identifiers(self) -> None:
        for text in self.tags.pop("SN", ()):
            whole = isinstance(parse_isbn(text), ISBN)  # which may have spaces
            for part in [text] if whole else re.split(r"[;,]|\s(?=[\d(])", text)[:20]:
                self.serial(part.strip())
        number, source = self.take("AN"), " ".join([*self.tags.get("DB", ()), *self.tags.get("DP", ())])
        pmid = parse_pmid(number) if _PMID.match(number) and (not source or _MEDLINE.search(source)) else None
        if isinstance(pmid, PMID):
            self.put("PMID", pmid.value)
        elif number:
            self.left_out["AN"] = None
        if "C2" in self.tags:
            pmcid = parse_pmcid(self.take("C2"))
            if isinstance(pmcid, PMCID):
                self.put("PMCID", pmcid.value)
            else:
                self.left_out["C2"] = None
        doi = parse_doi(self.tags["DO"][0]) if "DO" in self.tags else None
        if isinstance(doi, DOI):
            self.put("DOI", doi.value)
            self.take("DO")

    def serial(self, text: str) -> None:
        """One number of ``SN``: an ISSN, an ISBN, or the number of a report or patent."""
        bare = re.sub(r"\s*\([^()]*\)\Z", "", text)
        if isinstance(parse_issn(bare), ISSN):
            self.put("ISSN", bare)
        elif isinstance(parse_isbn(bare), ISBN):
            self.put("ISBN", bare)
        elif self.kind in ("report", "patent", "standard", "legislation"):
            self.put("number", text)
        elif text:
            self.put("ISBN" if self.kind in _BOOKS or self.kind == "chapter" else "ISSN", bare)


def _keywords(lines: Iterable[str]) -> list[str]:
    """Keywords, one a line or several with semicolons between them; a comma inside one would divide it."""
    words = (word.strip() for line in lines for word in line.split(";"))
    return list(dict.fromkeys(word.replace(",", " ").replace("  ", " ") for word in words if word))
