"""The run over a document: reference lists, citations in prose, then the identifiers and addresses that are left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest
from urllib.parse import urlsplit

from ppreflist.extract import prose, references
from ppreflist.extract.addresses import Address, mail_hosts, read
from ppreflist.extract.document import Document, Joiner, Passage
from ppreflist.extract.finding import Finding, Kind
from ppreflist.extract.layout import without_heads
from ppreflist.extract.marks import FIRST_MARK, Mark, is_of_work
from ppreflist.formats.cslclean import Item, clean_item
from ppreflist.links.hosts import OFTENER, KnownHosts
from ppreflist.model.identifier import DOI, ISBN, PMCID, PMID, ArXiv, Identifier

_VARIABLES = {DOI: "DOI", PMID: "PMID", PMCID: "PMCID", ISBN: "ISBN"}


def find(document: Document, known_urls: Iterable[str] = ()) -> list[Finding]:
    """All references in a document, in its order. ``known_urls`` (the library's) tell how hosts are written."""
    return _Run(document, known_urls).findings()


class _Run:
    def __init__(self, document: Document, known_urls: Iterable[str]) -> None:
        document = without_heads(document)
        joiner = Joiner.of(document)
        self.listed, blocks = references.split(document, joiner)
        self.passages = [joiner.join(block) for block in blocks]
        own = [f"http://{host}/" for line in document.lines if "@" in line.text for host in mail_hosts(line.text)]
        # How the writers of the document write their own host weighs more than an address that is cited once.
        self.hosts = KnownHosts([*known_urls, *own * OFTENER])
        self.found: list[Finding] = []
        self.used: set[tuple[int, int]] = set()

    def findings(self) -> list[Finding]:
        for each in self.listed:
            passage = each.passage
            self.found.append(
                self._finding(Kind.LISTED, passage, 0, len(passage.text), each.reference.item, passage.marks)
            )
        for number, passage in enumerate(self.passages):
            self._prose(number, passage)
        words = [str(each.item["container-title"]) for each in self.found if each.item.get("container-title")]
        named = {identifier for each in self.found for identifier in each.identifiers}
        addresses = {each.address.url for each in self.found if each.address}
        for number, passage in enumerate(self.passages):
            for order, mark in enumerate(passage.marks):
                if (number, order) in self.used:
                    continue
                left = self._alone(passage, order, mark, words)
                if left is None or named.intersection(left.identifiers):
                    continue
                if left.address and not left.identifiers and left.address.url in addresses:
                    continue
                named.update(left.identifiers)
                addresses.update({left.address.url} if left.address else ())
                self.found.append(left)
        return sorted(self.found, key=lambda each: (each.place.page, each.place.line))

    def _prose(self, number: int, passage: Passage) -> None:
        cited = prose.citations(passage)
        for each, following in zip_longest(cited, cited[1:]):
            until = following.start if following else len(passage.text)
            places = [
                *(place for place in range(each.start, each.end) if ord(passage.text[place]) >= FIRST_MARK),
                *prose.reaches(passage, each, until),
            ]
            orders = [ord(passage.text[place]) - FIRST_MARK for place in places]
            self.used.update((number, order) for order in orders)
            marks = [passage.marks[order] for order in orders]
            end = max([each.end, *(place + 1 for place in places)])
            self.found.append(self._finding(Kind.PROSE, passage, each.start, end, each.item, marks))

    def _finding(
        self, kind: Kind, passage: Passage, start: int, end: int, item: Item, marks: Iterable[Mark]
    ) -> Finding:
        identifiers = [mark.identifier for mark in marks if mark.identifier is not None]
        address: Address | None = None
        remarks = [mark.flaw for mark in marks if mark.flaw]
        for mark in marks:
            if mark.is_address and mark.identifier is None and address is None:
                address = read(mark.printed, self.hosts, [str(item.get("container-title", ""))])
        item = with_marks(item, identifiers, address)
        return Finding(
            kind, passage.place(start), passage.printed(start, end), item, tuple(identifiers), address, tuple(remarks)
        )

    def _alone(self, passage: Passage, order: int, mark: Mark, words: list[str]) -> Finding | None:
        """An identifier or address that no citation has."""
        place = passage.place(passage.text.index(chr(FIRST_MARK + order)))
        printed = " ".join(mark.printed.split())
        if mark.identifier is not None:
            if not is_of_work(mark.identifier):
                return None
            item = with_marks({"type": "document"}, [mark.identifier], None)
            return Finding(Kind.IDENTIFIER, place, printed, item, (mark.identifier,))
        if mark.flaw:
            return Finding(Kind.IDENTIFIER, place, printed, {"type": "document"}, remarks=(mark.flaw,))
        address = read(mark.printed, self.hosts, words)
        if not urlsplit(address.url).hostname:
            return None
        title = re.sub(r"\Ahttps?://|/\Z", "", "".join(printed.split()))
        item = with_marks({"type": "webpage", "title": title}, [], address)
        return Finding(Kind.ADDRESS, place, printed, item, address=address)


def with_marks(item: Item, identifiers: Iterable[Identifier], address: Address | None) -> Item:
    """The item with its identifiers and its address, cleaned."""
    raw = dict(item)
    for identifier in identifiers:
        if isinstance(identifier, ArXiv):
            raw.setdefault("number", f"arXiv:{identifier.value}")
        else:
            name = _VARIABLES.get(type(identifier))
            if name and name not in raw:
                raw[name] = identifier.value
    if address is not None and address.url:
        raw.setdefault("URL", address.url)
    return clean_item(raw)
