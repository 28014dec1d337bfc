"""Options that several commands share."""

from __future__ import annotations

import importlib
import re

import pytest
from click.testing import CliRunner


@pytest.mark.parametrize("seconds", ["nan", "NaN", "inf", "-inf", "1e308", "0", "-1", "soon"])
@pytest.mark.parametrize("name", ["add", "check_links", "extract", "update", "verify"])
def test_a_time_out_is_a_number_of_seconds(name: str, seconds: str) -> None:
    command = importlib.import_module(f"ppreflist.cli.{name}").command
    done = CliRunner().invoke(command, ["x", f"--timeout={seconds}"])
    assert done.exit_code == 2
    assert "--timeout" in done.stderr


@pytest.mark.parametrize("seconds", ["nan", "inf", "-0.1"])
def test_a_delay_is_a_number_of_seconds(seconds: str) -> None:
    command = importlib.import_module("ppreflist.cli.check_links").command
    done = CliRunner().invoke(command, [f"--delay={seconds}"])
    assert done.exit_code == 2
    assert "--delay" in done.stderr


def test_the_help_of_check_links_shows_every_option_once_in_a_group() -> None:
    command = importlib.import_module("ppreflist.cli.check_links").command
    shown = CliRunner().invoke(command, ["--help"], terminal_width=200).output.partition("What to check:")[2]
    listed = re.findall(r"^  (?:-\w, )?(--[\w-]+)", shown, re.MULTILINE)
    assert sorted(listed) == sorted([*(each.opts[-1] for each in command.params[1:]), "--help"])
    assert shown.index("--tag") < shown.index("What to do about it:") < shown.index("--dry-run")
    assert "--json" in shown[shown.index("How it is reported:") : shown.index("How it is asked:")]
