"""The recipes and settings that README shows: the files are read, and their commands have the options that they use."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ppreflist.cli.check_links import command
from ppreflist.cli.config import config_above
from ppreflist.cli.linkwishes import Wishes

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


def recipes() -> list[str]:
    documents = [*map(yaml.safe_load, blocks("ya?ml")), yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())]
    return [text for document in documents for text in texts(document) if "ppreflist check-links" in text]


@pytest.mark.parametrize("recipe", recipes())
def test_a_recipe_uses_options_that_there_are(recipe: str) -> None:
    words = shlex.split(recipe.partition("ppreflist check-links")[2].partition("|")[0])
    # A hook gets the names of the changed files behind its own words.
    context = command.make_context("check-links", [*words, "refs/main.bib"])
    (wishes,) = Wishes(**context.params).by_library()
    assert wishes.library == "refs/main.bib"


def test_there_are_recipes() -> None:
    assert len(recipes()) >= 3


@pytest.mark.parametrize("text", [each for each in blocks("toml") if "[links" in each])
def test_settings_are_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "ppreflist.toml").write_text(text, encoding="utf-8")
    config = config_above(tmp_path, {"EXAMPLE_TOKEN": "secret"})
    assert config.path == tmp_path / "ppreflist.toml"
    assert config.hosts
