"""Shell completion of citation keys, tags and styles (README, 'Shell completion')."""

from __future__ import annotations

from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem

from ppreflist.cli.options import find_library
from ppreflist.errors import PpreflistError
from ppreflist.model.entry import Entry


def complete_key(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The keys that begin with what was typed, each with its title as help; nothing when there is no library."""
    return [
        CompletionItem(entry.key, help=entry.text("title"))
        for entry in _entries(ctx)
        if entry.key.startswith(incomplete)
    ]


def complete_tag(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The tags of the library that begin with what was typed, in any case."""
    from ppreflist.model.query import tags

    present = {tag for entry in _entries(ctx) for tag in tags(entry)}
    return [CompletionItem(tag) for tag in sorted(present) if tag.casefold().startswith(incomplete.casefold())]


def complete_style(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The installed styles, by their present and former names, that begin with what was typed; else files."""
    from ppreflist.csl import locate

    try:
        folders = (locate.style_dir(), locate.style_dir() / "dependent")
        files = [name for folder in folders for name in locate.list_styles(folder)]
        names = {*(name.removesuffix(".csl") for name in files), *locate.renamed()}
    except PpreflistError:
        names = set()
    found = sorted(name for name in names if name.startswith(incomplete.lower()))
    # Click's script for bash drops everything else when a file is among the answers.
    return [CompletionItem(name) for name in found] or [CompletionItem(incomplete, type="file")]


def _entries(ctx: click.Context) -> Iterable[Entry]:
    from ppreflist.bibtex.index import open_library

    try:
        return open_library(find_library(ctx.params.get("library")))
    except (PpreflistError, OSError):
        return ()
