"""The made-up exports: what was written about a case is read back through the mappings that ship, and nothing else."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import polars as pl
import pytest

from tests.architecture.repository import ROOT
from tests.unit.simulation.made_up_cases import CLOCK, cases, episode, investigation, referral
from wardline.record_systems import RejectReason, Source, read_mapping, read_record_systems
from wardline.simulation.exports import write_exports
from wardline.simulation.note_texts import NOTE_KINDS, note_text
from wardline.simulation.person_records import person_records
from wardline.simulation.records import MISSING, SYSTEMS, Entry

MAPPINGS = ROOT / "examples" / "teesmouth" / "mappings"
AS_AT = datetime(2026, 4, 1, tzinfo=UTC)


def written(folder: Path, some, seed: int = 1):
    return write_exports(some, folder, seed=seed, clock=CLOCK)


def read_back(exports: Path, into: Path):
    """The event log's tables, read through the mappings that ship, and how many rows became what."""
    into.mkdir()
    sources = [Source(read_mapping(MAPPINGS / f"{system}.yaml"), exports / system) for system in SYSTEMS]
    reading = read_record_systems(sources, as_at=AS_AT, into=into)
    return {path.stem: pl.read_parquet(path) for path in into.glob("*.parquet")}, reading


def instants(table: pl.DataFrame, column: str = "happened_at") -> pl.DataFrame:
    return table.with_columns(pl.col(column).dt.epoch("s"))


@pytest.fixture(scope="module")
def hundred(tmp_path_factory):
    """Three hundred cases with everything in them: what was given, and what was read back."""
    folder = tmp_path_factory.mktemp("made-up")
    counts = written(folder / "exports", cases(100))
    tables, reading = read_back(folder / "exports", folder / "log")
    return list(cases(100)), counts, tables, reading


def mapped_events() -> set[str]:
    """The events that the mappings list. The writers know codes for more, as systems do."""
    named: set[str] = set()
    for system in SYSTEMS:
        for table in read_mapping(MAPPINGS / f"{system}.yaml").document.data["tables"]:
            named |= set(table.get("events", {})) | set(table.get("event", {}).get("values", {}).values())
    return named


MAPPED = mapped_events()


def events_of(system: str, case) -> Counter:
    """What was given of a case and is mapped, as (case, event, seconds)."""
    case_id = f"{system}:{case.number}"
    return Counter((case_id, entry.event, entry.at) for entry in case.entries if entry.event in MAPPED)


def test_every_event_comes_back_with_its_time(hundred):
    given, _, tables, _ = hundred
    expected: Counter = Counter()
    for case, system in zip(given, ("missing", "crime", "safeguarding") * 100, strict=True):
        expected += events_of(system, case)
        for incident in getattr(case, "incidents", []):
            sent = {"officer_deployed": incident.deployed_at, "officer_arrived": incident.arrived_at}
            expected += Counter((f"{system}:{case.number}", name, at) for name, at in sent.items() if at is not None)
    came = Counter(instants(tables["events"]).select("case_id", "event", "happened_at").rows())
    assert came == expected


def test_every_event_is_typed_when_it_was_typed(hundred):
    given, _, tables, _ = hundred
    typed = instants(tables["events"], "recorded_at").select("case_id", "event", "recorded_at").rows()
    expected = {
        (f"{system}:{case.number}", entry.event, entry.typed_at)
        for case, system in zip(given, ("missing", "crime", "safeguarding") * 100, strict=True)
        for entry in case.entries
        # The hub's row holds one time of typing, and that is the referral's.
        if entry.event in MAPPED and entry.event != "referral_closed"
    }
    assert expected <= set(typed)


def test_attributes_come_back_in_our_words(hundred):
    _, _, tables, _ = hundred
    events, known = tables["events"], tables["cases"]
    assert events.filter(event="risk_graded")["grade"].unique().to_list() == ["medium"]
    assert events.filter(event="interviewed")["method"].unique().to_list() == ["telephone"]
    assert events.filter(event="crime_recorded")["offence"].unique().to_list() == ["blackmail"]
    assert events.filter(event="investigation_closed")["closed_as"].unique().to_list() == ["victim does not support"]
    assert events.filter(event="device_decision")["reason"].unique().to_list() == ["screenshots given, and enough"]
    assert set(known["district"]) == {"Northbank", "Saltholme", "Ferryhill Cross", "Eastmoor"}
    assert set(known.filter(case_type="missing episode")["from_care"]) == {"yes", "no"}
    assert set(known.filter(case_type="investigation")["offence_group"]) == {"online exploitation"}
    assert set(known.filter(case_type="referral")["referral_kind"]) == {"exploitation"}


def test_rows_add_up_and_only_the_doubled_ones_are_rejected(hundred):
    _, counts, tables, reading = hundred
    for file in reading.files:
        assert file.rows_in == file.kept + file.left_out + file.rejected
    assert set(tables["rejects"]["reason"]) == {RejectReason.SAME_ROW.value}
    rejected, given_twice = Counter(tables["rejects"]["source"]), Counter()
    for (system, _), count in counts.rows_given_twice.items():
        given_twice[system] += count
    # One that stands twice and has a code that the mapping does not list is left out twice.
    assert all(0 < rejected[system] <= given_twice[system] for system in ("missing", "crime"))
    assert rejected["control-room"] == given_twice["control-room"]


def test_adults_and_other_incidents_are_left_out_by_the_mappings(hundred):
    _, _, _, reading = hundred
    left_out = Counter()
    for file in reading.files:
        left_out[file.source] += file.left_out
    assert all(left_out[system] > 0 for system in SYSTEMS)


def test_each_system_has_a_record_of_the_child(hundred):
    given, _, tables, _ = hundred
    people = Counter(tables["people"]["source"])
    # Adults stand among the persons too; in the control room only children are looked up.
    assert people["control-room"] == 100
    assert people[MISSING] >= sum(len(person_records(case.child, MISSING)) for case in given[::3])
    named = set(tables["people"]["person_id"])
    assert set(tables["cases"]["person_id"]) <= named


def test_every_note_comes_back_as_it_was_written(hundred):
    given, _, tables, _ = hundred
    expected = Counter(
        (f"{system}:{case.number}", note.at, note.text)
        for case, system in zip(given, ("missing", "crime", "safeguarding") * 100, strict=True)
        for note in case.notes
    )
    notes = instants(tables["notes"], "written_at").select("case_id", "written_at", "text")
    assert Counter(notes.rows()) == expected
    assert any("friend’s" in text for _, _, text in expected), "a letter that UTF-8 and Windows-1252 write differently"


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    def fingerprints(folder: Path, seed: int) -> dict[str, str]:
        written(folder, cases(20), seed)
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*.*"))
        }

    first = fingerprints(tmp_path / "first", 1)
    assert first == fingerprints(tmp_path / "second", 1)
    assert first != fingerprints(tmp_path / "other", 2)


def test_every_file_says_that_its_data_are_made_up(tmp_path):
    written(tmp_path / "exports", cases(5))
    files = [path for path in (tmp_path / "exports").rglob("*") if path.is_file()]
    assert len(files) > 10
    assert [path.name for path in files if "made-up-data" not in path.name] == []
    book = next(path for path in files if path.suffix == ".xlsx")
    heading = pl.read_excel(book, sheet_name="Referrals", has_header=False)
    assert "made-up data" in heading[1, 0].lower()


def test_the_last_grade_stands_in_the_row_where_the_log_holds_none(tmp_path):
    alone = episode(1, has_last_grade_only=True)
    alone.entries = [entry for entry in alone.entries if entry.event in ("reported", "risk_graded")]
    written(tmp_path / "exports", [alone, investigation(1), referral(1)])
    tables, _ = read_back(tmp_path / "exports", tmp_path / "log")
    assert tables["events"].filter(event="risk_graded").select("grade").rows() == [("medium",)]


def test_a_time_that_cannot_be_read_and_a_day_without_a_time(tmp_path):
    at = episode(1).opened_at
    odd = episode(
        1,
        entries=[
            Entry("reported", at, at),
            Entry("interviewed", at + 3600, at + 3600, {"method": "face to face"}, is_unreadable=True),
            Entry("council_told", at + 7200, at + 7200, is_date_only=True),
            Entry("child_found", at + 3000, at + 3600, is_unreadable=True),
        ],
    )
    written(tmp_path / "exports", [odd, investigation(1), referral(1)])
    tables, _ = read_back(tmp_path / "exports", tmp_path / "log")
    events = {row["event"]: row for row in tables["events"].filter(source=MISSING).to_dicts()}
    assert events["interviewed"]["happened_at"] is None
    assert events["child_found"]["happened_at"] is None
    assert events["council_told"]["happened_by"] > events["council_told"]["happened_at"]
    assert Counter(tables["rejects"]["reason"]) == {RejectReason.UNREADABLE_TIME.value: 2}


def test_an_incident_of_another_number_is_rejected_and_counted(tmp_path):
    lost = episode(1, incident_no="TC-20240101-99999")
    written(tmp_path / "exports", [lost, investigation(1), referral(1)])
    tables, _ = read_back(tmp_path / "exports", tmp_path / "log")
    assert Counter(tables["rejects"]["reason"]) == {RejectReason.NOT_MATCHED.value: 2}


def test_a_period_that_comes_back_would_overwrite_its_file_and_is_refused(tmp_path):
    with pytest.raises(FileExistsError):
        written(tmp_path / "exports", [episode(1), episode(99), episode(2)])


def test_a_system_without_a_row_still_gives_out_its_files(tmp_path):
    written(tmp_path / "exports", [])
    tables, reading = read_back(tmp_path / "exports", tmp_path / "log")
    assert reading.rows_in == 0
    assert tables["cases"].is_empty()


@pytest.mark.parametrize("kind", NOTE_KINDS)
def test_notes_of_a_kind_differ_but_for_copied_ones(kind):
    texts = {note_text(kind, Random(number)) for number in range(200)}
    assert len(texts) <= 3 if kind == "copied" else len(texts) > 100
