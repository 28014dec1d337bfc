"""The work of ``ppreflist verify``: entries, their records, and what comes of comparing the two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from ppreflist.cli import exit as codes
from ppreflist.cli.comparison import Row, side_by_side
from ppreflist.cli.lookup import Lookup
from ppreflist.cli.output import clean, echo_json, note
from ppreflist.cli.progress import progress
from ppreflist.cli.records import Answer, Outcome, answers, could_not
from ppreflist.lint.compare import Agreement, Comparison, Verdict, compare
from ppreflist.model.entry import Entry
from ppreflist.model.library import Library

_COLOURS = {Verdict.SAME: "green", Verdict.DIFFERS: "yellow", Verdict.ANOTHER: "red"}


@dataclass(frozen=True, slots=True)
class Verified:
    """One entry: what the service said, and the comparison when it said something."""

    answer: Answer
    comparison: Comparison | None

    @property
    def verdict(self) -> str:
        """One word or two: the verdict of the comparison, or why there is none."""
        return str(self.comparison.verdict if self.comparison is not None else self.answer.outcome)

    @property
    def finding(self) -> bool:
        """Whether a person should look at it."""
        if self.comparison is not None:
            return self.comparison.verdict in (Verdict.ANOTHER, Verdict.DIFFERS)
        return self.answer.outcome is Outcome.NOT_FOUND


class Verifying:
    """One run of the command."""

    def __init__(self, library: Library, *, show_all: bool, as_json: bool) -> None:
        self.library = library
        self.show_all = show_all
        self.as_json = as_json
        self.results: list[Verified] = []

    def ask(self, entries: Sequence[Entry], lookup: Lookup) -> None:
        """Ask for every record; what is found is shown at once."""
        with progress("Asking", len(entries), quiet=self.as_json) as step:
            for answer in answers(self.library, entries, lookup, step):
                found = compare(answer.whole, answer.record.entry) if answer.record is not None else None
                result = Verified(answer, found)
                self.results.append(result)
                if not self.as_json:
                    self._say(result)

    @property
    def exit_code(self) -> int:
        if any(could_not(each.answer) or each.answer.outcome is Outcome.FAILED for each in self.results):
            return codes.FAILED
        return codes.PROBLEMS if any(each.finding for each in self.results) else codes.DONE

    def report(self) -> None:
        """Print the summary, or everything as JSON."""
        if self.as_json:
            echo_json([self._as_json(each) for each in self.results])
            return
        counts = Counter(each.verdict for each in self.results)
        asked = sum(counts.values()) - counts[Outcome.NO_IDENTIFIER]
        order = [*Verdict, *Outcome]
        told = [f"{counts[word]} {word}" for word in order if counts[word] and word != Outcome.NO_IDENTIFIER]
        without = counts[Outcome.NO_IDENTIFIER]
        rest = f"; {without} without an identifier {'was' if without == 1 else 'were'} not asked for" if without else ""
        note(f"{asked} {'record' if asked == 1 else 'records'} asked for: {', '.join(told) or 'none'}{rest}.")

    def _say(self, result: Verified) -> None:
        answer, comparison = result.answer, result.comparison
        if answer.outcome is Outcome.NO_IDENTIFIER:
            return
        head = f"{self.library.path}:{answer.entry.line}: {answer.entry.key}: "
        if comparison is None:
            message = answer.error.message if answer.error is not None else ""
            note(f"{head}{result.verdict}: {message}")
            return
        if comparison.verdict in (Verdict.SAME, Verdict.UNKNOWN) and not self.show_all:
            return
        colour = _COLOURS.get(comparison.verdict)
        what = _in_words(comparison, str(answer.identifier))
        click.echo(f"{clean(head)}{click.style(clean(what), fg=colour)} [{comparison.score:.2f}]")
        rows = [
            Row(each.name, (each.ours, each.theirs), differ=each.agreement is Agreement.DIFFERS)
            for each in comparison.fields
            if each.ours or each.theirs
        ]
        click.echo(side_by_side(("the entry", f"the record of {answer.identifier}"), rows))

    def _as_json(self, result: Verified) -> dict[str, Any]:
        answer, comparison = result.answer, result.comparison
        return {
            "key": answer.entry.key,
            "file": self.library.path,
            "line": answer.entry.line,
            "identifier": str(answer.identifier) if answer.identifier is not None else None,
            "verdict": result.verdict,
            "score": comparison.score if comparison is not None else None,
            "differing": list(comparison.differing) if comparison is not None else [],
            "fields": {
                each.name: {"entry": each.ours, "record": each.theirs, "agreement": str(each.agreement)}
                for each in (comparison.fields if comparison is not None else ())
            },
            "message": str(answer.error) if answer.error is not None else None,
            "hint": (answer.error.hint or None) if answer.error is not None else None,
        }


def _in_words(comparison: Comparison, identifier: str) -> str:
    match comparison.verdict:
        case Verdict.ANOTHER:
            return f"{identifier} is another work"
        case Verdict.DIFFERS:
            return f"the same work, but the record differs in {', '.join(comparison.differing)}"
        case Verdict.UNKNOWN:
            return "the entry says too little to be compared"
        case Verdict.SAME:
            return "the same work"
