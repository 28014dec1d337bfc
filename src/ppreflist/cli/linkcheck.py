"""What check-links does: compute, report, repair, and say by the exit code how it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from ppreflist import __version__
from ppreflist.cli import exit as codes
from ppreflist.cli.config import Config, config_above
from ppreflist.cli.findings import finding_json, show
from ppreflist.cli.linkarchive import Saving, archive_address, saved_pages, saving_repairs, with_copies
from ppreflist.cli.linkfiles import ADDRESSES_ARE_LISTED, documents_among, is_page
from ppreflist.cli.linkplaces import places_of
from ppreflist.cli.linkrows import Ledger, Rows, growing, is_repairable, is_worth_saying
from ppreflist.cli.linkrun import Manner, Source, checked, policy_of, source_of
from ppreflist.cli.linkwishes import Wishes
from ppreflist.cli.options import find_library, refuse_to_ask
from ppreflist.cli.output import echo_json, note, plural, report_error, shown
from ppreflist.cli.remembering import Freshness, chosen_history, remembering
from ppreflist.cli.reports.formats import PLACED, rendered
from ppreflist.cli.reports.report import LinkReport
from ppreflist.cli.tally import Place, Tally
from ppreflist.cli.writing import check_target, replace_file
from ppreflist.links.evidence import Repair, repairs_of
from ppreflist.links.history import history_path
from ppreflist.links.report import Reported
from ppreflist.links.verdict import Verdict


def checked_links(wishes: Wishes) -> int:
    """Check what was asked for, and report it; the exit code."""
    refuse_to_ask(as_json=wishes.fix and wishes.fills_stdout, dry_run=wishes.dry_run, yes=wishes.yes)
    documents = documents_among(wishes.terms)
    if documents and wishes.repairs:
        raise click.UsageError("Documents are only checked: --fix and --dry-run are for libraries.")
    config = config_above(Path(wishes.library).parent if wishes.library else Path.cwd())
    policy, manner = policy_of(wishes, config), Manner.of(wishes, config)
    fresh = Freshness(wishes.stale, wishes.since, wishes.resume)
    _check_output(wishes, documents, config)
    with_entries = wishes.archived or wishes.archive
    if with_entries:
        archive_address()
    source = source_of(wishes.terms, documents, wishes.library, wishes.tag, manner, policy, with_entries=with_entries)
    quiet = not wishes.for_people and wishes.output is None
    with remembering(
        chosen_history(wishes.history, config), without=wishes.no_history, required=fresh.needs_memory,
        reading=wishes.offline,
    ) as memory:  # fmt: skip
        if not wishes.offline:
            memory.begin(source.scope, fresh, repeats=source.lists is not None)
        taken = Rows(_wanted(wishes))
        file = str(source.path or "")
        with growing(wishes, source.titles) as give:
            ledger = Ledger(memory, policy, [taken.give, *give], file=file, strict=wishes.strict)
            interrupted = checked(source, manner, memory, ledger, quiet=quiet)
        at = int(memory.now())
        can_resume = memory.can_resume
        rows, tally = taken.kept, taken.tally
        copies: list[Repair] = []
        if wishes.archived and not interrupted:
            rows, copies = with_copies(rows, source, manner, memory)
            tally = Tally.of(rows)
        if not wishes.grows:
            _report(rows, source, wishes, at, interrupted=interrupted)
        saving = Saving()
        if wishes.archive and not interrupted:
            saving = saved_pages(rows, manner, wishes, memory)
            copies += saving_repairs(rows, source, saving, at)
    done: frozenset[Place] = frozenset()
    if source.path is not None and wishes.repairs:
        done = _repaired([*repairs_of(rows, at), *copies], source.path, wishes)
    if not quiet and (tally.links or not interrupted):
        note(tally.summary(done, offered=not wishes.repairs))
        if not tally.links and any(map(is_page, documents)):
            note(ADDRESSES_ARE_LISTED)
        _tell_what_else(copies, wishes)
    if interrupted:
        hint = "`ppreflist check-links --resume` goes on from here." if can_resume else ""
        report_error("stopped before every link was checked; what is shown is known", hint)
        return codes.INTERRUPTED
    if saving.interrupted:
        return codes.INTERRUPTED
    found = _exit_code(tally, done, wishes.offline, source.unread)
    return codes.FAILED if saving.stopped is not None and found == codes.DONE else found


def _tell_what_else(copies: Sequence[Repair], wishes: Wishes) -> None:
    """Where the report is, and that copies which were found can be noted."""
    if wishes.output not in (None, "-"):
        note(f"Written to {wishes.output}.")
    found = sum(repair.edit.field == "archivedate" for repair in copies)
    if found and wishes.archived and not wishes.repairs:
        note(
            f"{plural(found, 'archived copy', 'archived copies')} can be noted: ppreflist check-links --archived --fix."
        )


def _report(rows: Sequence[Reported], source: Source, wishes: Wishes, at: int, *, interrupted: bool) -> None:
    """Show the rows, print them for programs, or write them to a file (whole or not at all)."""
    if wishes.as_json:
        echo_json([finding_json(row.finding, row.file, row.content) for row in rows])
        return
    if wishes.is_shown:
        if not wishes.dry_run:
            show(rows, source.titles)
        return
    places = places_of((row.finding.link for row in rows), source.path) if wishes.format in PLACED else {}
    report = LinkReport(rows, source.name, at, __version__, interrupted, source.titles, places)
    data = rendered(wishes.format, report).encode("utf-8", "replace")
    if wishes.output in (None, "-"):
        click.echo(shown(data.decode()), nl=False)
    else:
        replace_file(Path(str(wishes.output)), data)


def _check_output(wishes: Wishes, documents: Sequence[str], config: Config) -> None:
    """Refuse a report in the place of what is checked, or of the history, before anything is asked."""
    if wishes.output in (None, "-"):
        return
    kept = {Path(each): "this is what is checked; a report does not replace it" for each in documents}
    if not documents:
        kept[find_library(wishes.library)] = "this is the library itself; a report does not replace it"
    if not wishes.no_history:
        history = history_path(chosen_history(wishes.history, config))
        kept[history] = "this is the history of links; a report does not replace it"
    check_target(Path(str(wishes.output)), kept)


def _repaired(wanted: Sequence[Repair], path: Path, wishes: Wishes) -> frozenset[Place]:
    """As ``linkfix.fixed``, which brings with it all that writes libraries: nothing that most runs need."""
    from ppreflist.cli.linkfix import fixed

    return fixed(wanted, path, wishes)


def _wanted(wishes: Wishes) -> Callable[[Reported], bool] | None:
    """Which rows are wanted again once all links are checked; None for all."""
    if wishes.archived or wishes.archive or not (wishes.grows or wishes.is_shown):
        return None
    return is_repairable if wishes.grows else is_worth_saying


def _exit_code(tally: Tally, fixed: frozenset[Place], offline: bool, unread: int) -> int:
    unchecked = 0 if offline else tally.verdicts[Verdict.OFFLINE]
    problems = tally.has_problems(fixed)
    if unchecked:
        message = f"{plural(unchecked, 'link')} could not be checked: this machine has no network"
        hint = f"That says nothing about {'it' if unchecked == 1 else 'them'}. Connect and run it again."
        if not problems and not fixed:
            report_error(message, hint)
            return codes.FAILED
        note(f"{message}. {hint}")
    if unread and not problems:
        report_error(
            f"{plural(unread, 'place')} of the library could not be read: the links there were not checked",
            "`ppreflist lint` shows where. Repair it in a text editor.",
        )
        return codes.FAILED
    return codes.PROBLEMS if problems else codes.DONE
