"""Names in one line."""

from __future__ import annotations

import pytest

from ppreflist.formats.names import csl_name_of, written_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Borg, Kristian", {"family": "Borg", "given": "Kristian"}),
        ("  van der   Meché,F. G. A. ", {"non-dropping-particle": "van der", "family": "Meché", "given": "F. G. A."}),
        ("King, M. L., Jr., MD", {"family": "King", "given": "M. L.", "suffix": "Jr., MD"}),
        ("Borg K", {"family": "Borg", "given": "K."}),
        ("van Raaij MJ", {"non-dropping-particle": "van", "family": "Raaij", "given": "M. J."}),
        ("Rae-Grant A-D", {"family": "Rae-Grant", "given": "A. D."}),
        ("WHO", {"literal": "WHO"}),
        ("Cochrane Collaboration", {"literal": "Cochrane Collaboration"}),
        ("National Institutes of Health US", {"literal": "National Institutes of Health US"}),
        ("Elsevier,", {"literal": "Elsevier"}),
        ("Department of Health,, Education, and Welfare", {"literal": "Department of Health, Education, and Welfare"}),
        (", Plato", {"literal": "Plato"}),
        ("von", {"literal": "von"}),
        (",", {}),
        ("", {}),
    ],
)
def test_a_name_in_a_line(text: str, name: dict[str, str]) -> None:
    assert csl_name_of(text) == name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ({"family": "Borg"}, "Borg"),
        ({"family": "King", "suffix": "Jr"}, "King, , Jr"),
        ({"family": "Beethoven", "dropping-particle": "van", "given": "L."}, "van Beethoven, L."),
        ({"literal": "A, B, C"}, "A,, B, C"),
    ],
)
def test_a_name_as_it_is_written(name: dict[str, str], text: str) -> None:
    assert written_name(name) == text
    assert csl_name_of(text).get("family") in (name.get("family"), None)
