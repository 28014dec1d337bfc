"""The one client.

Two ways to use it. A service that is asked now and then::

    answer = client.get("https://doi.org/10.1000/182", headers={"Accept": "application/json"})

follows redirects, waits and tries again as a polite client does, and raises the ServiceError that says what happened.

A run over thousands of addresses opens channels (``net/channel.py``) and asks hop by hop, so that each request stays in
its own host's budget::

    with client.channel() as channel:
        outcome = channel.ask("https://example.org/")       # an Answer (redirects not followed) or a Failure
"""

from __future__ import annotations

import random
import ssl
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from ppreflist.errors import (
    Offline,
    RequestRejected,
    ServiceDown,
    ServiceError,
    ServiceMalformed,
    ServiceNotFound,
    ServiceRefused,
)
from ppreflist.net.answer import Answer
from ppreflist.net.channel import Channel
from ppreflist.net.dns import Lookup, Resolver, system_lookup
from ppreflist.net.failure import NETWORK_ABSENT, Failure, FailureKind
from ppreflist.net.guard import refusal
from ppreflist.net.network import WITNESSES, Network
from ppreflist.net.pace import Pace
from ppreflist.net.settings import Settings, origin_of
from ppreflist.net.sockets import tls_context

_REFUSED = frozenset({401, 402, 403, 406, 407, 429, 451, 999})


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
        self.resolver = Resolver(lookup)
        self._context: ssl.SSLContext | None = None
        self._lock = threading.Lock()
        self.network = Network(lookup, self._witnesses(witnesses), timeout=self.settings.connect)

    def channel(self) -> Channel:
        """A few connections for one thread; close it."""
        return Channel(self)

    def proxy_for(self, url: str) -> str:
        """The proxy by which an address is asked, or an empty string."""
        settings = self.settings
        if not settings.proxies:
            return ""
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
        if not self.network.is_known_down() or self.settings.allow_private:
            return False
        return origin_of(url) not in self.settings.trusted and not self._is_near(url)

    def _is_near(self, url: str) -> bool:
        """Whether an address belongs to this machine or its network, as far as its host is known."""
        addresses = self.resolver.known(urlsplit(url).hostname or "")
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
    kind = RequestRejected if 400 <= status < 500 else ServiceMalformed
    return kind(f"{name} answered with an unexpected status {status}")
