"""A person's number that is part of a case id is never in clear in a dive, and its events still find their case."""

import polars as pl
import pytest

from tests.integration.dive.a_dive import wardline, write_dive

MAPPING = """\
record system: crime
tables:
  - files: crimes.csv
    each row is: a case
    case type: missing episode
    case id: [CrimeNo, Person]
    opened at: Reported
    person: Person
    events:
      reported: {at: Reported}
  - files: log.csv
    each row is: an event
    case id: [CrimeNo, Victim]
    event: {column: What, values: {sent: officer_deployed}}
    at: When
"""
FILES = {
    "mappings/compact.yaml": MAPPING,
    "exports/compact/crimes.csv": (
        "CrimeNo,Person,Reported\nCR/1,PN4471,2025-06-02 18:00\nCR/1,PN8832,2025-06-02 18:00\n,PN9,2025-06-02 18:00\n"
    ),
    "exports/compact/log.csv": "CrimeNo,Victim,What,When\nCR/1,PN8832,sent,2025-06-02 18:10\n",
    "mappings/control-room.yaml": """\
record system: control-room
tables:
  - files: incidents.csv
    each row is: events of a case
    case id: {of: crime, column: [Crime, Who]}
    events: {officer_arrived: {at: Arrived}}
""",
    "exports/control-room/incidents.csv": "Crime,Who,Arrived\nCR/1,PN4471,2025-06-02 18:30\n",
}
NUMBERS = ("PN4471", "PN8832", "PN9")


@pytest.fixture(scope="module")
def dive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dive")
    told = wardline("dive", write_dive(folder, FILES), "--out", folder / "out")
    assert told.returncode == 0, told.stderr
    return folder / "out", told.stdout + told.stderr


def test_no_person_number_is_in_clear_in_anything_of_the_dive(dive):
    folder, printed = dive
    texts = [printed]
    for path in folder.rglob("*"):
        if path.suffix == ".parquet":
            texts.append(str(pl.read_parquet(path).to_dicts()))
        elif path.is_file():
            texts.append(path.read_bytes().decode("latin-1"))
    assert [number for number in NUMBERS for text in texts if number in text] == []


def test_the_part_of_the_id_is_the_pseudonym_of_the_person(dive):
    folder, _ = dive
    cases = pl.read_parquet(folder / "cases.parquet").select("case_id", "person_id").rows()
    assert len(cases) == 2
    assert [case_id for case_id, _ in cases] == [f"crime:CR/1/{person}" for _, person in cases]


def test_rows_of_this_and_of_another_system_still_find_their_case(dive):
    folder, _ = dive
    events = pl.read_parquet(folder / "events.parquet").select("event", "case_id").unique()
    by_event = {event: events.filter(pl.col("event") == event)["case_id"].to_list() for event in set(events["event"])}
    assert len(by_event["reported"]) == 2
    (sent,), (arrived,) = by_event["officer_deployed"], by_event["officer_arrived"]
    assert {sent, arrived} == set(by_event["reported"]) and sent != arrived


def test_an_attribute_that_would_hold_it_is_refused(tmp_path):
    mapping = MAPPING.replace("    person: Person\n", "    person: Person\n    attributes: {subject: Person}\n")
    told = wardline(
        "dive", write_dive(tmp_path, {**FILES, "mappings/compact.yaml": mapping}), "--out", tmp_path / "out"
    )
    assert told.returncode == 3
    assert "The column `Person` has the person's number, which would be kept as it is, as `subject`." in told.stderr


def test_one_of_whose_number_only_some_values_are_kept_is_taken(tmp_path):
    mapping = MAPPING.replace(
        "    person: Person\n",
        "    person: Person\n    attributes: {is_known: {column: Person, values: {PN4471: yes}}}\n",
    )
    told = wardline(
        "dive", write_dive(tmp_path, {**FILES, "mappings/compact.yaml": mapping}), "--out", tmp_path / "out"
    )
    assert told.returncode == 0, told.stderr
