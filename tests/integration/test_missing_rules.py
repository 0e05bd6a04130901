"""Twenty rule cases of the Department for Education's looked-after-children return, made by nobody on the project.

Each gives rows of that return and the rows that the rule's authors assert as wrong. The rows are read here through a
mapping, as a force's export is. What follows from order, overlap, opening twice and birth must come out as record
faults; dates that cannot be read as rejects; an empty field beside a filled one by a standard of two obligations.
The rest stand below with the reason why they cannot be said of a record by itself.
"""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from wardline.engines import check
from wardline.events import EventLog, RecordFault, read_event_log, record_faults
from wardline.record_systems import Source, parse_mapping, read_record_systems
from wardline.standards import read_force, read_standard, resolve
from wardline.time_limits import Calendar

RULE_CASES = Path(__file__).parents[3] / "shared/data/missing-rules/rule_cases.jsonl"
AS_AT = datetime(2026, 1, 1, tzinfo=UTC)
CALENDAR = Calendar("Europe/London", "England")

# Held as record faults: the rule, and the faults that say the same.
AS_FAULTS = {
    "567": (RecordFault.END_BEFORE_START,),
    "574": (RecordFault.OVERLAPPING, RecordFault.OPENED_TWICE),
    "586": (RecordFault.BEFORE_BIRTH,),
}
# Held as cells that cannot be read: the rule, its column, and the fault that says the same of an empty one.
AS_REJECTS = {"1004": ("MIS_START", RecordFault.END_WITHOUT_START), "1005": ("MIS_END", None)}
# Held by an obligation of the standard below: the rule, and the obligation.
AS_OBLIGATIONS = {"565": "kind-beside-start", "566": "kind-beside-end"}
CANNOT_BE_EXPRESSED = {
    "564": "what starts an obligation must have a time, and here it is the time that is missing: we cannot tell",
    "570": "what opens after as at is not known yet and counted as such; the end of a school year makes it no fault",
    "571": "an end before the year of the return is no fault of the record, only of the return that it stands in",
    "575": "it needs the homes in which the child lived, which no table of ours holds",
    "576": "it holds this year's return against last year's, and an event log is one export and not two",
    "577": "it needs the spells in care, which no table of ours holds",
    "578": "it needs the spells in care, which no table of ours holds",
    "580": "it needs the reason for which care ended, which no table of ours holds",
    "581": "it needs the spells in care, which no table of ours holds",
    "1006": "a value that the mapping does not list is emptied and counted as a remark, whichever row it stands "
    "in; and "
    "the rule tells an empty text from no value, which a CSV file cannot",
    "1012": "it needs the spells in care, which no table of ours holds, and five tables that no force keeps",
    "INT04": "a case may name a child whom no person record describes: a partner's system gives numbers alone",
    "INT13": "two dates of birth for one child are for linkage to weigh; of the two the earlier decides about birth",
}
# Overlap is of two rows, and the rule's authors name one of them: of these children the earlier, of others the later.
# We name the later opening as the case and the earlier as the other case, always, so these rows are the other case.
NAMED_AS_THE_OTHER = {"574": {0, 9}}

MAPPING = """\
record system: return
time zone: Europe/London
taken at: 2026-01-01
tables:
  - files: "missing.csv"
    each row is: a case
    case type: missing episode
    case id: ROW
    opened at: MIS_START
    closed at: MIS_END
    person: CHILD
    attributes:
      kind: {column: MISSING, values: {M: missing, A: away}}
    events:
      start_entered: {at: MIS_START}
      end_entered: {at: MIS_END}
    time format: "%d/%m/%Y"
  - files: "missing.csv"
    each row is: a person
    person id: CHILD
    date of birth: {column: DOB, format: "%d/%m/%Y"}
"""
STANDARD = """\
standard: our-own/return
title: Fields of the return that stand beside each other
version: "1"
in force: {from: 2000-01-01}
case type: missing episode
obligations:
  - id: kind-beside-start
    title: Where the start is given, so is the kind of absence
    topic: initial response
    owed by: council
    record: kind
    by: start_entered
    basis: {kind: force policy, title: The return}
  - id: kind-beside-end
    title: Where the end is given, so is the kind of absence
    topic: initial response
    owed by: council
    record: kind
    by: end_entered
    basis: {kind: force policy, title: The return}
"""


def rule_cases() -> dict[str, dict]:
    if not RULE_CASES.exists():
        pytest.skip("shared/data/missing-rules/rule_cases.jsonl is not at hand")
    lines = RULE_CASES.read_text(encoding="utf-8").splitlines()
    return {rule["code"]: rule for rule in map(json.loads, lines)}


def rows_of(code: str) -> tuple[list[dict], set[int]]:
    """The rows of the table of missing episodes, and those that the rule's authors assert as wrong."""
    rule = rule_cases()[code]
    return rule["input"]["Missing"], set(rule["expected_failing_rows"]["Missing"])


def read(rows: list[dict], folder: Path) -> EventLog:
    """The rows as an export, read through the mapping. Without a child, each row is about a child of its own."""
    columns = ("ROW", "CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")
    (folder / "export").mkdir(parents=True)
    with (folder / "export" / "missing.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows({"ROW": number, "CHILD": f"only-{number}", **row} for number, row in enumerate(rows))
    mapping = parse_mapping(MAPPING)
    read_record_systems([Source(mapping, folder / "export")], as_at=AS_AT, into=folder / "tables")
    return read_event_log(folder / "tables")


def row_numbers(case_ids: pl.Series) -> set[int]:
    return {int(case_id.removeprefix("return:")) for case_id in case_ids.drop_nulls()}


def faults(event_log: EventLog, kinds: tuple[RecordFault, ...]) -> pl.DataFrame:
    found = record_faults(event_log, as_at=AS_AT, calendar=CALENDAR)
    return found.filter(pl.col("fault").is_in([kind.value for kind in kinds]))


def test_every_one_of_the_twenty_is_held_or_has_its_reason():
    places = [AS_FAULTS, AS_REJECTS, AS_OBLIGATIONS, CANNOT_BE_EXPRESSED]
    accounted = [code for place in places for code in place]
    assert len(accounted) == len(set(accounted)) == 20
    assert set(accounted) == set(rule_cases())
    assert all(len(reason.split()) >= 8 for reason in CANNOT_BE_EXPRESSED.values())


@pytest.mark.parametrize("code", AS_FAULTS)
def test_what_follows_from_order_overlap_and_birth_is_a_record_fault(code, tmp_path):
    rows, asserted = rows_of(code)
    found = faults(read(rows, tmp_path), AS_FAULTS[code])
    as_other = NAMED_AS_THE_OTHER.get(code, set())
    assert row_numbers(found["case_id"]) & asserted == asserted - as_other
    # Each fault is about one row that the authors assert, and none is about another: pairs are counted once.
    about = [row_numbers(pl.Series(pair)) & asserted for pair in found.select("case_id", "other_case_id").rows()]
    assert [len(one) for one in about] == [1] * len(asserted)
    assert set().union(*about) == asserted


def test_overlaps_are_of_the_pairs_that_overlap_and_of_no_others(tmp_path):
    rows, _ = rows_of("574")
    found = faults(read(rows, tmp_path), AS_FAULTS["574"])
    pairs = {
        tuple(row_numbers(pl.Series([one]))) for pair in found.select("case_id", "other_case_id").rows() for one in pair
    }
    assert found.height == 4 and len(pairs) == 8


@pytest.mark.parametrize("code", AS_REJECTS)
def test_a_date_that_cannot_be_read_is_rejected_and_the_row_stays(code, tmp_path):
    rows, asserted = rows_of(code)
    column, fault = AS_REJECTS[code]
    event_log = read(rows, tmp_path)
    rejects = event_log.rejects.filter(pl.col("column") == column, pl.col("what") == "cell").collect()
    unreadable = {number - 2 for number in rejects["source_row"].unique()}  # row 1 of a CSV file is its heading
    empty = row_numbers(faults(event_log, (fault,))["case_id"]) if fault else set()
    assert unreadable | empty == asserted
    assert unreadable
    assert event_log.cases.collect().height == len(rows)


@pytest.mark.parametrize("code", AS_OBLIGATIONS)
def test_an_empty_field_beside_a_filled_one_is_a_finding(code, tmp_path):
    rows, asserted = rows_of(code)
    (tmp_path / "return.yaml").write_text(STANDARD, encoding="utf-8")
    (tmp_path / "force.yaml").write_text("force: A council\nnation: England\ntime zone: Europe/London\n")
    obligations = resolve([read_standard(tmp_path / "return.yaml")], read_force(tmp_path / "force.yaml"))
    findings = check(obligations, read(rows, tmp_path), as_at=AS_AT)
    missed = findings.filter(pl.col("obligation") == AS_OBLIGATIONS[code], pl.col("outcome") == "missed")
    assert row_numbers(missed["case_id"]) == asserted
