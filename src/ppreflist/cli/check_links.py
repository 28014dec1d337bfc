"""``ppreflist check-links``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ppreflist import __version__
from ppreflist.cli import exit as codes
from ppreflist.cli.findings import Place, finding_json, is_repaired, plural, show, summary
from ppreflist.cli.options import Seconds, dry_run_option, json_option, library_option, tag_option, yes_option
from ppreflist.cli.output import echo_json, examples, note, report_error
from ppreflist.cli.remembering import Freshness, chosen_history, remembering
from ppreflist.cli.reports.formats import FORMATS, rendered
from ppreflist.cli.when import Age, Day, Pattern
from ppreflist.cli.writing import replace_file

if TYPE_CHECKING:
    from ppreflist.cli.reports.report import LinkReport
    from ppreflist.links.report import Reported
    from ppreflist.model.edit import SetField

_JOBS: Final = 128
_TIMEOUT: Final = 20.0
_DELAY: Final = 0.1


@click.command(
    "check-links",
    short_help="Say which links can still be trusted, and repair the others.",
    epilog=examples(
        "ppreflist check-links                        every link of the library",
        "ppreflist check-links patwa2012evidence      one entry",
        "ppreflist check-links year:..2010            the entries that a query finds",
        "ppreflist check-links README.md page.html    the links of documents, or of a page on the web",
        "ppreflist check-links --offline              only what needs no network",
        "ppreflist check-links --dry-run              the repairs, as a diff",
        "ppreflist check-links --fix                  show the repairs, ask, write them",
        "ppreflist check-links --archived --fix       note archived copies of what is dead",
        "ppreflist check-links --stale 30d            only what has not been seen to work for a month",
        "ppreflist check-links --json                 for programs: one object a link",
        "ppreflist check-links --format html -o links.html    a page to forward",
    ),
)
@click.argument("terms", metavar="[KEY or QUERY or FILE.md or URL]...", nargs=-1)
@library_option
@tag_option
@click.option("--offline", is_flag=True, help="Ask nobody: only what can be said without a network.")
@click.option("--fix", is_flag=True, help="Write the repairs that nothing speaks against; asks first on a terminal.")
@dry_run_option
@yes_option
@json_option
@click.option(
    "--archived", is_flag=True, help="Look in the Wayback Machine for copies of what is dead; --fix notes them."
)
@click.option("--format", "format_name", type=click.Choice(FORMATS), default="text", show_default=True,
              help="How the findings are printed.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Write the findings to a file.")
@click.option("--jobs", type=click.IntRange(1, 1024), metavar="N",
              help=f"Requests at once, over all hosts.  [default: {_JOBS}]")  # fmt: skip
@click.option("--processes", type=click.IntRange(1, 64), metavar="N",
              help="Processes that share a long list, by host.  [default: up to 4 from 4,000 links on]")  # fmt: skip
@click.option("--timeout", type=Seconds(0.1), metavar="SECONDS",
              help=f"The longest that one link may take.  [default: {_TIMEOUT:g}]")  # fmt: skip
@click.option("--delay", type=Seconds(0.0), metavar="SECONDS",
              help=f"From one request to the next to the same host.  [default: {_DELAY:g}]")  # fmt: skip
@click.option("--allow-private", is_flag=True, help="Ask addresses of this machine and its network, too.")
@click.option(
    "--include", type=Pattern(), multiple=True, metavar="REGEX", help="Check only links that match (repeatable)."
)
@click.option(
    "--exclude", type=Pattern(), multiple=True, metavar="REGEX", help="Leave out links that match (repeatable)."
)
@click.option("--accept", type=click.IntRange(100, 999), multiple=True, metavar="STATUS",
              help="A status that is fine, such as 403 (repeatable).")  # fmt: skip
@click.option(
    "--stale", type=Age(), metavar="AGE", help="Ask only what has not been seen to work for 30d (12h, 2w, 6m)."
)
@click.option("--since", type=Day(-1), metavar="DATE", help="Ask only what has not been seen to work since a day.")
@click.option("--resume", is_flag=True, help="Go on with the run that was stopped.")
@click.option("--strict", is_flag=True, help="Call a link dead at its first failure, for CI.")
@click.option("--history", metavar="FILE", default="", help="Where links are remembered; else $PPREFLIST_HISTORY, else "
              "links.sqlite in the state folder.")  # fmt: skip
@click.option("--no-history", is_flag=True, help="Remember nothing, and recall nothing.")
def command(
    terms: tuple[str, ...], library: str | None, tag: tuple[str, ...], offline: bool, fix: bool, dry_run: bool,
    yes: bool, as_json: bool, archived: bool, format_name: str, output: str | None, jobs: int | None,
    processes: int | None, timeout: float | None, delay: float | None, allow_private: bool,
    include: tuple[str, ...], exclude: tuple[str, ...], accept: tuple[int, ...], stale: timedelta | None,
    since: date | None, resume: bool, strict: bool, history: str, no_history: bool,
) -> None:  # fmt: skip
    """Say which links of the library can still be trusted, and repair the others.

    First comes what can be said without a network: addresses that are damaged, and host names that look mistyped. Then
    every link is asked, politely; DOIs are asked of their registry, so that a publisher's wall against robots never
    makes one look dead.

    \b
    The verdicts:
      ok           it works
      moved        the page has moved for good; the new address is shown
      malformed    not written as a web address; the repair is shown
      typo         the host name looks mistyped; the one that was probably meant is shown
      gone         the site says that it was removed for good
      not-found    the site has no such page, or the registry no such DOI
      refused      the site does not answer robots: look at it in a browser
      temporary    the site has trouble at the moment: try another day
      unreachable  there is no such host, or nothing answers there
      tls          browsers warn of the site's certificate
      parked       the domain has lapsed: it is for sale, or shows advertisements
      soft-404     the site answers, but with a message or its home page in place of the page
      notice       it works, but the work is marked as retired, retracted, withdrawn ...
      drifted      the page has become another one since it was first checked
      login        it leads to a page that asks to log in or to agree: look at it in a browser
      loop         the site sends visitors round in circles: look at it in a browser
      blocked      not asked: not a public web address (see --allow-private)
      offline      not checked: no network, or --offline

    Markdown, HTML and text files and web pages are checked, too; only libraries are repaired. Settings (patterns,
    accepted statuses, headers and pace of single hosts, proxies) are read from ppreflist.toml or [tool.ppreflist] in
    pyproject.toml, beside the library or above it.

    --fix writes the repairs of malformed, mistyped and moved links, unless asking showed that a repair does not work.
    With --archived it also notes the archived copy nearest to `urldate` of what is dead (archiveurl, archivedate).
    Off a terminal it needs --yes. `ppreflist undo` takes it back.

    What was seen is remembered. A link is called dead when it has failed on separate days and nothing good came
    between (2 days when the site says that there is no such page, 3 when it does not answer; `gone` and unregistered
    identifiers at once); a site that has had trouble for that long becomes unreachable. `ppreflist links history KEY`
    shows it; `ppreflist links accept KEY` remembers that you looked and found a link fine.

    \b
    Exit codes: 0 nothing wrong, 1 something could not be checked for want of a network, 3 a reader cannot follow
    a link, or finds something else there (malformed, typo, gone, not-found, unreachable, tls, blocked, parked,
    soft-404, notice, drifted). Not problems: moved, refused, login, loop, temporary.
    """
    from ppreflist.cli.config import config_above
    from ppreflist.cli.linkfiles import documents_among
    from ppreflist.cli.linkrun import Manner, checked, copies_of, source_of
    from ppreflist.cli.reports.report import LinkReport
    from ppreflist.links.archive import copy_edits, told
    from ppreflist.links.finding import repairs
    from ppreflist.links.policy import Policy
    from ppreflist.links.report import reported

    if as_json and format_name != "text":
        raise click.UsageError("--json is a format of its own: leave out --format.")
    if output and format_name == "text":
        raise click.UsageError("--output needs a --format other than text.")
    documents = documents_among(terms)
    if documents and (fix or dry_run):
        raise click.UsageError("Documents are only checked: --fix and --dry-run are for libraries.")
    config = config_above(Path(library).parent if library else Path.cwd())
    policy = Policy(include or config.include, exclude or config.exclude, frozenset(accept) or config.accept)
    manner = Manner(
        offline, jobs or config.jobs or _JOBS, timeout or config.timeout or _TIMEOUT,
        next(each for each in (delay, config.delay, _DELAY) if each is not None),
        allow_private or bool(config.allow_private), config, processes,
    )  # fmt: skip
    fresh = Freshness(stale, since, resume)
    source = source_of(terms, documents, library, tag, manner, policy)
    for_people = format_name == "text" and not as_json
    with remembering(
        chosen_history(history, config), without=no_history, required=fresh.needs_memory, reading=offline
    ) as memory:
        known = memory.recall(source.links, source.scope, fresh, asking=not offline)
        run = checked(source, known, manner, memory, quiet=not for_people and output is None)
        at = int(memory.now())
        rows = reported(map(policy.applied, run.findings), memory.pasts, at, str(source.path or ""), strict=strict)
        can_resume = memory.can_resume
    copies = {}
    if archived and not offline and not run.interrupted:
        copies = copies_of([row.finding for row in rows], source, manner)
        rows = tuple(replace(row, finding=told(row.finding, copies)) for row in rows)
    findings = [row.finding for row in rows]
    if as_json:
        echo_json([finding_json(row.finding, row.file) for row in rows])
    elif not for_people:
        report = LinkReport(rows, source.name, at, __version__, run.interrupted, source.titles)
        _write(report, format_name, output)
    elif not dry_run:
        show(rows)
    fixed: frozenset[Place] = frozenset()
    if source.path is not None and (fix or dry_run):
        fixed = _fixed([*repairs(findings), *copy_edits(copies)], source.path, fix, dry_run, yes, not for_people)
    if for_people or output:
        note(summary(rows, len(source.links), fixed, offered=not (fix or dry_run)))
    if run.interrupted:
        hint = "`ppreflist check-links --resume` goes on from here." if can_resume else ""
        report_error("stopped before every link was checked; what is shown is known", hint)
        click.get_current_context().exit(codes.INTERRUPTED)
    click.get_current_context().exit(_exit_code(rows, fixed, offline))


def _write(report: LinkReport, format_name: str, output: str | None) -> None:
    """Print a report, or write it to a file (whole or not at all)."""
    text = rendered(format_name, report)
    if output is None or output == "-":
        click.echo(text, nl=False)
        return
    replace_file(Path(output), text.encode("utf-8", "replace"))


# Repairs --------------------------------------------------------------------------------------------------------------


def _fixed(
    wanted: Sequence[SetField], path: Path, fix: bool, dry_run: bool, yes: bool, as_json: bool
) -> frozenset[Place]:
    """Apply the repairs, or show them; the places in the file that were changed."""
    from ppreflist.bibtex import store
    from ppreflist.cli.changes import carry_out

    edits = _accepted(path, wanted)
    places = frozenset((edit.key, edit.field) for edit in edits)
    if not edits:
        note("There is nothing to repair by itself.")
        return frozenset()
    if as_json:
        # Stdout holds the JSON: there is no place for a diff, and nobody can be asked.
        if fix and yes and not dry_run:
            store.change(path, edits, command="check-links --fix")
            return places
        note("Nothing was changed: with --json, --fix needs --yes.")
        return frozenset()
    done = carry_out(
        path, edits, command="check-links --fix", question=f"Write {plural(len(edits), 'repair')}?", dry_run=dry_run,
        yes=yes, needs_yes=True,
    )  # fmt: skip
    return places if done else frozenset()


def _accepted(path: Path, edits: Sequence[SetField]) -> list[SetField]:
    """The edits that the store will make; one that it refuses (a value made of macros, say) is named and left out."""
    from ppreflist.bibtex.apply import apply
    from ppreflist.bibtex.disk import read
    from ppreflist.errors import EditRefused

    file = read(path).file
    try:
        apply(file, edits)
    except EditRefused:
        accepted = []
        for edit in edits:
            try:
                apply(file, [edit])
            except EditRefused as error:
                note(f"{edit.key}, {edit.field}: left as it is: {error.message}")
            else:
                accepted.append(edit)
        return accepted
    return list(edits)


def _exit_code(rows: Sequence[Reported], fixed: frozenset[Place], offline: bool) -> int:
    from ppreflist.links.verdict import Verdict

    unchecked = 0 if offline else sum(row.finding.verdict is Verdict.OFFLINE for row in rows)
    problems = any(row.is_problem and not is_repaired(row.finding, fixed) for row in rows)
    if unchecked:
        message = f"{plural(unchecked, 'link')} could not be checked: this machine has no network"
        hint = f"That says nothing about {'it' if unchecked == 1 else 'them'}. Connect and run it again."
        if not problems and not fixed:
            report_error(message, hint)
            return codes.FAILED
        note(f"{message}. {hint}")
    return codes.PROBLEMS if problems else codes.DONE
