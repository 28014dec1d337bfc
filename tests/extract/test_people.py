# ruff: noqa: E501 - references read better in one line
from __future__ import annotations

import pytest

from ppreflist.extract.people import people_at


@pytest.mark.parametrize(
    ("text", "names", "others"),
    [
        ("Farbu, E., Vik-Mo, E., & Aarli, J. A. (2007). T", "E. Farbu; E. Vik-Mo; J. A. Aarli", False),
        ("Farbu, E., Vik-Mo, E. and Aarli, J.A. (2007) T", "E. Farbu; E. Vik-Mo; J. A. Aarli", False),
        ("Farbu E, Vik-Mo E, Aarli JA. Title of it", "E. Farbu; E. Vik-Mo; J. A. Aarli", False),
        ("Farbu E, et al. Title of it", "E. Farbu", True),
        ("Farbu E, Ellić VS Jr, Sandmann V III. Title", "E. Farbu; V. S. Ellić Jr; V. Sandmann III", False),
        ("van der Meché FG, Schmitz PI. A trial", "F. G. van der Meché; P. I. Schmitz", False),
        ("E. Farbu, J.-P. Vik-Mo, and J. A. Aarli, “Title", "E. Farbu; J.-P. Vik-Mo; J. A. Aarli", False),
        ("Z. O. Abel et al., Theory of it, 6th ed.", "Z. O. Abel", True),
        ("Farbu, Elisabeth, Tiina J. Rekand, and Jan Aarli. 2007. “T", "Elisabeth Farbu; Tiina J. Rekand; Jan Aarli", False),
        ("Farbu, Elisabeth, et al. “Title", "Elisabeth Farbu", True),
        ("Kristian Borg and Henrik Gonzalez, “Title", "Kristian Borg; Henrik Gonzalez", False),
        ("Farbu, E., O’Brien, B. & Kim, W. M. Factors of it", "E. Farbu; B. O’Brien; W. M. Kim", False),
        ("Farbu, E., Svener, D.J.-P.: Title", "E. Farbu; D. J.-P. Svener", False),
        ("Farbu, E.; Rekand, T. Title", "E. Farbu; T. Rekand", False),
        ("Saint-Exupéry, É. É. de (1970)", "É. É. de Saint-Exupéry", False),
    ],
)  # fmt: skip
def test_authors_in_the_ways_of_many_styles(text: str, names: str, others: bool) -> None:
    people = people_at(text)
    assert people is not None
    order = ("given", "non-dropping-particle", "family", "suffix")
    assert "; ".join(" ".join(name[part] for part in order if part in name) for name in people.names) == names
    assert people.others is others


@pytest.mark.parametrize(
    "text",
    ["The quick brown fox. Then", "World Health Organization. (2010). T", "treatment of it", "", "In 2010, we saw it", "1. 2. 3."],
)  # fmt: skip
def test_what_is_no_list_of_people(text: str) -> None:
    assert people_at(text) is None


def test_editors_are_told() -> None:
    people = people_at("Haler DB, Tor J, editors. Book")
    assert people is not None
    assert (people.role, len(people.names)) == ("editor", 2)
