"""What ``check-links --review`` does: check, walk the findings, and remember how far that came."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ppreflist.cli import exit as codes
from ppreflist.cli.config import config_above
from ppreflist.cli.linkarchive import archive_of
from ppreflist.cli.linkfiles import documents_among
from ppreflist.cli.linkrows import Ledger, Rows
from ppreflist.cli.linkrun import Manner, Source, checked, policy_of, source_of
from ppreflist.cli.linkwishes import Wishes
from ppreflist.cli.output import note, on_terminal, plural, report_error
from ppreflist.cli.remembering import Freshness, Memory, chosen_history, remembering
from ppreflist.cli.reviewing import ORDER, Review, place_of, undecided
from ppreflist.links.archive import look_for
from ppreflist.links.check import check
from ppreflist.links.memory import address_of
from ppreflist.links.report import Group, group_of
from ppreflist.net.client import Client

if TYPE_CHECKING:
    from ppreflist.links.captures import Captures
    from ppreflist.links.finding import Finding
    from ppreflist.links.link import Link
    from ppreflist.links.memory import Acceptance
    from ppreflist.links.snapshot import Copy

LATELY: Final = 7 * 86400
"""Seconds for which a review that was left goes by what was seen then; after that the links are asked again."""


def reviewed(wishes: Wishes) -> int:
    """Walk the findings that need a decision; the exit code."""
    if documents_among(wishes.terms):
        raise click.UsageError("Documents are only checked: --review is for libraries.")
    if not on_terminal():
        raise click.UsageError(
            "--review asks at a terminal, and there is none. --dry-run shows the repairs; --format, the findings."
        )
    config = config_above(Path(wishes.library).parent if wishes.library else Path.cwd())
    policy, manner = policy_of(wishes, config), Manner.of(wishes, config)
    source = source_of(wishes.terms, [], wishes.library, wishes.tag, manner, policy, with_entries=True)
    with remembering(chosen_history(wishes.history, config), without=wishes.no_history) as memory:
        captures = memory.captures
        scope = json.dumps(list(source.scope))
        now = int(memory.now())
        left = captures.review(scope) if captures is not None else None
        started, done = left or (now, frozenset())
        if captures is not None:
            captures.keep_review(scope, started, done)
        fresh = Freshness(wishes.stale, wishes.since, wishes.resume, max(started, now - LATELY) if left else None)
        if not wishes.offline:
            memory.begin(source.scope, fresh)
        taken = Rows(lambda row: group_of(row) in (*ORDER, Group.LATER))
        ledger = Ledger(memory, policy, [taken.give], file=str(source.path or ""), strict=wishes.strict)
        if checked(source, manner, memory, ledger, quiet=False):
            report_error("stopped before every link was checked", "`ppreflist check-links --review` goes on from here.")
            return codes.INTERRUPTED
        tools = _Tools(source, manner, memory, captures, scope, started)
        later = sum(group_of(row) is Group.LATER for row in taken.kept)
        if later:
            note(f"{plural(later, 'link')} not shown: these sites have trouble at the moment. Check them another day.")
        return _walked(Review(undecided(taken.kept), _path(source), source.entries, tools, now, done), tools)


def _path(source: Source) -> Path:
    assert source.path is not None  # documents were refused
    return source.path


def _walked(review: Review, tools: _Tools) -> int:
    if not review.rows:
        note("No finding needs a decision.")
        tools.end()
        return codes.DONE
    if review.done:
        note(f"Going on with the review that was left: {plural(review.left, 'finding')} to decide.")
    elif len(review.rows) > 1:
        note(f"{plural(len(review.rows), 'finding')} to decide.")
    if review.run():
        tools.end()
    problems = [row for row in review.rows if row.is_problem and place_of(row.finding.link) not in review.settled]
    return codes.PROBLEMS if problems else codes.DONE


class _Tools:
    """What a review has done by the network and the history."""

    def __init__(
        self, source: Source, manner: Manner, memory: Memory, captures: Captures | None, scope: str, started: int
    ) -> None:
        self._source = source
        self._manner = manner
        self._memory = memory
        self._captures = captures
        self.keeps = captures is not None
        self._scope = scope
        self._started = started

    def look(self, link: Link) -> Finding:
        client = Client(self._manner.settings())
        run = check(
            [link],
            self._source.context(),
            client,
            budget=self._manner.budget(),
            host_budgets=self._manner.host_budgets(),
        )
        if not run.findings:
            raise KeyboardInterrupt
        return run.findings[0]

    def copy(self, finding: Finding) -> Copy:
        archive, client = archive_of(self._manner)
        today = datetime.fromtimestamp(self._memory.now(), UTC).date()
        found = look_for([finding], self._source.entries, client, today, archive, self._captures)
        if finding.link not in found:
            raise KeyboardInterrupt
        return found[finding.link]

    def accept(self, link: Link, acceptance: Acceptance) -> None:
        self._memory.history.accept(address_of(link), acceptance)

    def withdraw(self, link: Link) -> None:
        self._memory.history.withdraw(address_of(link))

    def decided(self, done: frozenset[str]) -> None:
        if self._captures is not None:
            self._captures.keep_review(self._scope, self._started, done)

    def end(self) -> None:
        if self._captures is not None:
            self._captures.end_review(self._scope)
