"""The figures that ``tests/bench/extract.py`` prints, on a small scale: they must not get worse."""

from __future__ import annotations

import pytest
from tests.bench.csl_items import make_items
from tests.bench.extract import FIELDS, STYLES, measured


@pytest.mark.parametrize("style", STYLES)
def test_reference_lists_are_read_as_well_as_promised(style: str) -> None:
    score = measured(make_items(40, seed=99), style, seed=99)
    assert score.precision > 0.95
    assert score.recall > 0.9
    assert {name: score.share(name) > 0.9 for name in FIELDS} == dict.fromkeys(FIELDS, True)
