"""Wishes of check-links that contradict each other are refused before anything is done."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from ppreflist.cli.check_links import command


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--dask tcp://127.0.0.1:9 --processes 2", "give one of them"),
        ("--offline --dask tcp://127.0.0.1:9", "leave out --dask"),
        ("--offline --archive", "leave out --archive."),
        ("--offline --archived", "leave out --archived."),
        ("--offline --stale 30d", "leave out --stale"),
        ("--offline --since 2026-01-31", "leave out --since"),
        ("--offline --resume", "leave out --resume"),
        ("--no-history --stale 30d", "leave out --stale"),
        ("--no-history --since 2026-01-31", "leave out --since"),
        ("--no-history --resume", "leave out --resume"),
        ("--no-history --history links.sqlite", "leave out --history"),
        ("--json --format csv", "leave out --format"),
        ("--json -o links.json", "without --json"),
        ("-o links.odt", "tells no format"),
        ("one.bib key", "has no meaning"),
        ("one.bib two.bib --json", "about one library"),
        ("one.bib two.bib --review", "name one"),
    ],
)
def test_wishes_that_contradict_each_other(words: str, said: str) -> None:
    done = CliRunner().invoke(command, words.split())
    assert done.exit_code == 2
    assert said in done.output
