"""Citations as they come in: CSL-JSON cites, or the citation objects of citeproc-js.

https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html#cite-items
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ppreflist.csl import markup as m
from ppreflist.csl import richtext

_TRUE: Final = (True, 1, "true")
# "vol. 1": a locator that starts with a label of its own.
_LABELS: Final = {
    "art.": "article-locator", "bk.": "book", "ch.": "chapter", "chap.": "chapter", "col.": "column",
    "fig.": "figure", "fol.": "folio", "l.": "line", "n.": "note", "no.": "issue", "op.": "opus",
    "p.": "page", "pp.": "page", "para.": "paragraph", "pt.": "part", "r.": "rule", "sec.": "section",
    "§": "section", "s.v.": "sub-verbo", "sv.": "sub-verbo", "supp.": "supplement", "tbl.": "table",
    "vrs.": "verse", "v.": "verse", "vol.": "volume",
}  # fmt: skip


_LABEL: Final = re.compile(rf"({'|'.join(re.escape(label) for label in _LABELS)})\s+(?=\d|[IVXLC]+\b)")


def _labelled(label: str, locator: str) -> tuple[str, str]:
    """ "vol. 1, fol. 186": the label that a locator begins with counts, and is taken off."""
    match = _LABEL.match(locator) if label == "page" else None
    return (_LABELS[match[1]], locator[match.end() :]) if match else (label, locator)


class CiteData:
    """One cite of a citation, as asked for, and what the document makes of it."""

    __slots__ = (
        "first_note",
        "form",
        "id",
        "label",
        "locator",
        "near_note",
        "position",
        "positions",
        "prefix",
        "suffix",
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.id = str(data.get("id", ""))
        locator = data.get("locator")
        text = m.clean(str(locator)).strip() if isinstance(locator, str | int | float) else ""
        label = data.get("label")
        self.label = (label.strip() if isinstance(label, str) and label.strip() else "page") if text else ""
        if text:
            self.label, text = _labelled(self.label.replace("sub verbo", "sub-verbo"), text)
        self.locator = richtext.parse(text) if text else ""
        self.prefix = _affix(data.get("prefix"))
        self.suffix = _affix(data.get("suffix"))
        self.form = ""
        if data.get("suppress-author") in _TRUE:
            self.form = "suppress-author"
        elif data.get("author-only") in _TRUE:
            self.form = "author-only"
        position = data.get("position")
        self.position: int | None = position if isinstance(position, int) else None
        near = data.get("near-note")
        self.near_note: bool | None = near if isinstance(near, bool) else None
        self.positions: frozenset[str] = frozenset()
        self.first_note = 0


class Citation:
    """Cites that are rendered together, and the note that holds them (0: no note)."""

    __slots__ = ("cites", "id", "infix", "mode", "note")

    def __init__(
        self, cites: list[CiteData], note: int = 0, mode: str = "", identifier: str = "", infix: str = ""
    ) -> None:
        self.cites = cites
        self.note = note
        # "", "composite" ("Doe (2005)"), "author-only" or "suppress-author" (of the first cite)
        self.mode = mode
        self.infix = infix
        self.id = identifier


def _affix(value: Any) -> str:
    if not isinstance(value, str) or not value:
        return ""
    text = m.clean(value)
    return richtext.parse(re.sub(r"\s", " ", text))


def read_citation(data: Any, note: int) -> Citation | None:
    """A sequence of cites, or ``{"citationItems": [...], "properties": {"noteIndex", "mode", "infix"}}``; else None."""
    mode = identifier = infix = ""
    if isinstance(data, Mapping):
        properties = data.get("properties")
        properties = properties if isinstance(properties, Mapping) else {}
        index = properties.get("noteIndex", note)
        note = index if isinstance(index, int) else note
        mode = str(properties.get("mode") or "")
        infix = _affix(properties.get("infix"))
        identifier = str(data.get("citationID") or "")
        data = data.get("citationItems")
    if not isinstance(data, Sequence) or isinstance(data, str):
        return None
    cites = [CiteData(each) for each in data if isinstance(each, Mapping)]
    return Citation(cites, note, mode, identifier, infix)
