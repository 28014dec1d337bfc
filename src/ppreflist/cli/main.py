"""The ``ppreflist`` command: finds the sub-command, and turns every known error into one line and an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from difflib import get_close_matches
from typing import Any, NoReturn

import click

from ppreflist import __version__
from ppreflist.cli import exit as codes
from ppreflist.cli.output import examples, report_error
from ppreflist.errors import PpreflistError, WrongUsage

COMMANDS: dict[str, tuple[str, str]] = {
    "add": ("ppreflist.cli.add", "Add references: identifiers, web pages, citations, files, fields."),
    "check-links": ("ppreflist.cli.check_links", "Say which links can still be trusted, and repair the others."),
    "cite": ("ppreflist.cli.cite", "Print the in-text citation of entries."),
    "dedupe": ("ppreflist.cli.dedupe", "Find works that are there twice, and merge them."),
    "edit": ("ppreflist.cli.edit", "Change fields of an entry."),
    "export": ("ppreflist.cli.export", "Print a bibliography, or the entries in another format."),
    "extract": ("ppreflist.cli.extract", "Find the references in a text, web page, Word or PDF file."),
    "links": ("ppreflist.cli.links", "Show what is remembered of links, or say that one is fine."),
    "lint": ("ppreflist.cli.lint", "Find what is wrong in the entries themselves."),
    "list": ("ppreflist.cli.list", "List entries, all or those that match a query."),
    "rekey": ("ppreflist.cli.rekey", "Give entries new citation keys, in the documents that cite them, too."),
    "remove": ("ppreflist.cli.remove", "Remove entries."),
    "search": ("ppreflist.cli.search", "Find entries by words and show where they match."),
    "show": ("ppreflist.cli.show", "Show one entry in full."),
    "styles": ("ppreflist.cli.styles", "List and find citation styles."),
    "undo": ("ppreflist.cli.undo", "Take back the last change."),
    "update": ("ppreflist.cli.update", "Fill missing fields from the record of a DOI or another identifier."),
    "verify": ("ppreflist.cli.verify", "Say whether identifiers lead to the works that the entries tell of."),
}
"""Each command's module and its short help. The help stands here too, so that ``ppreflist --help`` need not import
every command; a test keeps the two alike."""


class ReaderGone(Exception):
    """Whoever read the output has closed the pipe. click makes an exit code of 1 of a BrokenPipeError, as if something
    had gone wrong."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is chosen."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGone from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1, cutoff=0.6)
            hint = f" Did you mean {near[0]!r}?" if near else " `ppreflist --help` lists the commands."
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in sorted(COMMANDS.items())])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples(
        "ppreflist check-links                    which links can still be trusted?",
        "ppreflist export -o bibliography.md      an APA bibliography in Markdown",
        "ppreflist add 10.1212/WNL.0b013e31824de293",
        "ppreflist COMMAND --help                 options and examples of a command",
    ),
)
@click.version_option(__version__, "-V", "--version", prog_name="ppreflist")
def cli() -> None:
    """Keep a list of references true for years.

    The library is a BibTeX file: --library FILE, else $PPREFLIST_LIBRARY, else the nearest references.bib in this
    folder or above it.

    Exit codes: 0 done, 1 could not be done, 2 wrong usage, 3 problems were found.
    """


def main() -> NoReturn:
    """Run the command line and exit."""
    try:
        # NO_COLOR (https://no-color.org): any non-empty value switches colour off, even on a terminal.
        color = False if os.environ.get("NO_COLOR") else None
        code = cli.main(standalone_mode=False, prog_name="ppreflist", color=color)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.UsageError as error:
        error.show()
        code = error.exit_code
    except click.ClickException as error:
        report_error(error.format_message())
        code = codes.FAILED
    except (click.Abort, KeyboardInterrupt):
        report_error("stopped; what was finished before is kept")
        code = codes.INTERRUPTED
    except PpreflistError as error:
        report_error(str(error), error.hint)
        code = codes.USAGE if isinstance(error, WrongUsage) else codes.FAILED
    except (ReaderGone, BrokenPipeError):
        # The reader (head, less) has what it wanted. Python would complain again when it flushes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = codes.DONE
    except OSError as error:
        report_error(f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error))
        code = codes.FAILED
    sys.exit(code if isinstance(code, int) else codes.DONE)
