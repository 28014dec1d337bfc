"""How the client behaves, as one value; what the environment says about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from ppreflist import __version__
from ppreflist.net.retry import RetryPolicy

HOMEPAGE = "https://github.com/ppreflist/ppreflist"


@dataclass(frozen=True)
class Settings:
    """Seconds, bytes and permissions.

    ``connect`` bounds a connection (with its look-up and TLS handshake each), ``read`` each wait for more, ``deadline``
    the whole request with its body. ``proxies`` maps ``http`` and ``https`` to proxy URLs, ``no_proxy`` is the usual
    comma-separated list of hosts to ask directly. ``trusted`` holds origins (``http://127.0.0.1:8080``) that the
    user has named as services, which may be private. ``headers`` are sent to single hosts, by name (``example.org``,
    lower case), and to no other; those that read like secrets (Authorization, Cookie, X-Api-Key ...) over https only,
    unless the host is inside this machine or its network. ``purpose`` goes into the User-Agent, with ``mailto`` when
    given.
    """

    connect: float = 5.0
    read: float = 10.0
    deadline: float = 20.0
    max_bytes: int = 4 * 1024 * 1024
    max_redirects: int = 10
    allow_private: bool = False
    trusted: frozenset[str] = frozenset()
    proxies: Mapping[str, str] = field(default_factory=dict)
    no_proxy: str = ""
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ca_bundle: str = ""
    mailto: str = ""
    purpose: str = ""
    retry: RetryPolicy = field(default_factory=RetryPolicy)

    def trusting(self, *urls: str) -> Settings:
        """The same, with the origins of these service addresses trusted."""
        return replace(self, trusted=self.trusted | {origin_of(url) for url in urls})

    @property
    def user_agent(self) -> str:
        """``ppreflist/VERSION (+homepage; purpose; mailto:address)``: who asks, why, and whom to tell."""
        notes = [f"+{HOMEPAGE}", self.purpose, f"mailto:{self.mailto}" if self.mailto else ""]
        return f"ppreflist/{__version__} ({'; '.join(note for note in notes if note)})"

    def with_timeout(self, seconds: float) -> Settings:
        """The same with this deadline, and no single wait longer than it."""
        return replace(
            self, deadline=seconds, connect=min(self.connect, seconds), read=min(max(self.read, seconds / 2), seconds)
        )


def origin_of(url: str) -> str:
    """``scheme://host:port`` of an address (RFC 6454), or an empty string when it has none."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".")
    return f"{parts.scheme}://[{host}]:{port}" if ":" in host else f"{parts.scheme}://{host}:{port}"


def settings_from(
    environ: Mapping[str, str], *, purpose: str = "", mailto: str = "", allow_private: bool = False
) -> Settings:
    """Settings from the usual variables: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY (either case),
    REQUESTS_CA_BUNDLE or SSL_CERT_FILE, PPREFLIST_MAILTO."""

    def first(*names: str) -> str:
        return next((environ[name] for name in names if environ.get(name)), "")

    every = first("all_proxy", "ALL_PROXY")
    # HTTP_PROXY in capitals is ignored under CGI, where a client sets it with a header (httpoxy, CVE-2016-5385).
    upper = () if "REQUEST_METHOD" in environ else ("HTTP_PROXY",)
    proxies = {"http": first("http_proxy", *upper) or every, "https": first("https_proxy", "HTTPS_PROXY") or every}
    return Settings(
        proxies={scheme: proxy for scheme, proxy in proxies.items() if proxy},
        no_proxy=first("no_proxy", "NO_PROXY"),
        ca_bundle=first("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"),
        mailto="".join(c for c in mailto or first("PPREFLIST_MAILTO") if c.isprintable()),
        purpose=purpose,
        allow_private=allow_private,
    )
