"""Options that several commands share, and how a library is found."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from ppreflist.cli.config import config_above
from ppreflist.errors import LibraryNotFound

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

LIBRARY_NAME = "references.bib"
LIBRARY_VARIABLE = "PPREFLIST_LIBRARY"

LONGEST_WAIT: Final = 3600.0

_SCHEDULER = re.compile(r"(?:tcp|tls)://(?:[\w.-]+|\[[0-9A-Fa-f:.]+(?:%[\w.-]+)?\]):(?P<port>[0-9]{1,5})")

Command = TypeVar("Command", bound=Callable[..., Any])


class Seconds(click.FloatRange):
    """A number of seconds from ``least`` to an hour. Python reads ``nan`` as a number, and it passes every range."""

    name = "seconds"

    def __init__(self, least: float) -> None:
        super().__init__(min=least, max=LONGEST_WAIT)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        found = float(super().convert(value, param, ctx))
        if math.isnan(found):
            self.fail(f"{value!r} is no number of seconds", param, ctx)
        return found


class GroupedOptions(click.Command):
    """A command whose help shows its options in groups: titles, and the names of parameters; the others come last."""

    def __init__(self, *args: Any, groups: Mapping[str, Sequence[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._groups = groups

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        left = {each.name: each for each in self.get_params(ctx) if isinstance(each, click.Option)}
        for title, names in self._groups.items():
            _write_options(title, [left.pop(name) for name in names], ctx, formatter)
        _write_options("Options", list(left.values()), ctx, formatter)


def _write_options(
    title: str, options: Sequence[click.Parameter], ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    rows = [row for row in (each.get_help_record(ctx) for each in options) if row is not None]
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)


class ClusterAddress(click.ParamType[str]):
    """The scheduler of a Dask cluster, ``tcp://host:port`` or ``tls://host:port``. Dask knows other kinds of address,
    and takes some of them as an order to start something here: they are refused."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        found = _SCHEDULER.fullmatch(str(value))
        if found is None or not 0 < int(found["port"]) < 65536:
            self.fail(f"{value!r} is no address of a scheduler: write tcp://HOST:PORT or tls://HOST:PORT", param, ctx)
        return str(value)


def library_option(command: Command) -> Command:
    """``--library FILE``; the command receives ``library: str | None`` for ``find_library``."""
    return click.option(
        "-l",
        "--library",
        metavar="FILE",
        envvar=LIBRARY_VARIABLE,
        show_envvar=True,
        help=f"The BibTeX file; else the nearest {LIBRARY_NAME} here or above.",
    )(command)


def json_option(command: Command) -> Command:
    """``--json``; the command receives ``as_json: bool``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(command)


def yes_option(command: Command) -> Command:
    """``--yes``; the command receives ``yes: bool``."""
    return click.option("-y", "--yes", is_flag=True, help="Do not ask.")(command)


def dry_run_option(command: Command) -> Command:
    """``--dry-run``; the command receives ``dry_run: bool``."""
    return click.option("-n", "--dry-run", is_flag=True, help="Show the change as a diff; change nothing.")(command)


def tag_option(command: Command) -> Command:
    """``--tag TAG``, repeatable; the command receives ``tag: tuple[str, ...]``."""
    return click.option(
        "--tag",
        metavar="TAG",
        multiple=True,
        shell_complete=_complete_tag,
        help="Only entries with this keyword (repeatable).",
    )(command)


def history_option(command: Command) -> Command:
    """``--history FILE``; the command receives ``history: str`` for ``remembering.chosen_history``."""
    return click.option(
        "--history",
        metavar="FILE",
        default="",
        help="Where links are remembered; else $PPREFLIST_HISTORY, else links.sqlite in the state folder.",
    )(command)


def _complete_tag(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from ppreflist.cli.complete import complete_tag

    return complete_tag(ctx, param, incomplete)


def _complete_key(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from ppreflist.cli.complete import complete_key

    return complete_key(ctx, param, incomplete)


def service_options(command: Command) -> Command:
    """``--timeout`` and ``--allow-private``; the command receives ``timeout: float`` and ``allow_private: bool``."""
    for option in (
        click.option("--allow-private", is_flag=True, help="Ask addresses of this machine and its network, too."),
        click.option(
            "--timeout",
            type=Seconds(0.1),
            default=20.0,
            show_default=True,
            metavar="SECONDS",
            help="How long a service may take for one record.",
        ),
    ):
        command = option(command)
    return command


def terms_argument(command: Command) -> Command:
    """``[KEY or QUERY]...``; the command receives ``terms: tuple[str, ...]`` for ``selection.select``."""
    return click.argument("terms", metavar="[KEY or QUERY]...", nargs=-1, shell_complete=_complete_key)(command)


def find_library(library: str | None, *, must_exist: bool = True) -> Path:
    """The path of the library: as given, else as the settings say (``cli/config.py``), else the nearest
    ``references.bib`` upwards.

    With ``must_exist=False`` a missing file is not an error, and the fallback is ``references.bib`` here.
    """
    if library:
        path = Path(library)
        if must_exist and not path.exists():
            raise LibraryNotFound(
                "there is no such file",
                path=str(path),
                hint="Check the name after --library (or $PPREFLIST_LIBRARY); `ppreflist add` makes a new library.",
            )
        return path
    here = Path.cwd()
    chosen = config_above(here).library
    if chosen is not None:
        if must_exist and not chosen.exists():
            raise LibraryNotFound(
                "there is no such file", path=str(chosen), hint="A file of settings names it as library."
            )
        return Path(os.path.relpath(chosen))
    for folder in (here, *here.parents):
        candidate = folder / LIBRARY_NAME
        if candidate.is_file():
            return Path(os.path.relpath(candidate))
    if must_exist:
        raise LibraryNotFound(
            f"no {LIBRARY_NAME} in this folder or above it",
            hint="Name one with --library FILE, or start one here with `ppreflist add`.",
        )
    return Path(LIBRARY_NAME)


def refuse_to_ask(*, as_json: bool, dry_run: bool, yes: bool) -> None:
    """UsageError when a command that changes the library prints JSON and would have to ask: stdout is a program's."""
    if as_json and not (yes or dry_run):
        raise click.UsageError(
            "Nobody can be asked beside JSON or another format: add --yes to change the library, or --dry-run."
        )
