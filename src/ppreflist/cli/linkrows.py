"""Findings on their way out: remembered, seen in the light of the past, counted, and written or kept for the end."""

from __future__ import annotations

import itertools
import json
import os
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Final, Self

import click

from ppreflist.cli.findings import finding_json
from ppreflist.cli.linkwishes import Wishes
from ppreflist.cli.output import LONG, echo_json, json_line, shown
from ppreflist.cli.remembering import Memory
from ppreflist.cli.reports.data import CSV_HEADING, row_csv, row_line
from ppreflist.cli.tally import Tally
from ppreflist.cli.writing import telling
from ppreflist.links.finding import Finding
from ppreflist.links.policy import Policy
from ppreflist.links.report import Group, Reported, group_of, reported

if TYPE_CHECKING:
    from ppreflist.links.memory import Past

_BATCH: Final = 500
_SECONDS: Final = 1.0
"""How often findings are written: so much may be lost when the process is killed."""
_IN_MEMORY: Final = 256 * 1024
"""Bytes of objects up to which nothing is written to disk."""
_PIECE: Final = 4096
"""Bytes that a pipe takes whole or not at all (PIPE_BUF, POSIX ``pathconf``; Linux: 4,096)."""

Give = Callable[[Sequence[tuple[int, Reported]]], None]
"""Told the places of links, and what is reported of them."""


class Ledger:
    """Where findings are entered as links are settled. ``file`` is that of links which do not say theirs; ``takers``
    are told of them in batches, once they are in the history."""

    def __init__(
        self, memory: Memory, policy: Policy, takers: Sequence[Give], *, file: str = "", strict: bool = False
    ) -> None:
        self._memory = memory
        self._policy = policy
        self._takers = takers
        self._file = file
        self._strict = strict
        self._batch: list[tuple[int, Finding]] = []
        self._since = 0.0
        self.entered = 0
        self.recalled = 0

    def enter(self, place: int, finding: Finding) -> None:
        """A link is settled."""
        if not self._batch:
            self._since = time.monotonic()
        self._batch.append((place, finding))
        self.entered += 1
        if len(self._batch) >= _BATCH:
            self.write()
        else:
            self.tick()

    def recall(self, known: Sequence[tuple[int, Finding, Past]]) -> None:
        """Links need not be asked."""
        self.entered += len(known)
        self.recalled += len(known)
        if known:
            pasts = {past.address: past for _, _, past in known}
            self._report([(place, finding) for place, finding, _ in known], pasts)

    def tick(self) -> None:
        """Write what was entered a while ago; to be called now and then."""
        if self._batch and time.monotonic() - self._since > _SECONDS:
            self.write()

    def write(self) -> None:
        """Remember and report what was entered."""
        if self._batch:
            pasts = self._memory.learn([finding for _, finding in self._batch])
            batch, self._batch = self._batch, []
            self._report(batch, pasts)

    def _report(self, batch: Sequence[tuple[int, Finding]], pasts: Mapping[str, Past]) -> None:
        found = (self._policy.applied(finding) for _, finding in batch)
        rows = reported(found, pasts, int(self._memory.now()), self._file, strict=self._strict)
        told = [(place, row) for (place, _), row in zip(batch, rows, strict=True)]
        for give in self._takers:
            give(told)


class Rows:
    """What is reported of the links: counted, and kept as far as it will be wanted at the end."""

    def __init__(self, wanted: Callable[[Reported], bool] | None = None) -> None:
        self.tally = Tally()
        self._wanted = wanted
        self._kept: list[tuple[int, Reported]] = []

    def give(self, batch: Sequence[tuple[int, Reported]]) -> None:
        for place, row in batch:
            self.tally.count(row)
            if self._wanted is None or self._wanted(row):
                self._kept.append((place, row))

    @property
    def kept(self) -> tuple[Reported, ...]:
        """In the order of the links."""
        return tuple(row for _, row in sorted(self._kept, key=itemgetter(0)))


def is_worth_saying(row: Reported) -> bool:
    """Whether a row is shown on a terminal, or repaired."""
    return group_of(row) not in (Group.FINE, Group.UNCHECKED) or row.finding.is_fixable


def is_repairable(row: Reported) -> bool:
    return row.finding.is_fixable


# Lists that grow ------------------------------------------------------------------------------------------------------


@contextmanager
def growing(wishes: Wishes, titles: Mapping[str, str]) -> Iterator[list[Give]]:
    """The list that grows while the block runs, if one is wished for, as one to be told of rows."""
    if not wishes.grows:
        yield []
    elif wishes.as_json:
        with ObjectList() as objects:
            yield [objects.give]
    else:
        is_csv = wishes.format == "csv"
        line: Callable[[Reported, Mapping[str, str]], str] = row_csv if is_csv else row_line
        with GrowingList(wishes.output, CSV_HEADING if is_csv else "", lambda row: line(row, titles)) as grown:
            yield [grown.give]


class ObjectList:
    """The objects of ``--json``, put aside in a temporary file as rows come, which would take more memory than all
    else; printed in the order of the links when the block ends. A context manager."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by the context
        self._places = array("q")
        self._begins = array("q", [0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:
            if error is None:
                self._print()

    def give(self, batch: Sequence[tuple[int, Reported]]) -> None:
        for place, row in batch:
            line = json_line(finding_json(row.finding, row.file, row.content))
            size = self._file.write(line.encode("utf-8", "surrogatepass"))
            self._places.append(place)
            self._begins.append(self._begins[-1] + size)

    def _print(self) -> None:
        lines = self._in_order()
        if len(self._places) <= LONG:
            echo_json([json.loads(line) for line in lines])
            return
        before = "[\n"
        while some := list(itertools.islice(lines, _BATCH)):
            click.echo(before + ",\n".join(some), nl=False)
            before = ",\n"
        click.echo("\n]")

    def _in_order(self) -> Iterator[str]:
        for number in sorted(range(len(self._places)), key=self._places.__getitem__):
            begin, end = self._begins[number], self._begins[number + 1]
            self._file.seek(begin)
            yield self._file.read(end - begin).decode("utf-8", "surrogatepass")


class GrowingList:
    """A line for each row as it comes, to stdout or a file; a context manager.

    The file gets its name when the block ends; until then it is ``FILE.part``, and stays that if an error ends it.
    Lines go out whole: a reader meets no half of one, however the process ends.
    """

    def __init__(self, output: str | None, heading: str, line: Callable[[Reported], str]) -> None:
        self._line = line
        self._heading = heading
        self._target = None if output in (None, "-") else Path(str(output))
        self._part: Path | None = None
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        if self._target is not None:
            with telling(self._target):
                real = self._target.resolve()
                if not self._target.exists() or self._target.is_file():  # not /dev/stdout, not a named pipe
                    self._part = real.with_name(f"{real.name}.part")
                self._file = (self._part or self._target).open("wb")
                if self._part is not None and real.exists():
                    os.fchmod(self._file.fileno(), real.stat().st_mode & 0o7777)
        self._write(self._heading.encode())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._target is None or self._file is None:
            return
        with telling(self._target):
            self._file.close()
            if self._part is not None and error is None:
                self._part.replace(self._target.resolve())

    def give(self, batch: Sequence[tuple[int, Reported]]) -> None:
        piece = b""
        for _, row in batch:
            data = self._line(row).encode("utf-8", "replace")
            if len(piece) + len(data) > _PIECE:
                self._write(piece)
                piece = b""
            piece += data
        self._write(piece)

    def _write(self, data: bytes) -> None:
        if not data:
            return
        if self._target is None:
            click.echo(shown(data.decode()) if sys.stdout.isatty() else data, nl=False)
            return
        assert self._file is not None
        with telling(self._target):
            self._file.write(data)
            self._file.flush()
