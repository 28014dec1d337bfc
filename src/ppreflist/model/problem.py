"""What a check found, and the edit that repairs it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ppreflist.model.edit import Edit


class Severity(StrEnum):
    """How much a problem matters, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst, to sort and compare by."""
        return tuple(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair that can be applied as it stands; ``description`` is one clause in the imperative."""

    description: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding at one place.

    ``check`` is the check's name (kebab-case), ``key`` and ``field`` are empty when the finding is about the file.
    ``line`` and ``column`` are 1-based (0 = unknown). ``message`` says what is wrong and, where it helps, what to do.
    ``fix`` is None when there is no repair that is safe without a person's judgement.
    """

    check: str
    severity: Severity
    message: str
    key: str = ""
    field: str = ""
    line: int = 0
    column: int = 0
    fix: Fix | None = None
