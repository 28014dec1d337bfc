"""The work of ``ppreflist add --text``: a pasted citation to a record that clearly is the same work, or to a question.

An identifier in the text wins. Otherwise Crossref is asked; only a record that clearly agrees is taken alone. Nothing
is guessed silently: what is doubtful is shown side by side with what the text says. Without a network, or when asked
for, the text itself becomes a draft with the keyword "unverified".
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import click

from ppreflist.bibtex import encoding
from ppreflist.cli import candidate as made
from ppreflist.cli.adding import MOST_INPUT, Adding
from ppreflist.cli.candidate import Candidate
from ppreflist.cli.output import clean, note, table
from ppreflist.errors import EditRefused, LibraryUnreadable, Offline, PpreflistError, ServiceMalformed
from ppreflist.extract import addresses
from ppreflist.extract.citation import parse
from ppreflist.extract.document import Document, Joiner, Passage
from ppreflist.extract.find import with_marks
from ppreflist.extract.marks import is_of_work
from ppreflist.extract.references import one_by_one
from ppreflist.formats.cslclean import Item
from ppreflist.formats.cslentry import entry_fields
from ppreflist.model.identifier import Identifier
from ppreflist.resolve.matching import Match, ranked, surely

UNVERIFIED = "unverified"
"""The keyword of an entry that no service has confirmed: ``ppreflist list --tag unverified``."""
_SHOWN = 100
_COMPARED = (
    ("title", "title"), ("first author", "author"), ("year", "issued"), ("journal", "container-title"),
    ("volume", "volume"), ("pages", "page"), ("DOI", "DOI"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pasted:
    """A pasted citation: its words, what was read in it, and the identifiers in it."""

    text: str
    item: Item
    identifiers: tuple[Identifier, ...]
    flaws: tuple[str, ...] = ()


class Doubtful(EditRefused):
    """No record clearly agrees with a citation. ``matches`` are those that may be meant, for programs."""

    def __init__(self, message: str, *, hint: str, matches: Sequence[dict[str, object]]) -> None:
        super().__init__(message, hint=hint)
        self.matches = tuple(matches)


@dataclass
class Pasting:
    """Pasted citations on their way into a library. ``choose`` is the number of a candidate that was shown before."""

    adding: Adding
    choose: int = 0
    offline: bool = False

    def run(self, texts: Sequence[str]) -> None:
        """Add each citation; one that fails does not stop the others. ``-`` is standard input, with one or many."""
        for text in texts:
            try:
                for each in self._pasted(text):
                    self._add(each)
            except PpreflistError as error:
                self.adding.failed(text, error)

    def _pasted(self, text: str) -> Iterator[Pasted]:
        if text != "-":
            yield read(text)
            return
        data = sys.stdin.buffer.read(MOST_INPUT + 1)
        if len(data) > MOST_INPUT:
            raise LibraryUnreadable("more than 256 MB came on standard input", hint="Put it into a file and split it.")
        document = Document.of_text(encoding.decode(data, "standard input")[0])
        for passage in one_by_one(document):
            yield _read(passage)

    def _add(self, pasted: Pasted) -> None:
        origin = _shortened(pasted.text)
        try:
            found = self._candidate(origin, pasted)
        except Doubtful as error:
            self.adding.failed(origin, error, error.matches)
            return
        except PpreflistError as error:
            self.adding.failed(origin, error)
            return
        if found is not None:
            self.adding.offer([found])

    def _candidate(self, origin: str, pasted: Pasted) -> Candidate | None:
        """What is to be added; None when everything has been said."""
        for flaw in pasted.flaws:
            note(f"{flaw}; the words of the citation are used instead.")
        if self.offline:
            return self._draft(origin, pasted)
        if pasted.identifiers:
            self.adding.add_identifiers(pasted.identifiers[:1])
            return None
        try:
            records = self.adding.lookup.matching(pasted.text)
        except Offline as error:
            note(f"{error.message}: the citation is taken as it stands.")
            return self._draft(origin, pasted)
        except ServiceMalformed as error:
            raise ServiceMalformed(f"Crossref, asked about {origin!r}: {error.message}", hint=error.hint) from error
        matches = ranked(pasted.item, pasted.text, records)
        chosen = self._chosen(pasted, matches)
        if chosen is None:
            return None
        found = made.from_record(origin, chosen.record, self.adding.codec)
        return replace(found, warnings=(*found.warnings, _why(chosen)))

    def _chosen(self, pasted: Pasted, matches: Sequence[Match]) -> Match | None:
        """The match that is meant: the one chosen, the one that clearly agrees, or the one that a person says."""
        if self.choose:
            if self.choose > len(matches):
                raise EditRefused(f"there are {len(matches)} candidates, not {self.choose}", hint="Choose one of them.")
            return matches[self.choose - 1]
        sure = surely(matches)
        if sure is not None:
            return sure
        if not matches:
            raise EditRefused(
                f"Crossref knows nothing like {_shortened(pasted.text)!r}",
                hint="Add what the text says as a draft with --offline, or add it by its fields: --type, --title ...",
            )
        if not self.adding.options.as_json:
            side_by_side(pasted, matches)
        if not self.adding.can_ask:
            ways = "; ".join(f"{number}: {each.record.item['DOI']}" for number, each in enumerate(matches, 1))
            raise Doubtful(
                f"{_shortened(pasted.text)!r} agrees with no record clearly ({ways})",
                hint="Say which with --choose NUMBER or by its DOI, or take the text as a draft: --offline",
                matches=[_as_json(number, each) for number, each in enumerate(matches, 1)],
            )
        answer = click.prompt(
            "Which one is it? A number, or 0 for none of them",
            default=0,
            type=click.IntRange(0, len(matches)),
            err=True,
        )
        if not answer:
            self.adding.cancelled(_shortened(pasted.text))
            return None
        return matches[answer - 1]

    def _draft(self, origin: str, pasted: Pasted) -> Candidate:
        """The citation as it stands."""
        if not pasted.item.get("title"):
            raise EditRefused(
                f"no title can be made out in {_shortened(pasted.text)!r}",
                hint="Add it by its fields: ppreflist add --type article --title TITLE --author NAME --field year=YEAR",
            )
        kind, fields = entry_fields(pasted.item, self.adding.codec)
        remark = "this is what the text says; no service was asked (keyword: unverified)"
        return made.from_fields(origin, kind, (*fields, ("keywords", UNVERIFIED)), warnings=(remark,))


def read(text: str) -> Pasted:
    """Read one pasted citation."""
    document = Document.of_text(text)
    return _read(Joiner.of(document).join([line for line in document.lines if line.text]))


def _read(passage: Passage) -> Pasted:
    marks = passage.marks
    identifiers = tuple(
        mark.identifier for mark in marks if mark.identifier is not None and is_of_work(mark.identifier)
    )
    printed = next((mark.printed for mark in marks if mark.is_address and mark.identifier is None), "")
    address = addresses.read(printed) if printed else None
    item = with_marks(parse(passage.text).item, identifiers, address)
    flaws = tuple(mark.flaw for mark in marks if mark.flaw)
    return Pasted(passage.printed(0, len(passage.text)), item, identifiers, flaws)


def side_by_side(pasted: Pasted, matches: Sequence[Match]) -> None:
    """Show what the text says beside each candidate, one below the other."""
    note(clean(f"The text: {pasted.text}"))
    for number, match in enumerate(matches, 1):
        agreement = match.agreement
        score = f"{agreement.score:.0%} alike"
        differs = f", but not {' and '.join(agreement.differs)}" if agreement.differs else ""
        click.echo(click.style(f"{number}  {score}{differs}", bold=True))
        rows = []
        for label, name in _COMPARED:
            ours, theirs = _value(pasted.item, name), _value(match.record.item, name)
            if ours or theirs:
                rows.append((f"   {label}", ours or "\u2013", theirs or "\u2013"))
        table([("", "the text", "Crossref"), *rows], caps=(16, 60))


def _as_json(number: int, match: Match) -> dict[str, object]:
    agreement = match.agreement
    return {
        "number": number,
        "service": match.record.service,
        "doi": match.record.item["DOI"],
        "score": round(agreement.score, 3),
        "agrees": list(agreement.agrees),
        "differs": list(agreement.differs),
        "item": match.record.item,
    }


def _value(item: Item, name: str) -> str:
    value = item.get(name)
    if name == "author":
        people = value or item.get("editor") or []
        return people[0].get("family") or people[0].get("literal", "") if people else ""
    if name == "issued":
        parts = (value or {}).get("date-parts") or [[""]]
        return str(parts[0][0]) if parts[0] else ""
    return str(value or "")


def _why(match: Match) -> str:
    """Why a record was taken, for people."""
    agreement = match.agreement
    same = (
        ["title", *agreement.agrees]
        if agreement.title is not None and agreement.title > 0.9
        else list(agreement.agrees)
    )
    told = ", ".join(same[:-1]) + f" and {same[-1]}" if len(same) > 1 else "".join(same)
    differs = f"; {', '.join(agreement.differs)} differ" if agreement.differs else ""
    return f"{match.record.service}'s record {match.record.item['DOI']}: {told or 'nothing'} agree{differs}"


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "\u2026"
