"""What is counted beside the findings: what was left aside, and how our counts compare with the force's."""

from datetime import date

import polars as pl

from tests.unit.dive.made_up import SEND, at, log, obligations
from wardline.dive.counts import not_judged, reconcile
from wardline.dive.tables import copy_table, key_people, write_table
from wardline.reports import ReconcileRow
from wardline.time_limits import Calendar

AS_AT = at("10 00:00")
GRADED = SEND.replace("when: reported", "when: {event: reported, grade: [high, medium]}")
FOR_CARE = f"{SEND}\nfor: {{from_care: yes}}"


def reported(case="a:1", **further):
    return {"case_id": case, "event": "reported", "happened_at": at("02 18:00"), **further}


def left_aside(text, period=None, **tables):
    found = not_judged(obligations(text), log(**tables), as_at=AS_AT, period=period)
    return [(one.trigger_count, one.case_count) for one in found]


def test_a_trigger_whose_attribute_is_empty_is_counted():
    events = [reported(grade=None), reported(grade="high"), reported(grade="low")]
    assert left_aside(GRADED, events=events) == [(1, 0)]


def test_an_attribute_that_no_column_holds_is_empty_everywhere():
    assert left_aside(GRADED, events=[reported(), reported()]) == [(2, 0)]


def test_an_obligation_that_leaves_nothing_aside_is_not_listed():
    assert left_aside(SEND, events=[reported()]) == []
    assert left_aside(GRADED, events=[reported(grade="low")]) == []


def test_a_case_whose_for_attribute_is_empty_is_counted_once_and_its_triggers_are_not():
    cases = [
        {"case_id": "a:1", "from_care": None},
        {"case_id": "a:2", "from_care": "no"},
        {"case_id": "a:3", "from_care": None},
    ]
    events = [reported(), reported(), reported("a:2")]
    assert left_aside(FOR_CARE, cases=cases, events=events) == [(0, 1)]


def test_for_a_record_or_a_never_the_case_itself_is_an_occasion():
    cases = [{"case_id": "a:1", "from_care": None}, {"case_id": "a:2", "from_care": None}]
    assert left_aside("record: x\nby: reported\nfor: {from_care: yes}", cases=cases, events=[reported()]) == [(0, 2)]


def test_what_lies_outside_the_period_or_is_not_known_is_not_counted():
    events = [
        reported(grade=None),
        reported(grade=None, happened_at=at("12 00:00")),
        reported(grade=None, recorded_at=at("12 00:00")),
    ]
    assert left_aside(GRADED, events=events) == [(1, 0)]
    assert left_aside(GRADED, events=events, period=(date(2025, 6, 3), date(2025, 6, 30))) == []


def test_our_counts_stand_beside_those_of_the_force_by_local_month():
    cases = [
        {"case_id": "a:1", "opened_at": at("30 23:30")},
        {"case_id": "a:2"},
        {"case_id": "a:3", "case_type": "referral"},
    ]
    published = {"missing episode": {"2025-07": 2, "2025-06": 1, "2025-08": 0}}
    found = reconcile(published, log(cases=cases), as_at=at("30 23:59"), calendar=Calendar("Europe/London"))
    assert found == (
        ReconcileRow("missing episode", date(2025, 6, 1), 1, 1),
        ReconcileRow("missing episode", date(2025, 7, 1), 1, 2),
        ReconcileRow("missing episode", date(2025, 8, 1), 0, 0),
    )


def test_a_case_that_no_row_opens_counts_in_the_month_of_its_first_event():
    of = log(cases=[{"case_id": "a:1", "opened_at": None}], events=[reported()])
    (row,) = reconcile({"missing episode": {"2025-06": 1}}, of, as_at=AS_AT, calendar=Calendar("UTC"))
    assert row.ours == 1


def test_a_table_is_written_alike_however_its_rows_were_grouped(tmp_path):
    table = pl.DataFrame({"n": range(10), "text": ["x"] * 10})
    table.write_parquet(tmp_path / "one.parquet", row_group_size=3)
    table.write_parquet(tmp_path / "two.parquet", row_group_size=10)
    for name in ("one", "two"):
        assert copy_table(tmp_path / f"{name}.parquet", tmp_path / f"{name}-again.parquet") == 10
    assert (tmp_path / "one-again.parquet").read_bytes() == (tmp_path / "two-again.parquet").read_bytes()
    assert pl.read_parquet(tmp_path / "one-again.parquet").equals(table)


def test_an_empty_table_keeps_its_columns(tmp_path):
    assert write_table(pl.DataFrame(schema={"n": pl.Int64}), tmp_path / "empty.parquet") == 0
    assert pl.read_parquet_schema(tmp_path / "empty.parquet") == {"n": pl.Int64}


def test_person_ids_and_postcodes_are_keyed_and_nothing_else():
    from wardline.dive.keys import Key

    key = Key(bytes(32))
    people = pl.DataFrame(
        {
            "person_id": ["a:7", None, "a:7"],
            "postcode": ["TS1 1AA", "ts11aa", None],
            "given_name": ["Ada", "Ada", "Ada"],
        }
    )
    keyed = key_people("people", key)(people)
    assert keyed["person_id"].to_list() == [key.pseudonym("person", "a:7"), None, key.pseudonym("person", "a:7")]
    assert keyed["postcode"][0] == keyed["postcode"][1] == key.pseudonym("postcode", "TS11AA")
    assert keyed["given_name"].to_list() == ["Ada"] * 3
    assert key_people("events", key) is None
