"""Which format a text is in, told by what it holds: names and endings of files are wrong too often."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

_HEAD: Final = 100_000
"""Characters within which a format shows itself; comments and licences may stand before."""
_BIBTEX: Final = re.compile(r"@\s{0,9}\w{1,40}\s{0,9}[{(]")
_RIS: Final = re.compile(r"^[ \t]{0,8}TY {1,2}-(?: |$)", re.MULTILINE)
_NBIB: Final = re.compile(r"^[ \t]{0,8}(?:PMID|OWN |STAT)- ", re.MULTILINE)
_YAML: Final = re.compile(
    r"^(?:references:[ \t]*$|[ \t]{0,8}-[ \t]{1,8}(?:id|type|title|author|issued|citation-key|DOI|URL):(?:[ \t]|$))",
    re.MULTILINE,
)
_TAGGED: Final = re.compile(r"^%0 [A-Z]", re.MULTILINE)
_WEB_OF_SCIENCE: Final = re.compile(r"^PT [JBSP]$", re.MULTILINE)
_HTML: Final = re.compile(r"<(?:!doctype\s+html|html|head|body|script|title|meta|div|p)\b", re.IGNORECASE)
_ENDNOTE: Final = re.compile(r"<(?:xml|records?)>|<record\s")
_JSON: Final = re.compile(r"[{\[]\s*[\"{\[\]}]")


class Format(StrEnum):
    """A format that references come in; ``UNREAD`` ones are known only to say what they are."""

    BIBTEX = "BibTeX"
    RIS = "RIS"
    NBIB = "PubMed (.nbib)"
    CSL_JSON = "CSL-JSON"
    CSL_YAML = "CSL-YAML"
    ENDNOTE = "EndNote XML"
    HTML = "a web page (HTML)"
    PUBMED_XML = "PubMed's XML"
    MODS = "MODS XML"
    XML = "XML of some other kind"
    TAGGED = "EndNote's tagged format (.enw)"
    WEB_OF_SCIENCE = "Web of Science's tagged format"
    UNKNOWN = ""


UNREAD: Final = {
    Format.HTML: "Download the citation from the page as RIS or BibTeX, or save the file again.",
    Format.PUBMED_XML: "In PubMed, choose Send to > Citation manager, which gives an .nbib file.",
    Format.MODS: "Export as RIS, BibTeX or CSL-JSON instead.",
    Format.XML: "EndNote XML is read, and so are RIS, BibTeX, PubMed .nbib, CSL-JSON and CSL-YAML.",
    Format.TAGGED: "Download it as RIS instead; in EndNote choose the output style 'RefMan (RIS) Export', or XML.",
    Format.WEB_OF_SCIENCE: "In Web of Science, choose Export > RIS, or BibTeX.",
}
"""Formats that are not read, and what to do about each."""


def detect(text: str) -> Format:
    """The format of a text; ``UNKNOWN`` when nothing says it. Time does not depend on its length."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if "\r" in head:
        head = head.replace("\r\n", "\n").replace("\r", "\n")
    if head.startswith("<"):
        return _xml(head)
    if _JSON.match(head):
        return Format.CSL_JSON
    found = {
        match.start(): form
        for pattern, form in (
            (_YAML, Format.CSL_YAML),
            (_TAGGED, Format.TAGGED),
            (_WEB_OF_SCIENCE, Format.WEB_OF_SCIENCE),
            (_RIS, Format.RIS),
            (_NBIB, Format.NBIB),
            (_BIBTEX, Format.BIBTEX),
        )
        if (match := pattern.search(head)) is not None
    }
    if found:
        return found[min(found)]
    return Format.BIBTEX if _BIBTEX.search(text) else Format.UNKNOWN


def _xml(head: str) -> Format:
    if _ENDNOTE.search(head) and not _HTML.match(head):
        return Format.ENDNOTE
    if "<PubmedArticle" in head:
        return Format.PUBMED_XML
    if "<mods" in head:
        return Format.MODS
    if _HTML.search(head):
        return Format.HTML
    return Format.BIBTEX if _BIBTEX.search(head) and not head.startswith("<?xml") else Format.XML
