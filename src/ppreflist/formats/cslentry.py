"""CSL-JSON items as entries: what ``add`` writes into the library. The other direction is in ``csljson``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from ppreflist.bibtex.latex import TAG_GUARD, encode
from ppreflist.bibtex.names import format_names
from ppreflist.formats import csltypes
from ppreflist.formats.loosedate import loose_date
from ppreflist.model.date import Date, DateRange, edtf, parse_date
from ppreflist.model.entrytype import IMPLIED_TYPE
from ppreflist.model.identifier import ArXiv, parse_arxiv
from ppreflist.model.name import Name, NameList

_TAG: Final = re.compile(r"</?(?:i|b|sup|sub|sc)>|<span[^<>]{0,100}>|</span>")
_COMMANDS: Final = {
    "<i>": "\\emph{",
    "<b>": "\\textbf{",
    "<sup>": "\\textsuperscript{",
    "<sub>": "\\textsubscript{",
    "<sc>": "\\textsc{",
}
_NAME_FIELDS: Final = (
    ("author", "author"),
    ("editor", "editor"),
    ("container-author", "bookauthor"),
    ("translator", "translator"),
    ("director", "director"),
)
_TITLE_FIELDS: Final = (
    ("title", "title"),
    ("volume-title", "volumetitle"),
    ("title-short", "shorttitle"),
    ("collection-title", "series"),
    ("container-title-short", "shortjournal"),
    ("original-title", "origtitle"),
    ("event-title", "eventtitle"),
    ("note", "note"),
    ("abstract", "abstract"),
    ("annote", "annotation"),
    ("collection-title-short", "shortseries"),
    ("original-publisher", "origpublisher"),
    ("original-publisher-place", "origlocation"),
)
_TEXT_FIELDS: Final = (
    ("edition", "edition"),
    ("volume", "volume"),
    ("number-of-volumes", "volumes"),
    ("part-number", "part"),
    ("collection-number", "number"),
    ("issue", "number"),
    ("chapter-number", "chapter"),
    ("number-of-pages", "pagetotal"),
    ("version", "version"),
    ("event-place", "venue"),
    ("status", "pubstate"),
    ("keyword", "keywords"),
    ("call-number", "library"),
)
_VERBATIM_FIELDS: Final = (
    ("DOI", "doi"),
    ("ISBN", "isbn"),
    ("ISSN", "issn"),
    ("PMID", "pmid"),
    ("PMCID", "pmcid"),
    ("URL", "url"),
)
_DATE_FIELDS: Final = (
    ("issued", "date"),
    ("original-date", "origdate"),
    ("event-date", "eventdate"),
    ("accessed", "urldate"),
)
_ROLES: Final = {
    variable: role
    for role, variable in reversed(csltypes.EDITOR_TYPES.items())
    if variable not in ("editor", "contributor", "director")
}
"""Name variable -> ``editoratype``."""
_ROLE_FIELDS: Final = ("editora", "editorb", "editorc")
READ: Final = frozenset(
    {name for pairs in (_NAME_FIELDS, _TITLE_FIELDS, _TEXT_FIELDS, _VERBATIM_FIELDS, _DATE_FIELDS) for name, _ in pairs}
    | {"type", "container-title", "page", "number", "publisher", "publisher-place", "genre", "language"}
    | _ROLES.keys()
)
"""The variables that become fields."""
FIELD_OF: Final = {
    **{
        variable: field
        for pairs in (_NAME_FIELDS, _TITLE_FIELDS, _TEXT_FIELDS, _VERBATIM_FIELDS, _DATE_FIELDS)
        for variable, field in pairs
    },
    "type": "the entry type",
    "container-title": "journal or booktitle",
    "page": "pages",
    "publisher-place": "address",
    "genre": "type",
    "number": "number or eid",
    "collection-number": "number of the series",
    "language": "langid",
}
"""Variable -> the field that it becomes, for people; others go by their own names."""
_ORDER: Final = [
    "author",
    "bookauthor",
    "editor",
    "translator",
    "director",
    "title",
    "shorttitle",
    "journal",
    "booktitle",
    "maintitle",
    "organization",
    "series",
    "year",
    "date",
    "volume",
    "number",
    "part",
    "edition",
    "chapter",
    "version",
    "pages",
    "eid",
    "pagetotal",
    "volumes",
    "publisher",
    "school",
    "institution",
    "address",
    "type",
    "doi",
    "eprint",
    "eprinttype",
    "pmid",
    "pmcid",
    "isbn",
    "issn",
    "url",
    "urldate",
]
"""The order in which people write the fields; others follow."""
_IN_BOOKS: Final = frozenset({"chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"})
_DASHES: Final = re.compile(r"(?<=\w)\s*[-\u2010-\u2015]+\s*(?=\w)")
_WORD: Final = re.compile(r"[^\W_]+")
_CASED: Final = frozenset({"title", "volume-title"})
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
_SPOILING: Final = re.compile(r"[{}\\\"]")


def entry_fields(data: Mapping[str, Any], encoding: str = "utf-8") -> tuple[str, tuple[tuple[str, str], ...]]:
    """The entry type and the (field, LaTeX value) pairs of a CSL-JSON item, in the order in which people write them.

    Fields have BibTeX's names where BibTeX has one (``journal``, ``address``), so that every style reads them. Values
    are balanced and have no control characters; ``encoding`` is that of the file they are for (``latex.encode``).
    """
    return _Reading(data, encoding).entry()


class _Reading:
    """One item on its way to an entry."""

    def __init__(self, data: Mapping[str, Any], encoding: str) -> None:
        self.data = data
        self.encoding = encoding
        self.fields: dict[str, str] = {}
        self.type = str(data.get("type", ""))
        self.kind, self.subtype = csltypes.ENTRY_TYPES.get(self.type, ("misc", ""))

    def entry(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        self.names()
        for variable, field in _TITLE_FIELDS:
            if variable in self.data:
                self.put(field, self.rich(variable, protect=variable in _CASED))
        self.titles()
        self.dates()
        for variable, field in _TEXT_FIELDS:
            if variable in self.data:
                self.put(field, self.plain(variable))
        self.put("pages", _DASHES.sub("--", self.plain("page")))
        self.number()
        self.publisher()
        self.genre()
        for variable, field in _VERBATIM_FIELDS:
            if variable in self.data:
                self.put(field, _verbatim(self.text(variable)))
        self.language()
        self.put("entrysubtype", self.subtype)
        first = [name for name in _ORDER if name in self.fields]
        order = [*first, *(name for name in self.fields if name not in first)]
        return self.kind, tuple((name, self.fields[name]) for name in order)

    def put(self, field: str, latex: str) -> None:
        if latex.strip() and field not in self.fields:
            self.fields[field] = latex

    def text(self, variable: str) -> str:
        value = self.data.get(variable)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return ""
        return _clean(str(value))

    def plain(self, variable: str) -> str:
        return encode(self.text(variable), self.encoding)

    def rich(self, variable: str, *, protect: bool = False) -> str:
        value = self.data.get(variable)
        if not isinstance(value, str):
            return ""
        text = value if _is_one_line(value) else _UNPRINTABLE.sub(" ", value)
        return from_rich(text.strip(), self.encoding, protect=protect)

    def names(self) -> None:
        for variable, field in _NAME_FIELDS:
            if variable in self.data:
                self.people(variable, field)
        free = iter(_ROLE_FIELDS)
        for variable in [each for each in _ROLES if each in self.data]:
            field = next(free, "")
            if field and self.people(variable, field):
                self.put(f"{field}type", _ROLES[variable])

    def people(self, variable: str, field: str) -> bool:
        value = self.data.get(variable)
        names = [_name(each) for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
        others = len(names) > 1 and names[-1] == Name("others", literal=True)
        kept = tuple(name for name in (names[:-1] if others else names) if name.family or name.given)
        if kept:
            self.put(field, format_names(NameList(kept, others), self.encoding))
        return bool(kept)

    def titles(self) -> None:
        in_book = self.kind not in ("article", "periodical", "online")
        container = self.rich("container-title", protect=in_book)
        if in_book:
            self.put("booktitle", container)
        else:
            self.put("organization" if self.kind == "online" else "journal", container)
        volume = self.fields.pop("volumetitle", "")
        if volume and self.type in _IN_BOOKS:
            self.fields["maintitle"], self.fields["booktitle"] = container, volume
        elif volume:
            self.fields["maintitle"], self.fields["title"] = self.fields.get("title", ""), volume

    def dates(self) -> None:
        for variable, field in _DATE_FIELDS:
            value = self.data.get(variable)
            if not isinstance(value, Mapping):
                continue
            written = _date(value)
            if field == "date" and (not written or written.isdigit()):
                self.put("year", written or encode(_literal(value), self.encoding))
            else:
                self.put(field, written)

    def number(self) -> None:
        number = self.text("number").replace("\\-", "-")
        arxiv = parse_arxiv(number) if number.casefold().startswith("arxiv:") else None
        if isinstance(arxiv, ArXiv):
            self.put("eprint", arxiv.value)
            self.put("eprinttype", "arxiv")
        elif self.kind in ("article", "incollection", "inproceedings"):
            self.put("eid", encode(number, self.encoding))
        else:
            self.put("number", encode(number, self.encoding))

    def publisher(self) -> None:
        publisher = self.rich("publisher")
        if self.kind == "thesis":
            self.put("school", publisher)
        elif self.kind == "report":
            self.put("institution", publisher)
        elif not (publisher == "arXiv" and "eprint" in self.fields):
            self.put("publisher", publisher)
        self.put("address", self.rich("publisher-place"))

    def genre(self) -> None:
        genre = self.text("genre")
        folded = genre.casefold()
        if self.kind == "thesis":
            if "master" in folded:
                self.kind = "mastersthesis"
            elif re.search(r"doctora|ph\.?\s?d|dissertation", folded) or not genre:
                self.kind = "phdthesis"
            implied = csltypes.GENRES.get(IMPLIED_TYPE.get(self.kind, ""), "")
            self.put("type", encode(genre, self.encoding) if folded != implied.casefold() else "")
        elif self.kind == "report" and folded in ("", "technical report"):
            self.kind = "techreport"
        else:
            self.put("type", encode(genre, self.encoding))

    def language(self) -> None:
        """The language, unless it is English, which is what a style takes an entry to be."""
        tag = self.text("language")
        names = {tag: name for name, tag in reversed(csltypes.LANGUAGES.items())}
        if not tag.casefold().startswith("en"):
            self.put("langid", names.get(tag) or names.get(tag.partition("-")[0], ""))


def from_rich(text: str, encoding: str = "utf-8", *, protect: bool = False) -> str:
    """CSL-JSON rich text as LaTeX; a closing tag without its partner is left out.

    With ``protect``, words with a capital behind their first letter (``DNA``, ``mRNA``, ``McArdle``) are put in braces,
    as BibTeX styles make titles lower case; not so when the whole text is in capitals.
    """
    protect = protect and any(character.islower() for character in _TAG.sub("", text))
    pieces: list[str] = []
    closers: list[str] = []

    def write(part: str) -> None:
        part = part.replace(TAG_GUARD, "")
        if protect and "</span>" not in closers:
            pieces.append(_protected(part, encoding))
        else:
            pieces.append(encode(part, encoding))

    position = 0
    for match in _TAG.finditer(text):
        write(text[position : match.start()])
        position = match.end()
        tag = match[0]
        if tag.startswith("</"):
            while tag in closers:
                pieces.append("}")
                if closers.pop() == tag:
                    break
        elif tag in _COMMANDS:
            pieces.append(_COMMANDS[tag])
            closers.append(f"</{tag[1:]}")
        else:
            pieces.append("\\textsc{" if "small-caps" in tag else "{")
            closers.append("</span>")
    write(text[position:])
    return "".join(pieces) + "}" * len(closers)


def _protected(text: str, encoding: str) -> str:
    """Plain text as LaTeX, with braces around the words whose capitals matter."""
    pieces: list[str] = []
    position = 0
    for word in _WORD.finditer(text):
        behind = word[0][1:]
        if not behind.islower() and any(letter.isupper() for letter in behind):
            pieces.append(encode(text[position : word.start()], encoding))
            pieces.append(f"{{{encode(word[0], encoding)}}}")
            position = word.end()
    pieces.append(encode(text[position:], encoding))
    return "".join(pieces)


def _is_one_line(text: str) -> bool:
    """Whether a text has neither control characters nor white space other than single spaces."""
    return text.isprintable() and "  " not in text


def _clean(text: str) -> str:
    if _is_one_line(text):
        return text.strip()
    return _UNPRINTABLE.sub(" ", text.replace(TAG_GUARD, "")).strip()


def _name(parts: Mapping[str, Any]) -> Name:
    """A CSL-JSON name; a particle that BibTeX could not tell from a name stays with the family name."""
    texts = {key: _clean(value) for key, value in parts.items() if isinstance(value, str)}
    family, given = texts.get("family", ""), texts.get("given", "")
    if not family:
        return Name(texts.get("literal") or given, literal=True)
    particles = (texts.get("dropping-particle", ""), texts.get("non-dropping-particle", ""))
    particle = " ".join(each for each in particles if each)
    if particle and not particle.split()[-1][:1].islower():
        family, particle = f"{particle} {family}", ""
    return Name(family, given, particle, texts.get("suffix", ""))


def _date(value: Mapping[str, Any]) -> str:
    """A CSL-JSON date in EDTF, or empty when it is no date."""
    given = value.get("date-parts")
    dates = [_date_parts(each, value) for each in given[:2]] if isinstance(given, list) else []
    if dates and dates[0] is not None:
        return edtf(dates[0]) if len(dates) == 1 else str(DateRange(dates[0], dates[1]))
    found = loose_date(_literal(value))
    return str(found) if found is not None else ""


def _date_parts(parts: Any, value: Mapping[str, Any]) -> Date | None:
    try:
        year, month, day = [*(int(part or 0) for part in parts[:3]), 0, 0, 0][:3]
    except (TypeError, ValueError):
        return None
    if not year:
        return None
    year = year if year > 0 else year + 1
    season = str(value.get("season"))
    circa = bool(value.get("circa"))
    if not month and season in ("1", "2", "3", "4"):
        return Date(year, season=20 + int(season), approximate=circa)
    date = Date(year, month, day if month else 0, approximate=circa)
    return date if parse_date(edtf(date)) is not None else Date(year, approximate=circa)


def _literal(value: Mapping[str, Any]) -> str:
    return _clean(str(value.get("literal") or value.get("raw") or ""))


def _verbatim(text: str) -> str:
    """An address or identifier for a verbatim field: what would spoil the file is percent-encoded (RFC 3986, 2.1)."""
    return _SPOILING.sub(lambda match: f"%{ord(match[0]):02X}", text)
