"""Documents whose links are checked: Markdown, HTML and text files, lists of addresses, and pages on the web.

A list (a ``.txt`` file, or stdin) is read as it is needed and may be of any length; other documents are read whole.
"""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Final

import click

from ppreflist.errors import DocumentUnreadable, ServiceNotFound

if TYPE_CHECKING:
    from ppreflist.links.link import Link
    from ppreflist.net.client import Client

_ENDINGS: Final = (
    ".md", ".markdown", ".mdown", ".qmd", ".rmd", ".html", ".htm", ".xhtml", ".txt", ".text", ".rst", ".adoc", ".org",
    ".tex",
)  # fmt: skip
_LISTS: Final = (".txt", ".text")
_LARGEST: Final = 32 * 1024 * 1024

STDIN: Final = "-"
STDIN_NAME: Final = "stdin"
_LONGEST_LINE: Final = 64 * 1024
_PIECE: Final = 64 * 1024
_READ_AHEAD: Final = 64
"""Pieces of a pipe that are read before they are wanted."""
_MOST_HOSTS: Final = 4000
ADDRESSES_ARE_LISTED: Final = (
    "The links on a page are checked. To check the address itself: echo ADDRESS | ppreflist check-links -"
)
"""Hosts that are counted at one time, about: those that are rarest so far are forgotten."""


def documents_among(terms: Sequence[str]) -> list[str]:
    """The terms that name documents; UsageError when others stand beside them, because those mean entries."""
    found = [term for term in terms if term == STDIN or is_page(term) or _is_file(term)]
    others = [term for term in terms if term not in found]
    if found and others:
        raise click.UsageError(f"{others[0]!r} is no document, and entries and documents are checked in separate runs.")
    return found


class Documents:
    """The links of files, pages and stdin, in this order of theirs. Lists are opened when the documents are, and read
    when their links are drawn, which may be done once. Only links that somebody ``wants`` count.

    ``total`` is how many links there are, None when that cannot be known; ``hosts`` tells how often the hosts of
    lists are named there (not of a pipe, which can be read once), ``held`` are the links of the others.
    DocumentUnreadable or a ServiceError says what is wrong with a document.
    """

    def __init__(self, names: Sequence[str], client: Client, wants: Callable[[Link], bool]) -> None:
        self.held: list[Link] = []
        self.total: int | None = 0
        self.hosts: Counter[str] = Counter()
        self._parts: list[Sequence[Link] | _List] = []
        for name in names:
            if name == STDIN or (not is_page(name) and name.lower().endswith(_LISTS)):
                with telling_unreadable(name):
                    listed = _List(name, wants)
                self._parts.append(listed)
                lines = listed.count(self.hosts)
                self.total = None if lines is None or self.total is None else self.total + lines
            else:
                links = [link for link in _links_of(name, client) if wants(link)]
                self._parts.append(links)
                self.held += links
                self.total = None if self.total is None else self.total + len(links)

    @property
    def are_held(self) -> bool:
        """Whether all links are in memory."""
        return not any(isinstance(part, _List) for part in self._parts)

    def links(self) -> Iterator[Link | None]:
        """The links; None where none has come yet."""
        for part in self._parts:
            yield from part.links() if isinstance(part, _List) else part


class _List:
    """A list of addresses, one a line."""

    def __init__(self, name: str, wants: Callable[[Link], bool]) -> None:
        self._wants = wants
        self._path = None if name == STDIN else name
        self.name = self._path or STDIN_NAME
        self._is_file = S_ISREG(os.stat(self._path or 0).st_mode)
        self._start = os.lseek(0, 0, os.SEEK_CUR) if self._path is None and self._is_file else 0

    def count(self, hosts: Counter[str]) -> int | None:
        """How many links there are, counting their hosts; None when the list can be read once only."""
        from ppreflist.links.intake import bearer

        if not self._is_file:
            return None
        found = 0
        for link in self._links(self._pieces()):
            assert link is not None
            found += 1
            hosts[bearer(link)] += 1
            if len(hosts) > 2 * _MOST_HOSTS:
                for host, _ in hosts.most_common()[_MOST_HOSTS:]:
                    del hosts[host]
        return found

    def links(self) -> Iterator[Link | None]:
        from ppreflist.links.intake import Inflow

        yield from self._links(self._pieces() if self._is_file else Inflow(self._pieces(), _READ_AHEAD))

    def _links(self, pieces: Iterable[bytes | None]) -> Iterator[Link | None]:
        from ppreflist.links.lists import links_of_line

        number = 0
        for line in _lines(pieces):
            if line is None:
                yield None
                continue
            number += 1
            yield from filter(self._wants, links_of_line(line, number, self.name))

    def _pieces(self) -> Iterator[bytes]:
        # Without a buffer of Python's: a thread that waits for stdin's when the process ends would bring it down.
        with telling_unreadable(self.name), open(self._path or 0, "rb", 0, closefd=self._path is not None) as file:
            if self._is_file:
                file.seek(self._start)
            while piece := file.read(_PIECE):
                yield piece


def _lines(pieces: Iterable[bytes | None]) -> Iterator[str | None]:
    """The lines of a file that comes in pieces; of a very long one only the beginning."""
    rest = b""
    first = True
    for piece in pieces:
        if piece is None:
            yield None
            continue
        if first:
            piece, first = piece.removeprefix(BOM_UTF8), False
        *whole, rest = (rest + piece).split(b"\n") if b"\n" in piece else [rest[:_LONGEST_LINE] + piece]
        for line in whole:
            yield line[:_LONGEST_LINE].decode("utf-8", "replace")
    if rest:
        yield rest[:_LONGEST_LINE].decode("utf-8", "replace")


def _links_of(name: str, client: Client) -> list[Link]:
    """The links of one document that is read whole."""
    from ppreflist.links.documents import DocumentKind, kind_of, links_in

    if not is_page(name):
        return list(links_in(read_document(Path(name)), name, kind_of(name)))
    try:
        answer = client.get(name, headers={"Accept": "text/html,text/markdown;q=0.9,text/plain;q=0.8"})
    except ServiceNotFound as error:
        raise DocumentUnreadable("the site has no such page", path=name, hint=ADDRESSES_ARE_LISTED) from error
    kind = DocumentKind.HTML if "html" in answer.content_type else kind_of(answer.url.partition("?")[0])
    return list(links_in(answer.body.decode("utf-8", "replace"), name, kind, base=answer.url))


def is_page(term: str) -> bool:
    """Whether a term is the address of a page."""
    return term.lower().startswith(("http://", "https://"))


def no_document(term: str) -> str:
    """What to say of a term that no entry matches, when it looks like the name of a file; else an empty string."""
    ending = Path(term).suffix.lower()
    if not re.fullmatch(r"\.[a-z][a-z0-9]{1,7}", ending) or ending == ".bib":
        return ""
    if ending in _ENDINGS:
        return "There is no file of this name, either."
    near = get_close_matches(ending, _ENDINGS, n=1, cutoff=0.75)
    if near and Path(term).with_suffix(near[0]).is_file():
        return f"Did you mean {Path(term).with_suffix(near[0])}?"
    if not Path(term).is_file():
        return "There is no file of this name, either." if near else ""
    return f"Of documents, these are read: {', '.join(_ENDINGS)}."


def _is_file(term: str) -> bool:
    return term.lower().endswith(_ENDINGS) and ("/" in term or os.sep in term or Path(term).exists())


def read_document(path: Path) -> str:
    """The text of a file. DocumentUnreadable says what is wrong with it."""
    with telling_unreadable(str(path)):
        if path.stat().st_size > _LARGEST:
            raise DocumentUnreadable("this file is too large to look for links in", path=str(path))
        return path.read_bytes().decode("utf-8-sig", "replace")


@contextmanager
def telling_unreadable(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DocumentUnreadable(f"it cannot be read: {error.strerror}", path=name) from error
