from __future__ import annotations

import pytest

from ppreflist.lint.titles import families_alike, journals_alike, similarity, title_from

LONG = "Post-polio syndrome patients treated with intravenous immunoglobulin"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LONG, LONG.upper()),
        (LONG, LONG.replace("Post-polio", "Postpolio")),
        (LONG, LONG.replace("Post-polio", "Post polio")),
        (LONG, LONG.replace("immunoglobulin", "immunogloublin")),
        (LONG, LONG.replace("patients treated", "patientstreated")),
        (LONG, LONG.replace("with", "by the")),
        (LONG, f"{LONG}: a double-blinded pilot study"),
        (LONG, LONG.replace("syndrome", "syndromes")),
        ("Étude sur les séquelles de la poliomyélite", "Etude sur les sequelles de la poliomyelite"),
        ("Gait analysis, part II: the knee", "Gait analysis Part 2: The Knee"),
        ("Solar cells: a review of the literature", "Solar cells"),
    ],
)
def test_titles_that_say_the_same(one: str, other: str) -> None:
    assert similarity(title_from(one), title_from(other)) > 0.8
    assert similarity(title_from(other), title_from(one)) > 0.8


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{LONG}, part I", f"{LONG}, part II"),
        (f"{LONG} 1", f"{LONG} 2"),
        (LONG, f"{LONG} 2"),
        ("Type 1 diabetes in children of the north", "Type 2 diabetes in children of the north"),
        ("The first report on late effects of polio", "The second report on late effects of polio"),
        (LONG, f"Reply to: {LONG}"),
        (LONG, f"{LONG}: erratum"),
        (f"{LONG} in men", f"{LONG} in women"),
        (f"{LONG} and hypertension", f"{LONG} and hypotension"),
        (f"{LONG} in Sweden", f"{LONG} in Norway"),
        ("Correction to: A model of error correction in polio", "A model of error correction in polio"),
        ("", LONG),
    ],
)
def test_titles_of_different_works(one: str, other: str) -> None:
    assert similarity(title_from(one), title_from(other)) < 0.75
    assert similarity(title_from(other), title_from(one)) < 0.75


def test_two_words_that_are_both_in_use_are_no_typing_errors() -> None:
    one, other = title_from("A general theory of casual inference"), title_from("A general theory of causal inference")
    assert similarity(one, other) > 0.9
    assert similarity(one, other, {"casual": 40, "causal": 60}) < 0.7
    assert similarity(one, other, {"casual": 3, "causal": 600}) > 0.9


def test_other_scripts_are_compared_letter_by_letter() -> None:
    assert similarity(title_from("脊髓灰质炎后综合征"), title_from("脊髓灰质炎后综合征")) == 1
    assert similarity(title_from("脊髓灰质炎后综合征"), title_from("太阳能电池")) < 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("European Journal of Neurology", "Eur J Neurol"),
        ("Proceedings of the National Academy of Sciences", "PNAS"),
        ("The Lancet Neurology", "Lancet Neurol."),
        ("Muscle & Nerve", "Muscle and Nerve"),
        ("New England Journal of Medicine", "N. Engl. J. Med."),
        ("Journal of the National Cancer Institute", "J Natl Cancer Inst"),
    ],
)
def test_abbreviated_journals(one: str, other: str) -> None:
    assert journals_alike(one, other)
    assert journals_alike(other, one)


def test_other_journals_and_names() -> None:
    assert not journals_alike("European Journal of Neurology", "European Journal of Surgery")
    assert not journals_alike("", "Nature")
    assert families_alike("beethoven", "vanbeethoven")
    assert families_alike("borgsson", "borgson")
    assert not families_alike("borg", "berg")
    assert not families_alike("li", "liu")
