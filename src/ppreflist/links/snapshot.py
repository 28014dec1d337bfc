"""Archived copies of pages, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A capture: its address, the day on which it was made (UTC), and what it is titled."""

    url: str
    day: date
    title: str = ""


@dataclass(frozen=True, slots=True)
class NoSnapshot:
    """There is none, or the archive would not say: a sentence for people. ``known`` is true when it answered."""

    reason: str
    known: bool


Copy = Snapshot | NoSnapshot


@dataclass(frozen=True, slots=True)
class Saved:
    """A page that an archive saved when it was asked to, at ``at`` (Unix time). ``day`` is that of the capture."""

    url: str
    day: date
    at: int
