"""What the user of check-links asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import click

from ppreflist.cli.reports.formats import FORMATS, GROWING, format_of

JOBS: Final = 256
TIMEOUT: Final = 20.0
DELAY: Final = 0.1


@dataclass(frozen=True)
class Wishes:
    """The arguments and options of ``check-links``, by the names that click gives them; None where none was given."""

    terms: tuple[str, ...]
    library: str | None
    tag: tuple[str, ...]
    offline: bool
    fix: bool
    dry_run: bool
    yes: bool
    as_json: bool
    archived: bool
    archive: bool
    review: bool
    format_name: str | None
    output: str | None
    jobs: int | None
    processes: int | None
    dask: str | None
    timeout: float | None
    delay: float | None
    allow_private: bool
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    accept: tuple[int, ...]
    stale: timedelta | None
    since: date | None
    resume: bool
    strict: bool
    history: str
    no_history: bool
    no_crossref: bool

    def __post_init__(self) -> None:
        """UsageError for wishes that contradict each other."""
        if self.dask is not None and self.processes is not None:
            raise click.UsageError("--dask and --processes each share the links out: give one of them.")
        if self.review and (
            self.repairs or self.archive or self.archived or self.as_json or self.format_name or self.output
        ):
            raise click.UsageError("--review asks about each finding: leave out --fix, --archive(d), formats.")
        recalling: dict[str, object] = {"--stale": self.stale, "--since": self.since, "--resume": self.resume}
        asking: dict[str, object] = {"--dask": self.dask, "--archive": self.archive, "--archived": self.archived}
        _leave_out(self.offline, "--offline asks nobody", asking | recalling)
        _leave_out(self.no_history, "--no-history recalls nothing", recalling | {"--history": self.history})
        if self.as_json and self.format_name is not None:
            raise click.UsageError("--json is a format of its own: leave out --format.")
        if self.as_json and self.output is not None:
            raise click.UsageError("--json is printed. -o links.json, without --json, writes the report in JSON.")
        if self.output not in (None, "-") and self.format_name is None and format_of(self.output or "") is None:
            raise click.UsageError(f"The name {self.output!r} tells no format: add --format ({', '.join(FORMATS)}).")

    def by_library(self) -> tuple[Wishes, ...]:
        """These wishes for each library that is named by its file among the terms; as they are when none is."""
        named = [term for term in self.terms if term.lower().endswith(".bib")]
        if not named:
            return (self,)
        others = [term for term in self.terms if term not in named]
        if others or self.library is not None:
            other = others[0] if others else f"--library {self.library}"
            raise click.UsageError(f"Beside {named[0]}, whose links are all checked, {other!r} has no meaning.")
        if len(named) > 1 and self.review:
            raise click.UsageError("--review walks one library: name one.")
        if len(named) > 1 and (
            self.as_json or self.output is not None or self.format not in ("text", "jsonl", "github")
        ):
            raise click.UsageError(
                "A report is about one library: name one, or leave out --json, --format and --output."
            )
        return tuple(replace(self, terms=(), library=each) for each in dict.fromkeys(named))

    @property
    def format(self) -> str:
        """The format that was asked for: by its name, or by the ending of the file."""
        return self.format_name or format_of(self.output or "") or "text"

    @property
    def for_people(self) -> bool:
        """Whether the findings are printed to be read on a terminal."""
        return self.format == "text" and not self.as_json

    @property
    def fills_stdout(self) -> bool:
        """Whether stdout holds the findings in a format for programs, so that nothing else may be printed there."""
        return not self.for_people and self.output in (None, "-")

    @property
    def grows(self) -> bool:
        """Whether links are told, each by itself, as soon as they are checked. Copies in archives are looked for when
        all are, and are told with their links."""
        return (self.as_json or self.format in GROWING) and not self.archived

    @property
    def is_shown(self) -> bool:
        """Whether the findings are shown on a terminal."""
        return self.for_people and self.output is None

    @property
    def repairs(self) -> bool:
        """Whether the library is to be repaired, or the repairs shown."""
        return self.fix or self.dry_run


def _leave_out(wished: bool, reason: str, others: Mapping[str, object]) -> None:
    """UsageError for the first of these options that is given beside one which leaves it no meaning."""
    given = next((name for name, value in others.items() if value not in (None, False, "")), None)
    if wished and given is not None:
        raise click.UsageError(f"{reason}: leave out {given}.")
