"""To be written."""

from __future__ import annotations

from ppreflist.formats.imported import Reading


def read(text: str) -> Reading:
    """Nothing yet."""
    return Reading()
