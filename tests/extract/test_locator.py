from __future__ import annotations

import pytest

from ppreflist.extract.locator import date_parts, locators


@pytest.mark.parametrize(
    ("text", "volume", "issue", "pages", "date"),
    [
        ("Eur J Neurol 2007;14:60-65.", "14", "", "60-65", (2007,)),
        ("J of X. 1977 Nov 3;27(4):998–1000.", "27", "4", "998-1000", (1977, 11, 3)),
        ("European Journal of Neurology, 14(1), 60–65.", "14", "1", "60-65", ()),
        ("Neurology 14 (1): 60–65.", "14", "1", "60-65", ()),
        ("Journal 14(1), pp. 60–65.", "14", "1", "60-65", ()),
        ("vol. 14, no. 1, pp. 60–65, Jan. 2007", "14", "1", "60-65", (2007, 1)),
        ("vol. 14, no. 1, 2007, pp. 60–65.", "14", "1", "60-65", (2007,)),
        ("Journal 14, no. 1 (2007): 60–65.", "14", "1", "60-65", (2007,)),
        ("Journal 84 (2012): 1453–79.", "84", "", "1453-1479", (2012,)),
        ("Eur. J. Neurol. 14, 60–65 (2007).", "14", "", "60-65", (2007,)),
        ("Journal 14 (2007) 60–65.", "14", "", "60-65", (2007,)),
        ("Letters, (Vol. 12, No. 2) 2006", "12", "2", "", ()),
        ("issue (Vol. 12, No. 3; 456-461) of X", "12", "3", "456-461", ()),
        ("Wiley; 1986. p. 857–96.", "", "", "857-896", ()),
        ("PLoS ONE 7(3): e33693.", "7", "3", "e33693", ()),
        ("BMJ 2009;339:b2535", "339", "", "b2535", (2009,)),
        ("Artificial Intelligence, 13(1,2), 41–72.", "13", "1,2", "41-72", ()),
        ("Change 49 (January): 796–824.", "49", "", "796-824", ()),
        ("Acta Suppl 2010;(190):1-5", "", "190", "1-5", (2010,)),
        ("IJCAI-89, 1635–1641.", "", "", "1635-1641", ()),
    ],
)
def test_a_locator_is_read(text: str, volume: str, issue: str, pages: str, date: tuple[int, ...]) -> None:
    (found,) = locators(text)
    assert (found.volume, found.issue, found.pages, found.date) == (volume, issue, pages, date)


@pytest.mark.parametrize(
    "text", ["in 2007, and 14 people of 60-65 years", "It was 10:30 then", "a ratio of 3 to 4", "May 3, 2007"]
)
def test_prose_has_no_firm_locator(text: str) -> None:
    assert not any(each.firm for each in locators(text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("March 27, 2012", (2012, 3, 27)),
        ("27 March 2012", (2012, 3, 27)),
        ("2012 Mar 27", (2012, 3, 27)),
        ("2012/03/27", (2012, 3, 27)),
        ("Mar. 2012", (2012, 3)),
        ("Spring 2012", (2012,)),
        ("2012", (2012,)),
        ("no date", ()),
    ],
)
def test_dates(text: str, parts: tuple[int, ...]) -> None:
    assert date_parts(text) == parts
