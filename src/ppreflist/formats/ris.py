"""Entries as RIS records.

The tags are those of Reference Manager's 'RIS Format Specifications' (2011), read by EndNote, Zotero, Mendeley and
JabRef. A record is made from the CSL-JSON item, so that types, dates and inheritance are decided in one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from ppreflist.bibtex.latex import TAG_GUARD

TYPES: Final[dict[str, str]] = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "broadcast": "VIDEO",
    "chapter": "CHAP",
    "dataset": "DATA",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "graphic": "ART",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "UNPB",
    "map": "MAP",
    "motion_picture": "MPCT",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "periodical": "SER",
    "personal_communication": "PCOMM",
    "post": "ELEC",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "review": "JOUR",
    "software": "COMP",
    "song": "SOUND",
    "speech": "GEN",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
"""CSL type -> ``TY``; others are ``GEN``."""

_NAMES: Final = (
    ("author", "AU"),
    ("editor", "A2"),
    ("container-author", "A2"),
    ("collection-editor", "A3"),
    ("translator", "A4"),
    ("director", "AU"),
    ("compiler", "A2"),
)
_TEXTS: Final = (
    ("title", "TI"),
    ("title-short", "ST"),
    ("container-title", "T2"),
    ("collection-title", "T3"),
    ("container-title-short", "J2"),
    ("volume", "VL"),
    ("issue", "IS"),
    ("edition", "ET"),
    ("publisher", "PB"),
    ("publisher-place", "CY"),
    ("genre", "M3"),
    ("DOI", "DO"),
    ("URL", "UR"),
    ("language", "LA"),
    ("abstract", "AB"),
    ("note", "N1"),
    ("PMID", "AN"),
)
_TAG: Final = re.compile(r"</?(?:i|b|sup|sub|sc)>|<span [^<>]{0,100}>|</span>")
_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def records(items: Iterable[Mapping[str, Any]]) -> str:
    """The RIS file of CSL-JSON items (``csljson.item``): lines end in CR LF, as the specification asks."""
    return "".join(record(each) for each in items)


def record(data: Mapping[str, Any]) -> str:
    """One RIS record, from ``TY`` to ``ER`` and the blank line behind it."""
    lines = [("TY", TYPES.get(str(data.get("type", "")), "GEN")), ("ID", _plain(data.get("id")))]
    for variable, tag in _NAMES:
        lines += [(tag, _name(each)) for each in data.get(variable, ())]
    lines += [(tag, _plain(data.get(variable))) for variable, tag in _TEXTS]
    lines += _dates(data)
    lines += _pages(_plain(data.get("page")), _plain(data.get("number")))
    lines += [("SN", _plain(data.get(variable))) for variable in ("ISSN", "ISBN")]
    lines += [("KW", tag.strip()) for tag in _plain(data.get("keyword")).split(",")]
    body = "".join(f"{tag}  - {text}\r\n" for tag, text in lines if text)
    return f"{body}ER  - \r\n\r\n"


def _plain(value: Any) -> str:
    """CSL-JSON text without markup and without anything that would end the line."""
    if value is None:
        return ""
    text = _TAG.sub("", str(value)).replace(TAG_GUARD, "")
    return " ".join(_BREAKS.sub(" ", text).split())


def _name(parts: Mapping[str, str]) -> str:
    if "literal" in parts:
        return _plain(parts["literal"])
    family = " ".join(part for part in (parts.get("non-dropping-particle"), parts.get("family")) if part)
    whole = [family, parts.get("given", ""), parts.get("suffix", "")]
    while whole and not whole[-1]:
        whole.pop()
    return _plain(", ".join(whole))


def _dates(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    lines = []
    for variable, tag in (("issued", "DA"), ("accessed", "Y2")):
        date = data.get(variable)
        parts = date.get("date-parts") if isinstance(date, Mapping) else None
        if parts and parts[0]:
            numbers = parts[0]
            if tag == "DA":
                lines.append(("PY", str(numbers[0])))
            written = [f"{number:02}" for number in numbers[1:]]
            if written or tag == "Y2":
                lines.append((tag, "/".join([f"{numbers[0]:04}", *written])))
        elif isinstance(date, Mapping) and tag == "DA":
            lines.append(("PY", _plain(date.get("literal"))))
    return lines


def _pages(pages: str, number: str) -> list[tuple[str, str]]:
    """``SP`` and ``EP`` for one range, everything in ``SP`` for several; an article or report number is ``M1``."""
    first, dash, last = pages.partition("–")
    lines = [("SP", first), ("EP", last)] if dash and "," not in pages and "–" not in last else [("SP", pages)]
    return [*lines, ("M1", number)]
