"""What an argument or a line of ``add`` means: an identifier, a web page, or why it is neither.

Its shape decides. What is doubtful is asked about where somebody can answer, and else refused with what to write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import click

from ppreflist.cli.output import clean
from ppreflist.errors import EditRefused, LibraryNotFound, PpreflistError
from ppreflist.model.identifier import Handle, Identifier, Malformed, candidates, interpret

_BY_HAND = "Add it by its fields: ppreflist add --type article --title TITLE --author NAME --field year=YEAR"
_ADDRESS = re.compile(r"(?:https?:/{2}|www\.)[^\s/]", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,8}\Z", re.ASCII)
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a web page that is no identifier."""

    url: str


def understood(text: str, *, anyway: bool = False, asks: bool = False) -> Identifier | Address:
    """What the text means; PpreflistError when it means nothing that can be added, or several things.

    ``anyway``: take an identifier that looks cut off as it is. ``asks``: somebody sits at the terminal.
    """
    found = interpret(text)
    if isinstance(found, Handle):
        return Address(found.url)
    if isinstance(found, Identifier):
        return found
    if found is not None and found.doubtful is not None and (anyway or (asks and _confirmed(found))):
        return found.doubtful
    readings = candidates(text) if found is None else ()
    if asks and len(readings) > 1:
        return _chosen(text, readings)
    address = text.strip().strip("<>")
    if found is None and not readings and _ADDRESS.match(address) and not any(each.isspace() for each in address):
        return Address(address if "://" in address else f"https://{address}")
    raise _refusal(text, found, readings)


def _confirmed(found: Malformed) -> bool:
    click.echo(clean(f"{_short(found.text)} does not look like a whole {found.label}: {found.reason}."), err=True)
    return click.confirm("Look it up all the same?", default=False, err=True)


def _chosen(text: str, readings: tuple[Identifier, ...]) -> Identifier:
    """The reading that a person means."""
    ways = [f"{number} {each.label} {each.value}" for number, each in enumerate(readings, 1)]
    click.echo(clean(f"{_short(text)} can be: {', '.join(ways)}."), err=True)
    answer = click.prompt("Which one?", type=click.IntRange(1, len(readings)), err=True)
    return readings[int(answer) - 1]


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "\u2026"


def _refusal(text: str, found: Malformed | None, readings: tuple[Identifier, ...]) -> PpreflistError:
    """Why the text is nothing that can be added, and what to do."""
    shown = _short(text)
    if found is not None:
        if found.doubtful is not None:
            hint = "Give the whole of it, or if it is right as it is: ppreflist add --anyway"
            return EditRefused(f"{shown} is not a whole {found.label}: {found.reason}", hint=f"{hint} '{shown}'")
        by_hand = _BY_HAND.replace("article", "book") if found.kind == "isbn" else _BY_HAND
        hint = f"Did you mean {found.right.value}?" if found.right is not None else f"Check it at its source. {by_hand}"
        return EditRefused(f"{shown} is not a valid {found.label}: {found.reason}", hint=hint)
    if readings:
        ways = " or ".join(str(each) for each in readings)
        return EditRefused(f"{shown} can be more than one thing", hint=f"Say which: ppreflist add {ways}")
    if _NUMBER.match(text):
        return EditRefused(
            f"{shown} is too short a number to tell what it is", hint=f"Say what it is, for example pmid:{shown}"
        )
    if text.lower().endswith(".bib"):
        return LibraryNotFound("there is no such file", path=shown, hint="Check its name.")
    return EditRefused(f"{shown!r} is no identifier, no web address, and there is no such file", hint=_BY_HAND)
