"""``ppreflist links``: the memory of check-links."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ppreflist.cli.config import config_above
from ppreflist.cli.options import history_option, json_option, library_option, tag_option, terms_argument
from ppreflist.cli.output import clean, echo_json, examples, note, plural
from ppreflist.cli.remembering import chosen_history
from ppreflist.cli.when import Day
from ppreflist.errors import EntryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ppreflist.links.link import Link
    from ppreflist.links.memory import Look, Past


@click.group(
    "links",
    short_help="Show what is remembered of links, or say that one is fine.",
    epilog=examples(
        "ppreflist links history post-polio2020             when its links worked, and when not",
        "ppreflist links accept ali2011 --until 2027-06-30 --note 'works in a browser'",
        "ppreflist links accept ali2011 --withdraw          check it like the others again",
        "ppreflist links where                              the file with the memory",
    ),
)
def command() -> None:
    """Show what check-links remembers, or say that a link is fine.

    Every check is remembered by the link's address, in one SQLite file for all libraries: when the link was first
    seen, when it last worked, since when it fails, the last 20 verdicts, and what its page is known by, so that another
    page in its place is noticed.
    """


@command.command("history", epilog=examples("ppreflist links history ali2011", "ppreflist links history --json"))
@terms_argument
@library_option
@tag_option
@history_option
@json_option
def history_command(
    terms: tuple[str, ...], library: str | None, tag: tuple[str, ...], history: str, as_json: bool
) -> None:
    """Show when the links of entries worked, and when not."""
    from ppreflist.links.history import History, history_path
    from ppreflist.links.memory import address_of

    links = _links(library, terms, tag)
    with History(history_path(_chosen(history, library))) as memory:
        pasts = memory.past(address_of(link) for link in links)
    known = [(link, pasts[address_of(link)]) for link in links if address_of(link) in pasts]
    if as_json:
        echo_json([past_json(link, past) for link, past in known])
        return
    for link, past in known:
        _show(link, past)
    unseen = len(links) - len(known)
    if unseen:
        note(f"{unseen} of {len(links)} links were never checked: `ppreflist check-links` checks them.")


@command.command(
    "accept",
    epilog=examples(
        "ppreflist links accept ali2011 --until 2027-06-30",
        "ppreflist links accept ali2011 --field url --until 6m --note 'works in a browser'",
        "ppreflist links accept ali2011 --withdraw",
    ),
)
@click.argument("key")
@library_option
@click.option("--field", metavar="NAME", help="Only the links in this field.")
@click.option(
    "--until", type=Day(1), metavar="DATE", help="How long your word holds: a date or 30d, 6m, 1y; else for good."
)
@click.option("--note", "text", metavar="TEXT", default="", help="Why, for whoever asks later.")
@click.option("--withdraw", is_flag=True, help="Take it back: check the link like the others again.")
@history_option
def accept_command(
    key: str, library: str | None, field: str | None, until: date | None, text: str, withdraw: bool, history: str
) -> None:
    """Say that you looked at an entry's links and found them fine.

    check-links goes on checking them, but lists them apart, and they do not make its exit code 3.

    Where another page was found in place of the work (drifted), the page that stands there now is taken for the work
    from then on. That cannot be withdrawn, and says nothing of other troubles unless --until or --note is given. And a
    word that was given for good was given for the page that stood there: it does not hold for another one.
    """
    from ppreflist.links.history import History, history_path
    from ppreflist.links.memory import Acceptance, address_of

    links = [link for link in _links(library, (key,), ()) if field is None or link.field == field.lower()]
    if not links:
        raise EntryError(f"{key} has no link in {f'the field {field}' if field else 'any field'}")
    with History(history_path(_chosen(history, library))) as memory:
        for link in links:
            address = address_of(link)
            told: list[str] = []
            if withdraw:
                done = memory.withdraw(address)
                told.append("checked like the others again" if done else "was not accepted")
            else:
                page = memory.accept(address, Acceptance(until, text))
                if page is not None:
                    told.append(f'the page titled "{page.title}" is taken for the work from now on')
                if page is None or until or text:
                    told.append(f"accepted until {until}" if until else "accepted")
            click.echo(clean(f"{link.key}, {link.field}: {_shown(link)}: {'; '.join(told)}"))


@command.command("where", epilog=examples("ppreflist links where"))
@library_option
@history_option
def where_command(library: str | None, history: str) -> None:
    """Print the path of the file with the memory."""
    from ppreflist.links.history import history_path

    click.echo(str(history_path(_chosen(history, library))))


@command.command("schema", epilog=examples("ppreflist links schema > links.schema.json"))
def schema_command() -> None:
    """Print the JSON Schema of `check-links --format json`.

    A line of `--format jsonl` is one of its links ($defs/link).
    """
    from ppreflist.cli.reports.schema import REPORT

    echo_json(REPORT)


def _chosen(history: str, library: str | None) -> str:
    return chosen_history(history, config_above(Path(library).parent if library else Path.cwd()))


def _links(library: str | None, terms: Sequence[str], tag: Sequence[str]) -> list[Link]:
    from ppreflist.cli.opening import opened
    from ppreflist.cli.selection import select
    from ppreflist.links.collect import links_of

    return list(links_of(select(opened(library), terms, tag)))


def past_json(link: Link, past: Past) -> dict[str, Any]:
    """One object of ``links history --json``; ``checks`` are newest first, times are ISO 8601 in UTC. ``page`` is null
    when none was read."""
    acceptance = past.acceptance
    return {
        "key": link.key,
        "field": link.field,
        "url": _shown(link),
        "standing": str(past.standing()),
        "first_seen": _time(past.first_seen),
        "last_good": _time(past.last_good),
        "failing_since": _time(past.failing_since),
        "failing_days": past.failing_days,
        "accepted": None
        if acceptance is None
        else {"until": acceptance.until.isoformat() if acceptance.until else None, "note": acceptance.note},
        "page": _page_json(link, past),
        "checks": [
            {"at": _time(look.at), "verdict": look.verdict, "status": look.status, "message": look.message}
            for look in past.looks
        ],
    }


def _page_json(link: Link, past: Past) -> dict[str, Any] | None:
    if past.baseline is None:
        return None
    then, now = past.baseline, past.latest or past.baseline
    return {
        "content": str(past.likeness(link)),
        "title_then": then.page.title,
        "title_now": now.page.title,
        "canonical_then": then.page.canonical,
        "canonical_now": now.page.canonical,
        "since": _time(then.at),
    }


def _page_line(link: Link, past: Past) -> str:
    """What the page is now beside the one that is taken for the work; empty when none was read."""
    from ppreflist.links.drift import Likeness

    if past.baseline is None:
        return ""
    then, now = past.baseline, past.latest or past.baseline
    title = f'"{now.page.title}"' if now.page.title else "without a title"
    if past.likeness(link) is Likeness.SAME:
        return f"page: still the same as on {_day(then.at)}: {title}"
    another = past.likeness(link) is Likeness.ANOTHER
    was = f'"{then.page.title}"' if then.page.title else "without a title"
    titled = f"{was} then, {title} on {_day(now.at)}" if title != was else title
    return f"page: {'another work than on' if another else 'changed since'} {_day(then.at)}: {titled}"


def _show(link: Link, past: Past) -> None:
    standing = click.style(str(past.standing()), bold=True)
    click.echo(f"{click.style(clean(link.key), bold=True)}, {link.field}: {clean(_shown(link))}")
    good = f"last worked {_day(past.last_good)}" if past.last_good is not None else "never seen to work"
    facts = [f"first seen {_day(past.first_seen)}", good] if past.first_seen else ["never checked"]
    if past.failing_since is not None:
        facts.append(f"failing since {_day(past.failing_since)} (on {plural(past.failing_days, 'day')})")
    click.echo(f"    {standing}: {', '.join(facts)}")
    if page := _page_line(link, past):
        click.echo(clean(f"    {page}"))
    if past.acceptance is not None:
        until = f" until {past.acceptance.until}" if past.acceptance.until else ""
        said = f": {past.acceptance.note}" if past.acceptance.note else ""
        click.echo(clean(f"    accepted{until}{said}"))
    for look in past.looks:
        click.echo(f"    {_line(look)}")
    click.echo()


def _line(look: Look) -> str:
    when = datetime.fromtimestamp(look.at, UTC).strftime("%Y-%m-%d %H:%M")
    message = " ".join(look.message.split())
    return clean(f"{when}  {look.verdict:<11}  {message}")


def _shown(link: Link) -> str:
    from ppreflist.links.finding import readable

    return " ".join(readable(link).split())


def _day(at: int | None) -> str:
    return "" if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")


def _time(at: int | None) -> str | None:
    return None if not at else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
