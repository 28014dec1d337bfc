"""Archived copies of what is dead: the Wayback Machine's capture nearest to the day on which the work was seen.

``GET <archive>/web/<day>id_/<address>`` is asked and not followed: it answers with a redirect to the nearest capture,
whose time stands in its address (``/web/20120305123456id_/...``), or with 404 when there is none. ``id_`` asks for the
page as it was captured: without it a captured redirect is shown as a page of the archive's own, with status 200 ("Got
an HTTP 302 response at crawl time", in OpenWayback's UI). The availability API is not used: it is empty at times for
pages that are archived.

A capture may be one of an error, of a message in place of the page, of a log-in, or of a domain for sale: what it shows
is judged as a live page is (``links/verdict.py``). When it will not do, the capture before it is looked at, which the
header ``Link: <...>; rel="prev memento"`` names (RFC 7089, 2.2.1.4): pages are sound before they break.

Spellings with and without ``www.``, ``https`` or a slash at the end need not be asked: the archive's index has one key
for all of them (``IAURLCanonicalizer`` and ``surt`` of https://github.com/internetarchive/surt).
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Protocol
from urllib.parse import urlsplit

from ppreflist.links.engine import Engine
from ppreflist.links.evidence import Repair
from ppreflist.links.finding import Finding
from ppreflist.links.hostqueue import Budget
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.page import page_of
from ppreflist.links.question import Outcome, Question
from ppreflist.links.snapshot import Copy, NoSnapshot, Snapshot
from ppreflist.links.verdict import ANSWERS, DEAD, Verdict, judge
from ppreflist.model.edit import SetField
from ppreflist.model.entry import Entry
from ppreflist.net.answer import Answer, Hop, redirect_target
from ppreflist.net.client import Client

WAYBACK: Final = "https://web.archive.org"
_CAPTURE: Final = re.compile(r"/web/(?P<at>\d{14})(?:[a-z]{2}_)?/(?P<address>https?:/.+)", re.IGNORECASE)
_FURTHER: Final = 3
"""Captured redirects that are followed within the archive."""
_EARLIER: Final = 2
"""Captures before the nearest that are looked at when that one does not show the page."""


Search = Generator[Question, Outcome, Copy]

_SILENT: Final = NoSnapshot("The archive would not answer: try again another day.", known=False)
_NONE: Final = NoSnapshot("The archive has no copy of it.", known=True)
_ERRORS: Final = NoSnapshot("The archive has only copies of an error.", known=True)
_EXCLUDED: Final = NoSnapshot("The archive shows no copies of this site: its owner does not want it to.", known=True)


def search(url: str, near: date, archive: str = WAYBACK, words: tuple[str, ...] = ()) -> Search:
    """Look for the capture of an address that is nearest to a day and shows the page. ``words`` are the entry's."""
    base = archive.rstrip("/")
    asked = first = f"{base}/web/{near.isoformat().replace('-', '')}000000id_/{url}"
    found: Copy = _NONE
    for _ in range(1 + _EARLIER):
        found, earlier = yield from _look(asked, url, base, words, exact=asked is not first)
        if found != _ERRORS or not earlier:
            break
        asked = earlier
    return found


def _look(
    asked: str, url: str, base: str, words: tuple[str, ...], *, exact: bool
) -> Generator[Question, Outcome, tuple[Copy, str]]:
    """Look at one capture; what it is, and the address of the one before it where the archive names one. Unless
    ``asked`` is ``exact`` the archive chooses the capture, and redirects to it."""
    hops: list[Hop] = []
    capture = _capture(asked, base)
    at = capture.address if capture else url
    earlier = ""
    for _ in range(2 + _FURTHER):
        outcome = yield Question(asked, record=True)
        if not isinstance(outcome, Answer):
            return _SILENT, ""
        earlier = earlier or _previous(outcome, base)
        target = redirect_target(outcome)
        if target:
            capture = _capture(target, base)
            if capture is None:
                return _NONE, ""
            if capture.address.partition("#")[0] != at:
                hops.append(Hop(at, outcome.status, capture.address))
                at = capture.address
            asked, exact = capture.raw(base), True
            continue
        exact = exact or "memento-datetime" in outcome.headers
        if outcome.status >= 400 and "memento-datetime" not in outcome.headers:
            if _is_excluded(outcome):
                return _EXCLUDED, ""
            if outcome.status != 404:
                return _SILENT, ""
            return (_ERRORS if exact else _NONE), earlier
        if capture is None or not exact:
            return NoSnapshot("The archive answered what was not to be expected.", known=False), ""
        shown = Answer(outcome.status, at, outcome.headers, outcome.body, outcome.complete, tuple(hops))
        if judge(shown, words).verdict not in ANSWERS:
            return _ERRORS, earlier
        return Snapshot(capture.view(base), capture.day, page_of(shown).title), ""
    return _ERRORS, earlier


@dataclass(frozen=True, slots=True)
class _Capture:
    at: str
    address: str
    day: date

    def view(self, base: str) -> str:
        """Its address for readers."""
        return f"{base}/web/{self.at}/{self.address}"

    def raw(self, base: str) -> str:
        """Its address without the archive's frame around the page."""
        return f"{base}/web/{self.at}id_/{self.address}"


def _capture(url: str, base: str) -> _Capture | None:
    """The capture that an address within the archive names; None for anything else, wherever it leads."""
    try:
        parts, home = urlsplit(url), urlsplit(base)
        inside = parts.hostname == home.hostname and parts.port == home.port
    except ValueError:
        return None
    match = _CAPTURE.fullmatch(url.partition(parts.netloc)[2]) if inside else None
    if match is None or not may_be_captured(match["address"]):
        return None
    at = match["at"]
    try:
        return _Capture(at, match["address"], date(int(at[:4]), int(at[4:6]), int(at[6:8])))
    except ValueError:
        return None


_SECRET: Final = re.compile(
    r"(?:^|[?&;])(?:[\w.~-]{0,60}(?:token|secret|passw|signature|credential|session|sessid|auth)[\w.~-]{0,60}|"
    r"x-amz-[\w-]+|x-goog-[\w-]+|sid|sig|key|api[_-]?key|pwd|code|ticket|otp)=",
    re.IGNORECASE,
)
_SECRETIVE: Final = "The archive was not asked: something in the address looks like a password or a token."


def holds_secret(url: str) -> bool:
    """Whether an address has a password or something like a token in it, and is not for an archive to know."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    return "@" in parts.netloc or _SECRET.search(f"{parts.path};{parts.query}") is not None


def may_be_captured(address: str) -> bool:
    """Whether an address that an archive says it captured is one of the web, as it may stand in a list: without white
    space, characters that cannot be printed, and passwords."""
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and "@" not in parts.netloc
            and address.isprintable()
            and " " not in address
        )
    except ValueError:
        return False


_LINKED: Final = re.compile(
    r"<([^<>]{1,8192})>((?:\s{0,4};\s{0,4}\w{1,20}=(?:\"[^\"]{0,200}\"|[^\s\";,]{1,200})){1,8})"
)


def _previous(answer: Answer, base: str) -> str:
    """The capture before this one, as the header ``Link`` names it (RFC 7089, 2.2.1); empty when it names none."""
    for url, parameters in _LINKED.findall(answer.headers.get("link", "")[:16384]):
        relations = re.search(r"\brel=\"?([^\"]*)", parameters)
        if relations and {"prev", "memento"} <= set(relations[1].split()):
            capture = _capture(url, base)
            return capture.raw(base) if capture else ""
    return ""


def _is_excluded(answer: Answer) -> bool:
    """Whether the archive says that a site's owner had it taken out: ``AdministrativeAccessControlException: Blocked
    Site Error`` or ``RobotAccessControlException: Blocked By Robots`` (edgi-govdata-archiving/wayback, #46)."""
    said = answer.headers.get("x-archive-wayback-runtime-error", "").encode() + answer.body[:65536]
    return b"AccessControlException" in said or b"has been excluded from the Wayback Machine" in said


# For entries ----------------------------------------------------------------------------------------------------------


def wanted(findings: Sequence[Finding], entries: Mapping[str, Entry]) -> list[Finding]:
    """The findings for which a copy is to be looked for: addresses that are dead, or show another page by now, of
    entries that name no copy yet; one an entry, its ``url`` if it has one."""
    found: dict[str, Finding] = {}
    for finding in findings:
        link, entry = finding.link, entries.get(finding.link.key)
        if finding.verdict not in DEAD | {Verdict.DRIFTED} or link.kind is not LinkKind.URL or entry is None:
            continue
        if finding.is_fixable or not may_note_copy(link, entry):
            continue
        if link.key not in found or link.field == "url":
            found[link.key] = finding
    return list(found.values())


def may_note_copy(link: Link, entry: Entry) -> bool:
    """Whether a copy of what a link leads to may become the entry's: it has none yet, and the link is its own."""
    if not link.editable or link.field == "archiveurl" or entry.first("archiveurl"):
        return False
    return link.field == "url" or not entry.first("url")


def seen_on(entry: Entry, today: date) -> date:
    """The day near which a copy is wanted: when the page was seen (``urldate``), else when the work appeared."""
    for field in ("urldate", "date", "year"):
        match = re.match(r"\s*(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", entry.first(field))
        if match:
            try:
                return date(int(match[1]), int(match[2] or 7), int(match[3] or 1))
            except ValueError:
                continue
    return today


class Known(Protocol):
    """What earlier searches found (``links/captures.py``)."""

    def copy(self, address: str, near: date, now: float) -> Copy | None: ...

    def keep_copy(self, address: str, near: date, copy: Copy, now: float) -> None: ...


def look_for(
    findings: Sequence[Finding],
    entries: Mapping[str, Entry],
    client: Client,
    today: date,
    archive: str = WAYBACK,
    known: Known | None = None,
) -> dict[Link, Copy]:
    """Look for copies of what these links (see ``wanted``) led to, politely (one request at a time), unless they are
    known from before. Ctrl-C ends it with what is known by then."""
    found: dict[Link, Copy] = {}
    asked: list[tuple[Finding, str, date]] = []
    for finding in findings:
        # Today's copy of a page that has become another one would be one of the other.
        near = seen_on(entries[finding.link.key], finding.as_of or today)
        address = finding.asked or finding.url
        if holds_secret(address):
            found[finding.link] = NoSnapshot(_SECRETIVE, known=False)
            continue
        copy = known.copy(address, near, client.now()) if known is not None else None
        if copy is not None:
            found[finding.link] = copy
        else:
            asked.append((finding, address, near))
    host = urlsplit(archive)
    budgets = {host.netloc: Budget(lanes=1, gap=1.5)} if archive == WAYBACK else {host.netloc: Budget(gap=0.0)}
    engine = Engine(client, jobs=2, host_budgets=budgets)
    searches = [search(address, near, archive, finding.link.words) for finding, address, near in asked]
    outcomes = engine.drive(searches)
    try:
        for place, result in outcomes:
            if isinstance(result, Snapshot | NoSnapshot):
                finding, address, near = asked[place]
                found[finding.link] = result
                if known is not None:
                    known.keep_copy(address, near, result, client.now())
    except KeyboardInterrupt:
        pass
    finally:
        outcomes.close()
    return found


def told(finding: Finding, copies: Mapping[Link, Copy]) -> Finding:
    """A finding that also says which copy there is."""
    copy = copies.get(finding.link)
    if copy is None:
        return finding
    said = f"A copy of {copy.day} is archived: {copy.url}" if isinstance(copy, Snapshot) else copy.reason
    return replace(finding, message=f"{finding.message} {said}")


def copy_repairs(
    findings: Sequence[Finding], copies: Mapping[Link, Copy], entries: Mapping[str, Entry]
) -> list[Repair]:
    """The repairs that note the copies of what is dead: ``archiveurl`` and ``archivedate``; ``url`` stays as it is."""
    repairs = []
    for finding in findings:
        copy = copies.get(finding.link)
        if not isinstance(copy, Snapshot):
            continue
        entry = entries[finding.link.key]
        seen = next((field for field in ("urldate", "date", "year") if entry.first(field)), "")
        near = f", nearest to {seen} = {entry.first(seen)}" if seen else ""
        if finding.as_of is not None and not seen:
            near = f", nearest to {finding.as_of}, when the work was seen there"
        shows = f' titled "{copy.title}"' if copy.title else ""
        reason = (
            f"{finding.verdict}: {finding.url} does not show the work any more. The archive has a capture of {copy.day}"
            f"{near}, which shows a page{shows} and no error."
        )
        repairs += copy_edits(finding.link, entry, copy.url, copy.day, reason)
    return repairs


def copy_edits(link: Link, entry: Entry, url: str, made: date, reason: str) -> list[Repair]:
    """The two edits that note one copy of what a link leads to. A day without a copy, which the entry may have, gives
    way to that of this one."""
    held = entry.fields.get("archivedate")
    url = url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
    return [
        Repair(SetField(link.key, "archiveurl", link.escaped(url), ""), (reason,)),
        Repair(
            SetField(link.key, "archivedate", made.isoformat(), held.latex if held else ""),
            ("the day of that capture.",),
        ),
    ]
