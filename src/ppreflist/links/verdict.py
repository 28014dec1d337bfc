"""What became of a link: the one closed list, and the one place where an answer becomes a verdict.

A status code is not a verdict for a reference. Publishers refuse robots what they show to readers, so that nothing but
a plain "not found" (404), "gone" (410), a host that does not exist, or a page that says with status 200 that it is not
there (``links/appearance.py``) is called dead here. Sources: RFC 9110 (status
codes), RFC 6585 (429), RFC 7725 (451); 999 is LinkedIn's; ``cf-mitigated`` is Cloudflare's header for a challenge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlsplit

from ppreflist.links.appearance import (
    Absence,
    absence,
    is_factory_page,
    is_log_in_page,
    is_parked,
    is_wall,
    mark_in,
)
from ppreflist.links.domains import registered_domain
from ppreflist.links.hosts import host_of
from ppreflist.links.page import is_html, page_of
from ppreflist.net.answer import PERMANENT_REDIRECTS, Answer
from ppreflist.net.failure import OURS, Failure, FailureKind, TlsFault


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
    PARKED = "parked"
    SOFT_404 = "soft-404"
    LOGIN = "login"
    LOOP = "loop"
    DRIFTED = "drifted"
    NOTICE = "notice"


MEANING = {
    Verdict.OK: "It works.",
    Verdict.MOVED: "It works, but the page has moved for good.",
    Verdict.MALFORMED: "The address is not written as web addresses are; readers cannot follow it.",
    Verdict.TYPO: "The host name or the DOI looks mistyped.",
    Verdict.GONE: "The site says that the page was removed for good.",
    Verdict.NOT_FOUND: "The site is there, but it has no such page.",
    Verdict.REFUSED: "The site does not answer robots. That says nothing about the page: look at it in a browser.",
    Verdict.TEMPORARY: "The site has trouble at the moment. Check again another day.",
    Verdict.UNREACHABLE: "There is no such site, or nothing answers there.",
    Verdict.TLS: "Browsers warn their readers of this site: its certificate is not in order.",
    Verdict.BLOCKED: "The address was not asked: it does not lead to a public web page.",
    Verdict.OFFLINE: "Not checked.",
    Verdict.PARKED: "The domain has lapsed: it is parked or for sale, and nobody's page stands there.",
    Verdict.SOFT_404: "The site answers, but in place of the page it shows a message, or its home page.",
    Verdict.LOGIN: "It leads to a page that asks to log in or to agree. Look at it in a browser.",
    Verdict.LOOP: "The site sends visitors round in circles. Look at it in a browser.",
    Verdict.DRIFTED: "The page has become another one since it was first checked.",
    Verdict.NOTICE: "It works, but the publisher marks the work as retired, retracted, withdrawn or the like.",
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
        Verdict.PARKED,
        Verdict.SOFT_404,
        Verdict.DRIFTED,
        Verdict.NOTICE,
    }
)
"""Verdicts that make the exit code 3: a reader cannot follow the link, or does not find there what the list promises
(drifted, notice). A moved page still arrives; a refusal, a log-in, a circle (most are walls for visitors without
cookies) or a temporary failure says nothing about the page; and offline nothing was learnt."""

ANSWERS = frozenset({Verdict.OK, Verdict.MOVED, Verdict.NOTICE})
ALIVE = ANSWERS | {Verdict.REFUSED, Verdict.TEMPORARY, Verdict.TLS, Verdict.LOGIN, Verdict.LOOP}
"""Verdicts that do not speak against an address: the page is there, or may well be."""
DEAD = frozenset({Verdict.NOT_FOUND, Verdict.GONE, Verdict.UNREACHABLE, Verdict.SOFT_404, Verdict.PARKED})
LOST = frozenset({Verdict.UNREACHABLE, Verdict.PARKED})
"""The whole site is gone, not a page of it: its name may be a slip."""


REMARK = "It works, but"
"""How the message of a link begins that works and of which there is something to say."""

UNASKED_REMARK = "Not asked, but"
"""How the message of a link begins that was not asked and of which there is something to say all the same."""

MISTAKE = f"It could not be checked: {OURS}"
"""How the message of a link begins that was not checked by a fault of ours."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on one address. ``detail`` is a sentence for people; ``moved_to`` is an address that may be written
    instead, or empty, and ``sure`` tells whether a server said so, for good; ``status`` is the last HTTP status, 0 when
    there was none. ``notice`` is a sentence on a notice that the page carries, or empty. ``learnt`` is false when it
    says nothing about the address: it was a fault of this machine, or of ours, or others of its host had used up what
    the host answers. ``asked`` is false when others of its host were asked in its place."""

    verdict: Verdict
    detail: str
    moved_to: str = ""
    status: int = 0
    sure: bool = True
    notice: str = ""
    learnt: bool = True
    asked: bool = True


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
    FailureKind.NOWHERE: Verdict.TEMPORARY,
    FailureKind.INTERNAL: Verdict.TEMPORARY,
    FailureKind.PROXY: Verdict.TEMPORARY,
    FailureKind.NAME_NOT_FOUND: Verdict.UNREACHABLE,
    FailureKind.REFUSED: Verdict.UNREACHABLE,
    FailureKind.NO_ROUTE: Verdict.UNREACHABLE,
    FailureKind.TLS: Verdict.TLS,
    FailureKind.BLOCKED: Verdict.BLOCKED,
    FailureKind.MALFORMED: Verdict.MALFORMED,
    FailureKind.REDIRECTS: Verdict.LOOP,
    FailureKind.OFFLINE: Verdict.OFFLINE,
}

_AT_HOME = frozenset({FailureKind.LOCAL, FailureKind.PROXY, FailureKind.INTERNAL, FailureKind.OFFLINE})
"""Failures that happened before anything was asked of the site."""

_UNUSABLE = frozenset(
    {
        FailureKind.READ_TIMEOUT,
        FailureKind.DEADLINE,
        FailureKind.CLOSED,
        FailureKind.NOT_HTTP,
        FailureKind.TOO_LARGE,
    }
)
"""Failures of sites where somebody is at home."""


def judge(outcome: Answer | Failure, words: tuple[str, ...] = ()) -> Judgement:
    """The verdict on an address, from what came of asking it (redirects followed, retries done).

    ``words`` are those of the entry: a page about "not found" is not taken for one that is not.
    """
    return _inferred(outcome) if outcome.inferred else _judged(outcome, words)


def _inferred(outcome: Answer | Failure) -> Judgement:
    """The verdict on an address that was not asked, for its host answered others so."""
    host = host_of(outcome.url) or "the site"
    judgement = _judged(outcome, ())
    if isinstance(outcome, Failure):
        if outcome.kind in _UNUSABLE:
            said = f"Not asked: {host} gave other addresses no answer that could be used ({outcome.detail})."
            return replace(judgement, detail=said, asked=False)
        # A name is looked up once for all; other sentences are on the host as well.
        return replace(judgement, asked=outcome.kind is FailureKind.NAME_NOT_FOUND)
    lead = f"It redirects to {host}, which was not asked: it" if outcome.redirects else f"Not asked: {host}"
    said = f"{lead} answers only so many requests (status {outcome.status} for another address): {_BROWSER}"
    return replace(judgement, detail=said, learnt=False, asked=bool(outcome.redirects))


def _judged(outcome: Answer | Failure, words: tuple[str, ...]) -> Judgement:
    if isinstance(outcome, Failure):
        return Judgement(_FAILED[outcome.kind], _failure_sentence(outcome), learnt=outcome.kind not in _AT_HOME)
    status = outcome.status
    if "cf-mitigated" in outcome.headers:
        return Judgement(Verdict.REFUSED, f"The site tests whether a person is asking: {_BROWSER}", status=status)
    if status == 404:
        return Judgement(Verdict.NOT_FOUND, "The site has no such page (status 404).", status=status)
    if status == 410:
        return Judgement(Verdict.GONE, "The site says that the page was removed for good (status 410).", status=status)
    if status in _REFUSED:
        return Judgement(Verdict.REFUSED, f"{_REFUSED[status]}: {_BROWSER}", status=status)
    if status >= 400 and is_wall(page_of(outcome)):
        return Judgement(Verdict.REFUSED, f"The site tests whether a person is asking: {_BROWSER}", status=status)
    if status >= 500 or status in (408, 425):
        return Judgement(Verdict.TEMPORARY, f"The site has trouble at the moment (status {status}).", status=status)
    if 400 <= status < 500:
        return Judgement(Verdict.REFUSED, f"The site refuses the request (status {status}): {_BROWSER}", status=status)
    if _is_empty(outcome):
        return Judgement(Verdict.REFUSED, f"The site answers robots with an empty page: {_BROWSER}", status=status)
    if 301 <= status < 400 and status != 304:
        return Judgement(Verdict.TEMPORARY, f"The site redirects to nowhere (status {status}).", status=status)
    return _arrived(outcome, words)


def _is_empty(answer: Answer) -> bool:
    """Whether a page has nothing in it although its status promises something (204 and 205 do not)."""
    if answer.body.strip() or not answer.complete or answer.headers.get("content-length", "0") != "0":
        return False
    return answer.status == 202 or (answer.status in (200, 203) and is_html(answer))


def places(answer: Answer) -> tuple[str, str]:
    """The address that was asked and the one that answered."""
    return (answer.redirects[0].url if answer.redirects else answer.url), answer.url


def _arrived(answer: Answer, words: tuple[str, ...]) -> Judgement:
    """The judgement on an address that led to a page, perhaps over redirects."""
    start, end = places(answer)
    page, status = page_of(answer), answer.status
    if is_parked(page, start, end):
        detail = "The domain has lapsed: it is parked or for sale, and nobody's page stands there."
        return Judgement(Verdict.PARKED, detail, status=status)
    if is_wall(page):
        return Judgement(Verdict.REFUSED, f"The site tests whether a person is asking: {_BROWSER}", status=status)
    if (is_log_in(end) or is_log_in_page(page)) and not is_log_in(start):
        return Judgement(
            Verdict.LOGIN, f"It leads to a page that asks to log in or to agree: {_BROWSER}", status=status
        )
    if is_factory_page(page):
        said = "The site shows no page of its own, but the one that its server or provider puts up."
        return Judgement(Verdict.SOFT_404, said, status=status)
    if absence(page, start, end, words) is Absence.PLAIN:
        shown = (
            f' ("{page.title or page.heading or page.text[:80]}")' if page.title or page.heading or page.text else ""
        )
        said = f"The site says that it has no such page{shown}, although with status {status}."
        return Judgement(Verdict.SOFT_404, said, status=status)
    judgement = _moved(answer, start, end) if answer.redirects else Judgement(Verdict.OK, "It works.", status=status)
    mark = mark_in(page.title)
    if not mark or judgement.verdict not in (Verdict.OK, Verdict.MOVED) or any(map(mark_in, words)):
        return judgement
    said = f'The page marks the work as {mark}: it is titled "{page.title}".'
    return replace(judgement, verdict=Verdict.NOTICE, detail=said, notice=said)


def _moved(answer: Answer, start: str, end: str) -> Judgement:
    """The judgement on redirects that led to a page."""
    status = answer.status
    works = Judgement(Verdict.OK, "It works.", status=status)
    by_page = any(hop.status == 0 for hop in answer.redirects)
    permanent = all(hop.status in (0, *PERMANENT_REDIRECTS) for hop in answer.redirects)
    if _same_page(start, end):
        return works
    if _is_home_page(end) and not _is_home_page(start):
        return _sent_home(start, end, status, permanent)
    if not permanent or _SESSION.search(end) or (by_page and urlsplit(start).path == urlsplit(end).path):
        return works
    if by_page:
        said = f"The page sends its readers on to {end}"
        return Judgement(Verdict.MOVED, said, end, status, sure=False)
    return Judgement(Verdict.MOVED, f"The page has moved for good to {end}", end, status)


def _sent_home(start: str, end: str, status: int, permanent: bool) -> Judgement:
    """A page whose readers are sent to a home page: gone, politely, unless the page has become a site of its own. Even
    then a home page is never sure to be what was cited."""
    was, now = host_of(start).removeprefix("www."), host_of(end).removeprefix("www.")
    parts = [each for each in urlsplit(start).path.lower().split("/") if each]
    if was == now:
        said = "It leads to the site's home page: the page itself has probably been removed."
        return Judgement(Verdict.SOFT_404, said, status=status)
    if len(parts) == 1 and "." not in parts[0]:
        # A short address made to be passed on, or a department that was given a host.
        own = permanent and registered_domain(was) == registered_domain(now)
        if own:
            return Judgement(Verdict.MOVED, f"The page has moved for good to {end}", end, status, sure=False)
        return Judgement(Verdict.OK, "It works.", status=status)
    if any(part.strip("~") in now.split(".") for part in parts):
        if not permanent:
            return Judgement(Verdict.OK, "It works.", status=status)
        return Judgement(Verdict.MOVED, f"The page has moved for good to {end}", end, status, sure=False)
    said = f"It leads to the home page of {now}: the page itself has probably been removed."
    return Judgement(Verdict.SOFT_404, said, status=status)


_TLS_ADVICE: dict[str, str] = {
    TlsFault.NOT_YET: "It will be in a while; if not, the clock of this machine may be wrong.",
    TlsFault.EXPIRED: "Sites mostly forget to renew it: check again in a week, or write to them.",
    TlsFault.SELF_SIGNED: "Nobody vouches for the site: look for the page elsewhere, or an archived copy.",
    TlsFault.STRANGER: "It may be meant for the members of an organisation: look for a public address.",
    TlsFault.INCOMPLETE: "Some browsers find it by themselves, so most readers get through: tell the site.",
    TlsFault.REVOKED: "Its keys may have been stolen: look for the page elsewhere, or an archived copy.",
    TlsFault.OTHER_HOST: "Compare the host name with the one that the site uses itself, with and without www.",
}
_TLS_UNKNOWN = "Look at it in a browser, or for an archived copy."


def _failure_sentence(failure: Failure) -> str:
    match failure.kind:
        case FailureKind.OFFLINE:
            return f"Not checked: {failure.detail}."
        case FailureKind.BLOCKED:
            return f"Not asked: {_where_blocked(failure)}."
        case FailureKind.MALFORMED:
            return f"It cannot be asked: {failure.detail}."
        case FailureKind.NOWHERE:
            return f"The site redirects to nowhere: {failure.detail}."
        case FailureKind.INTERNAL:
            return f"It could not be checked: {failure.detail}."
        case FailureKind.TLS:
            return f"Browsers warn of this site: {failure.detail}. {_TLS_ADVICE.get(failure.detail, _TLS_UNKNOWN)}"
        case FailureKind.REDIRECTS:
            return f"The site sends visitors round in circles: {_BROWSER}"
    host = host_of(failure.url) or "The site"
    if failure.kind in _UNUSABLE:
        return f"{host} gave no answer that could be used: {failure.detail}."
    return f"{host} cannot be reached: {failure.detail}."


def _where_blocked(failure: Failure) -> str:
    """``intranet.example leads to 10.0.0.1, which is a private address``"""
    host = host_of(failure.url)
    address, is_, what = failure.detail.partition(" is ")
    if not host or not is_ or host.strip("[]") == address:
        return failure.detail
    return f"{host} leads to {address}, which is {what}"


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
