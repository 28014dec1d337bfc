"""The work of ``ppreflist dedupe``: from groups of duplicates to a question or rules, to the file, to a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from ppreflist.bibtex import disk
from ppreflist.bibtex import read as reading
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.store import change, plan
from ppreflist.cli import exit as codes
from ppreflist.cli.changes import show_diff
from ppreflist.cli.comparison import Row, side_by_side
from ppreflist.cli.entries import entry_json, short_names
from ppreflist.cli.output import clean, echo_json, note, on_terminal
from ppreflist.cli.progress import progress
from ppreflist.cli.selection import select
from ppreflist.errors import EditRefused
from ppreflist.lint.groups import Found, Group, Pair, find_groups
from ppreflist.lint.likeness import Work
from ppreflist.lint.merge import Choice, Keep, Merge, Prefer, distinct, edits_of, kept_of, link, merged
from ppreflist.model.edit import Edit
from ppreflist.model.entry import Entry
from ppreflist.model.library import Library

_SHOWN = 20


@dataclass(frozen=True)
class Options:
    """The options of the command."""

    merging: bool = False
    linking: bool = False
    keep: Keep = Keep.COMPLETE
    prefer: Prefer = Prefer.FULLER
    least: float = 0.85
    dry_run: bool = False
    yes: bool = False
    as_json: bool = False


class Deduping:
    """One run of the command on one library."""

    def __init__(self, snapshot: disk.Snapshot, options: Options) -> None:
        self.path: Path = snapshot.path
        self.bib: BibFile = snapshot.file
        self.options = options
        self.library: Library = reading.library(self.bib)
        self.found = Found()
        self.left = 0

    def find(self, terms: Sequence[str]) -> None:
        """Look for duplicates of the entries that were asked for."""
        wanted = {entry.key for entry in select(self.library, terms)} if terms else None
        with progress("Comparing", len(self.library), quiet=self.options.as_json) as step:
            self.found = find_groups(self.library, wanted=wanted, least=self.options.least, step=step)

    def run(self) -> int:
        """Do what the options say; the exit code."""
        options, found = self.options, self.found
        self.left = len(found.groups) + len(found.conflicts)
        interactive = on_terminal() and not (
            options.merging or options.linking or options.as_json or options.dry_run or options.yes
        )
        if options.merging or options.linking:
            self._by_rules()
        elif interactive:
            self._one_by_one()
        else:
            self._report()
        return codes.PROBLEMS if self.left else codes.DONE

    # Reports

    def _report(self) -> None:
        if self.options.as_json:
            echo_json(self._as_json([self._merge(group) for group in self.found.groups], saved=False))
            return
        for group in self.found.groups:
            self._say_group(group)
        self._say_rest()
        self._say_counts()
        if self.found.groups:
            note("On a terminal `ppreflist dedupe` goes through them one by one; --merge merges all.")

    def _say_group(self, group: Group) -> None:
        click.echo(click.style(f"{_percent(group.score)}  {', '.join(group.reasons)}", bold=True))
        for entry in group.entries:
            click.echo(clean(f"  {self.path}:{entry.line}: {_summary(entry)}"))

    def _say_rest(self) -> None:
        for pair in self.found.conflicts:
            click.echo(click.style(f"{', '.join(pair.likeness.reasons)}: one of the two is wrong", bold=True))
            for entry in (pair.one, pair.other):
                click.echo(clean(f"  {self.path}:{entry.line}: {_summary(entry)}"))
        for pair in self.found.versions:
            click.echo(click.style("preprint and published version, not linked", bold=True))
            for entry in (pair.one, pair.other):
                click.echo(clean(f"  {self.path}:{entry.line}: {_summary(entry)}"))

    def _say_counts(self) -> None:
        found = self.found
        parts = []
        if found.groups:
            works = len(found.groups)
            entries = sum(len(group.entries) for group in found.groups)
            parts.append(f"{works} {'work is' if works == 1 else 'works are'} there more than once ({entries} entries)")
        if found.conflicts:
            one = len(found.conflicts) == 1
            parts.append(f"{len(found.conflicts)} identifier{' stands' if one else 's stand'} in two works")
        if found.versions:
            one = len(found.versions) == 1
            whose = "preprint with its published version" if one else "preprints with their published versions"
            parts.append(f"{len(found.versions)} {whose} (--link links them)")
        note(f"{'; '.join(parts) or 'No duplicates'} in {self.path} ({len(self.library)} entries).")

    def _as_json(self, merges: Sequence[Merge], *, saved: bool) -> dict[str, Any]:
        groups = [
            {
                "score": group.score,
                "reasons": list(group.reasons),
                "keys": [entry.key for entry in group.entries],
                "keep": merge.kept.key,
                "type": merge.type,
                "fields": {choice.name: choice.value for choice in merge.choices},
                "lost": {choice.name: dict(choice.given) for choice in merge.lost},
                "entries": [entry_json(entry) for entry in group.entries],
            }
            for group, merge in zip(self.found.groups, merges, strict=True)
        ]
        return {
            "library": str(self.path),
            "saved": saved,
            "groups": groups,
            "versions": [_pair_json(pair) for pair in self.found.versions],
            "conflicts": [_pair_json(pair) for pair in self.found.conflicts],
        }

    # By rules

    def _merge(self, group: Group, kept: Entry | None = None) -> Merge:
        return merged(group.entries, kept or kept_of(group.entries, self.options.keep), self.options.prefer)

    def _can_change(self, entries: Sequence[Entry]) -> bool:
        """Whether all of the entries can be edited; if not, it is said."""
        broken = next((entry for entry in entries if not entry.editable), None)
        if broken is not None:
            note(f"{self.path}:{broken.line}: {broken.key} cannot be read safely, so it is left as it is.")
        return broken is None

    def _by_rules(self) -> None:
        options = self.options
        merges: list[Merge] = []
        if options.merging:
            merges = [self._merge(group) for group in self.found.groups if self._can_change(group.entries)]
        edits = edits_of(self.library, merges)
        if options.linking:
            gone = {entry.key for merge in merges for entry in merge.others}
            pairs = [pair for pair in self.found.versions if gone.isdisjoint((pair.one.key, pair.other.key))]
            pairs = [pair for pair in pairs if self._can_change((pair.one, pair.other))]
            edits += [edit for pair in pairs for edit in link(pair)]
        saved = self._save(edits) if edits else False
        if options.as_json:
            echo_json(self._as_json([self._merge(group) for group in self.found.groups], saved=saved))
        elif saved:
            for merge in merges:
                self._say_merged(merge)
        if not options.as_json:
            self._say_lost(merges)
            if not edits:
                self._say_counts()
        if saved:
            self.left -= len(merges)
            if not options.as_json:
                left = f"{self.left} left; " if self.left else ""
                note(f"{left}`ppreflist undo` takes it back.")

    def _save(self, edits: Sequence[Edit]) -> bool:
        """Show and ask where somebody can answer, then write; whether it was written."""
        options = self.options
        if options.dry_run or (on_terminal() and not options.yes):
            planned = plan(self.path, edits)
            if not options.as_json:
                show_diff(planned.before, planned.after, str(self.path))
            if options.dry_run:
                return False
            if not click.confirm("Change the library so?", default=True):
                note("Nothing was changed.")
                return False
        self._write(edits)
        return True

    def _write(self, edits: Sequence[Edit]) -> None:
        """Write, unless an entry that is touched was changed by somebody else since it was read."""
        touched = {edit.key for edit in edits}
        seen = {key: self.bib.source_of(key) for key in touched if key in self.bib.by_key}

        def guarded(now: BibFile) -> Sequence[Edit]:
            for key, source in seen.items():
                if key not in now.by_key or now.source_of(key) != source:
                    raise EditRefused(
                        f"{key} was changed by another program in the meantime",
                        path=str(self.path),
                        hint="Nothing was changed; run `ppreflist dedupe` again.",
                    )
            return edits

        self.bib = change(self.path, guarded, command="dedupe").file

    def _say_merged(self, merge: Merge) -> None:
        gone = ", ".join(entry.key for entry in merge.others)
        click.echo(clean(f"Merged {gone} into {merge.kept.key}."))

    def _say_lost(self, merges: Sequence[Merge]) -> None:
        lost = [(merge, choice) for merge in merges for choice in merge.lost]
        for merge, choice in lost[:_SHOWN]:
            rest = "; ".join(
                f"{key} had {' '.join(value.split())}" for key, value in choice.given.items() if value != choice.value
            )
            note(f"Note: {merge.kept.key}: {choice.name} is {' '.join(choice.value.split())} ({rest}).")
        if len(lost) > _SHOWN:
            note(f"Note: {len(lost) - _SHOWN} more values differ; --dry-run --json lists them ('lost').")

    # One by one

    def _one_by_one(self) -> None:
        total = len(self.found.groups) + len(self.found.versions)
        if not total:
            self._say_rest()
            self._say_counts()
            return
        number = 0
        for group in self.found.groups:
            number += 1
            click.echo(f"\n{number} of {total}: {_percent(group.score)}, {', '.join(group.reasons)}")
            if not self._ask_about(group):
                return
        for pair in self.found.versions:
            number += 1
            click.echo(f"\n{number} of {total}: preprint and published version")
            if not self._ask_about_versions(pair):
                return
        for pair in self.found.conflicts:
            click.echo()
            note(f"{', '.join(pair.likeness.reasons)}: {pair.one.key} and {pair.other.key}; one of the two is wrong.")

    def _ask_about(self, group: Group) -> bool:
        """Show a group and do what the person says; False to stop."""
        if not self._can_change(group.entries):
            return True
        entries = [self.library[entry.key] for entry in group.entries]
        group = replace(group, entries=tuple(entries))
        merge = self._merge(group)
        while True:
            click.echo(_preview(merge))
            question = f"(m)erge into {clean(merge.kept.key)}, (1-{len(entries)}) keep another, (n)ot the same work"
            answer = click.prompt(f"{question}, (s)kip, (q)uit", default="s").strip()
            if answer.isdigit() and 1 <= int(answer) <= len(entries):
                ordered = _ordered(merge)
                merge = self._merge(group, ordered[int(answer) - 1])
            elif answer == "m":
                self._done(edits_of(self.library, [merge]))
                self._say_merged(merge)
                return True
            elif answer == "n":
                self._done(distinct(entries))
                note("Remembered in the field x-distinct.")
                return True
            elif answer in ("s", "q"):
                return answer == "s"

    def _ask_about_versions(self, pair: Pair) -> bool:
        if not self._can_change((pair.one, pair.other)):
            return True
        click.echo(_compared(pair))
        answer = click.prompt(
            "(l)ink them (field related), (n)ot the same work, (s)kip, (q)uit",
            default="s",
            type=click.Choice("lnsq"),
            show_choices=False,
        )
        if answer == "l":
            self._write(link(pair))
            self._reload()
        elif answer == "n":
            self._write(distinct((pair.one, pair.other)))
            self._reload()
        return answer != "q"

    def _done(self, edits: Sequence[Edit]) -> None:
        self._write(edits)
        self._reload()
        self.left -= 1

    def _reload(self) -> None:
        self.library = reading.library(self.bib)


def _percent(score: float) -> str:
    return f"{int(100 * score)}%"  # only a shared identifier is 100%


def _summary(entry: Entry) -> str:
    names = short_names(entry.people("author") or entry.people("editor"))
    said = [part for part in (names, entry.first("date", "year"), entry.text("title")) if part]
    return f"{entry.key}: {', '.join(said)}"


def _pair_json(pair: Pair) -> dict[str, Any]:
    preprint = next((entry.key for entry in (pair.one, pair.other) if Work(entry).preprint), None)
    return {
        "keys": [pair.one.key, pair.other.key],
        "preprint": preprint,
        "score": pair.likeness.score,
        "reasons": list(pair.likeness.reasons),
    }


def _ordered(merge: Merge) -> list[Entry]:
    return sorted((merge.kept, *merge.others), key=lambda entry: entry.line)


def _preview(merge: Merge) -> str:
    """The entries side by side; what the merged entry will say is green."""
    entries = _ordered(merge)
    heads = [f"{number} {entry.key}" for number, entry in enumerate(entries, 1)]
    types = Row("type", tuple(f"@{entry.type}" for entry in entries), _wins([e.type for e in entries], merge.type))
    rows = [types, *(_row(choice, entries) for choice in merge.choices)]
    return side_by_side(heads, rows)


def _row(choice: Choice, entries: Sequence[Entry]) -> Row:
    values = [choice.given.get(entry.key, "") for entry in entries]
    return Row(choice.name, tuple(values), _wins(values, choice.value), choice.lost)


def _wins(values: Sequence[str], value: str) -> int:
    return values.index(value) if value and value in values else -1


def _compared(pair: Pair) -> str:
    entries = (pair.one, pair.other)
    names = dict.fromkeys(name for entry in entries for name in entry.fields)
    rows = [Row(name, tuple(entry.text(name) for entry in entries)) for name in names if name != "abstract"]
    return side_by_side([entry.key for entry in entries], rows)
