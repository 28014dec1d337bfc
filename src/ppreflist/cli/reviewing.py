"""``check-links --review``: the findings that need a decision, one by one.

Each decision is carried out when it is made: a repair is written through the store, by itself (atomic, one step of
``ppreflist undo``), an acceptance goes into the history. So whatever ends a review (``q``, Ctrl-C, a closed window, a
power cut) loses nothing, and no change waits that another program could get between. What a review changed is shown as
one diff, with the reasons, when it ends or is left.

How far a review has come is kept in the history, under the library and the query.
"""

from __future__ import annotations

import os
import textwrap
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

import click

from ppreflist.bibtex import store
from ppreflist.bibtex.bibfile import BibFile
from ppreflist.bibtex.disk import read
from ppreflist.bibtex.read import library
from ppreflist.cli.changes import show_diff
from ppreflist.cli.output import clean, note, plural, text_width, wrapped
from ppreflist.cli.when import Day
from ppreflist.errors import EditRefused, LibraryConflict, PpreflistError
from ppreflist.links.archive import copy_edits, may_note_copy
from ppreflist.links.evidence import Repair, evidence, seen_at
from ppreflist.links.finding import Finding
from ppreflist.links.link import Link
from ppreflist.links.memory import Acceptance, address_of, day
from ppreflist.links.report import Group, Reported, group_of
from ppreflist.links.snapshot import Copy, Snapshot
from ppreflist.links.verdict import ANSWERS, MEANING, REMARK, Verdict
from ppreflist.model.edit import SetField
from ppreflist.model.entry import Entry

COMMAND: Final = "check-links --review"
ORDER: Final = (Group.REPAIR, Group.REPLACE, Group.NOTED, Group.MOVED, Group.BROWSER)
"""The groups that need a decision, most urgent first. What has trouble for the moment is left for another day."""

_KEPT_SPACE: Final = "\N{NO-BREAK SPACE}"
REPAIRED: Final = "repaired"
NOTED: Final = "noted with a copy"
ACCEPTED: Final = "accepted"
SKIPPED: Final = "skipped"


def undecided(rows: Sequence[Reported]) -> list[Reported]:
    """The rows that need a decision, most urgent first."""
    groups: dict[Group, list[Reported]] = {group: [] for group in ORDER}
    for row in sorted(rows, key=lambda row: not row.is_problem):
        group = group_of(row)
        if group in groups and row.accepted is None and not (group is Group.MOVED and row.finding.fix is None):
            groups[group].append(row)
    return [row for group in ORDER for row in groups[group]]


def place_of(link: Link) -> str:
    """What a link is recognised by when a review goes on."""
    return f"{link.key}\x1f{link.field}\x1f{address_of(link)}"


class Tools(Protocol):
    """What a review can have done by others. ``keeps`` tells whether anything is remembered."""

    keeps: bool

    def look(self, link: Link) -> Finding:
        """Ask one address, now."""

    def copy(self, finding: Finding) -> Copy:
        """Look for an archived copy."""

    def accept(self, link: Link, acceptance: Acceptance) -> None:
        """Remember that somebody found a link fine."""

    def withdraw(self, link: Link) -> None:
        """Take that back."""

    def decided(self, done: frozenset[str]) -> None:
        """Remember how far the review has come."""


@dataclass
class Review:
    """One sitting. ``done`` are the places that were decided in earlier ones; ``at`` is now (Unix time)."""

    rows: Sequence[Reported]
    path: Path
    entries: Mapping[str, Entry]
    tools: Tools
    at: int
    done: frozenset[str] = frozenset()
    _back: list[tuple[int, Callable[[], None]]] = field(init=False, default_factory=list)
    _reasons: list[str] = field(init=False, default_factory=list)
    _what: dict[str, str] = field(init=False, default_factory=dict)
    _next: int = field(init=False, default=0)
    _text: str = field(init=False, default="")
    _others: bool = field(init=False, default=False)

    def run(self) -> bool:
        """Walk the rows; whether the end was reached."""
        before = self._text = read(self.path).text
        self._next = 0
        try:
            while self._next < len(self.rows):
                row = self.rows[self._next]
                if place_of(row.finding.link) in self.done:
                    self._next += 1
                    continue
                self._show(row)
                if not self._decide(row):
                    return False
        except (KeyboardInterrupt, click.Abort, EOFError):
            click.echo()
            return False
        finally:
            self._sum_up(before)
        return True

    @property
    def settled(self) -> frozenset[str]:
        """The places for which something was done in this sitting."""
        return frozenset(place for place, what in self._what.items() if what != SKIPPED)

    @property
    def left(self) -> int:
        return sum(place_of(row.finding.link) not in self.done for row in self.rows)

    # What is shown ----------------------------------------------------------------------------------------------------

    def _show(self, row: Reported) -> None:
        finding, link = row.finding, row.finding.link
        group = group_of(row)
        click.echo()
        head = f" {self._next + 1} of {len(self.rows)}: {group.title} "
        click.echo(click.style(head.center(text_width(), "\N{BOX DRAWINGS LIGHT HORIZONTAL}"), fg="blue"))
        entry = self.entries.get(link.key)
        title = " ".join(entry.text("title").split()) if entry is not None else ""
        year = entry.first("year") or entry.first("date")[:4] if entry is not None else ""
        named = f"{title} ({year})" if title and year else title or year
        click.echo(click.style(clean(link.key), bold=True) + clean(f": {named}" if named else ""))
        _say(f"{link.field}, {row.file}:{link.line}" if link.line else f"{link.field}, {row.file}")
        click.echo(f"  {click.style(clean(' '.join(finding.shown.split())), underline=True)}")
        click.echo()
        why = self._why(row).removeprefix(f"{finding.verdict}: ")
        meaning = MEANING[finding.verdict]
        colour = "red" if row.is_problem else "yellow"
        if finding.says_more and finding.message.startswith(REMARK):
            _say(f"{finding.verdict}: {why}", colour=colour)
        else:
            _say(f"{finding.verdict}: {meaning}", colour=colour)
            # What was said is often the meaning with a status.
            same = why.startswith(meaning.rstrip("."))
            _say(why[why.index(". ") + 2 :] if same and ". " in why else why)
        if row.memory:
            _say(row.memory)
        if entry is not None and entry.first("archiveurl"):
            _say(f"The entry names an archived copy: {entry.first('archiveurl')}")
        if finding.fix is not None:
            label = "repair" if finding.safe else "perhaps"
            click.echo(f"  {label}: {click.style(clean(finding.fix), fg='green')}")
        click.echo()

    def _why(self, row: Reported) -> str:
        """What is known of a link, with the day on which it was seen."""
        return evidence(row.finding, day(seen_at(row, self.at)))

    def _keys(self, row: Reported) -> dict[str, str]:
        keys = {}
        if row.finding.fix is not None and row.finding.link.editable:
            keys["f"] = "take the repair: write it"
        if row.finding.link.editable:
            keys["e"] = "type another address: it is asked before it is written"
        keys["a"] = "look for an archived copy, and note it"
        keys["c"] = "checked by hand, and fine: until a day"
        keys["o"] = "open it in a browser"
        keys["s"] = "skip: decide in another review"
        if self._back:
            keys["b"] = "back: take back the last decision, and decide again"
        keys["q"] = "leave: the next --review goes on here" if self.tools.keeps else "leave"
        keys["?"] = "this help"
        return keys

    # Decisions --------------------------------------------------------------------------------------------------------

    def _decide(self, row: Reported) -> bool:
        """Ask until something is decided; whether to go on."""
        keys = self._keys(row)
        short = [f"[{key}] {said.partition(':')[0]}".replace(" ", _KEPT_SPACE) for key, said in keys.items()]
        actions: dict[str, Callable[[Reported], bool]] = {
            "f": self._repair, "e": self._other, "a": self._copy, "c": self._accept, "o": self._open, "s": self._skip,
            "b": self._go_back,
        }  # fmt: skip
        while True:
            lines = textwrap.fill("  ".join(short), text_width(), break_on_hyphens=False)
            click.echo(lines.replace(_KEPT_SPACE, " "))
            key = _key()
            if key in ("q", "\x03", "\x04", ""):
                return False
            if key == "?" or key not in keys:
                for each, said in keys.items():
                    click.echo(f"  {each}  {said}")
                continue
            try:
                if actions[key](row):
                    return True
            except PpreflistError as error:
                note(f"{error.message}. {error.hint}".rstrip(". ") + ".")

    def _decided(self, row: Reported, what: str, back: Callable[[], None]) -> bool:
        place = place_of(row.finding.link)
        self.done |= {place}
        self._what[place] = what

        def take_back() -> None:
            back()
            del self._what[place]
            self.done -= {place}

        self._back.append((self._next, take_back))
        self._next += 1
        self.tools.decided(self.done)
        return True

    def _repair(self, row: Reported) -> bool:
        assert row.finding.fix is not None
        return self._write(row, row.finding.fix, self._why(row))

    def _write(self, row: Reported, address: str, reason: str) -> bool:
        link = row.finding.link
        repair = Repair(SetField(link.key, link.field, link.escaped(address)), (reason,))
        return self._store(row, lambda file: [_edit(file, link, address)], [repair], REPAIRED)

    def _store(
        self, row: Reported, edits: Callable[[BibFile], list[SetField]], repairs: Sequence[Repair], what: str
    ) -> bool:  # fmt: skip
        """Write edits as one change; one step of undo."""
        change = store.change(self.path, edits, command=COMMAND)
        if not change.changed:
            note("The file has that already.")
            return self._decided(row, what, lambda: None)
        lines = [line for repair in repairs for line in repair.lines]
        self._reasons += lines
        self._others |= change.before != self._text
        self._text = change.after

        def back() -> None:
            if read(self.path).text != change.after:
                raise LibraryConflict(
                    "the file was changed by something else since", hint="Take it back there, or with git.",
                    path=os.fspath(self.path),
                )  # fmt: skip
            store.undo(self.path)
            self._text = read(self.path).text
            del self._reasons[len(self._reasons) - len(lines) :]

        click.echo(click.style("  written", fg="green"))
        return self._decided(row, what, back)

    def _other(self, row: Reported) -> bool:
        typed = click.prompt("  Another address (nothing: go back)", default="", show_default=False).strip()
        if not typed:
            return False
        link = row.finding.link
        click.echo("  asking ...")
        found = self.tools.look(replace(link, value=typed, start=0, end=len(typed), alone=True))
        _say(f"{found.verdict}: {found.message}")
        if found.verdict is Verdict.BLOCKED and not _is_web(typed):
            _say("Only addresses of the web are written here: `ppreflist edit` writes others.")
            return False
        address = typed
        if found.fix is not None:
            _say(f"repair: {found.fix}")
            if click.confirm("  Write the repaired one?", default=found.safe):
                address = found.fix
        if found.verdict not in ANSWERS and address == typed and not click.confirm("  Write it all the same?"):
            return False
        by_hand = evidence(found, day(self.at))
        return self._write(row, address, f"{self._why(row)} Another address was typed: {by_hand}")

    def _copy(self, row: Reported) -> bool:
        finding, link = row.finding, row.finding.link
        click.echo("  asking the archive ...")
        copy = self.tools.copy(finding)
        if not isinstance(copy, Snapshot):
            _say(copy.reason)
            return False
        shown = f', titled "{copy.title}"' if copy.title else ""
        _say(f"A copy of {copy.day} is archived{shown}: {copy.url}")
        entry = library(read(self.path).file).get(link.key)
        if entry is None or not may_note_copy(link, entry):
            _say("It is not noted: the entry names a copy already, or has another address of its own in url.")
            return False
        if not click.confirm("  Note it in archiveurl and archivedate?", default=True):
            return False
        reason = f"{self._why(row)} The archive has a capture of {copy.day}{shown}."
        repairs = copy_edits(link, entry, copy.url, copy.day, reason)
        return self._store(row, lambda file: [repair.edit for repair in repairs], repairs, NOTED)

    def _accept(self, row: Reported) -> bool:
        link = row.finding.link
        until = click.prompt("  Fine until (2027-12-31, 6m, 1y; - for good)", default="1y", value_proc=_until)
        said = click.prompt("  Why, for whoever asks later", default="", show_default=False)
        self.tools.accept(link, Acceptance(until, said.strip()))
        return self._decided(row, ACCEPTED, lambda: self.tools.withdraw(link))

    def _open(self, row: Reported) -> bool:
        url = row.finding.url
        click.echo(f"  {clean(url)}")
        if not (_is_web(url) and url.isprintable() and " " not in url):
            _say("This is no web address that a browser could open.")
        elif click.launch(url):
            _say("No browser could be started here: copy the address.")
        return False

    def _skip(self, row: Reported) -> bool:
        return self._decided(row, SKIPPED, lambda: None)

    def _go_back(self, row: Reported) -> bool:
        number, back = self._back[-1]
        back()
        self._back.pop()
        self._next = number
        self.tools.decided(self.done)
        return True

    # The end ----------------------------------------------------------------------------------------------------------

    def _sum_up(self, before: str) -> None:
        click.echo()
        if self._reasons:
            self._show_changes(before)
        tally = Counter(self._what.values())
        counted = ", ".join(f"{count} {what}" for what, count in tally.items())
        changes = tally[REPAIRED] + tally[NOTED]
        undo = " `ppreflist undo` takes the changes back, one by one." if changes else ""
        note(f"{counted[:1].upper()}{counted[1:]}.{undo}" if counted else "Nothing was decided.")
        if self.left:
            goes_on = ": `ppreflist check-links --review` goes on there" if self.tools.keeps else ""
            note(f"{plural(self.left, 'finding')} left{goes_on}.")

    def _show_changes(self, before: str) -> None:
        for line in self._reasons:
            click.echo(clean(f"# {' '.join(line.split())}"))
        try:
            after = read(self.path).text
        except PpreflistError as error:
            note(f"{error}. {error.hint}")
            return
        show_diff(before, after, os.fspath(self.path))
        if self._others or after != self._text:
            note("Something else changed the file in the meantime: its changes are in the diff, too.")


def _edit(file: BibFile, link: Link, address: str) -> SetField:
    """The edit that puts an address in a link's place in the file as it is now; EditRefused when the place is gone."""
    entry = library(file).get(link.key)
    held = entry.fields.get(link.field) if entry is not None else None
    if held is None:
        raise EditRefused(f"{link.key} has no field {link.field} any more", hint="Run the check again.")
    start, end = link.start, link.end
    if held.latex != link.value:
        if held.latex.count(link.written) != 1:
            raise EditRefused(f"{link.key}, {link.field} was changed in the meantime", hint="Run the check again.")
        start = held.latex.index(link.written)
        end = start + len(link.written)
    value = held.latex[:start] + link.escaped(address) + held.latex[end:]
    return SetField(link.key, link.field, value, held.latex)


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _until(text: str) -> date | None:
    return None if text.strip() in ("-", "for good") else Day(1).convert(text, None, None)


def _key() -> str:
    """The key that is pressed: Ctrl-C, Ctrl-D and the end of the input are ``q``."""
    try:
        key = click.getchar()
    except (KeyboardInterrupt, EOFError):
        return "q"
    return "s" if key in ("\r", "\n") else key.lower()


def _say(text: str, colour: str | None = None) -> None:
    """A paragraph, indented."""
    paragraph = wrapped(text, text_width(), "  ", "  ")
    click.echo(click.style(paragraph, fg=colour) if colour else paragraph)
