"""Options that several commands share."""

from __future__ import annotations

import importlib

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
