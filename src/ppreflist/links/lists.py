"""Lists of addresses, one a line -> links. Apart from other documents, because a list needs none of their parsers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ppreflist.links.collect import addresses_in
from ppreflist.links.link import Link, LinkKind

FIELD: Final = "link"
"""What stands for the field name of a link in a document."""

_ADDRESS: Final = re.compile(
    r"(?:h?t{1,3}ps?|ftps?|file)\s?[:;]|[a-z][a-z0-9+.-]*://|//|www[.,]"  # the beginning of an address, perhaps damaged
    r"|[\w-]{1,63}(?:\.[\w-]{1,63}){0,9}\.[a-z]{2,63}/",  # a host and a path
    re.IGNORECASE,
)
_DOI: Final = re.compile(r"(?:doi:\s*)?(?=10\.\d{4,9}(?:\.\d+)*/)", re.IGNORECASE)


def links_of_line(line: str, number: int, name: str) -> Iterator[Link]:
    """The links of one line of a list, which has an address or a DOI on each line, well written or not.

    A line that begins with ``#`` is a remark. One of several words is running text: the addresses in it are its links.
    """
    start = len(line) - len(line.lstrip())
    text = line.strip()
    if not text or text.startswith("#"):
        return
    spans = [(start, start + len(text))]
    kind = LinkKind.URL
    doi = _DOI.match(text)
    if len(text.split(None, 1)) > 1 and not (doi and len(text.split()) == 2 and text[:4].lower() == "doi:"):
        spans = list(addresses_in(line))
    elif doi:
        kind = LinkKind.DOI
        spans = [(start + doi.end(), start + len(text))]
    elif not _ADDRESS.match(text):
        spans = list(addresses_in(line))
    for first, last in spans:
        yield Link(name, FIELD, number, kind, line, first, last, editable=False, file=name)
