"""What check-links asks of an archive: copies of what is dead."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from ppreflist.cli.linkrun import Manner, Source
from ppreflist.cli.remembering import Memory
from ppreflist.links.archive import WAYBACK, copy_repairs, find_copies, told
from ppreflist.links.evidence import Repair
from ppreflist.links.report import Reported
from ppreflist.net.client import Client

WAYBACK_URL_VARIABLE: Final = "PPREFLIST_WAYBACK_URL"


def archive_of(manner: Manner) -> tuple[str, Client]:
    """The archive's address, and a client that may ask it."""
    archive = os.environ.get(WAYBACK_URL_VARIABLE) or WAYBACK
    settings = manner.settings()
    return archive, Client(settings if archive == WAYBACK else settings.trusting(archive))


def with_copies(
    rows: Sequence[Reported], source: Source, manner: Manner, memory: Memory
) -> tuple[tuple[Reported, ...], list[Repair]]:
    """The findings, those that are dead with the copy that an archive has, and the repairs that note these copies."""
    archive, client = archive_of(manner)
    findings = [row.finding for row in rows]
    today = datetime.fromtimestamp(memory.now(), UTC).date()
    copies = find_copies(findings, source.entries, client, today, archive, memory.captures)
    repairs = copy_repairs(findings, copies, source.entries)
    return tuple(replace(row, finding=told(row.finding, copies)) for row in rows), repairs
