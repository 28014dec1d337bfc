"""EndNote XML, as EndNote exports it (File > Export > XML) and Zotero and Mendeley do.

There is no published schema; the elements are those of EndNote's 'RSXML' document type, and what they hold is what the
tags of RIS hold (``ristags``), so that the meaning of a reference type's fields stands in one place.

Records are read one by one: one that is damaged costs only itself. Documents with a document type declaration are
refused, and with it every trick with entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ppreflist.bibtex.latex import TAG_GUARD
from ppreflist.formats.imported import Reading, Unread
from ppreflist.formats.lines import LineCount
from ppreflist.formats.plain import one_line
from ppreflist.formats.ristags import Tags, item_of, tags_of

_NUMBERS: Final[dict[int, str]] = {
    2: "ART", 3: "ADVS", 4: "BILL", 5: "CHAP", 6: "BOOK", 7: "CASE", 8: "CTLG", 9: "COMP", 10: "CONF", 12: "WEB",
    13: "GEN", 14: "HEAR", 17: "JOUR", 19: "MGZN", 20: "MAP", 21: "MPCT", 23: "NEWS", 24: "PAMP", 25: "PAT",
    26: "PCOMM", 27: "RPRT", 28: "EDBOOK", 31: "STAT", 32: "THES", 34: "UNPB", 36: "MANSCPT", 37: "FIGURE",
    38: "CHART", 39: "EQUA", 43: "EJOUR", 44: "EBOOK", 45: "DBASE", 46: "GOVDOC", 47: "CPAPER", 48: "MULTI",
    49: "CLSWK", 50: "LEGAL", 51: "ANCIENT", 52: "DICT", 53: "ENCYC", 54: "GRANT", 55: "AGGR", 56: "BLOG", 57: "SER",
    58: "STAND", 59: "DATA", 60: "ECHAP", 61: "MUSIC",
}  # fmt: skip
"""EndNote's numbers of reference types -> ``TY`` of RIS."""
_TITLES: Final = {
    "ART": "Artwork", "BILL": "Bill", "BLOG": "Blog", "BOOK": "Book", "CASE": "Case", "CHAP": "Book Section",
    "COMP": "Computer Program", "CPAPER": "Conference Paper", "DATA": "Dataset", "DICT": "Dictionary",
    "ENCYC": "Encyclopedia", "GEN": "Generic", "HEAR": "Hearing", "JOUR": "Journal Article",
    "MANSCPT": "Manuscript", "MAP": "Map", "MGZN": "Magazine Article", "MPCT": "Film or Broadcast", "MUSIC": "Music",
    "NEWS": "Newspaper Article", "PAMP": "Pamphlet", "PAT": "Patent", "PCOMM": "Personal Communication",
    "RPRT": "Report", "SER": "Serial", "STAND": "Standard", "STAT": "Statute", "THES": "Thesis",
    "UNPB": "Unpublished Work", "WEB": "Web Page",
}  # fmt: skip
"""``TY`` of RIS -> EndNote's names, for those that are written."""
_WRITTEN_AS: Final = {"ELEC": "WEB", "ICOMM": "WEB", "SLIDE": "CPAPER", "VIDEO": "ADVS", "SOUND": "MUSIC"}
"""What has no number of its own in EndNote."""
_TITLES_OF_OTHERS: Final = {"ADVS": "Audiovisual Material"}
_PATHS: Final[tuple[tuple[str, str], ...]] = (
    ("AU", "contributors/authors/author"),
    ("A2", "contributors/secondary-authors/author"),
    ("A3", "contributors/tertiary-authors/author"),
    ("A4", "contributors/subsidiary-authors/author"),
    ("TI", "titles/title"),
    ("T2", "titles/secondary-title"),
    ("T3", "titles/tertiary-title"),
    ("J2", "titles/alt-title"),
    ("ST", "titles/short-title"),
    ("JF", "periodical/full-title"),
    ("J2", "periodical/abbr-1"),
    ("SP", "pages"),
    ("VL", "volume"),
    ("IS", "number"),
    ("IS", "issue"),
    ("NV", "num-vols"),
    ("ET", "edition"),
    ("SE", "section"),
    ("KW", "keywords/keyword"),
    ("PY", "dates/year"),
    ("DA", "dates/pub-dates/date"),
    ("CY", "pub-location"),
    ("PB", "publisher"),
    ("SN", "isbn"),
    ("SN", "report-id"),
    ("AN", "accession-num"),
    ("CN", "call-num"),
    ("DO", "electronic-resource-num"),
    ("AB", "abstract"),
    ("ID", "label"),
    ("N1", "notes"),
    ("RN", "research-notes"),
    ("M3", "work-type"),
    ("DB", "remote-database-name"),
    ("LA", "language"),
    ("UR", "urls/related-urls/url"),
    ("UR", "urls/web-urls/url"),
    ("L1", "urls/pdf-urls/url"),
    ("Y2", "access-date"),
    ("C1", "custom1"),
    ("C2", "custom2"),
    ("C3", "custom3"),
    ("C7", "custom7"),
    ("M1", "misc1"),
    ("M3", "misc2"),
    ("SV", "secondary-volume"),
)
"""Tags and where they stand in a record, in EndNote's order; the first path of a tag is the one that is written."""
_TAG_AT: Final = {path: tag for tag, path in _PATHS}
_PARENTS: Final = frozenset(path.rpartition("/")[0] for path in _TAG_AT) | {"contributors", "dates", "urls"}
_OF_NO_USE: Final = frozenset(
    {"database", "source-app", "rec-number", "ref-type", "foreign-keys", "modified-date", "added-date"}
)
_RECORD: Final = re.compile(r"<record(?=[\s>])")
_CLOSING: Final = "</record>"
_DECLARATION: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FACES: Final = {"italic": "i", "bold": "b", "superscript": "sup", "subscript": "sub"}
_NAMES_OF_FACES: Final = {tag: face for face, tag in _FACES.items()}
_STYLED: Final = re.compile(r"<(/?)(i|b|sup|sub)>")
_SPAN: Final = re.compile(r"<span [^<>]{0,100}>|</span>")
_RICH: Final = frozenset({"TI", "T2", "T3", "ST", "AB", "N1"})
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_MOST_DAMAGED: Final = 100


def read(text: str) -> Reading:
    """The records of an EndNote XML file."""
    reading = Reading()
    declaration = _DECLARATION.search(text)
    if declaration is not None:
        line = text.count("\n", 0, declaration.start()) + 1
        reading.unread.append(
            Unread(line, "the XML declares a document type, which EndNote's does not; it is not read",
                   "Take the <!DOCTYPE ...> out if you know where the file comes from.")
        )  # fmt: skip
        return reading
    lines = LineCount(text)
    for start, end in _spans(text):
        line = lines.at(start)
        if end < 0:
            hint = "Download or export it again."
            reading.unread.append(Unread(line, "the file ends inside of this record: it was cut off", hint))
            break
        try:
            record = fromstring(text[start:end])
        except ParseError as error:
            damaged = Unread(line + error.position[0] - 1, f"this record is no XML: {str(error).partition(':')[0]}",
                             "Correct it, or leave the record out.")  # fmt: skip
            reading.unread.append(damaged)
        except (DefusedXmlException, ValueError, RecursionError):
            reading.unread.append(Unread(line, "this record is no XML that is safe to read", "Leave it out."))
        else:
            item, key, left_out = item_of(list(_tags(record)))
            reading.take(item, line, key, left_out)
        if len(reading.unread) >= _MOST_DAMAGED:
            break
    return reading


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each record begins and ends; the end is -1 when the file ends first."""
    position = 0
    while (match := _RECORD.search(text, position)) is not None:
        closing = text.find(_CLOSING, match.end())
        yield match.start(), closing + len(_CLOSING) if closing >= 0 else -1
        if closing < 0:
            return
        position = closing + len(_CLOSING)


def _tags(record: Element) -> Iterator[tuple[str, str]]:
    """The tags of a record; an element that no tag stands for goes by its own name."""
    yield "TY", _type(record.find("ref-type"))
    for element in record:
        name = str(element.tag)
        if name not in _OF_NO_USE:
            yield from _leaves(element, name)


def _leaves(element: Element, path: str) -> Iterator[tuple[str, str]]:
    tag = _TAG_AT.get(path)
    if tag is None and path in _PARENTS:
        for child in element:
            yield from _leaves(child, f"{path}/{child.tag}")
    else:
        text = _text(element, rich=tag in _RICH)
        if text:
            yield tag or path, text


def _type(element: Element | None) -> str:
    if element is None:
        return "GEN"
    number = (element.text or "").strip()
    if number.isascii() and number.isdigit() and int(number[:4]) in _NUMBERS:
        return _NUMBERS[int(number[:4])]
    named = {name.casefold(): tag for tag, name in (*_TITLES.items(), *_TITLES_OF_OTHERS.items())}
    return named.get(element.get("name", "").strip().casefold(), "GEN")


def _text(element: Element, *, rich: bool) -> str:
    """The text of an element; EndNote wraps it in ``style`` elements, whose faces are its markup."""
    pieces = [element.text or ""]
    for style in element:
        inner = "".join(style.itertext())
        faces = [_FACES[face] for face in style.get("face", "").split() if face in _FACES] if rich else []
        if faces and inner.strip():
            inner = "".join(f"<{face}>" for face in faces) + inner + "".join(f"</{face}>" for face in reversed(faces))
        pieces += [inner, style.tail or ""]
    return " ".join("".join(pieces).split())


def records(items: Iterable[Mapping[str, Any]]) -> str:
    """The XML document of CSL-JSON items (``csljson.item``)."""
    written = "".join(tostring(_record(data, number), encoding="unicode") for number, data in enumerate(items, 1))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>{written}</records></xml>\n'


def _record(data: Mapping[str, Any], number: int) -> Element:
    record = Element("record")
    record.tail = "\n"
    SubElement(record, "rec-number").text = str(number)
    tags = _merged(tags_of(data, one_line))
    kind = next(_WRITTEN_AS.get(text, text) for tag, text in tags if tag == "TY")
    numbers = {tag: each for each, tag in _NUMBERS.items()}
    name = _TITLES.get(kind) or _TITLES_OF_OTHERS.get(kind, "Generic")
    SubElement(record, "ref-type", name=name).text = str(numbers.get(kind, 13))
    seen: set[str] = set()
    for tag, path in _PATHS:
        if tag in seen:
            continue
        seen.add(tag)
        for each, text in tags:
            if each == tag:
                _put(record, path, text, rich=tag in _RICH)
    return record


def _merged(tags: Tags) -> Tags:
    """First and last page in one, as EndNote has them."""
    last = next((text for tag, text in tags if tag == "EP"), "")
    return [(tag, f"{text}-{last}" if tag == "SP" and last else text) for tag, text in tags if tag != "EP"]


def _put(record: Element, path: str, text: str, *, rich: bool) -> None:
    """Put a text where the path says, its markup as the faces of styles; elements on the way are made once."""
    parent = record
    *way, name = path.split("/")
    for step in way:
        found = parent.find(step)
        parent = SubElement(parent, step) if found is None else found
    element = SubElement(parent, name)
    faces: list[str] = []
    # Every third part is text; the two between say whether a tag closes and which it is.
    parts = [*_STYLED.split(_SPAN.sub("", _FORBIDDEN.sub("", text))), "", ""]
    for piece, closing, tag in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if piece:
            styled = SubElement(
                element, "style", face=" ".join(_NAMES_OF_FACES[each] for each in faces) if rich and faces else "normal"
            )
            styled.text = piece.replace(TAG_GUARD, "")
        if closing and tag in faces:
            faces.remove(tag)
        elif tag and not closing:
            faces.append(tag)
