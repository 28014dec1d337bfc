"""What became of a link: the one closed list, and the one place where an answer becomes a verdict.

A status code is not a verdict for a reference. Publishers refuse robots what they show to readers, so that nothing but
a plain "not found" (404), "gone" (410) or a host that does not exist is called dead here. Sources: RFC 9110 (status
codes), RFC 6585 (429), RFC 7725 (451); 999 is LinkedIn's; ``cf-mitigated`` is Cloudflare's header for a challenge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from ppreflist.net.answer import Answer
from ppreflist.net.failure import Failure, FailureKind


class Verdict(StrEnum):
    OK = "ok"
    MOVED = "moved"
    MALFORMED = "malformed"
    TYPO = "typo"
    GONE = "gone"
    NOT_FOUND = "not-found"
    REFUSED = "refused"
    TEMPORARY = "temporary"
    UNREACHABLE = "unreachable"
    TLS = "tls"
    BLOCKED = "blocked"
    OFFLINE = "offline"


MEANING = {
    Verdict.OK: "It works.",
    Verdict.MOVED: "It works, but the page has moved for good.",
    Verdict.MALFORMED: "The address is not written as web addresses are; readers cannot follow it.",
    Verdict.TYPO: "The host name looks mistyped.",
    Verdict.GONE: "The site says that the page was removed for good.",
    Verdict.NOT_FOUND: "The site is there, but it has no such page.",
    Verdict.REFUSED: "The site does not answer robots. That says nothing about the page: look at it in a browser.",
    Verdict.TEMPORARY: "The site has trouble at the moment. Check again another day.",
    Verdict.UNREACHABLE: "There is no such site, or nothing answers there.",
    Verdict.TLS: "Browsers warn their readers of this site: its certificate is not in order.",
    Verdict.BLOCKED: "The address was not asked: it does not lead to a public web page.",
    Verdict.OFFLINE: "Not checked.",
}
"""One plain sentence each, for an editor."""

PROBLEMS = frozenset(
    {
        Verdict.MALFORMED,
        Verdict.TYPO,
        Verdict.GONE,
        Verdict.NOT_FOUND,
        Verdict.UNREACHABLE,
        Verdict.TLS,
        Verdict.BLOCKED,
    }
)
"""Verdicts that make the exit code 3: a reader cannot follow the link. A moved page still arrives; a refusal or a
temporary failure says nothing about the page; and offline nothing was learnt."""

ANSWERS = frozenset({Verdict.OK, Verdict.MOVED})
ALIVE = frozenset({Verdict.OK, Verdict.MOVED, Verdict.REFUSED, Verdict.TEMPORARY, Verdict.TLS})
"""Verdicts that do not speak against an address: the page is there, or may well be."""
DEAD = frozenset({Verdict.NOT_FOUND, Verdict.GONE, Verdict.UNREACHABLE})


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on one address. ``detail`` is a sentence for people; ``moved_to`` is an address that may be written
    instead, or empty; ``status`` is the last HTTP status, 0 when there was none."""

    verdict: Verdict
    detail: str
    moved_to: str = ""
    status: int = 0


_REFUSED = {
    400: "The site would not take a robot's request (status 400)",
    401: "The page asks for a password (status 401)",
    402: "The page must be paid for (status 402)",
    403: "The site refuses robots (status 403)",
    405: "The site refuses robots (status 405)",
    406: "The site refuses robots (status 406)",
    407: "A proxy asks for a password (status 407)",
    429: "The site answers only so many requests (status 429)",
    451: "The page is withheld for legal reasons (status 451)",
    999: "The site refuses robots (status 999)",
}
_BROWSER = "look at it in a browser."

_FAILED = {
    FailureKind.NAME_TEMPORARY: Verdict.TEMPORARY,
    FailureKind.LOCAL: Verdict.TEMPORARY,
    FailureKind.CONNECT_TIMEOUT: Verdict.TEMPORARY,
    FailureKind.READ_TIMEOUT: Verdict.TEMPORARY,
    FailureKind.DEADLINE: Verdict.TEMPORARY,
    FailureKind.CLOSED: Verdict.TEMPORARY,
    FailureKind.NOT_HTTP: Verdict.TEMPORARY,
    FailureKind.TOO_LARGE: Verdict.TEMPORARY,
    FailureKind.PROXY: Verdict.TEMPORARY,
    FailureKind.NAME_NOT_FOUND: Verdict.UNREACHABLE,
    FailureKind.REFUSED: Verdict.UNREACHABLE,
    FailureKind.NO_ROUTE: Verdict.UNREACHABLE,
    FailureKind.TLS: Verdict.TLS,
    FailureKind.BLOCKED: Verdict.BLOCKED,
    FailureKind.MALFORMED: Verdict.MALFORMED,
    # Most circles are walls for visitors without cookies.
    FailureKind.REDIRECTS: Verdict.REFUSED,
    FailureKind.OFFLINE: Verdict.OFFLINE,
}


def judge(outcome: Answer | Failure) -> Judgement:
    """The verdict on an address, from what came of asking it (redirects followed, retries done)."""
    if isinstance(outcome, Failure):
        return Judgement(_FAILED[outcome.kind], _failure_sentence(outcome))
    status = outcome.status
    if "cf-mitigated" in outcome.headers:
        return Judgement(Verdict.REFUSED, f"The site tests whether a person is asking: {_BROWSER}", status=status)
    if status == 404:
        return Judgement(Verdict.NOT_FOUND, "The site has no such page (status 404).", status=status)
    if status == 410:
        return Judgement(Verdict.GONE, "The site says that the page was removed for good (status 410).", status=status)
    if status in _REFUSED:
        return Judgement(Verdict.REFUSED, f"{_REFUSED[status]}: {_BROWSER}", status=status)
    if status >= 500 or status in (408, 425):
        return Judgement(Verdict.TEMPORARY, f"The site has trouble at the moment (status {status}).", status=status)
    if 400 <= status < 500:
        return Judgement(Verdict.REFUSED, f"The site refuses the request (status {status}): {_BROWSER}", status=status)
    if status == 202 and not outcome.body.strip() and outcome.headers.get("content-length", "0") == "0":
        return Judgement(Verdict.REFUSED, f"The site answers robots with an empty page: {_BROWSER}", status=status)
    if 301 <= status < 400 and status != 304:
        return Judgement(Verdict.TEMPORARY, f"The site redirects to nowhere (status {status}).", status=status)
    return _arrived(outcome)


def _arrived(answer: Answer) -> Judgement:
    """The judgement on an address that led to a page, perhaps over redirects."""
    if not answer.redirects:
        return Judgement(Verdict.OK, "It works.", status=answer.status)
    start, end = answer.redirects[0].url, answer.url
    if is_log_in(end) and not is_log_in(start):
        return Judgement(Verdict.REFUSED, f"It leads to a log-in page: {_BROWSER}", status=answer.status)
    if not answer.permanent or _same_page(start, end):
        return Judgement(Verdict.OK, "It works.", status=answer.status)
    if _is_home_page(end) and not _is_home_page(start):
        detail = "It now leads to the site's home page: the page itself has probably been removed."
        return Judgement(Verdict.MOVED, detail, status=answer.status)
    if _SESSION.search(end):
        return Judgement(Verdict.OK, "It works.", status=answer.status)
    return Judgement(Verdict.MOVED, f"The page has moved for good to {end}", end, answer.status)


def _failure_sentence(failure: Failure) -> str:
    match failure.kind:
        case FailureKind.OFFLINE:
            return f"Not checked: {failure.detail}."
        case FailureKind.BLOCKED:
            return f"Not asked: {failure.detail}."
        case FailureKind.MALFORMED:
            return f"It cannot be asked: {failure.detail}."
        case FailureKind.TLS:
            return f"Browsers warn of this site: {failure.detail}."
        case FailureKind.REDIRECTS:
            return f"The site sends robots round in circles: {_BROWSER}"
    host = _host(failure.url)
    return f"{host or 'The site'} cannot be reached: {failure.detail}."


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


# Addresses that are not the page --------------------------------------------------------------------------------------

_LOG_IN = re.compile(
    r"(?:\A|[/._?&=-])(?:log[-_]?[io]n|sign[-_]?in|sso|saml2?|shibboleth(?:\.sso)?|openathens|wayf|idp|oauth2?|authenticate|"
    r"accounts?/(?:login|auth)|cas/login|adfs|cookie-?absent|cookieset|validatecaptcha|captcha|consent)(?:[/._?&=-]|\Z)",
    re.IGNORECASE,
)


def is_log_in(url: str) -> bool:
    """Whether an address is one of a log-in, consent or captcha page, by its host and path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.hostname or ""
    return host.split(".")[0] in ("login", "signin", "sso", "idp", "auth", "accounts", "consent") or bool(
        _LOG_IN.search(parts.path)
    )


_SESSION = re.compile(r"[;?&](?:jsessionid|phpsessid|session_?id|sid|cftoken|token)=", re.IGNORECASE)


def _is_home_page(url: str) -> bool:
    parts = urlsplit(url)
    path = parts.path.strip("/").lower()
    return not parts.query and (
        not path
        or re.fullmatch(r"(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|home|default)(?:\.\w{2,5})?)?", path) is not None
    )


def _same_page(a: str, b: str) -> bool:
    """Whether two addresses differ in nothing that anyone would want to write down differently."""
    return a.partition("#")[0] == b.partition("#")[0]
