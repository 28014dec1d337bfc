"""The file of settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from ppreflist.cli.config import Config, HostRule, config_above
from ppreflist.errors import ConfigError

EVERYTHING = r"""
library = "refs/main.bib"
history = "links.sqlite"

[links]
include = ['^https://']
exclude = ['//intranet\.']
accept = [403, 999]
jobs = 64
timeout = 5
delay = 0.5
allow-private = true
crossref = false
proxies = { http = "http://proxy:3128" }
no-proxy = "localhost"

[links.hosts."Example.org"]
delay = 2.0
lanes = 1
headers = { Authorization = { env = "TOKEN" }, Accept-Language = "de" }
accept = [404]
"""


def test_everything_that_can_be_set(tmp_path: Path) -> None:
    file = tmp_path / "ppreflist.toml"
    file.write_text(EVERYTHING, encoding="utf-8")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert config_above(below, {"TOKEN": "secret"}) == Config(
        file, tmp_path / "refs/main.bib", tmp_path / "links.sqlite", ("^https://",), (r"//intranet\.",),
        frozenset({403, 999}), 64, 5.0, 0.5, True, {"http": "http://proxy:3128"}, "localhost", False,
        {"example.org": HostRule(2.0, 1, {"Authorization": "secret", "Accept-Language": "de"}, frozenset({404}))},
    )  # fmt: skip


def test_the_table_in_pyproject_and_the_nearest_file_win(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.ppreflist]\nlibrary = "a.bib"\n', encoding="utf-8")
    below = tmp_path / "below"
    below.mkdir()
    assert config_above(below).library == tmp_path / "a.bib"
    (below / "pyproject.toml").write_text('[project]\nname = "another"  # no word of ppreflist\n', encoding="utf-8")
    assert config_above(below).library == tmp_path / "a.bib"
    (below / "ppreflist.toml").write_text('library = "b.bib"\n', encoding="utf-8")
    assert config_above(below).library == below / "b.bib"


def test_no_file_says_nothing(tmp_path: Path) -> None:
    assert config_above(tmp_path).library is None


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[links]\njobs = = 3\n", 2, "Invalid value"),
        ("\n[links]\njobs = 'many'\n", 3, "jobs is to be a whole number from 1 to 1024"),
        ("[links]\ntimeout = 0\n", 2, "timeout is to be a number"),
        ("[links]\nworkers = 3\n", 2, "there is no setting links.workers"),
        ("libary = 'a'\n", 1, "there is no setting libary"),
        ("library = 3\n", 1, "library is to be a text"),
        ("[links]\nexclude = ['(']\n", 2, "'(' is no regular expression"),
        ("[links]\nexclude = 'x'\n", 2, "exclude is to be a list"),
        ("[links]\naccept = [4, 'x']\n", 2, "accept is to be a list of HTTP statuses"),
        ("[links]\nallow-private = 1\n", 2, "allow-private is to be true or false"),
        ("links = 3\n", 1, "links is to be a table"),
        ("[links.hosts.'x.org'.headers]\nA = \"x\\r\\nB: y\"\n", 2, "a header is"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    file = tmp_path / "ppreflist.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config_above(tmp_path, {})
    assert message in caught.value.message
    assert (caught.value.path, caught.value.line) == (str(file), line)


def test_a_secret_that_is_not_there_hinders_only_who_sends_it(tmp_path: Path) -> None:
    file = tmp_path / "ppreflist.toml"
    file.write_text("[links.hosts.'x.org'.headers]\nA = 'x'\nB = {env = 'NOT_SET'}\n", encoding="utf-8")
    rule = config_above(tmp_path, {}).hosts["x.org"]
    with pytest.raises(ConfigError, match="NOT_SET is not set") as caught:
        _ = rule.headers
    assert (caught.value.path, caught.value.line) == (str(file), 3)
    assert config_above(tmp_path, {"NOT_SET": "y"}).hosts["x.org"].headers == {"A": "x", "B": "y"}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[links]\nexlude = []\n", "Did you mean exclude? Settings: "),
        ("[links]\nAllow_Private = true\n", "Did you mean allow-private? Settings: "),
        ("[links.hosts.'x.org']\nheader = {}\n", "Did you mean headers? Settings: delay, lanes"),
        ("[links]\nignore = []\n", "Did you mean exclude? Settings: include"),
        ("[links]\nuser-agent = 'x'\n", "Settings: include, exclude"),
        ("[links.hosts.'x.org']\nuser-agent = 'x'\n", "Did you mean headers? Settings: delay, lanes"),
        ("[links]\nzzz = 1\n", "Settings: include, exclude"),
    ],
)
def test_what_was_probably_meant(tmp_path: Path, text: str, hint: str) -> None:
    (tmp_path / "ppreflist.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config_above(tmp_path, {})
    assert caught.value.hint.startswith(hint)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "ppreflist.toml").write_bytes(b"library = '\xff'")
    with pytest.raises(ConfigError, match="not UTF-8"):
        config_above(tmp_path)
