"""What an investigation asks, is answered, and knows beside its link."""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from ppreflist.links.hosts import KnownHosts
from ppreflist.links.notices import Notice
from ppreflist.net.answer import Answer
from ppreflist.net.failure import Failure
from ppreflist.net.settings import origin_of

DOI_SERVICE = "https://doi.org"
NONCE = "q7x2-no-such-page-k4"


@dataclass(frozen=True, slots=True)
class Question:
    """An address to ask. A ``record`` is a service's JSON, wanted whole; its redirects are an answer, not a way.
    ``again``: what was answered before does not count, and its host is to be left in peace for longer."""

    url: str
    record: bool = False
    again: bool = False


Outcome = Answer | Failure

Inquiry = Generator[Question, Outcome, object]
"""Asks by yielding, and returns what it has found: an investigation, a search in an archive."""


_MOST_SITES = 2000
"""Sites that are remembered, the latest ones: a list may have any number."""


class Siblings:
    """One address a site that cannot exist there, beside the first page of it that raised doubts: what the site answers
    is what its "not found" looks like. The only thing that investigations share, so that a site is asked once."""

    def __init__(self, nonce: str = NONCE) -> None:
        self._nonce = nonce
        self._chosen: dict[str, str] = {}
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[type[Siblings], tuple[str]]:
        """Another process chooses for itself."""
        return Siblings, (self._nonce,)

    def of(self, url: str) -> str:
        """The address to ask for the site of this one; empty for a home page, which has no siblings."""
        sibling = _sibling(url, self._nonce)
        if not sibling:
            return ""
        with self._lock:
            chosen = self._chosen.setdefault(origin_of(url), sibling)
            if len(self._chosen) > _MOST_SITES:
                del self._chosen[next(iter(self._chosen))]
            return chosen


def _sibling(url: str, nonce: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    folder, _, name = parts.path.rstrip("/").rpartition("/")
    if not name and not parts.query:
        return ""
    kind = re.search(r"\.(?:s?html?|php|aspx?|jsp|pdf)\Z", name, re.IGNORECASE)
    end = kind[0] if kind else "/" if parts.path.endswith("/") else ""
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{nonce}{end}", "", ""))


class Searches:
    """Where Crossref may be asked for the work that a DOI was meant for, and for how many in one run: it bears one such
    question a second. An empty address: it is not to be asked."""

    def __init__(self, address: str = "", most: int = 60) -> None:
        self.address = address.rstrip("/")
        self._most = most
        self._taken = itertools.count()

    def take(self) -> bool:
        """Whether one more may be asked; threads may share it."""
        return bool(self.address) and next(self._taken) < self._most


@dataclass(frozen=True, slots=True)
class Context:
    """What an investigation knows beside its link. ``notices`` are those on works, by the ``key`` of their DOIs."""

    hosts: KnownHosts
    doi_service: str = DOI_SERVICE
    siblings: Siblings = field(default_factory=Siblings)
    notices: Mapping[str, Notice] = field(default_factory=dict)
    searches: Searches = field(default_factory=Searches)
