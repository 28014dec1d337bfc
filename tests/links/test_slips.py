from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.links.slips import PLAIN, Slip, is_one_edit, slip_of


@given(st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_one_edit_is_the_distance_of_optimal_string_alignment(a: str, b: str) -> None:
    table = [[max(i, j) if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1])
            )  # fmt: skip
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    assert is_one_edit(a, b) is (table[len(a)][len(b)] == 1)


@pytest.mark.parametrize(
    ("typed", "known", "slip"),
    [
        ("neurolgy.org", "neurology.org", Slip.MISSING),
        ("postpolio.org", "post-polio.org", Slip.HYPHEN),
        ("post-po-lio.org", "post-polio.org", Slip.HYPHEN),
        ("natture.com", "nature.com", Slip.DOUBLED),
        ("nautre.com", "nature.com", Slip.SWAPPED),
        ("natire.com", "nature.com", Slip.NEIGHBOUR),
        ("arx1v.org", "arxiv.org", Slip.LOOK_ALIKE),
        ("neurolegy.org", "neurology.org", Slip.STRANGE),
        ("neurologi.org", "neurology.org", Slip.SOUND_ALIKE),
        ("natyure.com", "nature.com", Slip.ADDED),
        ("naxture.com", "nature.com", Slip.STRANGE),
        ("nature.co", "nature.com", Slip.ENDING),
        ("cdc.com", "cdc.gov", Slip.OTHER_ENDING),
    ],
)
def test_kinds(typed: str, known: str, slip: Slip) -> None:
    assert slip_of(typed, known)[0] is slip


def test_a_common_slip_is_likelier_than_a_strange_one() -> None:
    assert slip_of("cel.com", "cell.com")[1] > slip_of("cel.com", "cel1.com")[1] > slip_of("cel.com", "cfl.com")[1]
    assert slip_of("alss.org", "als.org")[1] > slip_of("alss.org", "alsa.org")[1]
    assert slip_of("unes.si", "unes.org")[1] < slip_of("unes.net", "unes.org")[1]


_LABEL = st.text("abnm-1", min_size=1, max_size=6)


@given(_LABEL, _LABEL)
def test_every_slip_has_a_kind_and_a_share(a: str, b: str) -> None:
    if is_one_edit(a, b):
        kind, share = slip_of(f"{a}.org", f"{b}.org")
        assert 0 < share < 1
        assert (kind in PLAIN) is (kind is not Slip.STRANGE)
