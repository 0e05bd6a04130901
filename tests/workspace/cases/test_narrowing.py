"""What is narrowed, counted and ordered is what the dive's own table of findings holds."""

from __future__ import annotations

import polars as pl
import pytest
from django.http import QueryDict

from wardline.measures import CountedTable, RowFilter
from wardline_workspace.cases.chosen import Chosen, chosen_in

pytestmark = pytest.mark.django_db

ATTEND = "england/missing-children/attend"


@pytest.fixture
def chosen(index):
    return lambda query: chosen_in(QueryDict(query), index.asked)


def by_hand(dive, **wanted):
    """The same findings by plain filters on the dive's tables."""
    found = dive.findings.with_columns(full_name=pl.format("{}/{}", "standard", "obligation"))
    found = found.join(dive.cases.select("case_id", "from_care"), on="case_id", how="left")
    return found.filter(*(pl.col(name).is_in(values) for name, values in wanted.items())).collect()


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", {}),
        ("outcome=late", {"outcome": ["late"]}),
        ("outcome=late&outcome=missed", {"outcome": ["late", "missed"]}),
        (f"obligation={ATTEND}", {"full_name": [ATTEND]}),
        (
            f"obligation={ATTEND}&outcome=late&care=yes",
            {"full_name": [ATTEND], "outcome": ["late"], "from_care": ["yes"]},
        ),
        ("reason=record_gap", {"reason": ["record_gap"]}),
        ("standing=assumed", {"standing": ["assumed"]}),
    ],
)
def test_the_findings_are_those_that_plain_filters_give(query, wanted, index, chosen, dive):
    expected = by_hand(dive, **wanted)
    picked = chosen(query)
    rows = list(index.rows(index.positions(picked)))
    key = ["case_id", "obligation", "outcome"]
    mine = sorted(tuple(row[name] for name in key) for row in rows)
    assert expected.height > 0
    assert mine == sorted(expected.select("case_id", "full_name", "outcome").iter_rows())
    assert index.how_many(picked) == expected.height


def test_what_can_be_judged_is_what_a_share_is_out_of(index, chosen, dive):
    rows = dive.tables.rows(RowFilter(CountedTable.OCCASIONS).with_value("is_in_share", True)).collect()
    assert index.how_many(chosen("judged=yes")) == rows.height > 0


def test_a_night_begins_at_ten_and_ends_at_four_by_the_local_clock(index, chosen, dive):
    hours = [dive.calendar.local(at).hour for at in dive.findings.collect()["triggered_at"].drop_nulls()]
    night = sum(hour >= 22 or hour < 4 for hour in hours)
    assert index.how_many(chosen("time=night")) == night > 0
    assert index.how_many(chosen("time=rest")) == len(hours) - night > 0


def test_the_first_grade_is_the_earliest_that_is_recorded(index, chosen, dive):
    graded = dive.events.filter(pl.col("grade").is_not_null(), pl.col("happened_at").is_not_null()).collect()
    first = {}
    for row in graded.sort("happened_at", "event_id").iter_rows(named=True):
        first.setdefault(row["case_id"], row["grade"])
    changed = graded.group_by("case_id").agg(pl.col("grade").n_unique()).filter(pl.col("grade") > 1)
    assert changed.height > 0, "a grade that changes would tell the first from the last"
    for row in index.rows(index.positions(chosen(""))):
        assert row["grade"] == first.get(row["case_id"], "not-recorded")


@pytest.mark.parametrize(
    "query", ["", "outcome=late&outcome=missed", f"obligation={ATTEND}&time=night", "month=2025-02&care=no"]
)
def test_the_count_beside_a_choice_is_what_choosing_it_alone_would_give(query, index, chosen):
    picked = chosen(query)
    counts = index.counts(picked)
    for asked in index.asked:
        for value, _ in asked.choices:
            with_it = picked.with_value(asked.name, value)
            assert counts[asked.name][value] == len(index.positions(with_it)), (asked.name, value)


def test_of_one_case_everything_is_counted_the_same_way(index):
    row = next(iter(index.rows(index.positions(Chosen())[:1])))
    from wardline_workspace.trail.codes import case_code

    picked = Chosen(case=case_code(index.slug, row["case_id"]))
    found = list(index.rows(index.positions(picked)))
    assert {one["case_id"] for one in found} == {row["case_id"]}
    assert sum(index.counts(picked)["outcome"].values()) == len(found) == index.how_many(picked)


@pytest.mark.parametrize(("sort", "column"), [("wait", "wait"), ("late", "late_by")])
def test_what_took_longest_comes_first_and_what_has_no_length_last(sort, column, index):
    lengths = [row[column] for row in index.rows(index.positions(Chosen(sort=sort)))]
    told = [length for length in lengths if length is not None]
    if sort == "wait":
        assert lengths[: len(told)] == told
    assert told == sorted(told, reverse=True) and len(told) > 1


def test_the_newest_comes_first(index):
    began = [row["began"] for row in index.rows(index.positions(Chosen()))]
    told = [at for at in began if at is not None]
    assert told == sorted(told, reverse=True) and began[: len(told)] == told


def test_a_page_is_a_part_of_the_whole_order(index):
    for sort in ("month", "wait", "late", "case"):
        for values in ((), (("outcome", ("met",)),)):
            picked = Chosen(values, sort=sort)
            assert list(index.page(picked, 25, 25)) == list(index.positions(picked)[25:50])


@pytest.mark.parametrize(
    "query", ["outcome=late", "outcome=late&outcome=missed&grade=high&sort=wait&page=2", f"obligation={ATTEND}"]
)
def test_an_address_says_what_was_chosen_and_is_the_only_one(query, chosen):
    assert chosen(query).query() == query


def test_what_an_address_names_in_another_order_or_not_at_all_is_the_same_choice(chosen):
    messy = "page=1&sort=month&outcome=missed&grade=&outcome=late&nonsense=1&outcome=never-heard-of"
    assert chosen(messy) == chosen("outcome=late&outcome=missed")
    assert chosen("page=0").page == chosen("page=-3").page == chosen("page=²").page == 1
    assert chosen("page=" + "9" * 5000).page == 1
    assert chosen("from_care=yes") == chosen("care=yes")
