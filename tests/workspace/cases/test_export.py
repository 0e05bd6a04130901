"""Findings taken along: what stands above them, that they are all there, that no cell runs, and who is told."""

from __future__ import annotations

import csv
import io
import zipfile

import polars as pl
import pytest

from wardline_workspace.cases.chosen import Chosen
from wardline_workspace.cases.export import ROWS_AT_ONCE, export_of
from wardline_workspace.cases.finding_index import FindingIndex
from wardline_workspace.cases.listed_findings import LISTED
from wardline_workspace.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(browse_as, added):
    def post(form, query=""):
        answer = browse_as("force-lead").post(f"/dives/{added.slug}/findings/take/{form}/?{query}")
        assert answer.status_code == 200
        return answer, b"".join(answer.streaming_content)

    return post


def lines_of(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_first_lines_say_what_somebody_must_know(taken, added):
    answer, content = taken("csv", "outcome=late&care=yes")
    about = dict(row for row in lines_of(content)[:7] if len(row) == 2)
    assert about["Marking"] == "OFFICIAL-SENSITIVE" and "Made-up data" in about["Data"]
    assert about["Chosen"] == "Outcome: Recorded late. In care: Yes." and about["Findings"] == "4"
    assert about["Records to"] == "1 April 2025"
    assert answer["Content-Disposition"] == f'attachment; filename="findings-{added.slug}.csv"'


def test_every_finding_that_was_chosen_is_there_in_the_order_chosen(taken, index):
    _, content = taken("csv", "outcome=late&sort=late")
    lines = lines_of(content)
    at = lines.index([])
    header, rows = lines[at + 1], lines[at + 2 :]
    picked = Chosen((("outcome", ("late",)),), sort="late")
    assert [row[header.index("case")] for row in rows] == [
        one["case_id"] for one in index.rows(index.positions(picked))
    ]
    assert {row[header.index("outcome")] for row in rows} == {"Recorded late"}
    assert {row[header.index("made-up data")] for row in rows} == {"yes"}


def test_a_spreadsheet_has_the_same_above_a_table(taken):
    _, content = taken("ods", "outcome=late")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
        xml = archive.read("content.xml").decode()
    assert "OFFICIAL-SENSITIVE" in xml and "Outcome: Recorded late." in xml and "Made-up data" in xml
    assert xml.count("missing:") == 17 and "office:formula" not in xml


def test_taking_is_in_the_trail_with_how_many(taken, added):
    taken("csv", "outcome=late")
    entry = Entry.objects.get(did="exported")
    assert (entry.about, entry.detail) == (added.slug, {"form": "csv", "found": 17, "narrowed": ["outcome"]})


def test_another_form_is_not_found(browse_as, added):
    browser = browse_as("force-lead")
    assert browser.post(f"/dives/{added.slug}/findings/take/parquet/").status_code == 404
    assert browser.get(f"/dives/{added.slug}/findings/take/csv/").status_code == 405


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_begins_as_a_formula_does(cell, added, dive):
    row = dict.fromkeys(LISTED) | {name: "x" for name, kind in LISTED.items() if kind == pl.String()}
    listed = pl.DataFrame([row | {"case_id": cell, "district": cell, "month": "2025-03"}], schema=LISTED)
    made = FindingIndex(added.slug, listed, dive.obligations)
    content = b"".join(export_of(added, made, Chosen(), "csv", marking=cell))
    for line in lines_of(content):
        assert not [one for one in line if one and one[0] in "=+-@\t\r"], line


def test_more_rows_than_are_written_at_once_are_all_there_once(added, dive):
    many = ROWS_AT_ONCE * 2 + 5
    row = dict.fromkeys(LISTED) | {name: "x" for name, kind in LISTED.items() if kind == pl.String()}
    ids = pl.int_range(many, eager=True).cast(pl.String).str.zfill(6)
    listed = (
        pl.DataFrame([row | {"month": "2025-03"}], schema=LISTED)
        .drop("case_id")
        .join(ids.alias("case_id").to_frame(), how="cross")
    )
    made = FindingIndex(added.slug, listed.select(LISTED.names()), dive.obligations)
    pieces = list(export_of(added, made, Chosen(sort="case"), "csv", marking="M"))
    lines = lines_of(b"".join(pieces))
    assert [line[0] for line in lines[lines.index([]) + 2 :]] == ids.to_list()
    assert len(pieces) == 4
