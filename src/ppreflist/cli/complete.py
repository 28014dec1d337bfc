"""Shell completion of citation keys (README, 'Shell completion')."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from ppreflist.cli.options import find_library
from ppreflist.errors import PpreflistError


def complete_key(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The keys that begin with what was typed, each with its title as help; nothing when there is no library."""
    from ppreflist.bibtex.index import open_library

    try:
        library = open_library(find_library(ctx.params.get("library")))
    except (PpreflistError, OSError):
        return []
    return [
        CompletionItem(entry.key, help=entry.text("title")) for entry in library if entry.key.startswith(incomplete)
    ]
