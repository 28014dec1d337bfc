"""A progress bar on stderr, when a person is watching it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Step = Callable[[int], None]
"""Told how many are done."""


@contextmanager
def progress(label: str, total: int | None, *, quiet: bool = False) -> Iterator[Step]:
    """Show a bar while the block runs; nothing off a terminal. Without a ``total``, the count and the rate."""
    if quiet or not sys.stderr.isatty():
        yield lambda done: None
        return
    with _bar(label, total) as step:
        yield step


@contextmanager
def _bar(label: str, total: int | None) -> Iterator[Step]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn

    columns: list[ProgressColumn] = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()]
    columns.append(TimeRemainingColumn() if total is not None else TextColumn("{task.fields[rate]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total, rate="")
        begun = time.monotonic()

        def step(done: int) -> None:
            seconds = time.monotonic() - begun
            bar.update(task, completed=done, rate=f"{done / seconds:.0f}/s" if seconds > 1.0 else "")

        yield step
