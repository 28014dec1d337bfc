"""What a server answered, as plain values."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT_REDIRECTS = frozenset({301, 308})

_NOT_OF_THE_WEB = re.compile(r"punycode|idna|undefined|utf[-_]?7|.*escape|mbcs|oem", re.IGNORECASE)


def charset_of_web(name: str) -> str:
    """The name of an encoding as a server states it; empty for those of Python that nothing is written in (Encoding
    Standard, 4.2). Punycode takes quadratic time."""
    return "" if _NOT_OF_THE_WEB.fullmatch(name) else name


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: the address asked, the status it answered, and the address it named."""

    url: str
    status: int
    target: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. ``headers`` are by lower-cased name; ``url`` is the address that gave it, after ``redirects``.

    ``body`` is decoded content (gzip and deflate undone), at most as long as was asked for; ``complete`` tells whether
    that is all of it. ``inferred``: nobody asked this address, for another one of its host had this answer.
    """

    status: int
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    complete: bool = True
    redirects: tuple[Hop, ...] = ()
    inferred: bool = False

    @property
    def content_type(self) -> str:
        """The media type, lower-cased, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def permanent(self) -> bool:
        """Whether there were redirects, and every one of them was permanent (RFC 9110, 15.4.2 and 15.4.9)."""
        return bool(self.redirects) and all(hop.status in PERMANENT_REDIRECTS for hop in self.redirects)


def json_object(body: bytes) -> dict[str, Any]:
    """The JSON object that a body is; an empty one when it is anything else, whoever sent it."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def redirect_target(answer: Answer) -> str:
    """The absolute address that a redirect names, in ASCII, or an empty string when the answer is not one.

    A fragment is inherited when the target has none (RFC 9110, 10.2.2).
    """
    location = answer.headers.get("location", "").strip()
    if answer.status not in REDIRECTS or not location:
        return ""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        target = urlsplit(urljoin(answer.url, location))
        target = target._replace(path=_ascii(target.path), query=_ascii(target.query), fragment=_ascii(target.fragment))
        if not target.fragment:
            target = target._replace(fragment=urlsplit(answer.url).fragment)
        return urlunsplit(target)
    except ValueError:
        return location


def _ascii(text: str) -> str:
    """A part of an address with what is not ASCII as percent signs (RFC 3987, 3.1)."""
    return text if text.isascii() else "".join(c if c.isascii() else quote(c, errors="replace") for c in text)


def without_credentials(url: str) -> str:
    """The address without ``user:password@``."""
    if "@" not in url:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else url
