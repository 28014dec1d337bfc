"""How one link is looked into: what to ask, what to conclude, what to ask next. Pure: it asks by yielding.

An investigation is a generator. It yields a :class:`Question`, is sent the :class:`Outcome`, and returns the Finding.
Who asks, when, and with how many at once is the engine's business (``links/engine.py``).
"""

from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from ppreflist.links.finding import Finding
from ppreflist.links.hosts import KnownHosts, Suggestion, host_of, with_host
from ppreflist.links.latex_urls import unescaped
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.syntax import Defect, Reading, doi_in_address, examine
from ppreflist.links.verdict import ALIVE, ANSWERS, DEAD, Judgement, Verdict, judge
from ppreflist.model.identifier import (
    DOI,
    ArXiv,
    Identifier,
    Malformed,
    parse_arxiv,
    parse_doi,
    parse_handle,
    parse_pmcid,
    parse_pmid,
)
from ppreflist.net.answer import Answer, without_credentials
from ppreflist.net.failure import Failure, FailureKind

DOI_SERVICE = "https://doi.org"
_PLAUSIBLE = frozenset({Verdict.REFUSED, Verdict.TEMPORARY})
"""A repaired address with this verdict may well be right: its site exists, and says nothing about the page."""
NOT_ASKED = "Not confirmed: it could not be asked."
_MOST_HOSTS = 3


@dataclass(frozen=True, slots=True)
class Question:
    """An address to ask. A ``record`` is a service's JSON, wanted whole; its redirects are an answer, not a way."""

    url: str
    record: bool = False


Outcome = Answer | Failure
Investigation = Generator[Question, Outcome, Finding]


@dataclass(frozen=True, slots=True)
class Context:
    """What an investigation knows beside its link."""

    hosts: KnownHosts
    doi_service: str = DOI_SERVICE


def investigate(link: Link, context: Context) -> Investigation:
    """Look into a link. The first question may be answered by a Failure of kind OFFLINE: then, as for ``--offline``,
    the finding is what can be said without a network."""
    if link.kind is LinkKind.URL:
        finding = yield from _url(link, context)
        if not link.alone and finding.verdict in ALIVE | {Verdict.OFFLINE}:
            message = "The field holds several addresses and can hold one: keep one here and move the others to note."
            return Finding(link, Verdict.MALFORMED, message, asked=finding.asked, status=finding.status)
        return finding
    return (yield from _identifier(link, context))


def unasked(link: Link, context: Context) -> Finding:
    """What can be said of a link without a network."""
    investigation = investigate(link, context)
    try:
        question = next(investigation)
        while True:
            question = investigation.send(Failure(FailureKind.OFFLINE, "nobody was asked", question.url))
    except StopIteration as end:
        finding: Finding = end.value
        return finding


# Web addresses --------------------------------------------------------------------------------------------------------


def _url(link: Link, context: Context) -> Investigation:
    reading = examine(link.written)
    if reading.defects:
        return (yield from _damaged(link, reading, context))
    doi = doi_in_address(reading.url)
    if doi is not None:
        judgement = yield from _ask_doi(doi, context)
        return _plain(link, judgement, doi.url)
    return (yield from _sound(link, reading.url, context))


def _sound(link: Link, url: str, context: Context) -> Investigation:
    """An address that is written as it should be: ask it; look for a slip in its host when it does not answer."""
    judgement = judge((yield Question(url)))
    fragment = url.partition("#")[2]
    if judgement.moved_to and fragment and "#" not in judgement.moved_to:
        judgement = replace(judgement, moved_to=f"{judgement.moved_to}#{fragment}")
    host = host_of(url)
    questioned = context.hosts.questioned(host, link.words)
    if judgement.verdict is Verdict.OFFLINE and questioned:
        meant = questioned[0]
        return _typo(link, host, meant, with_host(url, meant.host), NOT_ASKED)
    if judgement.verdict in DEAD:
        hosts = context.hosts.meant(host, link.words) if judgement.verdict is Verdict.UNREACHABLE else questioned
        for meant in hosts[:_MOST_HOSTS]:
            repaired = with_host(url, meant.host)
            answered = judge((yield Question(repaired)))
            if answered.verdict in ANSWERS:
                return _typo(link, host, meant, repaired, f"{meant.host} has this page.", judgement)
            if answered.verdict in _PLAUSIBLE and judgement.verdict is Verdict.UNREACHABLE:
                said = f"{meant.host} exists, but would not say whether it has this page."
                return _typo(link, host, meant, repaired, said, judgement)
    return _plain(link, judgement, url)


def _plain(link: Link, judgement: Judgement, asked: str) -> Finding:
    fix = judgement.moved_to or None
    asked = "" if judgement.verdict is Verdict.OFFLINE else without_credentials(asked)
    return Finding(link, judgement.verdict, judgement.detail, fix, fix is not None, asked, judgement.status)


def _typo(
    link: Link, host: str, meant: Suggestion, fix: str, evidence: str, was: Judgement | None = None, said: str = ""
) -> Finding:
    """A finding that a host is mistyped; ``said`` is what else is wrong with the address."""
    failed = "" if was is None else f" {was.detail}"
    lead = f"{said} " if said else ""
    message = f"{lead}{host} looks mistyped: did you mean {meant.host} ({meant.reason})?{failed} {evidence}"
    return Finding(link, Verdict.TYPO, message, fix, True, "" if was is None else fix, 0 if was is None else was.status)


def _damaged(link: Link, reading: Reading, context: Context) -> Investigation:
    """An address that cannot stand as it is written: ask its repairs in turn."""
    said = _defects(reading)
    if not reading.candidates:
        return Finding(link, Verdict.MALFORMED, said)
    best = reading.candidates[0]
    contradicted: Judgement | None = None
    denied = False
    for candidate in reading.candidates:
        doi = doi_in_address(candidate)
        if doi is not None:
            judgement = yield from _ask_doi(doi, context)
        else:
            judgement = judge((yield Question(candidate)))
        if judgement.verdict is Verdict.OFFLINE:
            return _damaged_offline(link, said, best, context)
        if judgement.verdict in ANSWERS:
            fix = judgement.moved_to or candidate
            return _malformed(link, said, fix, True, "The repaired address works.", candidate, judgement.status)
        if judgement.verdict in _PLAUSIBLE and not denied:
            evidence = f"Not confirmed: {judgement.detail}"
            return _malformed(link, said, candidate, True, evidence, candidate, judgement.status)
        denied = denied or judgement.verdict in (Verdict.NOT_FOUND, Verdict.GONE)
        if judgement.verdict is Verdict.UNREACHABLE:
            found = yield from _elsewhere(link, said, candidate, judgement, context)
            if found is not None:
                return found
        contradicted = contradicted or judgement
    if reading.url:
        judgement = judge((yield Question(reading.url)))
        if judgement.verdict in ANSWERS:
            return _plain(link, judgement, reading.url)
    assert contradicted is not None
    return _malformed(
        link, said, best, False, f"The likeliest repair does not work either: {_lower(contradicted.detail)}", best, 0
    )


def _elsewhere(
    link: Link, said: str, candidate: str, failed: Judgement, context: Context
) -> Generator[Question, Outcome, Finding | None]:
    """A repaired address whose host does not exist: the host may be mistyped as well."""
    host = host_of(candidate)
    for meant in context.hosts.meant(host, link.words)[:_MOST_HOSTS]:
        repaired = with_host(candidate, meant.host)
        judgement = judge((yield Question(repaired)))
        if judgement.verdict in ANSWERS | _PLAUSIBLE:
            evidence = f"{meant.host} has this page." if judgement.verdict in ANSWERS else judgement.detail
            return _typo(link, host, meant, repaired, evidence, failed, said)
    return None


def _damaged_offline(link: Link, said: str, best: str, context: Context) -> Finding:
    host = host_of(best)
    questioned = context.hosts.questioned(host, link.words)
    if not questioned:
        return _malformed(link, said, best, True, NOT_ASKED, "", 0)
    repaired = with_host(best, questioned[0].host)
    return _typo(link, host, questioned[0], repaired, NOT_ASKED, said=said)


def _malformed(link: Link, said: str, fix: str, safe: bool, evidence: str, asked: str, status: int) -> Finding:
    return Finding(link, Verdict.MALFORMED, f"{said} {evidence}", fix, safe, asked, status)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _defects(reading: Reading) -> str:
    """``The address has a space in it and lacks https:// at the beginning.``"""
    defects = [str(defect) for defect in reading.defects if defect is not Defect.NOT_AN_ADDRESS]
    if Defect.NOT_AN_ADDRESS in reading.defects or not defects:
        return "This is not a web address."
    listed = defects[0] if len(defects) == 1 else f"{', '.join(defects[:-1])} and {defects[-1]}"
    return f"The address {listed}."


# Identifiers ----------------------------------------------------------------------------------------------------------

_PARSERS = {
    LinkKind.DOI: parse_doi,
    LinkKind.ARXIV: parse_arxiv,
    LinkKind.PMID: parse_pmid,
    LinkKind.PMCID: parse_pmcid,
    LinkKind.HANDLE: parse_handle,
}


def _identifier(link: Link, context: Context) -> Investigation:
    written = unescaped(link.written).strip().removeprefix("{").removesuffix("}")
    if link.kind is LinkKind.JSTOR:
        url = f"https://www.jstor.org/stable/{quote(written, safe='/.')}"
        return _plain(link, judge((yield Question(url))), url)
    found = _PARSERS[link.kind](written)
    if isinstance(found, Malformed):
        said = f"This is not a {found.right.label if found.right else link.kind.upper()}: {found.reason}."
        if found.right is None:
            return Finding(link, Verdict.MALFORMED, said)
        return (yield from _repaired(link, said, found.right, context))
    if link.kind is LinkKind.DOI and not _is_bare(written, found):
        said = "The field should hold the bare DOI; styles make the address from it."
        return (yield from _repaired(link, said, found, context))
    judgement = yield from _ask_identifier(found, context)
    return _plain(link, judgement, found.url)


def _is_bare(written: str, found: Identifier) -> bool:
    return unquote(written).casefold() == unquote(found.value).casefold()


def _repaired(link: Link, said: str, found: Identifier, context: Context) -> Investigation:
    judgement = yield from _ask_identifier(found, context)
    if judgement.verdict is Verdict.OFFLINE:
        evidence = NOT_ASKED
    elif judgement.verdict in ANSWERS:
        evidence = f"The {found.label} exists."
    else:
        evidence = judgement.detail
    safe = judgement.verdict not in DEAD
    return Finding(link, Verdict.MALFORMED, f"{said} {evidence}", found.value, safe, found.url, judgement.status)


def _ask_identifier(found: Identifier, context: Context) -> Generator[Question, Outcome, Judgement]:
    if isinstance(found, DOI):
        return (yield from _ask_doi(found, context))
    if isinstance(found, ArXiv):
        # Every arXiv article has a DOI (https://info.arxiv.org/help/doi.html); the registry bears many questions,
        # arxiv.org wants three seconds between two.
        judgement = yield from _ask_doi(DOI(f"10.48550/arXiv.{found.key}"), context)
        if judgement.verdict is not Verdict.NOT_FOUND:
            return judgement
    return judge((yield Question(found.url)))


def _ask_doi(doi: DOI, context: Context) -> Generator[Question, Outcome, Judgement]:
    """Ask the registry, never the publisher (Handle.Net's proxy REST API: https://www.handle.net/proxy_servlet.html).

    When the API would not answer, the resolver itself tells a DOI that exists by its redirect.
    """
    base = context.doi_service.rstrip("/")
    name = quote(doi.value, safe="/:;()-._~")
    outcome = yield Question(f"{base}/api/handles/{name}?type=URL", record=True)
    judgement = judge_record(outcome, doi)
    if judgement is not None:
        return judgement
    outcome = yield Question(f"{base}/{name}", record=True)
    if isinstance(outcome, Answer) and 300 <= outcome.status < 400:
        return Judgement(Verdict.OK, "The DOI is registered.", status=outcome.status)
    if isinstance(outcome, Answer) and outcome.status == 404:
        return _unregistered(doi, 404)
    judgement = judge(outcome)
    if judgement.verdict in (Verdict.TEMPORARY, Verdict.OFFLINE):
        return judgement
    return Judgement(
        Verdict.REFUSED, "The DOI registry would not answer: try again another day.", status=judgement.status
    )


_DELETED = ("crossref.org/deleted_doi", "link.springer.com/deleted")


def judge_record(outcome: Outcome, doi: DOI) -> Judgement | None:
    """What the handle API's answer says of a DOI; None when it says nothing that can be relied on.

    ``responseCode``: 1 success, 2 error, 100 handle not found, 200 values not found (the handle exists).
    """
    if isinstance(outcome, Failure):
        return None if outcome.kind in (FailureKind.NOT_HTTP, FailureKind.TOO_LARGE) else judge(outcome)
    record = _json_object(outcome.body)
    match record.get("responseCode"):
        case 1:
            values = record.get("values")
            places = [_place(value) for value in values] if isinstance(values, list) else []
            if any(deleted in place.lower() for place in places for deleted in _DELETED):
                detail = f"The DOI {doi.value} was withdrawn by its publisher."
                return Judgement(Verdict.GONE, detail, status=outcome.status)
            return Judgement(Verdict.OK, "The DOI is registered.", status=outcome.status)
        case 200:
            return Judgement(Verdict.OK, "The DOI is registered.", status=outcome.status)
        case 100:
            return _unregistered(doi, outcome.status)
    if outcome.status >= 500 or outcome.status == 429:
        return Judgement(
            Verdict.TEMPORARY, f"The DOI registry has trouble (status {outcome.status}).", status=outcome.status
        )
    return None


def _unregistered(doi: DOI, status: int) -> Judgement:
    detail = f"No DOI {doi.value} is registered: compare it with the article's first page."
    return Judgement(Verdict.NOT_FOUND, detail, status=status)


def _place(value: object) -> str:
    """The address in one value of a handle record: ``{"type": "URL", "data": {"format": "string", "value": ...}}``."""
    data = value.get("data") if isinstance(value, dict) else None
    place = data.get("value") if isinstance(data, dict) else None
    return place if isinstance(place, str) else ""


def _json_object(body: bytes) -> dict[str, object]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
