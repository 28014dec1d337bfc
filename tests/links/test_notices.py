"""What Crossref's records say of works, and how it is said."""

from __future__ import annotations

import json
import pickle
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.errors import ServiceMalformed
from ppreflist.links.collect import links_of
from ppreflist.links.dois import dois_of, is_address_of, with_notice
from ppreflist.links.hosts import KnownHosts
from ppreflist.links.link import Link
from ppreflist.links.notices import Notice, NoticeKind, advice, fact, notices_from, remark
from ppreflist.links.question import Context
from ppreflist.links.verdict import Judgement, Verdict
from ppreflist.model.entry import Entry, Field
from ppreflist.model.identifier import DOI

WORK = DOI("10.1016/S0140-6736(97)11096-0")
NOTICE = "10.1016/s0140-6736(10)60175-4"


def update(type_: str = "retraction", doi: str = NOTICE, day: tuple[int, ...] = (2010, 2, 6), **more: Any) -> Any:
    """One update, in the shape of https://crossref.gitlab.io/tutorials/get-rw-metadata/."""
    stamp = {"date-parts": [list(day)], "date-time": "2010-02-06T00:00:00Z", "timestamp": 1265414400000}
    return {"DOI": doi, "type": type_, "label": type_.title(), "source": "publisher", "updated": stamp, **more}


def work(*updates: Any, doi: str = WORK.key, title: str = "Ileal-lymphoid-nodular hyperplasia") -> Any:
    return {"DOI": doi, "title": [title], **({"updated-by": list(updates)} if updates else {})}


def answer(*works: Any) -> bytes:
    message = {"facets": {}, "total-results": len(works), "items": list(works), "items-per-page": 100, "query": {}}
    body = {"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message}
    return json.dumps(body).encode()


def read(*updates: Any, **more: Any) -> Notice | None:
    return notices_from(answer(work(*updates, **more)), [WORK]).get(WORK.key)


# Reading --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("retraction", NoticeKind.RETRACTION),
        ("Retraction", NoticeKind.RETRACTION),
        ("retration", NoticeKind.RETRACTION),
        ("partial_retraction", NoticeKind.PARTIAL_RETRACTION),
        ("withdrawal", NoticeKind.WITHDRAWAL),
        ("removal", NoticeKind.REMOVAL),
        ("expression_of_concern", NoticeKind.CONCERN),
        ("Expression of Concern", NoticeKind.CONCERN),
        ("correction", NoticeKind.CORRECTION),
        ("corrected-article", NoticeKind.CORRECTION),
        ("corrigendum", NoticeKind.CORRIGENDUM),
        ("erratum", NoticeKind.ERRATUM),
        ("addendum", NoticeKind.ADDENDUM),
        ("clarification", NoticeKind.CLARIFICATION),
        ("new_version", NoticeKind.NEW_VERSION),
        ("new_edition", NoticeKind.NEW_EDITION),
        ("reinstatement", NoticeKind.REINSTATEMENT),
    ],
)
def test_every_kind_of_update(type_: str, kind: NoticeKind) -> None:
    assert read(update(type_)) == Notice(kind, "2010-02-06", NOTICE)


@pytest.mark.parametrize("type_", ["", "update", "marked", "con", 7, None, ["retraction"]])
def test_of_unknown_kinds_nothing_is_said(type_: Any) -> None:
    assert read({**update(), "type": type_}) is None


def test_the_gravest_notice_counts_and_the_publishers_word_before_that_of_others() -> None:
    watched = update(doi="10.1000/watch", source="retraction-watch", day=(2010, 2, 2))
    assert read(update("correction", "10.1016/c", (2012, 1, 1)), watched, update()) == Notice(
        NoticeKind.RETRACTION, "2010-02-06", NOTICE
    )
    found = read(update("expression_of_concern"), watched)
    assert found == Notice(NoticeKind.RETRACTION, "2010-02-02", "10.1000/watch", by_retraction_watch=True)


def test_of_several_corrections_the_newest() -> None:
    found = read(update("correction", "10.1000/a", (2012,)), update("correction", "10.1000/b", (2014, 3)))
    assert found == Notice(NoticeKind.CORRECTION, "2014-03", "10.1000/b")


def test_a_notice_that_stands_in_the_work_itself() -> None:
    assert read(update(doi=WORK.value)) == Notice(NoticeKind.RETRACTION, "2010-02-06")
    assert read(update("correction", doi=WORK.value)) is None, "there is nothing else to read"


def test_what_was_reinstated_later_is_not_retracted() -> None:
    back = update("reinstatement", "10.1000/back", (2012, 5, 1))
    assert read(update(), back) == Notice(NoticeKind.REINSTATEMENT, "2012-05-01", "10.1000/back")
    again = update(doi="10.1000/again", day=(2013, 1, 1))
    assert read(update(), back, again) == Notice(NoticeKind.RETRACTION, "2013-01-01", "10.1000/again")


def test_the_record_of_a_notice() -> None:
    itself = work(title="Retraction\u2014Ileal-lymphoid-nodular hyperplasia", doi=NOTICE)
    itself["update-to"] = [update(doi=WORK.value)]
    found = notices_from(answer(itself), [DOI(NOTICE)])
    assert found == {NOTICE: Notice(NoticeKind.RETRACTION, "2010-02-06", WORK.value, itself=True)}


def test_a_new_version_is_a_work_and_no_notice() -> None:
    found = {**work(), "update-to": [update("new_version", "10.1000/v1")]}
    assert notices_from(answer(found), [WORK]) == {}
    corrected = {**work(), "update-to": [update("correction", "10.1000/v1")]}
    assert notices_from(answer(corrected), [WORK]) == {}, "an article that was published again, corrected"


@pytest.mark.parametrize(
    ("title", "mark"),
    [
        ("RETRACTED: Ileal-lymphoid-nodular hyperplasia", "retracted"),
        ("RETRACTED ARTICLE: A work", "retracted"),
        ("Evidence-based guideline: Intravenous immunoglobulin [RETIRED]", "retired"),
        ("<i>WITHDRAWN</i>: A work", "withdrawn"),
    ],
)
def test_a_title_may_say_it(title: str, mark: str) -> None:
    found = read(title=title)
    assert found is not None
    assert (found.kind, found.mark, found.is_grave) == (NoticeKind.MARKED, mark, True)


@pytest.mark.parametrize("title", ["Retraction: A work", "Notice of Retraction: A work", "Retraction rates in biology"])
def test_a_title_of_a_notice_says_nothing_of_that_work(title: str) -> None:
    assert read(title=title) is None


def test_only_what_was_asked_for_is_taken() -> None:
    body = answer(work(update(), doi="10.1000/other"), work(doi=WORK.value.upper()), work(update(), doi="nothing"))
    assert notices_from(body, [WORK]) == {}
    assert notices_from(answer(), [WORK]) == {}


def test_a_single_record_is_an_answer() -> None:
    body = {"status": "ok", "message-type": "work", "message": work(update())}
    assert notices_from(json.dumps(body).encode(), [WORK])[WORK.key].kind is NoticeKind.RETRACTION


# Answers that mean harm -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<!DOCTYPE html><title>502</title>", b"[]", b"null", b'"x"', b'{"message": []}', b'{"message": {}}',
        b'{"message": {"items": {}}}', b'{"message": {"items": "x"}}', b"[" * 100_000, b"\xff\xfe",
        b'{"message": null}',
        b'{"status":"failed","message-type":"validation-failure","message":[{"type":"filter-not-available"}]}',
    ],
)  # fmt: skip
def test_what_is_no_answer(body: bytes) -> None:
    with pytest.raises(ServiceMalformed):
        notices_from(body, [WORK])


@pytest.mark.parametrize(
    "item",
    [
        None, 1, [], "x", {}, {"DOI": 1}, {"DOI": [WORK.key]}, {"DOI": WORK.key, "title": {}, "updated-by": {}},
        {"DOI": WORK.key, "title": [[]], "updated-by": "retraction"}, {"DOI": WORK.key, "updated-by": [1, None, []]},
        {"DOI": WORK.key, "update-to": [{"type": "retraction"}]}, {"DOI": WORK.key, "updated-by": [{"type": {}}]},
    ],
)  # fmt: skip
def test_records_of_wrong_types_say_nothing(item: Any) -> None:
    assert notices_from(answer(item), [WORK]) == {}


@pytest.mark.parametrize(
    "updated",
    [
        None, 1, "2010-02-06", [], {}, {"date-parts": None}, {"date-parts": [[]]}, {"date-parts": [["2010", 2, 6]]},
        {"date-parts": [[10**30, 1, 1]]}, {"date-parts": [[0, 0, 0]]}, {"date-parts": [[True, True]]},
        {"date-parts": [None]}, {"date-parts": {"0": 1}}, {"date-parts": [[float("nan")]]},
    ],
)  # fmt: skip
def test_dates_that_are_none_are_left_out(updated: Any) -> None:
    found = read({**update(), "updated": updated})
    assert found == Notice(NoticeKind.RETRACTION, "", NOTICE)


def test_as_much_of_a_date_as_is_one() -> None:
    found = [read(update(day=day)) for day in ((2010, 2, 31), (2010, 13, 1), (2010, 2), (2010,))]
    assert [each.date for each in found if each] == ["2010-02", "2010", "2010-02", "2010"]


def test_titles_are_shown_on_one_line_and_without_controls() -> None:
    found = read(title="RETRACTED: \x1b[2J\u202eA\nwork " + "x" * 5000)
    assert found is not None
    assert found.shown.isprintable()
    assert len(found.shown) <= 300


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from([WORK.key, NOTICE]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["DOI", "title", "updated-by", "update-to", "type", "updated", "date-parts", "source", "items"]
            )
            | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(st.lists(_JSON, max_size=3))
def test_no_json_is_too_strange(items: list[Any]) -> None:
    body = json.dumps({"message": {"items": items}}).encode()
    for notice in notices_from(body, [WORK, DOI(NOTICE)]).values():
        assert (fact(notice) + advice(notice) if notice.is_grave else remark(notice)).isprintable()


# Saying ---------------------------------------------------------------------------------------------------------------


def link(**fields: str) -> Link:
    entry = Entry("key", "article", {name: Field(name, value, value, 10) for name, value in fields.items()})
    return next(each for each in links_of([entry]) if each.field in ("doi", "url"))


def said(notice: Notice, **fields: str) -> Judgement:
    context = Context(KnownHosts(), notices={WORK.key: notice})
    registered = Judgement(Verdict.OK, "The DOI is registered.", status=200)
    return with_notice(registered, WORK, link(doi=WORK.value, **fields), context)


RETRACTED = Notice(NoticeKind.RETRACTION, "2010-02-06", NOTICE)
ADDRESS = "https://doi.org/10.1016/s0140-6736(10)60175-4"


@pytest.mark.parametrize(
    ("notice", "sentences"),
    [
        (
            RETRACTED,
            f"The work was retracted on 2010-02-06 (notice: {ADDRESS}). Say so where you cite it, or replace it.",
        ),
        (
            Notice(NoticeKind.RETRACTION, "2010", NOTICE, by_retraction_watch=True),
            f"The work was retracted in 2010 (notice: {ADDRESS}; source: Retraction Watch). "
            "Say so where you cite it, or replace it.",
        ),
        (Notice(NoticeKind.WITHDRAWAL), "The work was withdrawn. Say so where you cite it, or replace it."),
        (
            Notice(NoticeKind.REMOVAL, "2010-02"),
            "The publisher removed the work in 2010-02. Say so where you cite it, or replace it.",
        ),
        (
            Notice(NoticeKind.CONCERN, "2010-02-06", NOTICE),
            f"An expression of concern about the work was published on 2010-02-06 (notice: {ADDRESS}). "
            "Read it before you rely on the work, and say so where you cite it.",
        ),
        (
            Notice(NoticeKind.PARTIAL_RETRACTION),
            "A part of the work was retracted. See whether it is what you rely on, and say so where you cite it.",
        ),
        (
            Notice(NoticeKind.MARKED, shown="A guideline [RETIRED]", mark="retired"),
            'Crossref has the work under the title "A guideline [RETIRED]". '
            "Say so where you cite it, or cite what has replaced it.",
        ),
    ],
)
def test_a_grave_notice_is_a_finding_of_its_own(notice: Notice, sentences: str) -> None:
    judgement = said(notice)
    assert (judgement.verdict, judgement.detail, judgement.notice) == (Verdict.NOTICE, sentences, sentences)


@pytest.mark.parametrize(
    ("notice", "detail"),
    [
        (
            Notice(NoticeKind.CORRECTION, "2012-01-31", "10.1000/c"),
            "It works, but a correction to it was published on 2012-01-31: https://doi.org/10.1000/c.",
        ),
        (
            Notice(NoticeKind.ERRATUM, "2012", "10.1000/c"),
            "It works, but an erratum to it was published in 2012: https://doi.org/10.1000/c.",
        ),
        (
            Notice(NoticeKind.NEW_VERSION, "", "10.1000/v2"),
            "It works, but a new version of it was published: https://doi.org/10.1000/v2.",
        ),
        (
            Notice(NoticeKind.REINSTATEMENT, "2012", "10.1000/c"),
            "It works, but it had been retracted, and was reinstated in 2012: https://doi.org/10.1000/c.",
        ),
        (
            replace(RETRACTED, itself=True),
            f"It works, but this DOI is the retraction notice of {ADDRESS}, not that work itself.",
        ),
        (
            Notice(NoticeKind.CONCERN, "2012", "10.1000/c", itself=True),
            "It works, but this DOI is the expression of concern about https://doi.org/10.1000/c, "
            "not that work itself.",
        ),
        (
            Notice(NoticeKind.ERRATUM, "2012", "10.1000/c", itself=True),
            "It works, but this DOI is an erratum to https://doi.org/10.1000/c, not that work itself.",
        ),
    ],
)
def test_the_rest_is_worth_knowing_and_no_problem(notice: Notice, detail: str) -> None:
    judgement = said(notice)
    assert (judgement.verdict, judgement.detail, judgement.notice) == (Verdict.OK, detail, "")


@pytest.mark.parametrize("title", ["RETRACTED: Ileal-lymphoid-nodular hyperplasia", "A guideline [Retracted]"])
def test_what_the_title_says_is_not_said_again(title: str) -> None:
    assert said(RETRACTED, title=title).detail == "The DOI is registered."


@pytest.mark.parametrize(
    "fields",
    [
        {"note": "Retracted in 2010"},
        {"keywords": "vaccines, retracted"},
        {"titleaddon": "[Withdrawn by the publisher]"},
        {"relatedtype": "retracted"},
    ],
)
def test_what_the_entry_says_elsewhere_is_no_problem(fields: dict[str, str]) -> None:
    judgement = said(RETRACTED, **fields)
    assert judgement.verdict is Verdict.OK
    assert judgement.detail == (
        f"It works, but the work was retracted on 2010-02-06 (notice: {ADDRESS}), as the entry says."
    )


def test_an_entry_that_knows_of_less_is_told() -> None:
    assert said(RETRACTED, note="There is an expression of concern").verdict is Verdict.NOTICE
    assert said(RETRACTED, note="Marked RETIRED by its publisher").verdict is Verdict.NOTICE
    retired = Notice(NoticeKind.MARKED, shown="A guideline [RETIRED]", mark="retired")
    assert said(retired, note="Marked RETIRED by its publisher").verdict is Verdict.OK


@pytest.mark.parametrize("title", ["Retraction: A work", "Erratum to: A work", "Notice of withdrawal"])
def test_an_entry_that_means_the_notice(title: str) -> None:
    assert said(replace(RETRACTED, itself=True), title=title).detail == "The DOI is registered."


def test_the_name_of_a_journal_says_nothing_of_the_work() -> None:
    itself = replace(RETRACTED, itself=True)
    assert said(itself, title="A work", journal="Corrections Today").detail.startswith("It works, but this DOI is")
    assert said(RETRACTED, title="A work", publisher="Retracted: Publishing").verdict is Verdict.NOTICE


def test_other_works_and_other_verdicts_are_left_alone() -> None:
    context = Context(KnownHosts(), notices={"10.1000/other": RETRACTED})
    gone = Judgement(Verdict.GONE, "The DOI was withdrawn by its publisher.")
    assert with_notice(gone, DOI("10.1000/other"), link(doi="10.1000/other"), context) == gone
    fine = Judgement(Verdict.OK, "The DOI is registered.")
    assert with_notice(fine, WORK, link(doi=WORK.value), context) == fine


def test_the_context_can_be_sent_to_another_process() -> None:
    context = Context(KnownHosts(), notices={WORK.key: RETRACTED})
    assert pickle.loads(pickle.dumps(context)).notices == context.notices


# Which DOIs -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "doi"),
    [
        ("doi", "10.1000/X", "10.1000/X"),
        ("doi", "https://doi.org/10.1000/x", "10.1000/x"),
        ("doi", r"10.1000/a\_b", "10.1000/a_b"),
        ("url", "https://doi.org/10.1000/x", "10.1000/x"),
        ("url", "http://dx.doi.org/10.1000/x", "10.1000/x"),
        ("url", "doi.org/10.1000/x", "10.1000/x"),
    ],
)
def test_the_dois_of_links(field: str, value: str, doi: str) -> None:
    assert [each.value for each in dois_of([link(**{field: value})])] == [doi]


@pytest.mark.parametrize(
    ("field", "value"),
    [("doi", "nothing"), ("url", "https://x.org/a"), ("url", "https://doi.org/"), ("url", "doi.org")],
)
def test_links_without_a_doi(field: str, value: str) -> None:
    assert list(dois_of([link(**{field: value})])) == []


@given(st.text(max_size=80), st.text("10.OolI/:doi.rghtps-_()[]<>%\\{} ", max_size=60))
def test_any_address_may_be_read(text: str, near: str) -> None:
    for written in (text, near, f"https://doi.org/{text}", f"https://doi.org/{near}", f"https://x.org/10.1000/{near}"):
        for field in ("doi", "url"):
            entry = Entry("key", "misc", {field: Field(field, written, written, 1)})
            for doi in dois_of(links_of([entry])):
                assert is_address_of(doi.url, doi)


def test_reading_addresses_costs_little() -> None:
    started = time.process_time()
    for piece in ("10.1000/", "doi.org/", "https://doi.org/", "%31%30.", "(", "1O.1000/", ".", "doi:"):
        written = "https://doi.org/" + piece * (8000 // len(piece))
        list(dois_of(links_of([Entry("key", "misc", {"url": Field("url", written, written, 1)})])))
    assert time.process_time() - started < 1.0
