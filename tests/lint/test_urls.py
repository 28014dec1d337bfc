from __future__ import annotations

from collections.abc import Callable

import pytest

from ppreflist.model.problem import Problem

Lint = Callable[..., list[Problem]]
Fixed = Callable[[str, str, str], str]


def test_an_address_in_another_field_is_moved(fixed: Fixed) -> None:
    assert fixed("publisher = {https://post-polio.org}", "url-misplaced", "url") == "{https://post-polio.org}"
    assert fixed(r"journal = {\url{https://post-polio.org}}", "url-misplaced", "url") == "{https://post-polio.org}"


@pytest.mark.parametrize(
    "fields",
    [
        "title = {https://post-polio.org}",
        "publisher = {See https://post-polio.org for more}",
        "publisher = {https://post-polio.org}, url = {https://example.org}",
    ],
)
def test_an_address_that_asks_for_a_person(lint: Lint, fields: str) -> None:
    (problem,) = lint(fields, "url-misplaced")
    assert problem.fix is None


def test_fields_for_addresses_are_left_alone(lint: Lint) -> None:
    fields = "url = {https://a.org}, note = {see https://b.org}, abstract = {https://c.org}, file = {http://d.org}"
    assert lint(fields, "url-misplaced") == []
    assert lint(fields, "url-in-note") == []


def test_a_note_that_is_an_address(fixed: Fixed, lint: Lint) -> None:
    assert fixed(r"howpublished = {\url{https://a.org/x_y}}", "url-in-note", "url") == "{https://a.org/x_y}"
    assert fixed("note = {https://a.org}", "url-in-note", "url") == "{https://a.org}"
    assert lint("note = {Available at https://a.org}", "url-in-note") == []


def test_an_address_that_is_the_doi(fixed: Fixed, lint: Lint) -> None:
    assert fixed("url = {https://doi.org/10.1000/182}", "url-is-doi", "doi") == "{10.1000/182}"
    (problem,) = lint("url = {https://doi.org/10.1000/182}, doi = {10.1000/182}", "url-is-doi")
    assert "repeats the DOI" in problem.message
    assert problem.fix is not None
    assert lint("url = {https://www.doi.org/the-identifier/}", "url-is-doi") == []
    assert lint("url = {https://example.org/doi/10.1000/182}", "url-is-doi") == []


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://link.springer.com/article/10.1007/BF03250842", True),
        ("https://doi.org/10.1000/183", True),
        ("https://example.org/doi/full/10.1000/182", False),
        ("https://example.org/doi/10.1000/182.s001", False),
        ("https://example.org/version10.2/file", False),
        ("http://[broken", False),
    ],
)
def test_two_dois(lint: Lint, url: str, found: bool) -> None:
    assert bool(lint(f"doi = {{10.1000/182}}, url = {{{url}}}", "url-doi-differ")) is found
