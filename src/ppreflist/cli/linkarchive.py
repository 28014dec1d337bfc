"""What check-links asks of an archive: copies of what is dead, and to save what still works."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

import click

from ppreflist.cli.linkrun import Manner, Source
from ppreflist.cli.linkwishes import Wishes
from ppreflist.cli.output import note, on_terminal, plural
from ppreflist.cli.progress import progress
from ppreflist.cli.remembering import Memory
from ppreflist.errors import PpreflistError
from ppreflist.links.archive import WAYBACK, copy_edits, copy_repairs, look_for, may_note_copy, told, wanted
from ppreflist.links.evidence import Repair, evidence, seen_at
from ppreflist.links.memory import day
from ppreflist.links.report import Reported
from ppreflist.links.saving import (
    AGAIN,
    DAILY,
    DAILY_ANONYMOUS,
    IN_VAIN,
    KEY_NAMES,
    Keys,
    NotSaved,
    Why,
    address_to_save,
    keys_in,
    save_all,
    tempo_of,
)
from ppreflist.links.snapshot import Saved
from ppreflist.net.client import Client
from ppreflist.net.dns import system_lookup
from ppreflist.net.guard import refusal

WAYBACK_URL_VARIABLE: Final = "PPREFLIST_WAYBACK_URL"
_PATIENCE: Final = 180.0
"""Seconds that an order may take: without keys the archive answers when the capture is made (two minutes at most)."""


def archive_address() -> str:
    """The archive that is asked. PpreflistError when the environment names one that cannot be."""
    archive = os.environ.get(WAYBACK_URL_VARIABLE) or WAYBACK
    try:
        parts = urlsplit(archive)
        is_sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_sound = False
    if not is_sound or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise PpreflistError(
            f"{WAYBACK_URL_VARIABLE} is not the address of an archive: {archive}",
            hint=f"Write it like {WAYBACK}, without a path; the captures are expected below /web/.",
        )
    return archive


def archive_of(manner: Manner, *, patience: float = 0.0) -> tuple[str, Client]:
    """The archive's address, and a client that may ask it."""
    archive = archive_address()
    settings = manner.settings()
    settings = settings if archive == WAYBACK else settings.trusting(archive)
    return archive, Client(settings.with_timeout(patience) if patience else settings)


def with_copies(
    rows: Sequence[Reported], source: Source, manner: Manner, memory: Memory
) -> tuple[tuple[Reported, ...], list[Repair]]:
    """The findings, those that are dead with the copy that an archive has, and the repairs that note these copies."""
    archive, client = archive_of(manner)
    findings = [row.finding for row in rows]
    today = datetime.fromtimestamp(memory.now(), UTC).date()
    copies = look_for(wanted(findings, source.entries), source.entries, client, today, archive, memory.captures)
    repairs = copy_repairs(findings, copies, source.entries)
    return tuple(replace(row, finding=told(row.finding, copies)) for row in rows), repairs


# Saving ---------------------------------------------------------------------------------------------------------------


@dataclass
class Saving:
    """What came of asking an archive to save pages. ``stopped`` says why not all were asked for, ``interrupted`` that
    it was Ctrl-C."""

    saved: dict[str, Saved] = field(default_factory=dict)
    failed: dict[str, NotSaved] = field(default_factory=dict)
    stopped: NotSaved | None = None
    interrupted: bool = False


def saved_pages(rows: Iterable[Reported], manner: Manner, wishes: Wishes, memory: Memory) -> Saving:
    """Ask the archive to save the pages that work, unless that was done lately, and say what came of it.

    What was saved is remembered at once, so that Ctrl-C loses nothing and the next run goes on."""
    pages = _pages(rows, manner)
    captures = memory.captures
    known = captures.saved(pages) if captures is not None else {}
    now = memory.now()
    saving = Saving({address: found for address, found in known.items() if abs(now - found.at) < AGAIN})
    vain = captures.unsaved(pages) if captures is not None else {}
    vain = {address: at for address, at in vain.items() if abs(now - at) < IN_VAIN and address not in saving.saved}
    if vain:
        note(f"{plural(len(vain), 'page')} left out: could not be saved when last asked, less than 30 days ago.")
    todo = [address for address in pages if address not in saving.saved and address not in vain]
    keys = keys_in(os.environ)
    archive, client = archive_of(manner, patience=_PATIENCE)
    if not _agreed(len(todo), len(saving.saved), archive, keys, wishes):
        return saving
    results = save_all(todo, client, archive, keys)
    with progress("Saving pages", len(todo), quiet=wishes.fills_stdout) as step:
        try:
            for done, (address, result) in enumerate(results, 1):
                if isinstance(result, Saved):
                    saving.saved[address] = result
                    if captures is not None:
                        captures.keep_saved(address, result)
                elif result.stops:
                    saving.stopped = saving.stopped or result
                else:
                    saving.failed[address] = result
                    if captures is not None and result.lasts:
                        captures.keep_unsaved(address, int(memory.now()))
                step(done)
        except KeyboardInterrupt:
            saving.interrupted = True
    _tell(saving, todo, pages, noting=wishes.fix)
    return saving


def saving_repairs(rows: Iterable[Reported], source: Source, saving: Saving, at: int) -> list[Repair]:
    """The repairs that note what was saved, for entries that name no copy yet."""
    chosen: dict[str, tuple[Reported, Saved]] = {}
    for row in rows:
        link, entry = row.finding.link, source.entries.get(row.finding.link.key)
        found = saving.saved.get(address_to_save(row.finding))
        if found is None or entry is None or not may_note_copy(link, entry):
            continue
        if link.key not in chosen or link.field == "url":
            chosen[link.key] = (row, found)
    repairs = []
    for row, found in chosen.values():
        seen = evidence(row.finding, day(seen_at(row, at)))
        said = f"{seen} The archive was asked to save it on {day(found.at)}, and did."
        repairs += copy_edits(row.finding.link, source.entries[row.finding.link.key], found.url, found.day, said)
    return repairs


def _pages(rows: Iterable[Reported], manner: Manner) -> dict[str, str]:
    """The addresses to save, each once, with the key of an entry."""
    pages: dict[str, str] = {}
    for row in rows:
        address = address_to_save(row.finding)
        if address:
            pages.setdefault(address, row.finding.link.key)
    if manner.allow_private:
        # Names may lead into this network then, and a page in there is nobody else's business.
        hosts = {urlsplit(address).hostname or "" for address in pages}
        public = {host for host in hosts if _is_public(host)}
        pages = {address: key for address, key in pages.items() if urlsplit(address).hostname in public}
    return pages


def _is_public(host: str) -> bool:
    try:
        found = [ip_address(each[4][0].partition("%")[0]) for each in system_lookup(host, 443)]
    except (OSError, ValueError, UnicodeError):
        return False
    return bool(found) and not any(map(refusal, found))


def _agreed(todo: int, saved: int, archive: str, keys: Keys | None, wishes: Wishes) -> bool:
    """Say what is going to be asked and how long that takes; whether to do it."""
    already = f"{plural(saved, 'page')} saved before. " if saved else ""
    if not todo:
        why = "" if saved else ": that takes public web pages that work"
        note(f"{already}There is nothing to save{why}.")
        return False
    gap = tempo_of(archive, keys).gap
    takes = f" That takes about {duration(todo * gap)}" if todo * gap > 60 else " That takes a minute or two"
    most = DAILY if keys else DAILY_ANONYMOUS
    several = f", over {-(-todo // most)} days: {most} a day are allowed" if todo > most else ""
    if wishes.dry_run:
        note(
            f"{already}{plural(todo, 'page')} would be given to {urlsplit(archive).hostname} to save.{takes}{several}."
        )
        return False
    at = urlsplit(archive).hostname
    note(f"{already}{plural(todo, 'page')} to save at {at}.{takes}{several}. Ctrl-C stops it and keeps what is done.")
    if keys is None:
        note(_KEYS_HINT)
    if on_terminal() and not wishes.yes:
        return click.confirm(f"Ask to have {plural(todo, 'page')} saved?", default=True)
    return True


_KEYS_HINT: Final = (
    f"Without keys it may refuse. Free ones are at https://archive.org/account/s3.php: export {KEY_NAMES[0][0]} and "
    f"{KEY_NAMES[0][1]}."
)


def duration(seconds: float) -> str:
    """``3 minutes``, ``2 hours``: rounded up."""
    minutes = -(-seconds // 60)
    if minutes < 100:
        return plural(int(minutes), "minute")
    return plural(round(minutes / 60), "hour")


def _tell(saving: Saving, todo: Sequence[str], pages: Mapping[str, str], *, noting: bool) -> None:
    for address, result in saving.failed.items():
        note(f"{pages[address]}: {address} was not saved: {result.reason}")
    saved = sum(address in saving.saved for address in todo)
    left = len(todo) - saved - len(saving.failed)
    hint = "" if noting or not saved else " `ppreflist check-links --archive --fix` notes where."
    note(f"{saved} of {plural(len(todo), 'page')} saved.{hint}")
    if saving.stopped is not None:
        note(f"{saving.stopped.reason} {plural(left, 'page')} left: run it again {_AGAIN[saving.stopped.why]}.")
    elif saving.interrupted:
        note(f"Stopped. {plural(left, 'page')} left: `ppreflist check-links --archive` goes on from here.")


_AGAIN: Final = {
    Why.LIMIT: "tomorrow",
    Why.KEYS: "with keys that are accepted",
    Why.DOWN: "another day",
    Why.OFFLINE: "when there is one",
}
