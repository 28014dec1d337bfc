"""A web server for tests that can misbehave in every way that a real one can: real sockets on 127.0.0.1.

A page is a function of an :class:`Exchange`, which may send any bytes at any pace. Nothing sleeps: what waits, waits
for the server's end.
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

Page = Callable[["Exchange"], None]


class Exchange:
    """One request and the connection that it came on. ``path`` is as asked, ``headers`` by lower-cased name."""

    def __init__(
        self, server: WebServer, sock: socket.socket, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> None:
        self.server = server
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
        self.close = False
        self._sock = sock

    def send(self, data: bytes) -> None:
        self._sock.sendall(data)

    def reset(self) -> None:
        """End the connection with a RST."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._sock.close()
        self.close = True

    def pause(self, seconds: float) -> bool:
        """Wait; true when the test is over."""
        return self.server.finished.wait(seconds)

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A sound answer. ``content_type='text/html'`` is a header ``Content-Type: text/html``."""
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        named.setdefault("Content-Type", "text/html")
        if status not in (204, 304):
            named["Content-Length"] = str(len(body))
        lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        self.send(f"HTTP/1.1 {status} Some Reason\r\n{lines}\r\n".encode("latin-1") + body)


class WebServer:
    """Serves ``pages`` by path (without query) or by ``Host path``; anything else is 404. ``asked`` counts the requests
    by path as asked, ``most_at_once`` is the greatest number of requests that were being answered at one time."""

    def __init__(self, *, context: ssl.SSLContext | None = None, address: str = "127.0.0.1") -> None:
        self.pages: dict[str, Page] = {}
        self.asked: Counter[str] = Counter()
        self.headers: list[Mapping[str, str]] = []
        self.connections = 0
        self.most_at_once = 0
        self.finished = threading.Event()
        self._context = context
        self._now = 0
        self._lock = threading.Lock()
        self._listener = socket.create_server((address, 0), backlog=512)
        self.address = address
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.finished.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        for sock in self._open:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RD)
        for thread in self._threads:
            thread.join()

    @property
    def url(self) -> str:
        return f"{'https' if self._context else 'http'}://{self.address}:{self.port}"

    def at(self, host: str, path: str = "/") -> str:
        """The address of a path under another host name, for clients whose resolver leads it here."""
        return f"{'https' if self._context else 'http'}://{host}:{self.port}{path}"

    def page(self, path: str, page: Page) -> str:
        """Serve a page; its address."""
        self.pages[path] = page
        return self.url + path

    @property
    def total(self) -> int:
        return self.asked.total()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
            self._open.append(sock)
            thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        sock.settimeout(0.2)
        with contextlib.suppress(OSError, ValueError):
            if self._context is not None:
                sock.settimeout(10)
                sock = self._context.wrap_socket(sock, server_side=True)
                sock.settimeout(0.2)
            with sock:
                while self._serve_one(sock):
                    pass
        sock.close()

    def _serve_one(self, sock: socket.socket) -> bool:
        request = b""
        while b"\r\n\r\n" not in request:
            try:
                received = sock.recv(65536)
            except TimeoutError:
                if self.finished.is_set():
                    return False
                continue
            if not received:
                return False
            request += received
            if request[:1] == b"\x16":  # a TLS greeting
                sock.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
                return False
        top, _, body = request.partition(b"\r\n\r\n")
        head, *lines = top.decode("latin-1").split("\r\n")
        method, path = head.split(" ")[:2]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        with self._lock:
            self.asked[path] += 1
            self.headers.append(headers)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        sock.settimeout(10)
        while len(body) < int(headers.get("content-length", "0")):
            body += sock.recv(65536)
        exchange = Exchange(self, sock, method, path, headers, body)
        try:
            bare = path.partition("?")[0]
            host = headers.get("host", "").rpartition(":")[0]
            page = self.pages.get(f"{host} {bare}") or self.pages.get(bare, missing)
            page(exchange)
        finally:
            with self._lock:
                self._now -= 1
        if exchange.close:
            return False
        sock.settimeout(0.2)
        return True


# Pages that behave ----------------------------------------------------------------------------------------------------


def answer(status: int, body: bytes = b"<title>A page</title>", **headers: str) -> Page:
    return lambda exchange: exchange.reply(status, body, **headers)


fine = answer(200)
missing = answer(404, b"<title>Not found</title>")


def redirect(to: str, status: int = 301, body: bytes = b"") -> Page:
    return lambda exchange: exchange.reply(status, body, location=to)


def in_turn(*pages: Page) -> Page:
    """Each page once, the last one from then on."""
    left = list(pages)

    def page(exchange: Exchange) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(exchange)

    return page


# Pages that do not ----------------------------------------------------------------------------------------------------


def drip(interval: float = 0.02, head: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n") -> Page:
    """A byte at a time, for ever."""

    def page(exchange: Exchange) -> None:
        exchange.close = True
        exchange.send(head)
        while not exchange.pause(interval):
            exchange.send(b"x")

    return page


def drip_headers(interval: float = 0.02) -> Page:
    return drip(interval, b"HTTP/1.1 200 OK\r\nX-Slow: ")


def hang(exchange: Exchange) -> None:
    exchange.close = True
    exchange.pause(60)


def reset(exchange: Exchange) -> None:
    exchange.reset()


def close(exchange: Exchange) -> None:
    exchange.close = True


def endless_headers(exchange: Exchange) -> None:
    exchange.close = True
    exchange.send(b"HTTP/1.1 200 OK\r\n")
    line = b"X-Filler: " + b"y" * 60000 + b"\r\n"
    while not exchange.server.finished.is_set():
        exchange.send(line)


def endless_continue(exchange: Exchange) -> None:
    exchange.close = True
    while not exchange.server.finished.is_set():
        exchange.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)


def not_http(exchange: Exchange) -> None:
    exchange.close = True
    exchange.send(b"220 ftp.example.org FTP server ready\r\n" * 3)


def truncated_chunk(exchange: Exchange) -> None:
    exchange.close = True
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nshort")


def gzip_bomb(status: int = 200, location: str = "") -> Page:
    """A small body that inflates to 64 MiB."""
    body = gzip.compress(bytes(64 * 1024 * 1024), 6)
    headers = {"content_encoding": "gzip", **({"location": location} if location else {})}
    return lambda exchange: exchange.reply(status, body, **headers)


def endless_body(exchange: Exchange) -> None:
    exchange.close = True
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not exchange.server.finished.is_set():
        exchange.send(b"z" * 65536)


def numbered_redirects(exchange: Exchange) -> None:
    """Always one further."""
    number = int(exchange.path.rpartition("/")[2] or 0)
    exchange.reply(302, location=f"/further/{number + 1}")


# TLS ------------------------------------------------------------------------------------------------------------------

CERTIFICATES = Path(__file__).parent / "certificates"
AUTHORITY = CERTIFICATES / "authority.pem"


def tls(name: str) -> ssl.SSLContext:
    """A server's context with one of the certificates: good, expired, elsewhere, self-signed, incomplete, stranger."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{name}.pem")
    return context
