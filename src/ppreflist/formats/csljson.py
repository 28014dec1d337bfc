"""Entries as CSL-JSON items and items as entries.

The shape of an item: ``csl-data.json`` (https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json).
Rich text in it is the markup of citeproc-js' manual ('HTML-like Formatting Tags'); CSL-JSON cannot escape a ``<``, so
an invisible word joiner stands behind one that would read as a tag (``latex.TAG_GUARD``).

``item`` says all that the entry says; ``styled`` takes away what a printed bibliography must not repeat.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from ppreflist.bibtex.latex import guard, to_rich
from ppreflist.bibtex.names import split_list
from ppreflist.formats import csltypes
from ppreflist.formats.cslentry import entry_fields
from ppreflist.model.date import AnyDate, Date, DateRange, entry_date, literal_date
from ppreflist.model.entry import Entry, Field
from ppreflist.model.entrytype import FIELD_ALIASES, IMPLIED_TYPE, canonical_type
from ppreflist.model.identifier import DOI, ArXiv, parse_arxiv, parse_doi
from ppreflist.model.inherit import resolved
from ppreflist.model.library import Library
from ppreflist.model.name import Name, NameList
from ppreflist.model.pages import is_article_number, parse_pages

Item = dict[str, Any]

__all__ = ["Item", "csl_date", "csl_name", "entry_fields", "item", "styled"]

_PARTS: Final = frozenset({"chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"})
_ARTICLES: Final = frozenset({"article", "article-journal", "article-magazine", "article-newspaper", "review"})
_ENDS_SENTENCE: Final = (".", "?", "!", ":", "…")
_DATES: Final = (("", "issued"), ("orig", "original-date"), ("event", "event-date"), ("url", "accessed"))
_URL: Final = re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}")
_BARE_URL: Final = re.compile(r"https?://\S+\Z")
_RESOLVER: Final = re.compile(r"\A(?:https?://)?(?:dx\.)?doi\.org/|\Adoi:\s*", re.IGNORECASE)
_ORDINAL: Final = re.compile(r"(\d+)(?:st|nd|rd|th|\.)?\Z", re.IGNORECASE)
_LANGUAGE_TAG: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?\Z")
_PATENT: Final = re.compile(r"(patent|patreq)(de|eu|fr|uk|us)\Z")
_HYPHEN: Final = re.compile(r"(?<=\w)-(?=\w)")
_NUMBERS: Final = re.compile(r"[\d\s,&-]+\Z")
_TAG: Final = re.compile(r"<[^<>]*>")


def item(entry: Entry, library: Library | None = None) -> Item:
    """The CSL-JSON item of an entry; with ``library``, what it inherits by crossref and xdata is part of it."""
    if library is not None:
        entry = resolved(library, entry)
    return _Mapping(entry).item()


def styled(data: Mapping[str, Any]) -> Item:
    """An item as a style should see it.

    - A publisher that is also the author is left out (APA 9.29); nothing is printed twice in a row in other styles.
    - A hyphen in ``number``, or beside a letter in ``volume`` and ``issue``, is a hyphen and no range: ``\\-``, as
      citeproc-js reads it.
    """
    made = dict(data)
    publisher = _TAG.sub("", str(made.get("publisher", ""))).casefold()
    people = made.get("author") or made.get("editor") or []
    if publisher and len(people) == 1 and _whole(people[0]).casefold() == publisher:
        del made["publisher"]
    for variable in ("number", "volume", "issue"):
        text = made.get(variable)
        if isinstance(text, str) and "-" in text and (variable == "number" or not _NUMBERS.match(text)):
            made[variable] = _HYPHEN.sub(r"\\-", text)
    return made


def _whole(name: Mapping[str, str]) -> str:
    parts = (name.get("given"), name.get("non-dropping-particle"), name.get("family"), name.get("literal"))
    return " ".join(part for part in parts if part)


class _Mapping:
    """One entry on its way to an item."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.kind = canonical_type(entry.type)
        # The fields that say something, by their own names; a name beats its aliases.
        self.given: dict[str, Field] = {}
        for name, field in entry.fields.items():
            if field.text and not field.text.isspace():
                if name in FIELD_ALIASES:
                    self.given.setdefault(FIELD_ALIASES[name], field)
                else:
                    self.given[name] = field
        self.made: Item = {"id": entry.key, "type": self.csl_type()}

    def item(self) -> Item:
        self.people()
        self.dates()
        self.titles()
        self.plain()
        self.numbers()
        self.publishers()
        self.places()
        self.made["citation-key"] = self.entry.key
        return self.made

    def put(self, variable: str, value: Any) -> None:
        if value not in ("", None, [], {}) and variable not in self.made:
            self.made[variable] = value

    def text(self, *names: str) -> str:
        """The text of the first of these fields, as CSL-JSON text."""
        for name in names:
            field = self.given.get(name)
            if field is not None:
                return guard(" ".join(field.text.split()))
        return ""

    def rich(self, *names: str) -> str:
        """The same with markup."""
        for name in names:
            field = self.given.get(name)
            if field is not None:
                return to_rich(" ".join(field.latex.split()))
        return ""

    def latex(self, name: str) -> str:
        """The LaTeX of a field, white space collapsed."""
        field = self.given.get(name)
        return " ".join(field.latex.split()) if field is not None else ""

    def csl_type(self) -> str:
        subtype = self.text("entrysubtype").casefold()
        if subtype in csltypes.SUBTYPES:
            return csltypes.SUBTYPES[subtype]
        kind = csltypes.TYPES.get(self.kind, "document")
        if kind == "article-journal" and not self.text("journaltitle", "shortjournal"):
            return "article"
        if kind == "manuscript" and "eventtitle" in self.given:
            return "speech"
        if kind in ("document", "webpage", "manuscript") and self.arxiv():
            return "article"
        return kind

    # People and dates

    def people(self) -> None:
        for field, variable in csltypes.NAMES:
            if field in self.given:
                self.add_names(variable, self.entry.people(field))
        for field in ("editor", "editora", "editorb", "editorc"):
            if field in self.given:
                role = self.text(f"{field}type").casefold()
                fallback = "editor" if field == "editor" else "contributor"
                self.add_names(csltypes.EDITOR_TYPES.get(role, fallback), self.entry.people(field))
        if self.kind == "patent" and "author" not in self.made:
            self.add_names("author", self.entry.people("holder"))

    def add_names(self, variable: str, names: NameList) -> None:
        written = [csl_name(each) for each in names]
        if names.others:
            written.append({"literal": "others"})
        if written:
            self.made[variable] = [*self.made.get(variable, []), *written]

    def dates(self) -> None:
        for prefix, variable in _DATES:
            if f"{prefix}date" not in self.given and f"{prefix}year" not in self.given:
                continue
            date = entry_date(self.entry, prefix)
            if date is not None:
                self.put(variable, csl_date(date))
            else:
                self.put(variable, {"literal": guard(literal_date(self.entry, prefix))})
        for name in ("lastchecked", "lastaccessed", "accessed", "urlaccessdate"):
            # The day of access in the fields of natbib's and JabRef's styles.
            self.put("accessed", {"raw": self.text(name)} if name in self.given else None)
        state = self.text("pubstate")
        self.put("status", csltypes.STATES.get(state.casefold(), state))

    # Titles

    def titles(self) -> None:
        title = self.joined("title", "subtitle", "titleaddon")
        main = self.joined("maintitle", "mainsubtitle", "maintitleaddon")
        container = self.container()
        if self.kind == "periodical" and "issuetitle" in self.given:
            title, container = self.joined("issuetitle", "issuesubtitle", "issuetitleaddon"), title
        if self.kind == "online" and not container and "author" in self.given:
            container, main = main or self.rich("organization"), ""
        if main and self.made["type"] in _PARTS:
            self.put("volume-title", container)
            container = main
        elif main and title:
            self.put("volume-title", title)
            title = main
        elif "subtitle" in self.given and "shorttitle" not in self.given:
            self.put("title-short", self.rich("title"))
        self.put("title", title or self.joined("issuetitle", "issuesubtitle", "issuetitleaddon"))
        self.put("container-title", container)
        if "volume-title" not in self.made or self.made["type"] in _PARTS:
            self.put("title-short", self.rich("shorttitle"))

    def container(self) -> str:
        """The title of what the work is part of."""
        if self.made["type"] in _ARTICLES:
            found = _sentence(self.rich("journaltitle", "shortjournal"), self.rich("journalsubtitle"))
            return found or self.rich("booktitle")
        if self.made["type"] in ("book", "periodical"):
            # Parents written for BibTeX give their own title again as booktitle, for their parts.
            return ""
        return self.joined("booktitle", "booksubtitle", "booktitleaddon") or self.rich("journaltitle")

    def joined(self, title: str, subtitle: str, addon: str) -> str:
        whole = _sentence(self.rich(title), self.rich(subtitle))
        added = self.rich(addon)
        if whole and added:
            return f"{whole} {added}" if whole.endswith(_ENDS_SENTENCE) else f"{whole}. {added}"
        return whole or added

    # Everything else

    def plain(self) -> None:
        for name in self.given:
            if (variable := csltypes.RICH.get(name)) is not None:
                self.put(variable, self.rich(name))
            elif (variable := csltypes.PLAIN.get(name)) is not None:
                self.put(variable, self.text(name))
        keywords = [tag.strip() for tag in re.split(r"[,;]", self.text("keywords")) if tag.strip()]
        self.put("keyword", ", ".join(keywords))
        note = [text for text in (self.rich("note"), self.rich("addendum")) if text]
        self.put("note", (" " if note and note[0].endswith(_ENDS_SENTENCE) else ". ").join(note))
        self.put("collection-title", _series(self.rich("series"), self.kind))
        self.put("language", self.language())
        self.genre()
        self.put("edition", _edition(self.text("edition")))

    def genre(self) -> None:
        genre = self.text("type") or IMPLIED_TYPE.get(self.entry.type, "")
        patent = _PATENT.match(genre)
        if patent is not None:
            self.put("authority", csltypes.AUTHORITIES[patent[2]])
            genre = patent[1]
        self.put("genre", csltypes.GENRES.get(genre.casefold(), genre))

    def language(self) -> str:
        """A BCP 47 tag; empty when the language is not known."""
        for name in ("langid", "language", "hyphenation"):
            written = self.text(name)
            found = csltypes.LANGUAGES.get(written.casefold().removeprefix("lang"))
            if found or _LANGUAGE_TAG.match(written):
                return found or written
        return ""

    def numbers(self) -> None:
        number, issue, eid = self.text("number"), self.text("issue"), self.text("eid")
        kind = self.made["type"]
        if kind in _ARTICLES or kind == "periodical":
            self.put("issue", number or issue)
        elif self.kind in ("report", "patent", "manual", "standard", "dataset", "software", "online", "misc", "thesis",
                           "legislation", "jurisdiction", "legal", "unpublished"):  # fmt: skip
            self.put("number", number)
        else:
            self.put("collection-number", number)
        pages = self.text("pages")
        if kind in _ARTICLES and is_article_number(pages):
            eid, pages = eid or pages, ""
        self.put("number", eid)
        self.put("page", ", ".join(str(each.expanded) for each in parse_pages(pages)))

    def publishers(self) -> None:
        if self.made["type"] == "thesis" or self.kind == "report":
            publisher = self.rich("institution", "publisher", "organization")
        else:
            publisher = self.rich("publisher", "institution", "organization")
        if self.kind == "online" and publisher == self.made.get("container-title"):
            publisher = ""
        how = self.latex("howpublished")
        if not publisher and how and _URL.search(how) is None and not _BARE_URL.match(how.strip()):
            publisher = self.rich("howpublished")
        several = split_list(publisher)
        # Of "A and B" nobody can say whether it is one house or two.
        self.put("publisher", "; ".join(several) if len(several) > 2 else publisher)
        places = [csltypes.COUNTRIES.get(place, to_rich(place)) for place in split_list(self.latex("location"))]
        self.put("authority" if self.kind == "patent" else "publisher-place", "; ".join(places))

    def places(self) -> None:
        """Where the work is found: DOI, address, archive."""
        entry = self.entry
        written = entry.text("doi").strip()
        doi = parse_doi(written) if written else None
        self.put("DOI", guard(doi.value if isinstance(doi, DOI) else _RESOLVER.sub("", written)))
        self.put("URL", entry.text("url").strip() or _address_in(entry.latex("howpublished")))
        self.eprint()

    def arxiv(self) -> ArXiv | None:
        kind = self.entry.first("eprinttype", "archiveprefix").strip().casefold()
        found = parse_arxiv(self.entry.text("eprint")) if kind == "arxiv" else None
        return found if isinstance(found, ArXiv) else None

    def eprint(self) -> None:
        eprint = self.entry.text("eprint").strip()
        if not eprint:
            return
        arxiv = self.arxiv()
        address = ""
        match self.entry.first("eprinttype", "archiveprefix").strip().casefold():
            case "arxiv" if arxiv is not None:
                address = arxiv.url
                if self.made["type"] == "article":
                    self.put("number", f"arXiv:{arxiv.value}")
                    self.put("publisher", "arXiv")
            case "pubmed" | "pmid":
                self.put("PMID", eprint)
            case "pmcid" | "pmc":
                self.put("PMCID", eprint)
            case "jstor":
                address = f"https://www.jstor.org/stable/{eprint}"
            case "hdl" | "handle":
                address = f"https://hdl.handle.net/{eprint}"
            case "googlebooks":
                address = f"https://books.google.com/books?id={eprint}"
        if "DOI" not in self.made:
            self.put("URL", address)


def csl_name(name: Name) -> dict[str, str]:
    """A name as CSL-JSON writes it; BibTeX's particle goes with the family name (non-dropping)."""
    if name.literal:
        return {"literal": guard(name.family)}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: guard(text) for part, text in parts.items() if text}


def csl_date(date: AnyDate) -> Item:
    """A date as CSL-JSON writes it. An end that is open is ``[0]``, as citeproc-js has it."""
    if isinstance(date, DateRange):
        if date.start is None:
            return {"literal": f"–{date.end.year}"} if date.end else {}
        made: Item = {"date-parts": [_parts(date.start), _parts(date.end) if date.end else [0]]}
        doubtful = any(each and (each.uncertain or each.approximate) for each in (date.start, date.end))
        return made | {"circa": True} if doubtful else made
    if date.unspecified in ("decade", "century"):
        last = date.year + (9 if date.unspecified == "decade" else 99)
        return {"date-parts": [[date.year], [last]]}
    made = {"date-parts": [_parts(date)]}
    if 21 <= date.season <= 24:
        made["season"] = date.season - 20
    return made | {"circa": True} if date.uncertain or date.approximate else made


def _parts(date: Date) -> list[int]:
    """``date-parts``; CSL counts years before Christ without a year 0."""
    year, *rest = date.parts
    return [year if year > 0 else year - 1, *rest]


def _series(series: str, kind: str) -> str:
    """A series; of a journal it may be a number or one of biblatex's keys (manual, field ``series``)."""
    if series in csltypes.SERIES:
        return csltypes.SERIES[series]
    if kind in ("article", "periodical") and series.isdecimal() and len(series) < 3:
        number = int(series)
        ending = "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending} series"
    return series


def _sentence(title: str, subtitle: str) -> str:
    if title and subtitle:
        first = subtitle.split(" ", 1)[0]
        if first.islower() and first.isalpha():
            subtitle = subtitle[0].upper() + subtitle[1:]
        return f"{title} {subtitle}" if title.endswith(_ENDS_SENTENCE) else f"{title}: {subtitle}"
    return title or subtitle


def _edition(text: str) -> str:
    """An edition as a number where it is one: ``Second``, ``2nd``, ``2nd ed.`` are 2."""
    word = re.sub(r"\s*(?:edition|edn?\.?)\Z", "", text, flags=re.IGNORECASE)
    if word.casefold() in csltypes.ORDINALS:
        return str(csltypes.ORDINALS.index(word.casefold()) + 1)
    match = _ORDINAL.match(word)
    return match[1] if match else text


def _address_in(howpublished: str) -> str:
    match = _URL.search(howpublished)
    if match is not None:
        return (match[1] or match[2] or "").strip()
    bare = howpublished.strip()
    return bare if _BARE_URL.match(bare) else ""
