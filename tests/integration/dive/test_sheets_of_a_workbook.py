"""A dive into several sheets of one workbook: the workbook is what is hashed, and each sheet is counted."""

import hashlib
import json

from tests.integration.dive.a_dive import EPISODES, wardline, write_dive
from tests.unit.workbooks.written import row, write_xlsx


def test_the_sheets_of_a_workbook_are_one_input_and_counted_one_by_one(tmp_path):
    dive_file = write_dive(tmp_path)
    mapping = dive_file.parent / "mappings" / "compact.yaml"
    exports = dive_file.parent / "exports" / "compact"
    mapping.write_text(
        mapping.read_text(encoding="utf-8").replace('"episodes*.csv"', "{files: episodes.xlsx, sheet: all}"),
        encoding="utf-8",
    )
    header, *lines = [line.split(",") for line in EPISODES.splitlines()]
    sheets = {
        month: "".join(row(at, *cells) for at, cells in enumerate([header, *of_month], start=1))
        for month, of_month in (("May", lines[:2]), ("June", lines[2:]), ("Old", lines[:1]))
    }
    book = write_xlsx(exports / "episodes.xlsx", sheets, hidden=["Old"])
    (exports / "episodes.csv").unlink()
    told = wardline("dive", dive_file, "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    hashed = [one["sha256"] for one in manifest["inputs"] if one["name"] == "episodes.xlsx"]
    assert hashed == [hashlib.sha256(book.read_bytes()).hexdigest()]
    files = [one["file"] for one in manifest["rows"] if one["file"].startswith("episodes")]
    assert files == ["episodes.xlsx, sheet May", "episodes.xlsx, sheet June"]
    said = "compact, episodes.xlsx: Sheets that no table reads, Old (hidden): 1."
    assert said in manifest["remarks"] and said in told.stdout
    assert said.partition(": ")[2] in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
