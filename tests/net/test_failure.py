from __future__ import annotations

import errno
import socket
import ssl

import pytest
import requests
import urllib3.exceptions

from ppreflist.net.failure import Failure, FailureKind, Unanswered, connect_failure, failure_of


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (socket.gaierror(socket.EAI_NONAME, ""), FailureKind.NAME_NOT_FOUND),
        (socket.gaierror(socket.EAI_AGAIN, ""), FailureKind.NAME_TEMPORARY),
        (socket.gaierror(socket.EAI_FAIL, ""), FailureKind.NAME_TEMPORARY),
        (socket.gaierror(socket.EAI_SYSTEM, ""), FailureKind.NAME_TEMPORARY),
        (ConnectionRefusedError(errno.ECONNREFUSED, ""), FailureKind.REFUSED),
        (ConnectionResetError(errno.ECONNRESET, ""), FailureKind.CLOSED),
        (TimeoutError(), FailureKind.CONNECT_TIMEOUT),
        (OSError(errno.ENETUNREACH, ""), FailureKind.NO_ROUTE),
        (OSError(errno.EHOSTUNREACH, ""), FailureKind.NO_ROUTE),
        (OSError(errno.EMFILE, ""), FailureKind.LOCAL),
        (OSError(errno.ENOBUFS, ""), FailureKind.LOCAL),
        (OSError(errno.EADDRNOTAVAIL, ""), FailureKind.LOCAL),
    ],
)
def test_what_went_wrong_while_connecting(error: OSError, kind: FailureKind) -> None:
    assert connect_failure(error, "https://x.org/").kind is kind


def foreign_classes() -> list[type[Exception]]:
    """Every exception class that requests and urllib3 have."""
    found: list[type[Exception]] = []
    pending: list[type[Exception]] = [requests.RequestException, urllib3.exceptions.HTTPError]
    while pending:
        kind = pending.pop()
        if kind not in found and not issubclass(kind, Warning):
            found.append(kind)
            pending += kind.__subclasses__()
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


@pytest.mark.parametrize("kind", foreign_classes(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_foreign_exception_is_some_failure(kind: type[Exception]) -> None:
    error = kind.__new__(kind)
    failure = failure_of(error, "https://x.org/")
    assert failure.url == "https://x.org/"
    assert failure.detail


def test_the_deepest_cause_that_is_known_decides() -> None:
    certificate = ssl.SSLCertVerificationError()
    certificate.verify_code = 10
    wrapped = requests.exceptions.ConnectionError(urllib3.exceptions.SSLError(certificate))
    failure = failure_of(wrapped, "https://x.org/")
    assert (failure.kind, failure.detail) == (FailureKind.TLS, "its certificate has expired")
    carried = requests.exceptions.ConnectionError(Unanswered(Failure(FailureKind.BLOCKED, "private")))
    assert failure_of(carried, "https://x.org/").kind is FailureKind.BLOCKED


def test_a_circle_of_causes_ends() -> None:
    one, two = ValueError("one"), ValueError("two")
    one.__cause__, two.__cause__ = two, one
    assert failure_of(one, "x").kind is FailureKind.INTERNAL
