"""One request on one connection: guarded at connect time, bounded in time and in bytes.

There are two ways. :class:`Lines` are connections of ``urllib3`` without its pools: a GET costs a third of the
processor time that it takes through a session, and can be sent by one thread and read by another. The
:class:`Transport` is for what is rare: proxies and forms. What is taken from ``requests`` there is its request and its
adapter, not its session: ``Session.send`` reads and inflates the body of every redirect whatever it is told, takes
passwords from ``~/.netrc``, and carries cookies along.
"""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import ssl
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager, ProxyManager
from urllib3.util import parse_url

from ppreflist.net.dns import Resolver
from ppreflist.net.failure import Failure, FailureKind, Unanswered, connect_failure
from ppreflist.net.guard import literal, refusal
from ppreflist.net.sockets import Budget, PlainSocket, TlsSocket

HEADER_ALLOWANCE = 256 * 1024
"""Bytes that an answer's headers (and the framing of its body) may take on top of the body that is wanted."""


class Door:
    """What a connection needs to know to be let out: shared by the pools of one channel."""

    def __init__(self, resolver: Resolver, budget: Budget, connect: float) -> None:
        self.resolver = resolver
        self.budget = budget
        self.connect = connect
        self.allow_private = False
        self.guarded = True
        self.public_hosts: set[str] = set()

    def open(self, host: str, port: int, options: Any) -> PlainSocket:
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

    def _dial(self, family: socket.AddressFamily, address: str, port: int, options: Any) -> PlainSocket:
        sock = PlainSocket(family, socket.SOCK_STREAM)
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
    door: Door

    def _new_conn(self) -> socket.socket:
        return self.door.open(self._dns_host, self.port, self.socket_options)

    @property
    def line(self) -> PlainSocket:
        assert isinstance(self.sock, PlainSocket)
        return self.sock


class _TlsConnection(HTTPSConnection):
    door: Door

    def _new_conn(self) -> socket.socket:
        return self.door.open(self._dns_host, self.port, self.socket_options)

    @property
    def line(self) -> TlsSocket:
        assert isinstance(self.sock, TlsSocket)
        return self.sock

    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, TlsSocket):
            self.sock.budget = self.door.budget


class _Place(NamedTuple):
    """Where a request goes, and what it asks for there."""

    scheme: str
    host: str
    port: int
    target: str


_PLAIN = re.compile(
    r"(https?)://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::([0-9]{1,5}))?"
    r"(/(?!/)[\w!$&'()*+,;=:@~./-]*(?:\?[\w!$&'()*+,;=:@~./?-]*)?)?",
    re.ASCII,
)
_PORTS = {"http": 80, "https": 443}


def _place(url: str) -> _Place:
    """What requests and urllib3 make of an address; most addresses are what they are."""
    plain = _PLAIN.fullmatch(url)
    if plain is not None and "/." not in url:
        scheme, host, port, target = plain.groups()
        return _Place(scheme, host, int(port or 0) or _PORTS[scheme], target or "/")
    request = requests.PreparedRequest()
    request.prepare_url(url, None)
    prepared = request.url or ""
    parts = urlsplit(prepared)
    target = parse_url(prepared).request_uri
    if target.startswith("//"):
        target = f"/{target.lstrip('/')}"
    return _Place(parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0), target)


def _request(place: _Place, headers: Mapping[str, str]) -> bytes:
    """The head of a GET (RFC 9112, 3). ValueError for a header that would be several."""
    host = place.host.rstrip(".")
    host = f"[{host}]" if ":" in host else host
    port = "" if place.port == _PORTS[place.scheme] else f":{place.port}"
    lines = (f"GET {place.target} HTTP/1.1", f"Host: {host}{port}", *map(": ".join, headers.items()), "", "")
    text = "\r\n".join(lines)
    if not text.count("\r") == text.count("\n") == len(lines) - 1:
        raise ValueError("a header of several lines")
    return text.encode("latin-1")


class Lines:
    """A few kept-alive connections without a proxy, used one at a time: ``send``, then ``response``."""

    _MOST = 4

    def __init__(self, door: Door, context: Callable[[], ssl.SSLContext]) -> None:
        self._door = door
        self._context = context
        self._kept: dict[tuple[str, str, int], _Connection | _TlsConnection] = {}
        self._used: tuple[str, str, int] = ("", "", 0)
        self._found = ("", _Place("", "", 0, ""))
        self.sock: PlainSocket | TlsSocket | None = None

    def is_open(self, url: str) -> bool:
        """Whether a connection is kept by which this address can be asked at once."""
        place = _place(url)
        connection = self._kept.get(place[:3])
        if connection is None:
            return False
        if not connection.is_connected:
            self._kept.pop(place[:3]).close()
            return False
        self._found = (url, place)
        return True

    def send(self, url: str, headers: Mapping[str, str], *, patient: bool) -> None:
        """Send a GET, connecting first when need be. Unless ``patient``, the socket will not wait for the answer."""
        open_already = self._found[0] == url or self.is_open(url)
        place = self._found[1] if open_already else _place(url)
        self._found = ("", place)
        self._used = place[:3]
        if not open_already:
            self._kept[self._used] = self._connected(place)
        sock = self.sock = self._kept[self._used].line
        sock.begin(patient=patient)
        sock.settimeout(self._door.budget.wait(self._door.budget.read))
        # A server may answer and close before it has heard all.
        with contextlib.suppress(BrokenPipeError):
            sock.sendall(_request(place, headers))

    def response(self) -> http.client.HTTPResponse:
        """The head of the answer; the body is read from it."""
        assert self.sock is not None
        response = http.client.HTTPResponse(self.sock, method="GET")
        try:
            response.begin()
        except BaseException:
            response.close()
            raise
        return response

    def restarted(self, response: http.client.HTTPResponse | None) -> http.client.HTTPResponse:
        """The head of an answer of which a part was read, from its beginning, patiently: do not keep its connection."""
        assert self.sock is not None
        self.sock.rewind()
        if response is not None:
            response.close()
        return self.response()

    def release(self, *, keep: bool) -> None:
        """The answer has been read; ``keep`` the connection if it can be used again."""
        self.sock = None
        if not keep:
            connection = self._kept.pop(self._used, None)
            if connection is not None:
                connection.close()

    def close(self) -> None:
        for connection in self._kept.values():
            connection.close()
        self._kept.clear()

    def _connected(self, place: _Place) -> _Connection | _TlsConnection:
        if len(self._kept) >= self._MOST:
            self._kept.pop(next(iter(self._kept))).close()
        connection: _Connection | _TlsConnection
        if place.scheme == "https":
            connection = _TlsConnection(place.host, place.port, ssl_context=self._context())
        else:
            connection = _Connection(place.host, place.port)
        connection.door = self._door
        try:
            connection.connect()
        except BaseException:
            connection.close()
            raise
        return connection


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection
    door: Door

    def _new_conn(self) -> Any:
        connection = super()._new_conn()
        connection.door = self.door  # type: ignore[attr-defined]
        return connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection
    door: Door

    def _new_conn(self) -> Any:
        connection = super()._new_conn()
        connection.door = self.door  # type: ignore[attr-defined]
        return connection


_POOLS = {"http": _Pool, "https": _TlsPool}


class _Manager(PoolManager):
    door: Door

    def _new_pool(self, scheme: str, host: str, port: int, request_context: dict[str, Any] | None = None) -> Any:
        pool = super()._new_pool(scheme, host, port, request_context)
        pool.door = self.door  # type: ignore[attr-defined]
        return pool


class _ProxyPoolManager(_Manager, ProxyManager):
    """The same for the connections of a proxy."""


class Transport(HTTPAdapter):
    """A few connections for one thread, by a proxy or not. ``exchange`` sends one request and follows no redirect."""

    def __init__(self, door: Door, context: Callable[[], ssl.SSLContext], proxies: Mapping[str, str]) -> None:
        self._context = context
        self._door = door
        self._proxies = dict(proxies)
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
        budget = self._door.budget
        request = requests.PreparedRequest()
        request.method = "GET" if form is None else "POST"
        request.prepare_url(url, None)
        request.prepare_headers(dict(headers))
        if form is not None:
            request.prepare_body(dict(form), None)
        budget.start(until, read, max_bytes + HEADER_ALLOWANCE)
        self._door.guarded = not proxied
        self._door.allow_private = allow_private
        connect = budget.wait(self._door.connect)
        proxies = self._proxies if proxied else {}
        return self.send(request, stream=True, timeout=(connect, budget.wait(read)), proxies=proxies)
