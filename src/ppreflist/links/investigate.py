"""How one link is looked into: what to ask, what to conclude, what to ask next. Pure: it asks by yielding.

An investigation is a generator. It yields a :class:`Question`, is sent the :class:`Outcome`, and returns the Finding.
Who asks, when, and with how many at once is the engine's business (``links/engine.py``).
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import replace
from urllib.parse import quote, unquote

from ppreflist.links.ask import ask, lowered
from ppreflist.links.dois import (
    ask_doi,
    doi_at,
    is_address_of,
    meant_doi,
    sought_doi,
    with_doi_in_url,
    with_notice,
)
from ppreflist.links.drift import fingerprint_of
from ppreflist.links.finding import Finding
from ppreflist.links.hosts import Suggestion, host_of, with_host
from ppreflist.links.latex_urls import unescaped
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.page import Visit
from ppreflist.links.question import DOI_SERVICE, Context, Outcome, Question
from ppreflist.links.remarks import remarked
from ppreflist.links.syntax import Defect, Reading, examine, is_other_scheme
from ppreflist.links.verdict import ALIVE, ANSWERS, DEAD, LOST, Judgement, Verdict
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
from ppreflist.net.answer import without_credentials
from ppreflist.net.failure import Failure, FailureKind, TlsFault
from ppreflist.net.guard import literal

__all__ = ["DOI_SERVICE", "Context", "Investigation", "Outcome", "Question", "investigate", "unasked"]

_PLAUSIBLE = frozenset({Verdict.REFUSED, Verdict.TEMPORARY, Verdict.LOGIN, Verdict.LOOP})
"""A repaired address with this verdict may well be right: its site exists, and says nothing about the page."""
_DOUBTFUL = frozenset({Verdict.TLS, Verdict.BLOCKED})
"""An address with this verdict is not to be written unseen; but its host exists, and the mistyped one does not."""
NOT_ASKED = "Not confirmed: it could not be asked."
_MOST_HOSTS = 3
_LONGEST_TAIL = 40


Investigation = Generator[Question, Outcome, Finding]


def investigate(link: Link, context: Context) -> Investigation:
    """Look into a link. The first question may be answered by a Failure of kind OFFLINE: then, as for ``--offline``,
    the finding is what can be said without a network."""
    if link.kind is LinkKind.URL:
        finding = yield from _url(link, context)
        if not link.alone and finding.verdict in ALIVE | {Verdict.OFFLINE}:
            message = "The field holds several addresses and can hold one: keep one here and move the others to note."
            return Finding(link, Verdict.MALFORMED, message, asked=finding.asked, status=finding.status)
        return with_doi_in_url(finding, context)
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
    if is_other_scheme(reading.url):
        return Finding(link, Verdict.BLOCKED, "Not asked: only http and https addresses are asked.")
    doi = doi_at(reading.url)
    if isinstance(doi, Malformed):
        return (yield from _misread_doi(link, doi, context))
    if doi is not None:
        judgement = yield from ask_doi(doi, context)
        if judgement.verdict is Verdict.NOT_FOUND:
            return (yield from _unknown_doi(link, doi, reading.url, judgement, context))
        judgement = with_notice(judgement, doi, link, context)
        if not is_address_of(reading.url, doi):
            safe = judgement.verdict not in DEAD
            detail = NOT_ASKED if judgement.verdict is Verdict.OFFLINE else judgement.detail
            said = f"The address has something in it that belongs to no address of a DOI. {detail}"
            return Finding(link, Verdict.MALFORMED, said, doi.url, safe, _asked(doi.url, judgement), judgement.status)
        return _plain(link, judgement, doi.url)
    return (yield from _sound(link, reading.url, context))


def _sound(link: Link, url: str, context: Context) -> Investigation:
    """An address that is written as it should be: ask it; look for a slip in its host when it does not answer."""
    look = yield from ask(url, link.words, context)
    judgement = yield from remarked(link, url, look, context)
    fragment = url.partition("#")[2]
    if judgement.moved_to and fragment and "#" not in judgement.moved_to:
        judgement = replace(judgement, moved_to=f"{judgement.moved_to}#{fragment}")
    host = host_of(url)
    if isinstance(look.outcome, Failure) and look.outcome.detail == TlsFault.OTHER_HOST:
        return (yield from _other_name(link, url, host, judgement, context))
    questioned = context.hosts.questioned(host, link.words)
    if judgement.verdict is Verdict.OFFLINE and questioned:
        meant = questioned[0]
        return _typo(link, host, meant, with_host(url, meant.host), NOT_ASKED)
    if judgement.verdict in DEAD:
        hosts = context.hosts.meant(host, link.words) if judgement.verdict in LOST else questioned
        found = yield from _mistyped(link, url, hosts, judgement, context)
        if found is not None:
            return found
    finding = _plain(link, judgement, url)
    if finding.verdict in ANSWERS and isinstance(look.outcome, Visit):
        return replace(finding, page=fingerprint_of(look.outcome.page))
    return finding


def _mistyped(
    link: Link, url: str, hosts: Sequence[Suggestion], failed: Judgement, context: Context, said: str = ""
) -> Generator[Question, Outcome, Finding | None]:
    """An address whose host may be mistyped: ask the hosts that may have been meant. ``said`` is what else is wrong."""
    host = host_of(url)
    doubtful: Finding | None = None
    for meant in hosts[:_MOST_HOSTS]:
        repaired = with_host(url, meant.host)
        look = yield from ask(repaired, link.words, context)
        if look.answers:
            return _typo(link, host, meant, repaired, f"{meant.host} has this page.", failed, said)
        if failed.verdict not in LOST or meant.weak:
            continue
        if look.verdict in _PLAUSIBLE:
            evidence = f"{meant.host} exists, but would not say whether it has this page."
            return _typo(link, host, meant, repaired, evidence, failed, said)
        if look.verdict in _DOUBTFUL and doubtful is None:
            warned = f"{meant.host} exists, but {lowered(look.judgement.detail)}"
            evidence = warned if look.verdict is Verdict.TLS else look.judgement.detail
            doubtful = replace(_typo(link, host, meant, repaired, evidence, failed, said), safe=False)
    return doubtful


def _other_name(link: Link, url: str, host: str, judgement: Judgement, context: Context) -> Investigation:
    """A site whose certificate is for another host: often it is the same name with or without www."""
    other = with_host(url, host.removeprefix("www.") if host.startswith("www.") else f"www.{host}")
    if literal(host) is None and (yield from ask(other, link.words, context)).answers:
        message = f"{judgement.detail} {host_of(other)} has this page, and a certificate that is in order."
        return Finding(link, judgement.verdict, message, other, True, other, 200)
    return _plain(link, judgement, url)


def _plain(link: Link, judgement: Judgement, asked: str) -> Finding:
    fix = judgement.moved_to or None
    safe = fix is not None and judgement.sure
    return Finding(
        link, judgement.verdict, judgement.detail, fix, safe, _asked(asked, judgement), judgement.status,
        learnt=judgement.learnt,
    )  # fmt: skip


def _asked(url: str, judgement: Judgement) -> str:
    """The address that a judgement comes from; empty when nobody was asked."""
    return without_credentials(url) if judgement.asked and judgement.verdict is not Verdict.OFFLINE else ""


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
    doubtful: Finding | None = None
    denied = False
    for candidate in reading.candidates:
        doi = doi_at(candidate)
        if isinstance(doi, Malformed):
            return (yield from _misread_doi(link, doi, context, said=f"{said} "))
        if doi is not None:
            judgement = yield from ask_doi(doi, context)
            if judgement.verdict is Verdict.NOT_FOUND:
                return (yield from _unknown_doi(link, doi, candidate, judgement, context, said=f"{said} "))
            judgement = with_notice(judgement, doi, link, context)
        else:
            judgement = (yield from ask(candidate, link.words, context)).judgement
        if judgement.verdict is Verdict.OFFLINE:
            return _damaged_offline(link, said, best, context)
        if judgement.verdict in ANSWERS:
            whole = doi is None or is_address_of(candidate, doi)
            moved = judgement.moved_to if judgement.sure else ""
            fix = moved or (candidate if whole or doi is None else doi.url)
            works = " ".join(filter(None, ("The repaired address works.", judgement.notice)))
            return _malformed(link, said, fix, True, works, candidate, judgement.status)
        if judgement.verdict in _PLAUSIBLE and not denied:
            evidence = f"Not confirmed: {judgement.detail}"
            return _malformed(link, said, candidate, True, evidence, _asked(candidate, judgement), judgement.status)
        denied = denied or judgement.verdict in DEAD - LOST
        if judgement.verdict in LOST:
            hosts = context.hosts.meant(host_of(candidate), link.words)
            found = yield from _mistyped(link, candidate, hosts, judgement, context, said)
            if found is not None and found.safe:
                return found
            doubtful = doubtful or found
        contradicted = contradicted or judgement
    if reading.url:
        look = yield from ask(reading.url, link.words, context)
        if look.answers:
            return _plain(link, look.judgement, reading.url)
    if doubtful is not None:
        return doubtful
    assert contradicted is not None
    failed = "could not be asked" if contradicted.verdict is Verdict.BLOCKED else "does not work either"
    detail = lowered(contradicted.detail.removeprefix("Not asked: "))
    return _malformed(link, said, best, False, f"The likeliest repair {failed}: {detail}", best, 0)


def _damaged_offline(link: Link, said: str, best: str, context: Context) -> Finding:
    host = host_of(best)
    questioned = context.hosts.questioned(host, link.words)
    if not questioned:
        # A host put together out of pieces is a guess about where readers are sent: it wants to be asked first.
        whole = host in link.written.lower()
        return _malformed(link, said, best, whole, NOT_ASKED, "", 0)
    repaired = with_host(best, questioned[0].host)
    return _typo(link, host, questioned[0], repaired, NOT_ASKED, said=said)


def _malformed(link: Link, said: str, fix: str, safe: bool, evidence: str, asked: str, status: int) -> Finding:
    return Finding(link, Verdict.MALFORMED, f"{said} {evidence}", fix, safe, asked, status)


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
        return _plain(link, (yield from ask(url, link.words, context)).judgement, url)
    found = _PARSERS[link.kind](written)
    if isinstance(found, Malformed):
        if link.kind is LinkKind.DOI:
            return (yield from _misread_doi(link, found, context))
        said = f"This is not a {found.right.label if found.right else link.kind.upper()}: {found.reason}."
        if found.right is not None:
            return (yield from _repaired(link, said, found.right, context))
        return Finding(link, Verdict.MALFORMED, said)
    if link.kind is LinkKind.DOI and not _is_bare(written, found):
        said = _around(written, found)
        return (yield from _repaired(link, said, found, context))
    judgement = yield from _ask_identifier(found, context)
    if judgement.verdict is Verdict.NOT_FOUND and isinstance(found, DOI):
        return (yield from _unknown_doi(link, found, written, judgement, context))
    if isinstance(found, DOI):
        judgement = with_notice(judgement, found, link, context)
    return _plain(link, judgement, found.url)


def _misread_doi(link: Link, found: Malformed, context: Context, said: str = "") -> Investigation:
    """What stands there cannot be a DOI as it is: look for the one that was meant. ``said`` is what else is wrong."""
    whole = found.doubtful
    if isinstance(whole, DOI):
        # What looks cut off may be whole against all appearances: the registry knows.
        judgement = yield from ask_doi(whole, context)
        if judgement.verdict is Verdict.OK and said:
            return (yield from _repaired(link, said.rstrip(), whole, context))
        if judgement.verdict is Verdict.OK:
            return _plain(link, with_notice(judgement, whole, link, context), whole.url)
    said = f"{said}This is not a DOI: {found.reason.rstrip('.')}."
    if isinstance(found.right, DOI):
        return (yield from _repaired(link, said, found.right, context))
    prefix = re.search(r"10\.\d{4,9}", found.text)
    meant = yield from _meant(found.text, prefix[0] if prefix else "", link, context)
    if meant is None:
        return Finding(link, Verdict.MALFORMED, said)
    doi, sure, why = meant
    return Finding(link, Verdict.MALFORMED, f"{said} {why}", _as_written(link, doi), sure, doi.url, 200)


def _as_written(link: Link, found: Identifier) -> str:
    """An identifier as it is to be written where the link stands."""
    return found.url if link.kind is LinkKind.URL else found.value


_ENOUGH_OF_A_DOI = 5
"""Characters after the prefix by which what was cut off and a whole DOI are known to be the same."""


def _meant(
    written: str, prefix: str, link: Link, context: Context
) -> Generator[Question, Outcome, tuple[DOI, bool, str] | None]:
    """The DOI that was meant, whether it is sure, and why: a repair that the registry knows, else the work of the
    entry's title under the same prefix."""
    meant = yield from meant_doi(written, context)
    if meant is not None:
        return *meant, _registered(meant[0], link, context)
    sought = (yield from sought_doi(prefix, link, context)) if prefix else None
    if sought is None:
        return None
    right, notice = sought
    begun = written[written.find(prefix) :].lower()
    cut_off = right.key.startswith(begun) and len(begun) >= len(prefix) + _ENOUGH_OF_A_DOI
    known = replace(context, notices={} if notice is None else {right.key: notice})
    return right, cut_off, f"Crossref has a work of this title as {right.value}.{_noticed(right, link, known)}"


def _unknown_doi(
    link: Link, doi: DOI, written: str, judgement: Judgement, context: Context, said: str = ""
) -> Investigation:
    """A DOI that is not registered: look for the one that was meant among its likely repairs."""
    found = yield from _meant(written, doi.prefix, link, context)
    if found is None:
        verdict = Verdict.MALFORMED if said else judgement.verdict
        return Finding(link, verdict, f"{said}{judgement.detail}", asked=doi.url, status=judgement.status)
    right, sure, why = found
    message = f"{said}No DOI {doi.value} is registered. {why}"
    return Finding(link, Verdict.TYPO, message, _as_written(link, right), sure, right.url, 200)


def _registered(doi: DOI, link: Link, context: Context) -> str:
    return f"{doi.value} is registered: compare its title with this entry's.{_noticed(doi, link, context)}"


def _noticed(doi: DOI, link: Link, context: Context) -> str:
    """The notice on the work of a registered DOI as one more sentence, or nothing."""
    said = with_notice(Judgement(Verdict.OK, ""), doi, link, context).notice
    return f" {said}" if said else ""


def _is_bare(written: str, found: Identifier) -> bool:
    return unquote(written).casefold() == unquote(found.value).casefold()


def _around(written: str, found: Identifier) -> str:
    """What stands in a field beside a DOI."""
    tail = written[len(found.value) :] if written.casefold().startswith(found.value.casefold()) else ""
    if tail:
        return f'"{tail[:_LONGEST_TAIL]}" at its end does not belong to the DOI.'
    return "The field should hold the bare DOI; styles make the address from it."


def _repaired(link: Link, said: str, found: Identifier, context: Context) -> Investigation:
    judgement = yield from _ask_identifier(found, context)
    if judgement.verdict is Verdict.NOT_FOUND and isinstance(found, DOI):
        return (yield from _unknown_doi(link, found, found.value, judgement, context, said=f"{said} "))
    if judgement.verdict is Verdict.OFFLINE:
        evidence = NOT_ASKED
    elif judgement.verdict in ANSWERS:
        evidence = f"The repaired {found.label} exists."
        if isinstance(found, DOI):
            evidence += _noticed(found, link, context)
    else:
        evidence = judgement.detail
    safe = judgement.verdict not in DEAD
    fix, asked = _as_written(link, found), _asked(found.url, judgement)
    return Finding(link, Verdict.MALFORMED, f"{said} {evidence}", fix, safe, asked, judgement.status)


def _ask_identifier(found: Identifier, context: Context) -> Generator[Question, Outcome, Judgement]:
    if isinstance(found, DOI):
        return (yield from ask_doi(found, context))
    if isinstance(found, ArXiv):
        # Every arXiv article has a DOI (https://info.arxiv.org/help/doi.html); the registry bears many questions,
        # arxiv.org wants three seconds between two.
        judgement = yield from ask_doi(DOI(f"10.48550/arXiv.{found.key}"), context)
        if judgement.verdict is not Verdict.NOT_FOUND:
            return judgement
    return (yield from ask(found.url, (), context)).judgement
