"""The one client.

Two ways to use it. A service that is asked now and then::

    answer = client.get("https://doi.org/10.1000/182", headers={"Accept": "application/json"})

follows redirects, waits and tries again as a polite client does, and raises the ServiceError that says what happened.

A run over thousands of addresses opens a :class:`Channel` a thread and asks hop by hop, so that each request stays
in its own host's budget::

    with client.channel() as channel:
        outcome = channel.ask("https://example.org/")       # an Answer (redirects not followed) or a Failure
"""

from __future__ import annotations

import random
import re
import ssl
import threading
import time
import urllib.request
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import requests

from ppreflist.errors import Offline, ServiceDown, ServiceError, ServiceMalformed, ServiceNotFound, ServiceRefused
from ppreflist.net.answer import Answer, Hop, redirect_target, without_credentials
from ppreflist.net.dns import Lookup, Resolver, system_lookup
from ppreflist.net.failure import FOREIGN, NETWORK_ABSENT, Failure, FailureKind, Unanswered, failure_of, redirected
from ppreflist.net.guard import host_refusal, refusal
from ppreflist.net.network import WITNESSES, Network
from ppreflist.net.pace import Pace
from ppreflist.net.settings import Settings, origin_of
from ppreflist.net.transport import Transport, tls_context

DRAINED = 4096
"""A body that nobody wants is read all the same up to this size, so that the connection can be used again."""

_TEXT = ("text/", "application/xhtml", "application/xml", "application/json", "application/problem")
_REFUSED = frozenset({401, 402, 403, 406, 407, 429, 451, 999})
_MAX_URL = 8192


class Client:
    """One polite client: settings, one TLS context, one memory of addresses, one idea of whether the network is up.

    It may be shared by threads. ``lookup`` resolves names, ``sleep``, ``now`` (Unix time) and ``jitter`` are what they
    say; ``witnesses`` are hosts, independent of each other, one of which answers when there is a network.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        lookup: Lookup = system_lookup,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
        jitter: Callable[[], float] = random.random,
        witnesses: tuple[tuple[str, int], ...] = WITNESSES,
    ) -> None:
        self.settings = settings or Settings()
        self.now = now
        self.jitter = jitter
        self._sleep = sleep
        self._pace = Pace(sleep=sleep)
        self._resolver = Resolver(lookup)
        self._context: ssl.SSLContext | None = None
        self._lock = threading.Lock()
        self.network = Network(lookup, self._witnesses(witnesses), timeout=self.settings.connect)

    def channel(self) -> Channel:
        """A few connections for one thread; close it."""
        return Channel(self)

    def proxy_for(self, url: str) -> str:
        """The proxy by which an address is asked, or an empty string."""
        settings = self.settings
        parts = urlsplit(url)
        proxy = settings.proxies.get(parts.scheme, "")
        # Not requests' own rule: it sets an environment variable for the moment, under the feet of other threads.
        bypass = urllib.request.proxy_bypass_environment  # type: ignore[attr-defined]
        if proxy and bypass(parts.hostname or "", {"no": settings.no_proxy}):
            return ""
        return proxy

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int | None = None,
        service: str = "",
        gap: float = 0.0,
        whole: bool = True,
    ) -> Answer:
        """GET, following redirects and trying again where that is polite: an Answer with a 2xx status.

        ``service`` names the service in messages (default: its host); ``gap`` is the least number of seconds between
        two requests to it. Without ``whole`` the beginning of a body larger than ``max_bytes`` will do.

        Raises ServiceNotFound (404, 410), ServiceRefused (401, 403, 429 ..., or an address that must not be asked),
        ServiceMalformed (another 4xx, not HTTP, too large), ServiceDown (5xx, time-outs, unreachable) or Offline.
        """
        name = service or urlsplit(url).hostname or url
        with self.channel() as channel:
            tries = 0
            while True:
                tries += 1
                if gap:
                    self._pace.wait(origin_of(url), gap)
                outcome = channel.follow(url, headers=headers, max_bytes=max_bytes)
                pause = self.settings.retry.pause(outcome, tries, self.now(), self.jitter())
                if pause is None:
                    break
                self._sleep(pause)
        if isinstance(outcome, Failure):
            raise self._service_error(outcome, name)
        if 200 <= outcome.status < 300:
            if whole and not outcome.complete:
                raise ServiceMalformed(f"{name} answered more than was to be expected, or broke off", hint=_LATER)
            return outcome
        raise _status_error(outcome.status, name)

    def context(self) -> ssl.SSLContext:
        """The TLS context, made when first needed."""
        with self._lock:
            if self._context is None:
                self._context = tls_context(self.settings.ca_bundle)
            return self._context

    def is_offline(self, failure: Failure) -> bool:
        """Whether a failure is explained by this machine having no network (see ``net/network.py``)."""
        if failure.kind not in NETWORK_ABSENT or self._is_near(failure.url):
            return False
        return not self.network.is_up()

    def is_known_offline(self, url: str) -> bool:
        """Whether there is no point in asking: the network was found down a moment ago and the address is not near."""
        near = self.settings.allow_private or origin_of(url) in self.settings.trusted or self._is_near(url)
        return not near and self.network.is_known_down()

    def _is_near(self, url: str) -> bool:
        """Whether an address belongs to this machine or its network, as far as its host is known."""
        addresses = self._resolver.known(urlsplit(url).hostname or "")
        return bool(addresses) and all(refusal(address) for address in addresses)

    def _service_error(self, failure: Failure, name: str) -> ServiceError:
        if self.is_offline(failure):
            return Offline(f"{name} could not be asked: this machine has no network", hint="Connect and try again.")
        message = f"{name} could not be asked: {failure.detail}"
        if failure.kind in (FailureKind.MALFORMED, FailureKind.NOT_HTTP, FailureKind.TOO_LARGE):
            return ServiceMalformed(message)
        if failure.kind is FailureKind.BLOCKED:
            return ServiceRefused(message, hint="Private addresses are asked only when that is allowed explicitly.")
        return ServiceDown(message, hint=_LATER)

    def _witnesses(self, witnesses: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
        """Behind a proxy only the proxy need be reachable: names may well not resolve here."""
        found: list[tuple[str, int]] = []
        for proxy in self.settings.proxies.values():
            try:
                parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
                if parts.hostname:
                    found.append((parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)))
            except ValueError:
                continue
        return (*found, *witnesses)


_LATER = "Try again later; nothing was changed."


def _status_error(status: int, name: str) -> ServiceError:
    if status in (404, 410):
        return ServiceNotFound(f"{name} has no such record (status {status})")
    if status in _REFUSED:
        return ServiceRefused(f"{name} refused to answer (status {status})", hint=_LATER)
    if status >= 500 or status in (408, 425):
        return ServiceDown(f"{name} is failing at the moment (status {status})", hint=_LATER)
    return ServiceMalformed(f"{name} answered with an unexpected status {status}")


class Channel:
    """Connections for one thread at a time."""

    def __init__(self, client: Client) -> None:
        self._client = client
        settings = client.settings
        self._transport = Transport(
            client._resolver,
            client.context,
            connect=settings.connect,
            proxies=settings.proxies,
        )
        self._headers = {
            "User-Agent": settings.user_agent,
            "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
            "Accept-Language": "en",
            "Accept-Encoding": "identity",
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._transport.close()

    def ask(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int | None = None,
        text_only: bool = False,
        until: float | None = None,
        trusting: bool = True,
        form: Mapping[str, str] | None = None,
    ) -> Answer | Failure:
        """One GET of one address, redirects not followed; with a ``form``, one POST of it.

        ``max_bytes`` bounds the body that is read and returned; ``text_only`` leaves bodies unread that are not text.
        ``trusting`` lets the services that the user named be private. ``until`` is the latest end on the clock of
        :func:`time.monotonic` (default: the settings' deadline from now).
        Whatever the address is, the outcome is an Answer or a Failure.
        """
        settings = self._client.settings
        limit = settings.max_bytes if max_bytes is None else max_bytes
        clean = without_credentials(url.partition("#")[0])
        allow_private = settings.allow_private or (trusting and origin_of(clean) in settings.trusted)
        refused = _refused(clean, allow_private)
        if refused is not None:
            return replace(refused, url=url)
        until = time.monotonic() + settings.deadline if until is None else until
        wanted = {**self._headers, **(headers or {}), **_configured(clean, settings)}
        budget = self._transport.budget
        for attempt in (1, 2):
            try:
                proxied = bool(self._client.proxy_for(clean))
                response = self._transport.exchange(
                    clean,
                    wanted,
                    read=settings.read,
                    until=until,
                    max_bytes=limit,
                    proxied=proxied,
                    allow_private=allow_private,
                    form=form,
                )
                break
            except Unanswered as error:
                return replace(error.failure, url=url)
            except FOREIGN as error:
                failure = failure_of(error, url)
                # A kept-alive connection may be closed just as it is used again (RFC 9112, 9.3.1): ask on a new one.
                # What was posted may have been taken (RFC 9110, 9.2.2).
                if failure.kind is not FailureKind.CLOSED or budget.connected or attempt == 2 or form is not None:
                    return failure
        if (response.status_code < 500) if proxied else (urlsplit(clean).hostname in self._transport.public_hosts):
            self._client.network.heard()
        try:
            return self._answer(response, url, limit, text_only)
        except FOREIGN as error:
            response.close()
            return failure_of(error, url)

    def follow(
        self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None
    ) -> Answer | Failure:
        """GET and follow redirects, each hop guarded, all within one deadline."""
        settings = self._client.settings
        until = time.monotonic() + settings.deadline
        hops: list[Hop] = []
        while True:
            outcome = self.ask(url, headers=headers, max_bytes=max_bytes, until=until)
            if isinstance(outcome, Failure):
                return redirected(outcome, hops[-1].url) if hops else outcome
            target = redirect_target(outcome)
            if not target:
                return replace(outcome, redirects=tuple(hops))
            hops.append(Hop(url, outcome.status, target))
            if len(hops) > settings.max_redirects or any(hop.url == target for hop in hops):
                return Failure(FailureKind.REDIRECTS, "it redirects in a circle", url)
            if headers and urlsplit(target).netloc != urlsplit(url).netloc:
                headers = {name: value for name, value in headers.items() if name.lower() not in _SECRET_HEADERS}
            url = target

    def _answer(self, response: requests.Response, url: str, limit: int, text_only: bool) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        answer = Answer(response.status_code, url, headers)
        length = headers.get("content-length", "")
        small = length.isascii() and length.isdigit() and len(length) <= 4 and int(length) <= DRAINED
        unwanted = bool(redirect_target(answer)) or (text_only and not answer.content_type.startswith(_TEXT))
        if unwanted and not small:
            response.close()
            return replace(answer, complete=False)
        raw, complete = _prefix(response, limit)
        body, whole = _decoded(raw, headers.get("content-encoding", ""), limit)
        if not complete:
            response.close()
        return replace(answer, body=b"" if unwanted else body, complete=complete and whole)


_SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})
_SECRET_NAME = re.compile(r"auth|cookie|token|secret|key|session|password|credential", re.IGNORECASE)


def _configured(url: str, settings: Settings) -> Mapping[str, str]:
    """The headers that the user wants this address's host to be sent. What reads like a secret goes over https only,
    unless the host is inside this machine or its network: everybody on the way could read it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    own = settings.headers.get(host, {})
    if not own or parts.scheme == "https" or host_refusal(host):
        return own
    return {name: value for name, value in own.items() if not _SECRET_NAME.search(name)}


def _refused(url: str, allow_private: bool) -> Failure | None:
    """The failure of an address that is not to be asked, by what is written in it."""
    if len(url) > _MAX_URL:
        return Failure(FailureKind.MALFORMED, "it is longer than any web address may be")
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return Failure(FailureKind.MALFORMED, "it is not a web address")
    if parts.scheme not in ("http", "https"):
        return Failure(FailureKind.BLOCKED, "only http and https addresses are asked")
    if not host:
        return Failure(FailureKind.MALFORMED, "it names no host")
    reason = host_refusal(host, allow_private=allow_private)
    return Failure(FailureKind.BLOCKED, reason) if reason else None


def _prefix(response: requests.Response, limit: int) -> tuple[bytes, bool]:
    """At most ``limit`` bytes of a body as they came over the wire, and whether that is all.

    A body that breaks off is what came of it, incomplete: the server did answer.
    """
    parts: list[bytes] = []
    left = limit + 1
    try:
        while left > 0:
            part = response.raw.read(min(left, 65536), decode_content=False)
            if not part:
                return b"".join(parts), True
            parts.append(part)
            left -= len(part)
    except FOREIGN as error:
        failure = failure_of(error, "")
        if failure.kind is not FailureKind.CLOSED:
            raise
    return b"".join(parts)[:limit], False


def _decoded(raw: bytes, encoding: str, limit: int) -> tuple[bytes, bool]:
    """The content of a body that a server compressed unasked, never more than ``limit`` bytes of it."""
    if encoding.strip().lower() not in ("gzip", "x-gzip", "deflate") or not raw:
        return raw[:limit], True
    for bits in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):  # 'deflate' is zlib in the RFC, and raw from some servers
        inflater = zlib.decompressobj(bits)
        try:
            body = inflater.decompress(raw, limit)
        except zlib.error:
            continue
        return body, inflater.eof
    return b"", False
