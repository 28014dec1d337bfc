"""Asking one address after the other over a few kept-alive connections.

All at once, waiting for the answer::

    outcome = channel.ask("https://example.org/")       # an Answer (redirects not followed) or a Failure

Or in two steps, so that one thread can have many requests under way (``net/waiting.py``)::

    failure = channel.send("https://example.org/", patient=False)
    while not channel.has_arrived(): ...                 # whenever its socket can be read
    outcome = channel.receive(patient=False)             # None: somebody who may wait must receive it
"""

from __future__ import annotations

import http.client
import re
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from ppreflist.net.answer import Answer, Hop, redirect_target, without_credentials
from ppreflist.net.failure import (
    FOREIGN,
    DeadlinePassed,
    Failure,
    FailureKind,
    Unanswered,
    failure_of,
    of_proxy,
    redirected,
)
from ppreflist.net.guard import host_refusal
from ppreflist.net.settings import Settings, origin_of
from ppreflist.net.sockets import Budget, RanDry
from ppreflist.net.transport import HEADER_ALLOWANCE, Door, Lines, Transport

if TYPE_CHECKING:
    from ppreflist.net.client import Client

DRAINED = 4096
"""A body that nobody wants is read all the same up to this size, so that the connection can be used again."""

_TEXT = ("text/", "application/xhtml", "application/xml", "application/json", "application/problem")
_MAX_URL = 8192
_LONGEST_HEAD = 64 * 1024
_END_OF_HEAD = re.compile(rb"\n\r?\n")


@dataclass(slots=True)
class _Asked:
    """The request that is under way on a channel, and how far its answer has got."""

    url: str
    clean: str
    host: str
    headers: Mapping[str, str]
    limit: int
    text_only: bool
    until: float
    allow_private: bool
    renewed: bool = False  # asked a second time, on a new connection
    failed: Failure | None = None  # while it was sent, or while its head was read
    waited_for: bool = False  # its answer must be waited for by whoever receives it
    searched: int = 0
    body_at: int = 0
    enough: int = 0  # so many bytes in all need not be waited for any longer
    response: http.client.HTTPResponse | None = None
    answer: Answer | None = None
    chunked: bool = False
    unwanted: bool = False  # the body is of no use
    unread: bool = False  # nor small enough to be read all the same


class Channel:
    """Connections for one request at a time, which may pass from thread to thread."""

    def __init__(self, client: Client) -> None:
        self._client = client
        settings = client.settings
        self._budget = Budget()
        self._door = Door(client.resolver, self._budget, settings.connect)
        self._lines = Lines(self._door, client.context)
        self._transport: Transport | None = None
        self._asked: _Asked | None = None
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
        self._lines.close()
        if self._transport is not None:
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
        asked = self._prepared(url, headers, max_bytes, text_only, until, trusting)
        if isinstance(asked, Failure):
            return asked
        if form is not None or self._client.proxy_for(asked.clean):
            return self._exchanged(asked, form)
        failure = self._send(asked, patient=True)
        if failure is not None:
            return failure
        outcome = self.receive(patient=True)
        assert outcome is not None
        return outcome

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

    # Two steps --------------------------------------------------------------------------------------------------------

    def is_open(self, url: str) -> bool:
        """Whether a connection is kept by which an address can be asked at once."""
        try:
            return self._lines.is_open(without_credentials(url.partition("#")[0]))
        except FOREIGN:
            return False

    def send(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int | None = None,
        text_only: bool = False,
        until: float | None = None,
        trusting: bool = True,
        patient: bool = True,
    ) -> Failure | None:
        """The first step of ``ask``, never by a proxy. It may take until a connection is made, no time ``is_open``."""
        asked = self._prepared(url, headers, max_bytes, text_only, until, trusting)
        return asked if isinstance(asked, Failure) else self._send(asked, patient=patient)

    def fileno(self) -> int:
        """The descriptor of the connection by which a request is under way."""
        assert self._lines.sock is not None
        return self._lines.sock.fileno()

    @property
    def must_be_waited_for(self) -> bool:
        """Whether sending has come to what only a patient ``receive`` can mend."""
        return self._asked is not None and self._asked.waited_for

    def expires(self, now: float) -> float:
        """When a request has failed unless more has arrived, if something arrived ``now`` (:func:`time.monotonic`)."""
        return min(self._budget.until, now + self._budget.read)

    def has_arrived(self) -> bool:
        """Take in what there is; whether it is enough for ``receive(patient=False)``. Never waits."""
        asked, sock = self._asked, self._lines.sock
        assert asked is not None
        assert sock is not None
        held, ended = sock.take_in(asked.enough)
        if asked.answer is None and not ended:
            found = _END_OF_HEAD.search(held, max(0, asked.searched - 2))
            asked.searched = len(held)
            if found is None:
                return len(held) >= asked.enough or not b"HTTP/1.".startswith(held[:7])
            if held[8:10] == b" 1":
                asked.waited_for = True  # an interim answer: others follow
                return True
            asked.body_at = found.end()
            try:
                self._read_head(asked)
            except RanDry:
                asked.waited_for = True
            except FOREIGN as error:
                asked.failed = failure_of(error, asked.url)
            if asked.waited_for or asked.failed is not None:
                return True
        # Chunks may end with this, or go on: whoever reads them will see.
        chunks_end = asked.chunked and held.endswith(b"0\r\n\r\n")
        return ended or chunks_end or len(held) >= asked.enough

    def receive(self, *, patient: bool = True) -> Answer | Failure | None:
        """The second step of ``ask``: the outcome. None, unless ``patient``, when it must be waited for."""
        asked = self._asked
        assert asked is not None
        if patient and asked.waited_for and asked.failed is None:
            self._restart(asked)
        while True:
            outcome: Answer | Failure | None = asked.failed and self._given_up(asked.failed)
            if outcome is None and (patient or not asked.waited_for):
                outcome = self._read(asked)
            if outcome is None:
                asked.waited_for = True
                return None
            # A kept-alive connection may be closed just as it is used again (RFC 9112, 9.3.1): ask on a new one.
            stale = isinstance(outcome, Failure) and outcome.kind is FailureKind.CLOSED and not self._budget.connected
            if not stale or asked.renewed:
                return outcome
            if not patient:
                assert isinstance(outcome, Failure)
                asked.failed, asked.waited_for = outcome, True
                return None
            asked.renewed, asked.failed = True, None
            failure = self._send(asked, patient=True)
            if failure is not None:
                return failure

    def give_up(self) -> Failure:
        """The outcome of a request that was not answered in time."""
        assert self._asked is not None
        late = time.monotonic() >= self._budget.until
        return self._given_up(failure_of(DeadlinePassed() if late else TimeoutError(), self._asked.url))

    def _given_up(self, failure: Failure) -> Failure:
        self._lines.release(keep=False)
        return failure

    def _prepared(
        self,
        url: str,
        headers: Mapping[str, str] | None,
        max_bytes: int | None,
        text_only: bool,
        until: float | None,
        trusting: bool,
    ) -> _Asked | Failure:
        settings = self._client.settings
        clean = without_credentials(url.partition("#")[0])
        allow_private = settings.allow_private or (trusting and origin_of(clean) in settings.trusted)
        host = _host(clean, allow_private)
        if isinstance(host, Failure):
            return replace(host, url=url)
        wanted = {**self._headers, **(headers or {}), **_configured(clean, host, settings)}
        limit = settings.max_bytes if max_bytes is None else max_bytes
        until = time.monotonic() + settings.deadline if until is None else until
        return _Asked(url, clean, host, wanted, limit, text_only, until, allow_private)

    def _send(self, asked: _Asked, *, patient: bool) -> Failure | None:
        self._asked = asked
        self._budget.start(asked.until, self._client.settings.read, asked.limit + HEADER_ALLOWANCE)
        self._door.guarded = True
        self._door.allow_private = asked.allow_private
        asked.response = asked.answer = None
        asked.searched, asked.enough, asked.waited_for = 0, _LONGEST_HEAD, False
        try:
            self._lines.send(asked.clean, asked.headers, patient=patient)
        except Unanswered as error:
            return self._given_up(replace(error.failure, url=asked.url))
        except FOREIGN as error:
            failure = self._given_up(failure_of(error, asked.url))
            if failure.kind is not FailureKind.CLOSED or self._budget.connected or asked.renewed:
                return failure
            asked.failed, asked.waited_for = failure, True
        return None

    def _restart(self, asked: _Asked) -> None:
        """Read an answer from its beginning, of which a part was taken in."""
        try:
            asked.response, asked.answer = self._lines.restarted(asked.response), None
            self._read_head(asked)
        except FOREIGN as error:
            asked.failed = self._given_up(failure_of(error, asked.url))

    def _read(self, asked: _Asked) -> Answer | Failure | None:
        try:
            if asked.answer is None:
                self._read_head(asked)
            return self._read_body(asked)
        except RanDry:
            return None
        except FOREIGN as error:
            return self._given_up(failure_of(error, asked.url))

    def _read_head(self, asked: _Asked) -> None:
        response = asked.response = asked.response or self._lines.response()
        if asked.host in self._door.public_hosts:
            self._client.network.heard()
        headers: dict[str, str] = {}
        for name, value in response.headers.raw_items():
            key = name.lower()
            text = " ".join(value.split()) if "\n" in value else value
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        asked.answer = answer = Answer(response.status, asked.url, headers)
        asked.unwanted, small = _is_unwanted(answer, asked.text_only)
        asked.unread = asked.unwanted and not small
        asked.chunked = response.chunked
        if asked.unread:
            asked.enough = 0
        elif response.chunked:
            asked.enough = asked.body_at + 2 * asked.limit
        else:
            most = asked.limit + 1
            asked.enough = asked.body_at + (most if response.length is None else min(most, response.length))

    def _read_body(self, asked: _Asked) -> Answer:
        response, answer, sock = asked.response, asked.answer, self._lines.sock
        assert response is not None
        assert answer is not None
        assert sock is not None
        if asked.unread:
            response.close()
            self._lines.release(keep=False)
            return replace(answer, complete=False)
        raw, complete = _prefix(response.read, asked.limit)
        complete = complete and not response.length
        keep = complete and not response.will_close and not asked.waited_for and sock.is_drained
        response.close()
        self._lines.release(keep=keep)
        return _read_answer(answer, raw, complete, asked.unwanted, asked.limit)

    # By a proxy, or with a form ---------------------------------------------------------------------------------------

    def _exchanged(self, asked: _Asked, form: Mapping[str, str] | None) -> Answer | Failure:
        if self._transport is None:
            self._transport = Transport(self._door, self._client.context, self._client.settings.proxies)
        for attempt in (1, 2):
            proxied = bool(self._client.proxy_for(asked.clean))
            try:
                response = self._transport.exchange(
                    asked.clean,
                    asked.headers,
                    read=self._client.settings.read,
                    until=asked.until,
                    max_bytes=asked.limit,
                    proxied=proxied,
                    allow_private=asked.allow_private,
                    form=form,
                )
                break
            except Unanswered as error:
                failure = of_proxy(error.failure) if proxied else error.failure
                return replace(failure, url=asked.url)
            except FOREIGN as error:
                failure = failure_of(error, asked.url)
                failure = of_proxy(failure) if proxied else failure
                # What was posted may have been taken (RFC 9110, 9.2.2).
                renewable = failure.kind is FailureKind.CLOSED and not self._budget.connected and form is None
                if not renewable or attempt == 2:
                    return failure
        if (response.status_code < 500) if proxied else (asked.host in self._door.public_hosts):
            self._client.network.heard()
        headers = {name.lower(): value for name, value in response.headers.items()}
        answer = Answer(response.status_code, asked.url, headers)
        unwanted, small = _is_unwanted(answer, asked.text_only)
        try:
            if unwanted and not small:
                response.close()
                return replace(answer, complete=False)
            raw, complete = _prefix(lambda count: response.raw.read(count, decode_content=False), asked.limit)
            if not complete:
                response.close()
            return _read_answer(answer, raw, complete, unwanted, asked.limit)
        except FOREIGN as error:
            response.close()
            return failure_of(error, asked.url)


_SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})
_SECRET_NAME = re.compile(r"auth|cookie|token|secret|key|session|password|credential", re.IGNORECASE)


def _configured(url: str, host: str, settings: Settings) -> Mapping[str, str]:
    """The headers that the user wants this address's host to be sent. What reads like a secret goes over https only,
    unless the host is inside this machine or its network: everybody on the way could read it."""
    own = settings.headers.get(host, {})
    if not own or url.startswith("https:") or host_refusal(host):
        return own
    return {name: value for name, value in own.items() if not _SECRET_NAME.search(name)}


def _host(url: str, allow_private: bool) -> str | Failure:
    """The host of an address, or the failure of one that is not to be asked, by what is written in it."""
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
    return Failure(FailureKind.BLOCKED, reason) if reason else host


def _is_unwanted(answer: Answer, text_only: bool) -> tuple[bool, bool]:
    """Whether nobody wants the body of an answer, and whether it is small."""
    length = answer.headers.get("content-length", "")
    small = length.isascii() and length.isdigit() and len(length) <= 4 and int(length) <= DRAINED
    return bool(redirect_target(answer)) or (text_only and not answer.content_type.startswith(_TEXT)), small


def _read_answer(answer: Answer, raw: bytes, complete: bool, unwanted: bool, limit: int) -> Answer:
    body, whole = _decoded(raw, answer.headers.get("content-encoding", ""), limit)
    return Answer(answer.status, answer.url, answer.headers, b"" if unwanted else body, complete and whole)


def _prefix(read: Callable[[int], bytes], limit: int) -> tuple[bytes, bool]:
    """At most ``limit`` bytes of a body as they came over the wire, and whether that is all.

    A body that breaks off is what came of it, incomplete: the server did answer.
    """
    parts: list[bytes] = []
    left = limit + 1
    try:
        while left > 0:
            part = read(min(left, 65536))
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
