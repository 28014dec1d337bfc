"""``ppreflist check-links``: its options; ``cli/linkcheck.py`` does it."""

from __future__ import annotations

from typing import Any

import click

from ppreflist.cli import exit as codes
from ppreflist.cli.linkwishes import DELAY, JOBS, TIMEOUT, Wishes
from ppreflist.cli.options import (
    ClusterAddress,
    GroupedOptions,
    Seconds,
    dry_run_option,
    history_option,
    json_option,
    library_option,
    tag_option,
    yes_option,
)
from ppreflist.cli.output import examples
from ppreflist.cli.reports.formats import FORMATS
from ppreflist.cli.when import Age, Day, Pattern


@click.command(
    "check-links",
    cls=GroupedOptions,
    groups={
        "What to check": ("library", "tag", "include", "exclude", "stale", "since", "resume", "offline"),
        "What to do about it": ("fix", "dry_run", "yes", "review", "archived", "archive"),
        "How it is reported": ("format_name", "output", "as_json", "accept", "strict"),
        "How it is asked": (
            "timeout",
            "delay",
            "jobs",
            "processes",
            "dask",
            "allow_private",
            "no_crossref",
        ),
        "What is remembered": ("history", "no_history"),
    },
    short_help="Say which links can still be trusted, and repair the others.",
    epilog=examples(
        "ppreflist check-links                        every link of the library",
        "ppreflist check-links patwa2012evidence      one entry",
        "ppreflist check-links year:..2010            the entries that a query finds",
        "ppreflist check-links refs/*.bib             every link of these libraries",
        "ppreflist check-links README.md page.html    the links of documents, or of a page on the web",
        "ppreflist check-links links.txt              a list with an address a line, of any length; - is stdin",
        "ppreflist check-links --offline              only what needs no network",
        "ppreflist check-links --dry-run              the repairs, as a diff",
        "ppreflist check-links --fix                  show the repairs, ask, write them",
        "ppreflist check-links --review               decide one by one; leave when you like, go on another day",
        "ppreflist check-links --archived --fix       note archived copies of what is dead",
        "ppreflist check-links --archive --dry-run    how many pages would be saved, and how long that takes",
        "ppreflist check-links --stale 30d            only what has not been seen to work for a month",
        "ppreflist check-links --json                 for programs: one object a link",
        "ppreflist check-links --format jsonl         the same, a line a link, as soon as it is checked",
        "ppreflist check-links -o links.html          a page to forward",
    ),
)
@click.argument("terms", metavar="[KEY or QUERY or FILE.bib or FILE.md or LIST.txt or URL]...", nargs=-1)
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
@click.option(
    "--review", is_flag=True, help="Walk what needs a decision, one by one; can be left, and goes on where it was."
)
@click.option(
    "--archive",
    is_flag=True,
    help="Ask the Wayback Machine to save what works, before it dies; --fix notes the copies.",
)
@click.option("--format", "format_name", type=click.Choice(FORMATS),
              help="How the findings are printed.  [default: as the ending of --output says, else text]")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Write the findings to a file: links.html, .md, .csv, .json, .xml "
              "(JUnit), .sarif, .txt ...")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1, 1024), metavar="N",
              help=f"Requests at once, over all hosts.  [default: {JOBS}]")  # fmt: skip
@click.option("--processes", type=click.IntRange(1, 64), metavar="N",
              help="Processes that share a long list, by host.  [default: up to 4 from 4,000 links on]")  # fmt: skip
@click.option("--dask", type=ClusterAddress(), metavar="ADDRESS", help="Let a Dask cluster of yours ask: the address "
              "of its scheduler, tcp://HOST:PORT or tls://HOST:PORT.")  # fmt: skip
@click.option("--timeout", type=Seconds(0.1), metavar="SECONDS",
              help=f"The longest that one link may take.  [default: {TIMEOUT:g}]")  # fmt: skip
@click.option("--delay", type=Seconds(0.0), metavar="SECONDS",
              help=f"From one request to the next to the same host.  [default: {DELAY:g}]")  # fmt: skip
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
@history_option
@click.option("--no-history", is_flag=True, help="Remember nothing, and recall nothing.")
@click.option("--no-crossref", is_flag=True, help="Do not ask Crossref which works were retracted, withdrawn ...")
def command(**given: Any) -> None:
    """Say which links of the library can still be trusted, and repair the others.

    First comes what can be said without a network: addresses that are damaged, and host names that look mistyped. Then
    every link is asked, politely; DOIs are asked of their registry, so that a publisher's wall against robots never
    makes one look dead.

    \b
    The verdicts; those with * make the exit code 3:
      ok             it works
      moved          the page has moved for good; the new address is shown
      malformed   *  not written as a web address; the repair is shown
      typo        *  the host or DOI looks mistyped; what was probably meant is shown
      gone        *  the site says that it was removed for good
      not-found   *  the site has no such page, or the registry no such DOI
      soft-404    *  the site shows a message or its home page in place of the page
      parked      *  the domain has lapsed: it is for sale, or shows advertisements
      unreachable *  there is no such host, or nothing answers there
      tls         *  browsers warn of the site's certificate
      notice      *  the work was retired, retracted, withdrawn ...
      drifted     *  the page has become another one since it was first checked
      blocked     *  not asked: not a public web address (--allow-private)
      refused        the site does not answer robots: look at it in a browser
      login          it leads to a page that asks to log in or to agree
      loop           the site sends visitors round in circles
      temporary      the site has trouble at the moment: try another day
      offline        not checked: no network, or --offline

    Other exit codes: 0 nothing wrong, 1 something could not be checked (no network, or a part of the library that
    cannot be read), 130 stopped by Ctrl-C.

    --fix writes the repairs of malformed, mistyped and moved links, unless asking showed that a repair does not work.
    With --archived it also notes the archived copy nearest to `urldate` of what is dead (archiveurl, archivedate).
    Off a terminal it needs --yes. `ppreflist undo` takes it back.

    --review shows one finding after another, the most urgent first, and does at once what you decide. What you decided
    stands whenever you leave; the next --review goes on there.

    What was seen is remembered. A link is called dead when it has failed on separate days and nothing good came
    between: 2 days when the site says that there is no such page, 3 when it does not answer. `ppreflist links history
    KEY` shows it; `ppreflist links accept KEY` remembers that you looked and found a link fine.

    --archive asks the Wayback Machine's Save Page Now for every page that works, at most seven a minute. It wants the
    keys of a free account (https://archive.org/account/s3.php) in IA_ACCESS_KEY_ID and IA_SECRET_ACCESS_KEY. Private
    addresses, DOIs, and addresses with a password or token are never given to it.

    Markdown, HTML and text files and web pages are checked, too; only libraries are repaired. A .txt file, or stdin
    (-), is a list of any length: an address or DOI a line, or addresses in running text. With
    --format jsonl or csv each link is told as soon as it is checked, in that order.

    Crossref is asked which works were retracted, withdrawn, or have an expression of concern (not for lists), and by
    the title of its entry for a DOI that nobody registered. --no-crossref leaves that out.

    --dask needs `pip install 'ppreflist[dask]'` here and on the cluster, in the same version. Proxies and the headers
    that your settings give to single hosts are sent there, and whoever can reach a cluster can run programs on it: name
    only one that is yours.

    Settings (patterns, accepted statuses, headers and pace of single hosts, proxies) are read from ppreflist.toml or
    [tool.ppreflist] in pyproject.toml, beside the library or above it.
    """
    worst = codes.DONE
    for wishes in Wishes(**given).by_library():
        worst = max(worst, (_reviewed if wishes.review else _checked)(wishes))
        if worst == codes.INTERRUPTED:
            break
    click.get_current_context().exit(worst)


def _checked(wishes: Wishes) -> int:
    from ppreflist.cli.linkcheck import checked_links

    return checked_links(wishes)


def _reviewed(wishes: Wishes) -> int:
    from ppreflist.cli.linkreview import reviewed

    return reviewed(wishes)
