"""The exit codes, documented in README."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
FAILED: Final = 1
"""It could not be done; a line on stderr says why and what to do."""
USAGE: Final = 2
"""Wrong usage (click's own code)."""
PROBLEMS: Final = 3
"""It was done, and problems were found (check-links, lint), or nothing was added because it is there already (add)."""
INTERRUPTED: Final = 130
"""Stopped by Ctrl-C (128 + SIGINT, as shells count)."""
