"""One request on one connection: guarded at connect time, bounded in time and in bytes.

What is taken from ``requests`` is its request and its adapter, not its session: ``Session.send`` reads and inflates the
body of every redirect whatever it is told, takes passwords from ``~/.netrc``, and carries cookies along.

The time-outs of sockets bound each *wait*, not the whole: a server that sends a byte a second holds a reader for ever.
The sockets here ask their :class:`Budget` before every wait, so that it all ends by one deadline.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager, ProxyManager

from ppreflist.net.dns import Resolver
from ppreflist.net.failure import DeadlinePassed, Failure, FailureKind, TooManyBytes, Unanswered, connect_failure
from ppreflist.net.guard import literal, refusal

HEADER_ALLOWANCE = 256 * 1024
"""Bytes that an answer's headers (and the framing of its body) may take on top of the body that is wanted."""


class Budget:
    """What is left for the request in hand, in seconds and in bytes. One a channel, used by one thread."""

    __slots__ = ("bytes_left", "connected", "read", "until")

    def __init__(self) -> None:
        self.until = 0.0
        self.read = 0.0
        self.bytes_left = 0
        self.connected = False

    def start(self, until: float, read: float, max_bytes: int) -> None:
        self.until = until
        self.read = read
        self.bytes_left = max_bytes
        self.connected = False

    def wait(self, longest: float) -> float:
        """Seconds that the next wait may take, at most ``longest``; DeadlinePassed when there are none."""
        left = self.until - monotonic()
        if left <= 0:
            raise DeadlinePassed("deadline")
        return min(left, longest)

    def spend(self, count: int) -> None:
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise TooManyBytes("too many bytes")


class _Socket(socket.socket):
    budget: Budget

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        self.settimeout(self.budget.wait(self.budget.read))
        try:
            count = super().recv_into(buffer, nbytes, flags)
        except TimeoutError:
            self.budget.wait(0.0)
            raise
        self.budget.spend(count)
        return count


class _TlsSocket(ssl.SSLSocket):
    budget: Budget | None = None  # none during the handshake, which has its own time-out as a whole

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        if self.budget is None:
            return super().recv_into(buffer, nbytes, flags)
        self.settimeout(self.budget.wait(self.budget.read))
        try:
            count = super().recv_into(buffer, nbytes, flags)
        except TimeoutError:
            self.budget.wait(0.0)
            raise
        self.budget.spend(count)
        return count


def tls_context(ca_bundle: str) -> ssl.SSLContext:
    """A verifying context, to be shared by every connection: loading the bundle costs 17 ms of CPU."""
    context = ssl.create_default_context(cafile=ca_bundle or DEFAULT_CA_BUNDLE_PATH)
    context.sslsocket_class = _TlsSocket
    return context


class _Door:
    """What a connection needs to know to be let out: shared by the pools of one channel."""

    def __init__(self, resolver: Resolver, budget: Budget, connect: float) -> None:
        self.resolver = resolver
        self.budget = budget
        self.connect = connect
        self.allow_private = False
        self.guarded = True
        self.public_hosts: set[str] = set()

    def open(self, host: str, port: int, options: Any) -> _Socket:
        """A connected socket to a vetted address of a host, or Unanswered."""
        try:
            addresses = self.resolver.addresses(host, port, self.budget.wait(self.connect))
        except UnicodeError:
            raise Unanswered(Failure(FailureKind.MALFORMED, "its host name is not a valid name")) from None
        except OSError as error:
            raise Unanswered(connect_failure(error)) from None
        if self.guarded:
            for address in addresses:
                reason = refusal(address, allow_private=self.allow_private)
                if reason:
                    raise Unanswered(Failure(FailureKind.BLOCKED, reason))
        last: OSError = OSError("no address")
        for address in addresses:
            family = socket.AF_INET if address.version == 4 else socket.AF_INET6
            try:
                sock = self._dial(family, str(address), port, options)
            except OSError as error:
                last = error
                continue
            if self.guarded and literal(host) is None and not refusal(address):
                self.public_hosts.add(host)
            return sock
        failure = connect_failure(last)
        if failure.kind is FailureKind.NO_ROUTE and all(address.version == 6 for address in addresses):
            detail = "it has an IPv6 address only, and this machine has no way there"
            failure = Failure(FailureKind.LOCAL, detail)
        raise Unanswered(failure) from None

    def _dial(self, family: socket.AddressFamily, address: str, port: int, options: Any) -> _Socket:
        sock = _Socket(family, socket.SOCK_STREAM)
        try:
            sock.budget = self.budget
            for option in options or ():
                sock.setsockopt(*option)
            sock.settimeout(self.budget.wait(self.connect))
            sock.connect((address, port))
        except BaseException:
            sock.close()
            raise
        self.budget.connected = True
        return sock


class _Connection(HTTPConnection):
    door: _Door

    def _new_conn(self) -> socket.socket:
        return self.door.open(self._dns_host, self.port, self.socket_options)


class _TlsConnection(HTTPSConnection):
    door: _Door

    def _new_conn(self) -> socket.socket:
        return self.door.open(self._dns_host, self.port, self.socket_options)

    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, _TlsSocket):
            self.sock.budget = self.door.budget


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection
    door: _Door

    def _new_conn(self) -> Any:
        connection = super()._new_conn()
        connection.door = self.door  # type: ignore[attr-defined]
        return connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection
    door: _Door

    def _new_conn(self) -> Any:
        connection = super()._new_conn()
        connection.door = self.door  # type: ignore[attr-defined]
        return connection


_POOLS = {"http": _Pool, "https": _TlsPool}


class _Manager(PoolManager):
    door: _Door

    def _new_pool(self, scheme: str, host: str, port: int, request_context: dict[str, Any] | None = None) -> Any:
        pool = super()._new_pool(scheme, host, port, request_context)
        pool.door = self.door  # type: ignore[attr-defined]
        return pool


class _ProxyPoolManager(_Manager, ProxyManager):
    """The same for the connections of a proxy."""


class Transport(HTTPAdapter):
    """A few kept-alive connections for one thread. ``exchange`` sends one request and never follows a redirect."""

    def __init__(
        self,
        resolver: Resolver,
        context: Callable[[], ssl.SSLContext],
        *,
        connect: float,
        proxies: Mapping[str, str],
    ) -> None:
        self.budget = Budget()
        self._context = context
        self._door = _Door(resolver, self.budget, connect)
        self._proxies = dict(proxies)
        self.public_hosts = self._door.public_hosts
        super().__init__(pool_connections=4, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        manager = _Manager(num_pools=connections, maxsize=maxsize, block=block, **pool_kwargs)
        manager.door = self._door
        manager.pool_classes_by_scheme = _POOLS
        self.poolmanager = manager

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> Any:
        known = self.proxy_manager.get(proxy)
        if known is not None:
            return known
        if not proxy.lower().startswith(("http://", "https://")):
            raise requests.exceptions.InvalidProxyURL("only http and https proxies are supported")
        manager = _ProxyPoolManager(proxy, num_pools=4, maxsize=1, proxy_headers=self.proxy_headers(proxy))
        manager.door = self._door
        manager.pool_classes_by_scheme = _POOLS
        self.proxy_manager[proxy] = manager
        return manager

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Nothing: the shared context verifies; requests would load the bundle into it again at every connection."""

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> Any:
        parts = urlsplit(request.url or "")
        host = {"scheme": parts.scheme, "host": parts.hostname, "port": parts.port}
        return host, {"ssl_context": self._context()} if parts.scheme == "https" else {}

    def exchange(
        self,
        url: str,
        headers: Mapping[str, str],
        *,
        read: float,
        until: float,
        max_bytes: int,
        proxied: bool,
        allow_private: bool,
        form: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send one GET, or POST a form; the response's body is not read yet. ``until`` is on the clock of
        :func:`time.monotonic`."""
        request = requests.PreparedRequest()
        request.method = "GET" if form is None else "POST"
        request.prepare_url(url, None)
        request.prepare_headers(dict(headers))
        if form is not None:
            request.prepare_body(dict(form), None)
        self.budget.start(until, read, max_bytes + HEADER_ALLOWANCE)
        self._door.guarded = not proxied
        self._door.allow_private = allow_private
        connect = self.budget.wait(self._door.connect)
        proxies = self._proxies if proxied else {}
        return self.send(request, stream=True, timeout=(connect, self.budget.wait(read)), proxies=proxies)
