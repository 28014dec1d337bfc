"""The official fixtures, one test each.

A fixture that fails and is not listed fails; one that is listed and passes fails, too.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.csl.fixture import read_fixture, render, suite_directory

_LOCALE = "contradicts the current locale files"
_MARKS = "records when citeproc-js re-renders a citation, not what the citation is"
KNOWN_FAILURES = {
    "bugreports_EnvAndUrb": _MARKS,
    "bugreports_OldMhraDisambiguationFailure": _MARKS,
    "bugreports_SortedIeeeItalicsFail": f"{_LOCALE}: en-US abbreviates June as June",
    "date_NegativeDateSort": f"{_LOCALE}: en-US writes 100 BC with a space",
    "date_NegativeDateSortViaMacroOnYearMonthOnly": f"{_LOCALE}: en-US writes 100 BC with a space",
    "disambiguate_DisambiguationHang": _MARKS,
    "integration_FirstReferenceNoteNumberPositionChange": _MARKS,
    "magic_SubsequentAuthorSubstituteNotFooled": f"{_LOCALE}: en-US abbreviates translator as trans.",
    "sort_RangeUnaffected": _MARKS,
}

_FIXTURES = sorted(suite_directory().glob("*.txt"))


@pytest.mark.skipif(not _FIXTURES, reason="the CSL test suite is not at ../shared/csl-suite or $CSL_TEST_SUITE")
def test_known_failures_are_fixtures() -> None:
    assert KNOWN_FAILURES.keys() <= {path.stem for path in _FIXTURES}


@pytest.mark.parametrize("path", _FIXTURES, ids=[path.stem for path in _FIXTURES])
def test_fixture(path: Path) -> None:
    fixture, expected = read_fixture(path)
    rendered = render(fixture)
    reason = KNOWN_FAILURES.get(path.stem)
    if reason is None:
        assert rendered == expected
    else:
        assert rendered != expected, f"passes now, take it off the list (it was there because it {reason})"
