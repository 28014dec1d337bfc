"""What an investigation asks, is answered, and knows beside its link."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from ppreflist.links.hosts import KnownHosts
from ppreflist.net.answer import Answer
from ppreflist.net.failure import Failure
from ppreflist.net.settings import origin_of

DOI_SERVICE = "https://doi.org"
NONCE = "q7x2-no-such-page-k4"


@dataclass(frozen=True, slots=True)
class Question:
    """An address to ask. A ``record`` is a service's JSON, wanted whole; its redirects are an answer, not a way."""

    url: str
    record: bool = False


Outcome = Answer | Failure


class Siblings:
    """One address a site that cannot exist there, beside the first page of it that raised doubts: what the site answers
    is what its "not found" looks like. The only thing that investigations share, so that a site is asked once."""

    def __init__(self, nonce: str = NONCE) -> None:
        self._nonce = nonce
        self._chosen: dict[str, str] = {}

    def of(self, url: str) -> str:
        """The address to ask for the site of this one; empty for a home page, which has no siblings."""
        sibling = _sibling(url, self._nonce)
        return self._chosen.setdefault(origin_of(url), sibling) if sibling else ""


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


@dataclass(frozen=True, slots=True)
class Context:
    """What an investigation knows beside its link."""

    hosts: KnownHosts
    doi_service: str = DOI_SERVICE
    siblings: Siblings = field(default_factory=Siblings)
