"""Cookies for the length of one redirect chain: many sites send whoever has none round in circles.

They are kept by host name, go back to that host alone (RFC 6265, 5.4, without Domain), and are forgotten with the
chain: no site can follow a run from one link to the next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

_NEXT = re.compile(r",\s*(?=[^;,=\s]{1,200}=)")
_PAIR = re.compile(
    r"\s*(?P<name>[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200})\s*=\s*(?P<value>[\x21-\x2b\x2d-\x3a\x3c-\x7e]{0,3000})"
)
_MOST = 30


class Cookies:
    """The cookies of one chain."""

    __slots__ = ("_of",)

    def __init__(self) -> None:
        self._of: dict[str, dict[str, tuple[str, bool]]] = {}

    def keep(self, url: str, headers: Mapping[str, str]) -> None:
        """Remember what an answer sets. Several headers of one name come joined by commas (RFC 9110, 5.3)."""
        header = headers.get("set-cookie")
        if not header:
            return
        kept = self._of.setdefault(_place(url)[1], {})
        for part in _NEXT.split(header[:16384]):
            found = _PAIR.match(part)
            if found is None:
                continue
            attributes = part[found.end() :].lower()
            if re.search(r";\s*max-age\s*=\s*(?:0|-)", attributes) or "01-jan-1970" in attributes:
                kept.pop(found["name"], None)
            elif len(kept) < _MOST:
                kept[found["name"]] = (found["value"], bool(re.search(r";\s*secure\b", attributes)))

    def header(self, url: str) -> str:
        """The Cookie header for a request, or an empty string."""
        scheme, host = _place(url)
        kept = self._of.get(host, {})
        secure = scheme == "https"
        return "; ".join(f"{name}={value}" for name, (value, only) in kept.items() if secure or not only)


def _place(url: str) -> tuple[str, str]:
    """The scheme and the host of an address; a redirect may name any text."""
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or ""
    except ValueError:
        return "", ""
