"""The ways in which a request ends without an answer, and which foreign exception means which.

One closed list: what may be retried (``net/retry.py``), what a link's verdict is (``links/verdict.py``) and which error
a service's caller gets (``net/client.py``) are all decided from it.
"""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import requests
import urllib3.exceptions


class FailureKind(StrEnum):
    """Why no answer came."""

    MALFORMED = "malformed"  # not a URL that can be asked
    BLOCKED = "blocked"  # the guard refused the address, or the scheme is not http or https
    NAME_NOT_FOUND = "name-not-found"  # the resolver says there is no such name (or: that it knows nothing at all)
    NAME_TEMPORARY = "name-temporary"  # the resolver could not say
    REFUSED = "refused"  # nothing listens there
    NO_ROUTE = "no-route"  # network or host unreachable
    LOCAL = "local"  # this machine could not open a connection, whoever it was to
    CONNECT_TIMEOUT = "connect-timeout"
    READ_TIMEOUT = "read-timeout"
    DEADLINE = "deadline"  # it kept sending, but too slowly to end in time
    CLOSED = "closed"  # reset, or closed before an answer was complete
    TLS = "tls"
    NOT_HTTP = "not-http"  # it answered something that is not HTTP
    TOO_LARGE = "too-large"  # headers beyond every reason
    REDIRECTS = "redirects"  # a loop, or more than the limit
    NOWHERE = "nowhere"  # it redirects to what cannot be asked
    PROXY = "proxy"
    OFFLINE = "offline"  # this machine has no network
    INTERNAL = "internal"  # a mistake of ours: it says nothing about the address


NETWORK_ABSENT = frozenset(
    {
        FailureKind.NAME_NOT_FOUND,
        FailureKind.NAME_TEMPORARY,
        FailureKind.NO_ROUTE,
        FailureKind.LOCAL,
        FailureKind.CONNECT_TIMEOUT,
        FailureKind.REFUSED,
        FailureKind.PROXY,
    }
)
"""Failures that a machine without a network sees too: they say nothing about a host until the network is known up."""


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer. ``detail`` is a clause for people, without a final stop; ``url`` is the hop that failed.
    ``inferred``: nobody asked it, for others of its host had failed so."""

    kind: FailureKind
    detail: str
    url: str = ""
    inferred: bool = False


OURS = "a mistake in ppreflist"
"""How the detail of a failure of kind INTERNAL begins."""


class Unanswered(Exception):
    """Carries a Failure through urllib3, which would wrap any exception that it knows."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


class DeadlinePassed(TimeoutError):
    """The request as a whole has taken too long."""


class TooManyBytes(OSError):
    """The server sent more than any answer may have."""


FOREIGN = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    ValueError,
)
"""What requests, urllib3, http.client, ssl, idna and the socket raise between them (UnicodeError is a ValueError)."""

_KINDS: tuple[tuple[type[BaseException], FailureKind, str], ...] = (
    (DeadlinePassed, FailureKind.DEADLINE, "it did not finish its answer in time"),
    (TooManyBytes, FailureKind.TOO_LARGE, "its answer was too large to be read"),
    (urllib3.exceptions.ProxyError, FailureKind.PROXY, "the proxy could not be used"),
    (requests.exceptions.ProxyError, FailureKind.PROXY, "the proxy could not be used"),
    (ssl.SSLError, FailureKind.TLS, "no secure connection could be made"),
    (urllib3.exceptions.SSLError, FailureKind.TLS, "no secure connection could be made"),
    (requests.exceptions.SSLError, FailureKind.TLS, "no secure connection could be made"),
    (requests.exceptions.InvalidSchema, FailureKind.BLOCKED, "only http and https addresses are asked"),
    (requests.exceptions.InvalidProxyURL, FailureKind.PROXY, "the proxy's address is not a URL"),
    (requests.exceptions.InvalidHeader, FailureKind.NOT_HTTP, "its answer is not HTTP"),
    (requests.exceptions.URLRequired, FailureKind.MALFORMED, "it is not a web address"),
    (requests.exceptions.MissingSchema, FailureKind.MALFORMED, "it is not a web address"),
    (requests.exceptions.InvalidURL, FailureKind.MALFORMED, "it is not a web address"),
    (urllib3.exceptions.LocationValueError, FailureKind.MALFORMED, "it is not a web address"),
    (urllib3.exceptions.ConnectTimeoutError, FailureKind.CONNECT_TIMEOUT, "it did not accept a connection in time"),
    (requests.exceptions.ConnectTimeout, FailureKind.CONNECT_TIMEOUT, "it did not accept a connection in time"),
    (urllib3.exceptions.ReadTimeoutError, FailureKind.READ_TIMEOUT, "it did not answer in time"),
    (requests.exceptions.ReadTimeout, FailureKind.READ_TIMEOUT, "it did not answer in time"),
    (TimeoutError, FailureKind.READ_TIMEOUT, "it did not answer in time"),
    (http.client.RemoteDisconnected, FailureKind.CLOSED, "it closed the connection without an answer"),
    (http.client.IncompleteRead, FailureKind.CLOSED, "it closed the connection in the middle of its answer"),
    (http.client.LineTooLong, FailureKind.TOO_LARGE, "a line of its answer's head, such as a redirect, is too long"),
    (http.client.HTTPException, FailureKind.NOT_HTTP, "its answer is not HTTP"),
    (urllib3.exceptions.HeaderParsingError, FailureKind.NOT_HTTP, "its answer is not HTTP"),
    (ConnectionError, FailureKind.CLOSED, "it closed the connection without an answer"),
    (UnicodeError, FailureKind.MALFORMED, "it is not a web address"),
)


class TlsFault(StrEnum):
    """What is wrong with a certificate, as a clause for people: the detail of a Failure of kind TLS."""

    NOT_YET = "its certificate is not valid yet"
    EXPIRED = "its certificate has expired"
    SELF_SIGNED = "its certificate is self-signed"
    STRANGER = "its certificate comes from an authority that browsers do not know"
    INCOMPLETE = (
        "the certificates between its own and an authority that browsers know are missing (an incomplete chain)"
    )
    REVOKED = "its certificate has been revoked"
    OTHER_HOST = "its certificate is for another host"
    INVALID = "its certificate is not valid"


_TLS_FAULTS = {
    9: TlsFault.NOT_YET,
    10: TlsFault.EXPIRED,
    18: TlsFault.SELF_SIGNED,
    19: TlsFault.STRANGER,
    20: TlsFault.INCOMPLETE,
    21: TlsFault.INCOMPLETE,
    23: TlsFault.REVOKED,
    62: TlsFault.OTHER_HOST,
    64: TlsFault.OTHER_HOST,
}
"""X509_V_ERR_* numbers of OpenSSL's x509_vfy.h (``ssl.SSLCertVerificationError.verify_code``)."""


def failure_of(error: BaseException, url: str) -> Failure:
    """The failure that a foreign exception means. The deepest cause that is known decides."""
    chain = list(_chain(error))
    for each in chain:
        if isinstance(each, Unanswered):
            return Failure(each.failure.kind, each.failure.detail, url)
        if isinstance(each, ssl.SSLCertVerificationError):
            return Failure(FailureKind.TLS, _TLS_FAULTS.get(each.verify_code, TlsFault.INVALID), url)
    for known, kind, detail in _KINDS:
        if any(isinstance(each, known) for each in chain):
            return Failure(kind, detail, url)
    if isinstance(error, ValueError) and not isinstance(error, requests.RequestException):
        return mistake(error, url)
    return Failure(FailureKind.CLOSED, "the connection failed", url)


def mistake(error: BaseException, url: str) -> Failure:
    """The failure of an address that we could not ask, by a fault that is not its own."""
    return Failure(FailureKind.INTERNAL, f"{OURS} ({type(error).__name__}). Please report it", url)


_CONNECTING = frozenset(
    {
        FailureKind.NAME_NOT_FOUND,
        FailureKind.NAME_TEMPORARY,
        FailureKind.REFUSED,
        FailureKind.NO_ROUTE,
        FailureKind.CONNECT_TIMEOUT,
    }
)


def of_proxy(failure: Failure) -> Failure:
    """A failure of what was asked by way of a proxy: when it came to no connection, that is the proxy's fault."""
    if failure.kind not in _CONNECTING:
        return failure
    return Failure(FailureKind.PROXY, f"the proxy could not be used ({failure.detail})", failure.url)


def redirected(failure: Failure, by: str) -> Failure:
    """The failure of an address to which ``by`` redirects: that it is no address is not the fault of ``by``, which was
    asked."""
    if failure.kind is not FailureKind.MALFORMED:
        return replace(failure, inferred=False)
    return Failure(FailureKind.NOWHERE, f"the address that it names cannot be asked ({failure.detail})", by)


_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
_NO_ROUTE = frozenset(
    {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EACCES, errno.EPERM, errno.EINVAL}
)


def connect_failure(error: OSError, url: str = "") -> Failure:
    """The failure that an error while resolving or connecting means."""
    if isinstance(error, socket.gaierror):
        if error.errno in _NO_SUCH_NAME:
            return Failure(FailureKind.NAME_NOT_FOUND, "no such host name is registered", url)
        return Failure(FailureKind.NAME_TEMPORARY, "its name could not be looked up just now", url)
    if isinstance(error, TimeoutError):
        return Failure(FailureKind.CONNECT_TIMEOUT, "it did not accept a connection in time", url)
    if isinstance(error, ConnectionRefusedError):
        return Failure(FailureKind.REFUSED, "nothing answers there (connection refused)", url)
    if isinstance(error, ConnectionError):
        return Failure(FailureKind.CLOSED, "it closed the connection without an answer", url)
    if error.errno in _NO_ROUTE:
        return Failure(FailureKind.NO_ROUTE, "there is no route to it from this machine", url)
    # Too many open files, no memory for buffers, no free port: nothing that the host could help.
    return Failure(FailureKind.LOCAL, "this machine could not open a connection", url)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception, its causes, contexts and the exceptions that requests and urllib3 keep in args and reason."""
    pending: list[object] = [error]
    seen: set[int] = set()
    while pending:
        each = pending.pop()
        if not isinstance(each, BaseException) or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        pending += [each.__cause__, each.__context__, getattr(each, "reason", None), *each.args]
