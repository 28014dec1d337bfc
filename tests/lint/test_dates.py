from __future__ import annotations

from collections.abc import Callable

import pytest

from ppreflist.model.problem import Problem

Lint = Callable[..., list[Problem]]
Fixed = Callable[[str, str, str], str]


@pytest.mark.parametrize(
    "value",
    [
        "2006", "850", "2006a", "[1850?]", "c. 1850", "1999/2000", "2003--2005", "in press", "In Press", "forthcoming",
        "to appear", "n.d.", "s.a.", "im Druck", "à paraître", "MCMLXXXV", "19??", "199X", "submitted 2006",
        "c. 30", "44 BC", "1950s",
    ],
)  # fmt: skip
def test_years(lint: Lint, value: str) -> None:
    assert lint(f"year = {{{value}}}", "year") == []


@pytest.mark.parametrize("value", ["6", "20006", "two thousand", "06/07"])
def test_no_years(lint: Lint, value: str) -> None:
    assert len(lint(f"year = {{{value}}}", "year")) == 1


@pytest.mark.parametrize(
    "value",
    ["{1}", "12", "jan", 'jan # "--" # feb', "{March}", "{Sept.}", "{10~January}", "{März}", "{février}", "{7/8}",
     "{Spring}", "{May--June}", "{Summer 2006}", "{23}", "{junio}"],
)  # fmt: skip
def test_months(lint: Lint, value: str) -> None:
    assert lint(f"month = {value}", "month") == []


@pytest.mark.parametrize("value", ["{13}", "{0}", "{25}", "{ar}", "{Vol. 3}"])
def test_no_months(lint: Lint, value: str) -> None:
    assert len(lint(f"month = {value}", "month")) == 1


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("day = 31, month = jan, year = 2006", False),
        ("day = 31, month = jun, year = 2006", True),
        ("day = 29, month = {2}, year = 2004", False),
        ("day = 29, month = {2}, year = 2006", True),
        ("day = 0, month = {2}, year = 2006", True),
        ("day = 32", True),
        ("day = {15--17}, month = jan", False),
    ],
)
def test_days(lint: Lint, fields: str, found: bool) -> None:
    assert bool(lint(fields, "day")) is found


@pytest.mark.parametrize(
    "value",
    ["2006", "2006-05", "2006-05-03", "2012~", "1999?", "2006/2007", "2006-05/..", "/1997", "199X", "2004-22",
     "-0876", "2004-04-05T14:34:00", "forthcoming", "in press"],
)  # fmt: skip
def test_dates(lint: Lint, value: str) -> None:
    assert lint(f"date = {{{value}}}", "date") == []


@pytest.mark.parametrize(
    ("value", "after"),
    [
        ("2006-5-3", "2006-05-03"),
        ("2006/05/03", "2006-05-03"),
        ("2006.5", "2006-05"),
        ("3 May 2006", "2006-05-03"),
        ("May 3rd, 2006", "2006-05-03"),
        ("3. Mai 2006", "2006-05-03"),
        ("May 2006", "2006-05"),
    ],
)
def test_dates_that_mean_one_day_only_are_rewritten(fixed: Fixed, value: str, after: str) -> None:
    assert fixed(f"date = {{{value}}}", "date", "date") == f"{{{after}}}"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("03/04/2006", "write YYYY"),
        ("2006-13-01", "not a day of the calendar"),
        ("2006-02-29", "not a day of the calendar"),
        ("2007/2006", "ends before it begins"),
        ("Smarch 3, 2006", "write YYYY"),
    ],
)
def test_dates_that_are_none(lint: Lint, value: str, why: str) -> None:
    (problem,) = lint(f"date = {{{value}}}", "date")
    assert why in problem.message
    assert problem.fix is None


def test_a_date_of_access_is_never_in_press(lint: Lint) -> None:
    assert len(lint("urldate = {in press}", "date")) == 1


@pytest.mark.parametrize(("value", "found"), [("2026", False), ("2027", False), ("2028", True), ("2060", True)])
def test_the_future(lint: Lint, value: str, found: bool) -> None:
    assert bool(lint(f"year = {value}", "year-future")) is found
    assert bool(lint(f"date = {{{value}-01}}", "year-future")) is found


def test_date_and_year(lint: Lint) -> None:
    assert lint("date = {2006-05}, year = 2006", "date-year") == []
    assert lint("date = {2006/2007}, year = 2007", "date-year") == []
    (problem,) = lint("date = {2007-01}, year = {2006}", "date-year")
    assert "year is 2006, but date is 2007-01" in problem.message


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("urldate = {2012-05-01}, year = 2012", False),
        ("urldate = {2011-05-01}, year = 2012", True),
        ("urldate = {2026-11-22}", False),
        ("urldate = {2026-11-23}", True),
        ("urldate = {2027}", True),
        ("urldate = {2026-11}", False),
    ],
)
def test_the_day_of_the_visit(lint: Lint, fields: str, found: bool) -> None:
    assert bool(lint(fields, "urldate")) is found
