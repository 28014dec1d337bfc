"""What is worth saying of a link that works: a place that the page lacks, a PDF that is none, a better address."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from ppreflist.links.appearance import mark_in
from ppreflist.links.ask import Look, ask
from ppreflist.links.link import Link
from ppreflist.links.notices import Notice, NoticeKind, is_noted
from ppreflist.links.page import NO_PAGE, Page, Visit, is_html
from ppreflist.links.question import Context, Outcome, Question
from ppreflist.links.verdict import REMARK, Judgement, Verdict
from ppreflist.model.identifier import DOI, parse_doi

_TRACKING = frozenset(
    (
        "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "mc_cid", "mc_eid",
        "_hsenc", "_hsmi", "mkt_tok", "wt.mc_id", "oly_anon_id", "oly_enc_id", "vero_id", "_openstat",
    )
)  # fmt: skip


def remarked(link: Link, url: str, look: Look, context: Context) -> Generator[Question, Outcome, Judgement]:
    """The judgement on a sound address that works, with what else there is to say."""
    judgement, outcome = look.judgement, look.outcome
    noted = _mark(link, judgement, outcome)
    if noted:
        judgement = replace(judgement, verdict=Verdict.OK, notice="")
    if judgement.verdict is not Verdict.OK or not isinstance(outcome, Visit):
        return judgement
    said = [text for text in (noted, _place(url, outcome), _pdf(url, outcome), _doi(link, outcome.page)) if text]
    better = yield from _better(url, look, link, context)
    if better is not None:
        address, why = better
        said.append(why)
        judgement = replace(judgement, moved_to=address)
    if said:
        return replace(judgement, detail=f"{REMARK} {'; and '.join(said)}.")
    fragment = urlsplit(url).fragment
    if fragment and not outcome.page.complete and not outcome.page.has_anchor(fragment):
        seen = "It works. The page is long, and only its beginning was read: whether it has a place named"
        return replace(judgement, detail=f'{seen} "{fragment}" was not seen.')
    return judgement


def _mark(link: Link, judgement: Judgement, outcome: Outcome) -> str:
    """What the page marks the work as, when the entry says so, too: worth knowing, but nothing new."""
    mark = mark_in(outcome.page.title) if isinstance(outcome, Visit) else ""
    if judgement.verdict is not Verdict.NOTICE or judgement.moved_to or not mark:
        return ""
    if not is_noted(Notice(NoticeKind.MARKED, mark=mark), link.noted):
        return ""
    return f"the page marks the work as {mark}, as the entry says"


def _place(url: str, visit: Visit) -> str:
    fragment = urlsplit(url).fragment
    page = visit.page
    if not fragment or not page.complete or not is_html(visit) or page == NO_PAGE or page.has_anchor(fragment):
        return ""
    return f'the page has no place named "{fragment}": readers arrive at its top'


def _pdf(url: str, visit: Visit) -> str:
    if not urlsplit(url).path.lower().endswith(".pdf") or not is_html(visit):
        return ""
    return "it shows a web page in place of the PDF"


def _doi(link: Link, page: Page) -> str:
    """Online evidence that ``url`` and ``doi`` of an entry lead to two works."""
    if not page.doi or not link.doi:
        return ""
    shown, held = parse_doi(page.doi), parse_doi(link.doi)
    if not isinstance(shown, DOI) or not isinstance(held, DOI) or shown.key == held.key:
        return ""
    return f"the page says that its DOI is {shown.value}, and the entry has {held.value}"


# Better addresses -----------------------------------------------------------------------------------------------------


def _better(url: str, look: Look, link: Link, context: Context) -> Generator[Question, Outcome, tuple[str, str] | None]:
    """An address that serves the same page without something that it should not have; it was asked."""
    clean = without_tracking(url)
    secure = over_https(clean) if not look.judgement.moved_to else ""
    tries = [(secure, "it works over https as well")] if secure else []
    if clean != url:
        part = "it has parameters that only serve to follow readers"
        tries = [(secure, f"{part}, and works over https")] * bool(secure) + [(clean, part)]
    for address, why in tries:
        other = yield from ask(address, link.words, context)
        alike = likeness(look.outcome, other.outcome, urlsplit(address).scheme)
        if other.verdict is Verdict.OK and alike:
            return address, f"{why} ({alike})"
    return None


def without_tracking(url: str) -> str:
    """The address without ``utm_source=...`` and its like."""
    parts = urlsplit(url)
    if not parts.query:
        return url
    pairs = parts.query.split("&")
    kept = [each for each in pairs if not _tracks(each.partition("=")[0].lower())]
    return url if len(kept) == len(pairs) else urlunsplit(parts._replace(query="&".join(kept)))


def _tracks(name: str) -> bool:
    return name.startswith(("utm_", "pk_", "mtm_", "hsa_")) or name in _TRACKING


def over_https(url: str) -> str:
    """The same address over https; empty when it is already, or has a port of its own."""
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.port not in (None, 80) or parts.hostname is None:
        return ""
    return urlunsplit(parts._replace(scheme="https", netloc=parts.netloc.removesuffix(":80")))


def likeness(one: Outcome, other: Outcome, scheme: str) -> str:
    """By what two answers show a reader the same, the other one over this scheme to the end; empty when they do not."""
    if not isinstance(one, Visit) or not isinstance(other, Visit) or urlsplit(other.url).scheme != scheme:
        return ""
    if one.status != other.status or one.content_type != other.content_type:
        return ""
    if is_html(one):
        same = bool(one.page.title) and one.page.title == other.page.title
        return f'both are titled "{one.page.title}"' if same else ""
    length = one.headers.get("content-length", "")
    return f"both are {length} bytes long" if length and length == other.headers.get("content-length") else ""
