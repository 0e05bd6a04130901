"""A mapping drafted from exports: what is recognised, what is left, and that no value of a person is repeated."""

from __future__ import annotations

import csv
import shutil
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.record_systems.drafts import FIRST_DIVE, drafted, lines, write
from wardline.cli import main
from wardline.dive import start_mapping
from wardline.dive.beforehand.draft_with_standards import shipped_vocabulary
from wardline.errors import ExportError, ProblemKind
from wardline.record_systems import check_mapping, parse_mapping
from wardline.record_systems.drafting import Vocabulary, draft_mapping
from wardline.reports.draft_in_words import draft_in_words
from wardline.standards import find_standard


def test_the_exports_of_the_first_dive_are_recognised() -> None:
    found = start_mapping([FIRST_DIVE / "exports" / "missing"])
    text = lines(found.draft.text)
    for line in (
        '- files: "episodes-*.csv"',
        "each row is: a case",
        "case type: missing episode",
        "case id: EpisodeNo",
        "opened at: ReportedTime",
        "closed at: ClosedTime",
        "person: PersonNo",
        "incident_no: IncidentRef",
        "# from_care: {column: HomeType, values: {PH: , CH: }}",
        "reported: {at: ReportedTime, recorded at: KeyedTime}",
        "child_found: {date: FoundDate, time: FoundTime}",
        "each row is: an event",
        "RISK: risk_graded",
        "ARR: officer_arrived",
        "at: ActionTime",
        "recorded at: TypedTime",
        "grade: {column: Risk, values: {M: medium, H: high, L: low}}",
        "each row is: a person",
        'date of birth: {column: DOB, format: "%d/%m/%Y"}',
        'time format: "%d/%m/%Y %H:%M"',
    ):
        assert line in text, line
    assert "england/missing-children/attend" in found.judged
    assert "senior_review" in found.events_not_found
    assert "england/missing-children/attend" in draft_in_words(found)


def test_a_draft_finished_minimally_gives_a_dive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(FIRST_DIVE, tmp_path / "dive", ignore=shutil.ignore_patterns("wardline.key"))
    mapping = tmp_path / "dive" / "mappings" / "missing.yaml"
    mapping.unlink()
    arguments = ["map", "start", str(tmp_path / "dive" / "exports" / "missing"), "--out", str(mapping)]
    assert main(arguments) == 0
    text = mapping.read_text(encoding="utf-8")
    for before, after in (
        ("# gaps: [{from: 2024-08-01, to: 2024-09-30, note: …}]", "gaps: [{from: 2024-12-09, to: 2024-12-10}]"),
        ("# taken at: 2025-04-01 02:00", "taken at: 2025-04-01 02:00"),
        ("        SW: social_worker_told", "        CANC: report_cancelled\n        SW: social_worker_told"),
        ("# only where: {PersonType: [C]}", "only where: {PersonType: C}"),
        (
            "# from_care: {column: HomeType, values: {PH: , CH: }}",
            "from_care: {column: HomeType, values: {PH: no, CH: yes, FC: yes}}",
        ),
    ):
        assert before in text
        text = text.replace(before, after)
    mapping.write_text(text, encoding="utf-8")
    assert main(["dive", str(tmp_path / "dive" / "dive.yaml"), "--out", str(tmp_path / "out")]) == 0
    by_draft = pl.read_parquet(tmp_path / "out" / "findings.parquet")
    shutil.copyfile(FIRST_DIVE / "mappings" / "missing.yaml", mapping)
    assert main(["dive", str(tmp_path / "dive" / "dive.yaml"), "--out", str(tmp_path / "by-hand")]) == 0
    by_hand = pl.read_parquet(tmp_path / "by-hand" / "findings.parquet")
    attend = pl.col("obligation") == "attend"
    kept = ("case_id", "triggered_at", "deadline", "outcome", "responded_at")
    assert by_draft.filter(attend).select(kept).equals(by_hand.filter(attend).select(kept))
    assert by_draft.filter(attend).height > 30
    capsys.readouterr()


def test_several_systems_together_are_joined_by_what_they_share() -> None:
    text = lines(drafted(FIRST_DIVE / "exports"))
    assert "case id: {of: exports, matching: incident_no, column: Police reference}" in text
    assert "- files: {files: council/return-interviews.xlsx, header row: 3}" in text
    assert "return_interview_done: {at: Interview held}" in text


def test_rows_of_another_system_wait_for_its_name() -> None:
    council = FIRST_DIVE / "exports" / "council"
    waiting = start_mapping([council])
    assert waiting.draft.mapping is None
    assert any("Nothing was recognised as a case" in each for each in waiting.draft.remaining)
    assert "case id: {of: missing, matching: incident_no, column: Police reference}" in lines(
        drafted(council, cases_of="missing")
    )


# NOTHING OF A PERSON: a marker in every cell of columns of every sort, once in each row or the same in many.

HEADINGS = (
    "CaseNo", "Reported", "Forename", "Surname", "Name", "Full name", "Alias", "DOB", "Gender", "Ethnicity", "Postcode",
    "Mobile", "Email", "Address", "Street", "Town", "Officer", "Updated by", "Supervisor", "Parent", "School", "X",
    "Column 7", "Comments", "Entry", "Location", "Vehicle", "CaseRef", "Amount", "Religion", "Other", "Person",
)  # fmt: skip
OF_CODES = ("Action", "Status", "Risk", "Outcome", "Reason", "Type", "Method", "AdultChild", "Home type", "Flag")


@pytest.mark.parametrize("different", [1, 2, 40])
def test_no_value_of_a_column_that_is_not_of_codes_is_repeated(different: int, tmp_path: Path) -> None:
    rows = [
        ",".join(f"zz{heading.lower().replace(' ', '')}{row % different}" for heading in HEADINGS) for row in range(40)
    ]
    rows = [f"C{number},2025-01-{number % 27 + 1:02} 10:00,{row.split(',', 2)[2]}" for number, row in enumerate(rows)]
    path = write(tmp_path, "cases.csv", ",".join(HEADINGS), rows)
    found = start_mapping([path])
    assert "zz" not in found.draft.text + draft_in_words(found)


def test_a_code_that_stands_in_a_row_or_two_is_not_repeated(tmp_path: Path) -> None:
    rows = [f"C{number},2025-01-01 10:00,{','.join(['A'] * len(OF_CODES))}" for number in range(38)]
    rows += [f"C9{number},2025-01-01 10:00,{','.join(['zz-child'] * len(OF_CODES))}" for number in range(2)]
    text = drafted(write(tmp_path, "cases.csv", f"CaseNo,Reported,{','.join(OF_CODES)}", rows))
    assert "zz-child" not in text
    assert "1 found in fewer than 3 rows not shown" in text


@pytest.mark.parametrize(
    "somebody", ["Quixworth", "quixworth and friend", "12 Elm Street", "AB1 2CD", "a@b.example", "07700900123"]
)
def test_a_column_of_codes_that_holds_somebody_is_not_one(somebody: str, tmp_path: Path) -> None:
    cases = [f"C{number},2025-01-01 10:00,{('A', 'B', somebody)[number % 3]}" for number in range(60)]
    people = [f"P{number},Zebedee,Quixworth,2010-01-01" for number in range(60)]
    write(tmp_path, "cases.csv", "CaseNo,Reported,Status", cases)
    write(tmp_path, "people.csv", "PersonNo,Forename,Surname,DOB", people)
    text = drafted(tmp_path)
    assert somebody not in text and "Quixworth" not in text
    assert "# status: Status" in lines(text)


# DAY AND MONTH: never guessed.


def test_where_every_cell_reads_both_ways_both_lines_are_left(tmp_path: Path) -> None:
    rows = [f"C{number},0{number % 9 + 1}/0{number % 7 + 1}/2025 10:00" for number in range(30)]
    text = drafted(write(tmp_path, "episodes.csv", "EpisodeNo,Reported", rows))
    assert '# time format: "%d/%m/%Y %H:%M"' in lines(text)
    assert '# time format: "%m/%d/%Y %H:%M"' in lines(text)
    assert "Nothing in the files says which" in " ".join(text.replace("##", "").split())
    assert not any(line.startswith("time format") for line in lines(text))


def test_another_column_written_alike_decides(tmp_path: Path) -> None:
    rows = [f"C{number},{number % 27 + 1:02}/03/2025 10:00,0{number % 9 + 1}/02/2025 11:00" for number in range(30)]
    text = drafted(write(tmp_path, "episodes.csv", "EpisodeNo,Reported,Found", rows))
    assert 'time format: "%d/%m/%Y %H:%M"' in lines(text)
    assert "%m/%d" not in text


# WHAT A ROW IS


ACTIONS = ("Reported", "Risk graded", "Officer sent", "Found")


def log_rows(start: str) -> list[str]:
    return [
        f"{4 * case + at},{start}{case},{action},2025-01-{case % 27 + 1:02} 1{at}:00"
        for case in range(20)
        for at, action in enumerate(ACTIONS)
    ]


@pytest.mark.parametrize("number", ["RowNo", "TaskID", "EntryRef"])
def test_a_log_opens_the_cases_that_many_of_its_rows_name(number: str, tmp_path: Path) -> None:
    text = lines(drafted(write(tmp_path, "missing-log.csv", f"{number},EpisodeNo,Action,ActionTime", log_rows("E"))))
    for line in ("each row is: an event", "case id: EpisodeNo", "makes cases: missing episode", "at: ActionTime"):
        assert line in text


def test_a_log_of_cases_of_no_known_type_loads_as_it_is(tmp_path: Path) -> None:
    rows = [f"{each},PC{at % 5}" for at, each in enumerate(log_rows("X/"))]
    text = drafted(write(tmp_path, "log.csv", "RowNo,Ref,Action,ActionTime,Officer", rows))
    assert "## Left out, of somebody: Officer." in lines(text)
    assert "case id: Ref" in lines(text) and "makes cases: case" in lines(text)
    assert parse_mapping(text).case_types() == ("case",)


def test_a_case_whose_child_has_several_is_no_log(tmp_path: Path) -> None:
    rows = [f"E{n},2025-01-{n % 27 + 1:02} 10:00,P{n // 3},{ACTIONS[n % 4]}" for n in range(60)]
    text = lines(drafted(write(tmp_path, "episodes.csv", "EpisodeNo,Reported,PersonNo,LastAction", rows)))
    assert "each row is: a case" in text and "case id: EpisodeNo" in text


def test_two_columns_may_be_the_number_of_a_case(tmp_path: Path) -> None:
    rows = [f"CR{number // 2},{number % 2 + 1},2025-01-{number % 27 + 1:02} 10:00" for number in range(40)]
    text = lines(drafted(write(tmp_path, "crimes.csv", "CrimeNo,VictimNo,ReportedAt", rows)))
    assert "case id: [CrimeNo, VictimNo]" in text and "case type: investigation" in text
    assert "crime_reported: {at: ReportedAt}" in text


def test_notes_and_people_in_the_rows_of_cases_are_recognised(tmp_path: Path) -> None:
    cases = [f"E{number},2025-01-{number % 27 + 1:02} 10:00,Ada{number},Quix,2010-01-01" for number in range(30)]
    notes = [f"E{number},2025-01-02 11:00,{'words of what was seen and done ' * 3}{number}" for number in range(30)]
    write(tmp_path, "episodes.csv", "EpisodeNo,Reported,Forename,Surname,DOB", cases)
    write(tmp_path, "notes.csv", "EpisodeNo,Written,Entry", notes)
    text = lines(drafted(tmp_path))
    for line in (
        "person: EpisodeNo",
        "person id: EpisodeNo",
        "given name: Forename",
        "each row is: a note",
        "text: Entry",
    ):
        assert line in text, line


def test_a_heading_over_two_lines_breaks_no_draft(tmp_path: Path) -> None:
    text = drafted(
        write(tmp_path, "stock.csv", 'x,"Date\nsent"', ["y,a", "y,b"]), FIRST_DIVE / "exports/missing/persons.csv"
    )
    assert "# text" not in text and "each row is: a person" in lines(text)


@pytest.mark.parametrize(("rows", "said"), [(0, "no rows"), (1, "1 row"), (2, "2 rows")])
def test_one_row_is_said_in_the_singular(tmp_path: Path, rows: int, said: str) -> None:
    text = drafted(write(tmp_path, "cases.csv", "CaseNo,Reported", [f"C{n},2025-01-01 10:00" for n in range(rows)]))
    assert said in text and "1 rows" not in text and "0 rows" not in text


def test_a_file_in_which_nothing_is_recognised_is_left_with_what_remains(tmp_path: Path) -> None:
    found = start_mapping([write(tmp_path, "stock.csv", "Shelf,Boxes", ["a,1", "b,2"])])
    assert found.draft.mapping is None
    assert found.draft.remaining[-1] == "stock.csv: nothing here says what a row is; the whole table is left for you."


def test_where_nothing_is_recognised_the_draft_loads_and_says_that_it_reads_nothing(tmp_path: Path) -> None:
    export = write(tmp_path, "stock.csv", "Shelf,Boxes", ["a,1", "b,2"])
    text = drafted(export)
    assert "## No table could be drafted, so nothing is read yet. What was seen is left for you below." in lines(text)
    said = check_mapping(parse_mapping(text), [export]).to_text()
    assert "This mapping has no table yet, so it reads nothing." in said
    assert said.endswith("Files that no table reads\n  stock.csv\n")


def test_a_dive_with_a_mapping_that_has_no_table_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(FIRST_DIVE, tmp_path / "dive")
    dive = tmp_path / "dive" / "dive.yaml"
    council = "  - {mapping: mappings/council.yaml, files: exports/council}\n"
    dive.write_text(dive.read_text(encoding="utf-8").replace(council, ""), encoding="utf-8")
    mapping = tmp_path / "dive" / "mappings" / "missing.yaml"
    stock = write(tmp_path, "stock.csv", "Shelf,Boxes", ["a,1"])
    mapping.write_text(start_mapping([stock], system="missing").draft.text, encoding="utf-8")
    assert main(["dive", str(dive), "--out", str(tmp_path / "out")]) != 0
    told = capsys.readouterr().err
    assert "missing.yaml, line" in told and "This mapping has no table yet, so it reads nothing." in told
    assert not (tmp_path / "out").exists()


def test_a_folder_with_a_long_name_gives_a_system_with_a_short_one(tmp_path: Path) -> None:
    rows = [f"E{day},2025-07-{day:02} 09:00" for day in range(1, 29)]
    for name, system in (
        ("missing people " * 9, "missing-people-missing-people-missing-people-missing-people"),
        ("x" * 99, "x" * 60),
    ):
        folder = tmp_path / name.strip()
        write(folder, "e.csv", "EpisodeNo,Reported", rows)
        assert f"record system: {system}" in lines(drafted(folder))


@pytest.mark.parametrize("option", ["--system", "--cases-of"])
@pytest.mark.parametrize("name", ["", "a:b", "a/b", "x" * 61, "two\nlines"])
def test_a_name_that_no_record_system_can_have_is_told(
    option: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["map", "start", str(FIRST_DIVE / "exports" / "council"), option, name]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert option in told and "The name of a record system has letters, digits and hyphens" in told


def times_read(text: str, export: Path) -> dict[str, tuple[int, int]]:
    """Of each event that a draft names, how many there are when it is read as it is, and how many have a time."""
    events = check_mapping(parse_mapping(text), [export]).events
    return {each.event: (each.count, each.count - each.without_time) for each in events}


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("{day:02}/07/2025 18:{minute} UTC", 'time format: "%d/%m/%Y %H:%M %z"'),
        ("{day:02}/07/2025 18:{minute}+01:00", 'time format: "%d/%m/%Y %H:%M%z"'),
        ("{day}-Jul-2025 06:{minute} PM BST", 'time format: "%d-%b-%Y %I:%M %p %z"'),
    ],
)
def test_times_with_a_zone_are_seen_and_read_by_the_draft_as_it_is(written: str, line: str, tmp_path: Path) -> None:
    rows = [f"E{day},{written.format(day=day, minute=15)},{written.format(day=day, minute=25)}" for day in range(1, 29)]
    export = write(tmp_path, "e.csv", "EpisodeNo,Reported,Dispatched", rows)
    text = drafted(export)
    assert line in lines(text) and "opened at: Reported" in lines(text)
    assert times_read(text, export) == {"reported": (28, 28), "officer_deployed": (28, 28)}


def test_dates_of_which_a_spreadsheet_swapped_one_half_are_seen_and_read(tmp_path: Path) -> None:
    cells = [f"2025-{day:02}-03 18:00:00" if day <= 12 else f"{day}/03/2025 18:00" for day in range(1, 29)]
    export = write(tmp_path, "e.csv", "EpisodeNo,Reported", [f"E{at},{cell}" for at, cell in enumerate(cells)])
    text = drafted(export)
    assert 'time format: ["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S"]' in lines(text)
    assert times_read(text, export) == {"reported": (28, 28)}


def test_where_nothing_decides_both_ways_are_left_with_all_their_formats(tmp_path: Path) -> None:
    cells = [f"2025-01-{day:02} 18:00" if day % 2 else f"03/{day:02}/2025 18:00" for day in range(1, 13)]
    export = write(
        tmp_path, "e.csv", "EpisodeNo,Reported,Born", [f"E{at},{each},{each}" for at, each in enumerate(cells)]
    )
    text = lines(drafted(export))
    assert '# time format: ["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M"]' in text
    assert '# time format: ["%m/%d/%Y %H:%M", "%Y-%m-%d %H:%M"]' in text


def same_day(interview: str, offset: str = "", headings: str = "EpisodeNo,Reported,Found,Interview date") -> list[str]:
    """A header and cases of a winter and of a summer, with an interview on the day of the report."""
    rows = [headings]
    for month, hour in ((1, "00"), (7, "01")):
        for day in range(2, 16):
            date, behind = f"2025-{month:02}-{day:02}", offset.format(hour=hour)
            rows.append(
                f"E{month}{day:02},{date} 14:00{behind},{date} 15:00{behind},{interview.format(date=date)}{behind}"
            )
    return rows


@pytest.mark.parametrize(
    ("interview", "offset"),
    [("{date}", ""), ("{date} 00:00:00", ""), ("{date} 00:00", "+{hour}:00"), ("{date} 12:00 AM", "")],
)
def test_a_whole_day_is_not_earlier_than_a_time_within_it(interview: str, offset: str, tmp_path: Path) -> None:
    text = drafted(write(tmp_path, "e.csv", (made := same_day(interview, offset))[0], made[1:]))
    assert "opened at: Reported" in lines(text)
    assert "# by its heading; no time is surely earlier in 28 of 28 rows" in text
    named = [line for line in lines(text) if line.startswith(("reported", "child_found"))]
    assert named[0].startswith("reported: {at: Reported") and named[1].startswith("child_found: {at: Found")
    assert len(named) == 2 and "reported_2" not in text


def test_midnights_that_are_written_for_another_zone_are_whole_days_too(tmp_path: Path) -> None:
    rows = [f"E{day},2025-07-{day:02}T13:00:00Z,2025-07-{day - 1:02}T23:00:00Z" for day in range(2, 30)]
    text = lines(drafted(write(tmp_path, "e.csv", "EpisodeNo,When,Interview date", rows)))
    assert "opened at: When" in text


@pytest.mark.parametrize("headings", ["EpisodeNo,When,Seen,Interview date", "EpisodeNo,When,Interview date,Seen"])
def test_without_a_heading_that_tells_a_time_comes_before_the_whole_day(headings: str, tmp_path: Path) -> None:
    rows = same_day("{date}", headings=headings)
    assert "opened at: When" in lines(drafted(write(tmp_path, "e.csv", rows[0], rows[1:])))


@pytest.mark.parametrize("heading", ["Reported", "Date of the first call"])
def test_a_whole_day_under_a_heading_that_tells_is_not_later_than_a_time_within_it(
    heading: str, tmp_path: Path
) -> None:
    rows = [f"E{day},2025-07-{day:02} 15:00,2025-07-{day:02}" for day in range(1, 29)]
    assert f"opened at: {heading}" in lines(drafted(write(tmp_path, "e.csv", f"EpisodeNo,Found,{heading}", rows)))


def test_times_of_several_zones_are_compared_as_the_instants_that_they_are(tmp_path: Path) -> None:
    rows = [f"E{day},2025-07-{day:02} 14:30+01:00,2025-07-{day:02} 14:00Z" for day in range(1, 29)]
    text = drafted(write(tmp_path, "e.csv", "EpisodeNo,One,Other", rows))
    assert "opened at: One" in lines(text) and "# the earliest time in 28 of 28 rows" in text


@pytest.mark.parametrize("heading", ["Reported", "ReportedTime", "Date reported", "reported_at", "REPORTED"])
def test_a_heading_that_is_the_name_itself_wins(heading: str, tmp_path: Path) -> None:
    """Whatever the times say: somebody was last seen, and a call began, before the report."""
    rows = [f"E{day},2025-07-{day:02} 09:00,2025-07-{day:02} 10:00,2025-07-{day:02} 11:00" for day in range(1, 29)]
    text = drafted(write(tmp_path, "e.csv", f"EpisodeNo,Last seen,Call received,{heading}", rows))
    assert any(line in lines(text) for line in (f"opened at: {heading}", f'opened at: "{heading}"'))
    assert "# by its heading; the earliest time in 0 of 28 rows" in text
    assert any(line.startswith("reported: {at: " + heading) for line in lines(text))


def test_a_heading_by_itself_does_not_win_where_its_cells_are_mostly_empty(tmp_path: Path) -> None:
    rows = [f"E{day},2025-07-{day:02} 09:00,{'2025-07-02 10:00' if day < 5 else ''}" for day in range(1, 29)]
    text = drafted(write(tmp_path, "e.csv", "EpisodeNo,Started,Reported", rows))
    assert "opened at: Started" in lines(text)
    assert "reported: {at: Reported}" in lines(text)


def test_the_reason_for_a_name_is_the_one_that_it_rests_on(tmp_path: Path) -> None:
    rows = [f"E{day},2025-07-{day:02} 09:00,2025-07-{day:02} 10:00,2025-07-{day:02} 10:30" for day in range(1, 29)]
    text = drafted(write(tmp_path, "missing.csv", "EpisodeNo,When,Found,Found again", rows))
    assert "the time at which a case opens; 28 of 28 cells read" in text
    assert "it is like child_found, for which Found is taken; 28 of 28 cells read" in text


ODD_HEADINGS = (
    "Source", "Note", "at", "Date", "Time", "Case: id", "{x}", "a, b", "#no", "Reported", "Reported", "\u00dc\u00df",
    "yes", "Event",
    "Date\nsent", "'q'", '"d"', "-", "Row", "1st", "EpisodeNo", "Forename", "Surname", "DOB", "Status", "Entry",
    "Closed", "Keyed",
    "IncidentRef", "CrimeNo", "Action", "", "Found date", "Found time",
)  # fmt: skip
ODD_CELLS = (
    "", "NULL", "A", "B", "yes", "a: b", "{", "# x", "'", "2025-01-01 10:00", "03/04/2025", "13/04/2025 10:00", "10:30",
    "\u00fc",
    "03/04/2025 10:00 UTC", "13/04/2025", "2025-04-13T00:00:00+01:00",
    "E1", "E2", "12", "words and more words of a text that is long enough", "-", "null", "x\ny", '"',
)  # fmt: skip


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    """The words of one standard, read once."""
    return shipped_vocabulary([find_standard("england/missing-children", relative_to=Path())])


@given(st.data())
def test_a_draft_loads_whatever_the_exports_hold(words: Vocabulary, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("episodes-1.csv", "log [x].csv", "it's: {people}.csv")[: data.draw(st.integers(1, 3))]:
            header = data.draw(st.lists(st.sampled_from(ODD_HEADINGS), min_size=1, max_size=7))
            count = data.draw(st.sampled_from((0, 1, 25)))
            cells = st.lists(st.sampled_from(ODD_CELLS), min_size=len(header), max_size=len(header))
            few = data.draw(st.lists(cells, min_size=1, max_size=5))
            with (Path(folder) / name).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([["x", *header], *(["y", *few[row % len(few)]] for row in range(count))])
        try:
            found = draft_mapping([Path(folder)], words)
        except ExportError as error:
            # Below headings that are given twice a row may be taken for the header, and that is told.
            assert {problem.kind for problem in error.problems} == {ProblemKind.MISSING_COLUMN}
            return
        if found.mapping is None:
            assert "the whole table is left for you" in " ".join(found.remaining)
        check_mapping(parse_mapping(found.text), Path(folder))


# THE COMMAND


def test_a_draft_never_takes_the_place_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "mapping.yaml"
    arguments = ["map", "start", str(FIRST_DIVE / "exports" / "missing"), "--system", "compact", "--out", str(out)]
    assert main(arguments) == 0
    assert f"Written: {out}" in capsys.readouterr().out
    assert "record system: compact" in out.read_text(encoding="utf-8")
    out.write_text("mine", encoding="utf-8")
    assert main(arguments) == 5
    assert "There is already a file of that name" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "mine"


def test_the_draft_goes_to_the_screen_and_what_is_left_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", "start", str(FIRST_DIVE / "exports" / "missing")]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("## Drafted by") and "Left for you:" in told.err


def test_files_that_cannot_be_read_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "book.xlsx").write_bytes(b"no workbook")
    with pytest.raises(ExportError) as caught:
        start_mapping([tmp_path])
    assert [problem.what for problem in caught.value.problems] == [
        "This file is not a workbook that can be read.",
        "This file is empty.",
    ]
    with pytest.raises(ExportError, match="There is no file"):
        start_mapping([tmp_path / "absent.csv"])
