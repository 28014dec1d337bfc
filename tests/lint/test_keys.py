from __future__ import annotations

from collections.abc import Callable

from ppreflist.model.problem import Problem

Lint = Callable[..., list[Problem]]


def entries(*pairs: tuple[str, int]) -> str:
    return "".join(f"@book{{{key}, title = {{T}}, year = {year}}}\n" for key, year in pairs)


def test_a_year_that_is_not_the_key_s(lint: Lint) -> None:
    usual = [(f"borg{year}", year) for year in range(1990, 2010)]
    (problem,) = lint(entries(*usual, ("farbu2007post", 2001)), "key-year")
    assert problem.key == "farbu2007post"
    assert "the key says 2007, the entry 2001" in problem.message


def test_keys_of_another_pattern(lint: Lint) -> None:
    assert lint(entries(("a2001", 1990), ("b2002", 2002), ("c2003", 2003), ("d1984", 1949)), "key-year") == []
    assert lint(entries(*((f"x{number}", 2006) for number in range(1600, 1620))), "key-year") == []
