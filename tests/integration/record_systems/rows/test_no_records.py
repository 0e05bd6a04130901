"""Headers that come again, lines of dashes and totals: rejected wherever they stand, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.unit.record_systems.reading_texts import CASES_AND_LOG, read
from wardline.errors import ExportError
from wardline.record_systems import RejectReason

CASE_ID_BEHIND = """
record system: compact
tables:
  - files: "*"
    each row is: a case
    case type: missing episode
    case id: Episode No
    opened at: Reported
    only where: {Area: North}
"""
HEADER = "Area,Episode No,Reported"
ROW = "North,E1,2025-01-01 10:00"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Area,Episode No,Reported", RejectReason.HEADER_ROW),
        ("AREA, episode  no ,reported", RejectReason.HEADER_ROW),
        ("\ufeffArea,Episode No,Reported", RejectReason.HEADER_ROW),
        ('"Area","Episode No","Reported"', RejectReason.HEADER_ROW),
        (",Episode No,Reported", RejectReason.HEADER_ROW),
        ("sep=,,", RejectReason.SEPARATOR_ROW),
        ("\ufeffSEP=;,,", RejectReason.SEPARATOR_ROW),
        ('"sep=,",,', RejectReason.SEPARATOR_ROW),
        (",sep=\t,", RejectReason.SEPARATOR_ROW),
        ("----,----------,--------", RejectReason.RULE_ROW),
        ("=====,,", RejectReason.RULE_ROW),
        (",-----+-----,", RejectReason.RULE_ROW),
        ("────,————,- - -", RejectReason.RULE_ROW),
        ("Total,3,", RejectReason.TOTAL_ROW),
        ("GRAND TOTAL:,3,3", RejectReason.TOTAL_ROW),
        (",Sub-total,3", RejectReason.TOTAL_ROW),
        ("Cyfanswm,3,", RejectReason.TOTAL_ROW),  # a total in Welsh
        (",Cyfanswm: 3,", RejectReason.TOTAL_ROW),
        (",Sum,3", RejectReason.TOTAL_ROW),
        (",Count:,3", RejectReason.TOTAL_ROW),
        (",END,", RejectReason.TOTAL_ROW),
        (",Total: 3,", RejectReason.TOTAL_ROW),
        (",Total for January,", RejectReason.TOTAL_ROW),
        (",(3 rows affected),", RejectReason.TOTAL_ROW),
        (",1 row selected.,", RejectReason.TOTAL_ROW),
        (",Rows: 3,", RejectReason.TOTAL_ROW),
        (",*** End of report ***,", RejectReason.TOTAL_ROW),
    ],
)
def test_a_row_that_is_no_record_is_rejected_though_the_filter_would_leave_it_out(
    row: str, reason: RejectReason, tmp_path: Path
) -> None:
    found = read(tmp_path, CASE_ID_BEHIND, {"episodes.csv": f"{HEADER}\n{ROW}\n{row}\nSouth,E2,2025-01-01 11:00\n"})
    assert found.rows("cases", "case_id") == [("compact:E1",)]
    assert found.rejects() == [("episodes.csv", 3, None, reason.value)]
    count = found.count("episodes.csv")
    assert (count.rows_in, count.kept, count.left_out, count.rejected) == (3, 1, 1, 1)


@pytest.mark.parametrize(
    "row",
    [
        "Episode No,Area,Reported",
        "Reported,Episode No,Area",
        "episode  no,AREA,Reported",
        "Episode No,Reported,",
        "Area,Episode,Reported",  # as another export calls it
        "Region,Episode No,Reported",
    ],
)
def test_a_header_of_another_table_is_refused_for_what_follows_would_be_misread(row: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as told:
        read(tmp_path, CASE_ID_BEHIND, {"episodes.csv": f"{HEADER}\n{ROW}\n{row}\nNorth,E2,2025-01-01 11:00\n"})
    [problem] = told.value.problems
    assert problem.what.startswith("Row 3 is a header again, with columns in another order or of other names")


@pytest.mark.parametrize(
    "row",
    [
        "Area,Reported,2025-01-01 10:00",
        "Area,Area,",
        "Area,,",
        "Area,Zebedee,",
        "Area,E1,Reported",
        "North,Area,Reported at home",
    ],
)
def test_cells_that_happen_to_be_names_of_columns_do_not_make_a_header(row: str, tmp_path: Path) -> None:
    mapping = CASE_ID_BEHIND.replace("    only where: {Area: North}\n", "")
    found = read(tmp_path, mapping, {"episodes.csv": f"{HEADER}\n{ROW}\n{row}\n"})
    assert found.count("episodes.csv").rows_in == 2


LINES = [
    *(
        "(1 row affected)",
        "(200 rows affected)",
        "200 rows selected.",
        "2 record(s) returned",
        "200 rows in set (0.01 sec)",
    ),
    *("Query returned 200 rows", "Rows: 3", "Records: 1,200", "Number of records = 3", "Total records 200", "Total: 3"),
    *(
        "-- End of report --",
        "*** END OF FILE ***",
        "End of the export of 3 March",
        "Page 1 of 3",
        "- Page 2 -",
        "page 1/3",
    ),
    *("Report generated 01/02/2025 10:00 by PC 1", "Printed by PC 1 Smith", "Generated on 1 Feb", "Exported: 1 Feb"),
    *("Date printed: 1 Feb", "Data as at 01/02/2025", "Completion time: 2025-01-02T10:00:00", "Run by: x"),
    *("OFFICIAL-SENSITIVE", "OFFICIAL - SENSITIVE: Personal", "Official", "RESTRICTED (when complete)"),
    *("NOT PROTECTIVELY MARKED", "OFFICIAL Page 1 of 3", "Page 1 of 3 OFFICIAL-SENSITIVE", "GSC: OFFICIAL"),
]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("place", ['"{}",,', ',"{}",', ',,"{}"'])
def test_the_end_of_a_report_is_no_record_whatever_cell_it_stands_in(place: str, line: str, tmp_path: Path) -> None:
    found = read(tmp_path, CASE_ID_BEHIND, {"episodes.csv": f"{HEADER}\n{ROW}\n{place.format(line)}\n"})
    assert found.rejects() == [("episodes.csv", 3, None, RejectReason.TOTAL_ROW.value)]
    assert found.count("episodes.csv").kept == 1


@pytest.mark.parametrize(
    "row",
    [
        *(
            "(200,rows,affected)",
            "(1 row,affected),",
            "200 rows,,selected.",
            "Records:,200,",
            "Page,1 of,3",
            "-- End,of,report --",
        ),
        *(
            ",Report generated,2025-01-01 10:00",
            ",Printed by,PC 1",
            "OFFICIAL-SENSITIVE,,Page 1 of 3",
            ",Generated:,2025",
        ),
    ],
)
def test_the_end_of_a_report_may_be_torn_into_several_cells(row: str, tmp_path: Path) -> None:
    found = read(tmp_path, CASE_ID_BEHIND, {"episodes.csv": f"{HEADER}\n{ROW}\n{row}\n"})
    assert found.rejects() == [("episodes.csv", 3, None, RejectReason.TOTAL_ROW.value)]


@pytest.mark.parametrize(
    "row",
    [
        "North,Reported,2025-01-01 10:00",  # a cell that happens to be the name of a column
        "North,TOT-3,2025-01-01 10:00",
        "North,Totals7,2025-01-01 10:00",
        "North,-E1-,2025-01-01 10:00",
        "North,3,2025-01-01 10:00",
        "North,RESTRICTED,2025-01-01 10:00",  # somebody's number, blacked out
        "North,Run 12,2025-01-01 10:00",
        "North,Page 3,2025-01-01 10:00",
        "North,Record 12,2025-01-01 10:00",
        "North,200 Rows Road,2025-01-01 10:00",
        "North,Export 5,2025-01-01 10:00",
    ],
)
def test_a_row_that_only_resembles_them_is_kept(row: str, tmp_path: Path) -> None:
    found = read(tmp_path, CASE_ID_BEHIND, {"episodes.csv": f"{HEADER}\n{row}\n"})
    assert found.rejects() == []
    assert found.count("episodes.csv").kept == 1


def test_a_header_among_entries_is_rejected_and_not_counted_as_an_unlisted_event(tmp_path: Path) -> None:
    log = "No,Action,Time\nE1,R,2025-01-01 11:00\nNo,Action,Time\nE1,X,2025-01-01 12:00\n"
    found = read(tmp_path, CASES_AND_LOG, {"episodes.csv": "No,Reported\nE1,2025-01-01 10:00\n", "log.csv": log})
    assert found.rejects() == [("log.csv", 3, None, RejectReason.HEADER_ROW.value)]
    assert found.remarks() == [
        "compact, log.csv: Rows left out, because the mapping does not list the event in column Action: 1."
    ]


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
def test_files_that_tell_their_separator_may_be_joined_end_to_end(line: str, tmp_path: Path) -> None:
    one, other = (f"{line}\nArea;Episode No;Reported\nNorth;{number};2025-01-01 10:00\n" for number in ("E1", "E2"))
    found = read(tmp_path, CASE_ID_BEHIND, {"episodes.csv": one + other})
    assert found.rows("cases", "case_id", "source_row") == [("compact:E1", 3), ("compact:E2", 6)]
    assert [row for _, row, _, _ in found.rejects()] == [4, 5]


def test_a_workbook_is_read_in_the_same_way(tmp_path: Path) -> None:
    (tmp_path / "exports-0").mkdir()
    with xlsxwriter.Workbook(tmp_path / "exports-0" / "book.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        for row, cells in enumerate([HEADER, "----,-----,----", ROW, HEADER.upper(), "Total,1,"]):
            for column, cell in enumerate(cells.split(",")):
                sheet.write(row, column, cell or None)
    found = read(tmp_path, CASE_ID_BEHIND, {})
    assert [(row, reason) for _, row, _, reason in found.rejects()] == [
        (2, RejectReason.RULE_ROW.value),
        (4, RejectReason.HEADER_ROW.value),
        (5, RejectReason.TOTAL_ROW.value),
    ]


@pytest.mark.parametrize(
    "action", ["Printed by PC 1", "Report generated 01/02/2025", "OFFICIAL", "End of report", "Page 1"]
)
def test_an_entry_beside_an_id_or_a_time_is_a_record_whatever_it_says(action: str, tmp_path: Path) -> None:
    mapping = CASES_AND_LOG.replace("{R: risk_reviewed}", f"{{{action}: risk_reviewed}}")
    log = f"Action,No,Time\n{action},E1,2025-01-01 11:00\n{action},,2025-01-01 12:00\n{action},E1,\n"
    found = read(tmp_path, mapping, {"episodes.csv": "No,Reported\nE1,2025-01-01 10:00\n", "log.csv": log})
    assert found.rejects() == [("log.csv", 3, None, RejectReason.NO_CASE_ID.value)]
    assert found.count("log.csv").kept == 2
