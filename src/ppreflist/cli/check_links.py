"""``ppreflist check-links``."""

from __future__ import annotations

import os
import re
import shutil
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ppreflist.cli import exit as codes
from ppreflist.cli.options import (
    dry_run_option,
    find_library,
    json_option,
    library_option,
    tag_option,
    terms_argument,
    yes_option,
)
from ppreflist.cli.output import clean, echo_json, examples, note, report_error

if TYPE_CHECKING:
    from ppreflist.links.check import Run
    from ppreflist.links.finding import Finding
    from ppreflist.links.link import Link
    from ppreflist.links.verdict import Verdict
    from ppreflist.model.edit import SetField

Place = tuple[str, str]
"""A citation key and a field name."""

DOI_URL_VARIABLE = "PPREFLIST_DOI_URL"


@dataclass(frozen=True)
class _Manner:
    """How to ask."""

    offline: bool
    jobs: int
    timeout: float
    delay: float
    allow_private: bool


@click.command(
    "check-links",
    short_help="Say which links can still be trusted, and repair the others.",
    epilog=examples(
        "ppreflist check-links                        every link of the library",
        "ppreflist check-links patwa2012evidence      one entry",
        "ppreflist check-links year:..2010            the entries that a query finds",
        "ppreflist check-links --offline              only what needs no network",
        "ppreflist check-links --dry-run              the repairs, as a diff",
        "ppreflist check-links --fix                  show the repairs, ask, write them",
        "ppreflist check-links --json                 for programs: one object a link",
    ),
)
@terms_argument
@library_option
@tag_option
@click.option("--offline", is_flag=True, help="Ask nobody: only what can be said without a network.")
@click.option("--fix", is_flag=True, help="Write the repairs that nothing speaks against; asks first on a terminal.")
@dry_run_option
@yes_option
@json_option
@click.option("--jobs", type=click.IntRange(1, 1024), default=128, show_default=True, metavar="N",
              help="Requests at once, over all hosts.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(min=0.1), default=20.0, show_default=True, metavar="SECONDS",
              help="The longest that one link may take.")  # fmt: skip
@click.option("--delay", type=click.FloatRange(min=0.0), default=0.1, show_default=True, metavar="SECONDS",
              help="From one request to the next to the same host.")  # fmt: skip
@click.option("--allow-private", is_flag=True, help="Ask addresses of this machine and its network, too.")
def command(
    terms: tuple[str, ...], library: str | None, tag: tuple[str, ...], offline: bool, fix: bool, dry_run: bool,
    yes: bool, as_json: bool, jobs: int, timeout: float, delay: float, allow_private: bool,
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
      blocked      not asked: not a public web address (see --allow-private)
      offline      not checked: no network, or --offline

    --fix writes the repairs of malformed, mistyped and moved links, unless asking showed that a repair does not work.
    Off a terminal it needs --yes. `ppreflist undo` takes it back.

    \b
    Exit codes: 0 nothing wrong, 1 something could not be checked for want of a network, 3 a reader cannot follow
    a link (malformed, typo, gone, not-found, unreachable, tls, blocked). Not problems: moved, refused, temporary.
    """
    from ppreflist.cli.opening import opened
    from ppreflist.cli.selection import select
    from ppreflist.links.collect import links_of

    path = find_library(library)
    found = opened(str(path))
    links = list(links_of(select(found, terms, tag)))
    everything = list(links_of(found)) if terms or tag else links
    manner = _Manner(offline, jobs, timeout, delay, allow_private)
    run = _checked(links, everything, manner, quiet=as_json)
    if as_json:
        echo_json([_finding_json(finding, path) for finding in run.findings])
    elif not dry_run:
        _show(run.findings, path)
    fixed = _fixed(run.findings, path, fix, dry_run, yes, as_json) if fix or dry_run else frozenset()
    if not as_json:
        note(_summary(run.findings, len(links), fixed, offered=not (fix or dry_run)))
    click.get_current_context().exit(_exit_code(run, fixed, offline))


def _checked(links: Sequence[Link], everything: Sequence[Link], manner: _Manner, *, quiet: bool) -> Run:
    from ppreflist.cli.progress import progress
    from ppreflist.links.check import check, context_of, look_over
    from ppreflist.links.engine import Budget
    from ppreflist.links.investigate import DOI_SERVICE
    from ppreflist.net.client import Client
    from ppreflist.net.settings import settings_from

    service = os.environ.get(DOI_URL_VARIABLE) or DOI_SERVICE
    context = context_of(everything, service)
    if manner.offline:
        return look_over(links, context)
    settings = settings_from(os.environ, purpose="link check", allow_private=manner.allow_private)
    if os.environ.get(DOI_URL_VARIABLE):
        settings = settings.trusting(service)
    client = Client(settings.with_timeout(manner.timeout))
    with progress("Checking links", len(links), quiet=quiet) as step:
        return check(
            links, context, client, jobs=manner.jobs, budget=Budget(gap=manner.delay),
            progress=lambda done, finding: step(done),
        )  # fmt: skip


# Repairs --------------------------------------------------------------------------------------------------------------


def _fixed(
    findings: Sequence[Finding], path: Path, fix: bool, dry_run: bool, yes: bool, as_json: bool
) -> frozenset[Place]:
    """Apply the repairs, or show them; the places in the file that were changed."""
    from ppreflist.bibtex import store
    from ppreflist.cli.changes import carry_out
    from ppreflist.links.finding import repairs

    edits = _accepted(path, repairs(findings))
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
        path, edits, command="check-links --fix", question=f"Write {_plural(len(edits), 'repair')}?", dry_run=dry_run,
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


# What is shown --------------------------------------------------------------------------------------------------------


def _finding_json(finding: Finding, path: Path) -> dict[str, Any]:
    link = finding.link
    return {
        "key": link.key,
        "field": link.field,
        "file": str(path),
        "line": link.line,
        "url": finding.url,
        "verdict": str(finding.verdict),
        "message": finding.message,
        "fix": finding.fix,
        "safe": finding.safe,
        "asked": finding.asked,
        "status": finding.status,
    }


def _show(findings: Sequence[Finding], path: Path) -> None:
    """The findings, by what to do about them, first things first."""
    from ppreflist.links.verdict import PROBLEMS, Verdict

    repairable = [each for each in findings if each.verdict in PROBLEMS and each.is_fixable]
    broken = [each for each in findings if each.verdict in PROBLEMS and not each.is_fixable]
    groups = (
        ("To repair", "what was probably meant is shown", repairable),
        ("To replace", "find another address, or an archived copy", broken),
        ("Moved", "they work; the new address is shown where it can be written", _with(findings, Verdict.MOVED)),
        ("To look at in a browser", "these sites do not answer robots", _with(findings, Verdict.REFUSED)),
        ("To check another day", "these sites have trouble at the moment", _with(findings, Verdict.TEMPORARY)),
    )
    for title, advice, members in groups:
        if not members:
            continue
        click.echo(f"{click.style(title, bold=True)} ({len(members)}): {advice}\n")
        for finding in members:
            _show_one(finding, path)


def _with(findings: Sequence[Finding], verdict: Verdict) -> list[Finding]:
    return [finding for finding in findings if finding.verdict is verdict]


def _show_one(finding: Finding, path: Path) -> None:
    link = finding.link
    place = ":".join([str(path), *([str(link.line)] if link.line else [])])
    colour = "red" if finding.is_problem else "yellow"
    written = " ".join(finding.url.split())
    click.echo(f"{clean(place)}: {click.style(clean(link.key), bold=True)}, {link.field}: {clean(written)}")
    verdict = click.style(str(finding.verdict), fg=colour, bold=True)
    click.echo(
        textwrap.indent(_wrapped(clean(f"{finding.verdict}: {_one_line(finding.message)}")), "    ").replace(
            str(finding.verdict), verdict, 1
        )
    )
    if finding.fix is not None:
        label = "write" if finding.safe else "perhaps"
        click.echo(f"    {label}: {click.style(clean(finding.fix), fg='green')}")
    click.echo()


def _summary(findings: Sequence[Finding], links: int, fixed: frozenset[Place], *, offered: bool) -> str:
    """How many links there were, what became of them, and what to do next."""
    from ppreflist.links.verdict import Verdict

    if not links:
        return "There are no links in these entries."
    counts = Counter(finding.verdict for finding in findings)
    entries = len({finding.link.key for finding in findings})
    parts = [f"{counts[each]} {each}" for each in Verdict if counts[each] and each is not Verdict.OFFLINE]
    if counts[Verdict.OFFLINE]:
        parts.append(f"{counts[Verdict.OFFLINE]} not checked")
    lines = [f"{_plural(links, 'link')} in {_plural(entries, 'entry', 'entries')}: {', '.join(parts)}."]
    repairable = sum(finding.is_fixable for finding in findings)
    if fixed:
        repaired = sum(_is_repaired(finding, fixed) for finding in findings)
        lines.append(f"{_plural(repaired, 'link')} repaired; `ppreflist undo` takes it back.")
    elif repairable and offered:
        lines.append(f"{repairable} can be repaired: ppreflist check-links --fix (--dry-run shows the change).")
    return "\n".join(lines)


def _exit_code(run: Run, fixed: frozenset[Place], offline: bool) -> int:
    from ppreflist.links.verdict import Verdict

    if run.interrupted:
        report_error("stopped before every link was checked; what is shown is known")
        return codes.INTERRUPTED
    unchecked = 0 if offline else len(_with(run.findings, Verdict.OFFLINE))
    problems = any(finding.is_problem and not _is_repaired(finding, fixed) for finding in run.findings)
    if unchecked:
        message = f"{_plural(unchecked, 'link')} could not be checked: this machine has no network"
        hint = f"That says nothing about {'it' if unchecked == 1 else 'them'}. Connect and run it again."
        if not problems and not fixed:
            report_error(message, hint)
            return codes.FAILED
        note(f"{message}. {hint}")
    return codes.PROBLEMS if problems else codes.DONE


def _is_repaired(finding: Finding, fixed: frozenset[Place]) -> bool:
    return finding.is_fixable and (finding.link.key, finding.link.field) in fixed


def _plural(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def _wrapped(text: str) -> str:
    width = min(shutil.get_terminal_size((100, 24)).columns, 100) - 4
    return textwrap.fill(text, max(width, 30), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
