"""Every file of a dive into made-up records says so, each in its own way; a dive into others says it nowhere."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import fastexcel
import polars as pl
import pytest

from tests.architecture.repository import ROOT
from tests.integration.dive.a_dive import FILES, wardline, write_dive
from wardline.reports.lists_in_words import COLUMNS_OF_A_LIST
from wardline.reports.wording import MADE_UP, MADE_UP_SENTENCE


def said_by(path: Path) -> bool:
    """Whether a file says of itself that its records are of nobody; a file of an unknown kind does not."""
    match path.suffix:
        case ".parquet":
            return pl.read_parquet_metadata(path).get("wardline.data") == MADE_UP
        case ".html":
            return of_a_page(path.read_text(encoding="utf-8"))
        case ".ods" | ".xlsx":
            return all(name.endswith("(made up)") for name in fastexcel.read_excel(path).sheet_names)
        case ".csv":
            heading, *rows = path.read_text(encoding="utf-8-sig").splitlines()
            return heading.endswith(f",{MADE_UP}") and all(row.endswith(",yes") for row in rows)
        case ".json":
            return json.loads(path.read_text(encoding="utf-8"))["made up"] is True
        case ".yaml":
            return path.read_text(encoding="utf-8").startswith(f"# {MADE_UP_SENTENCE}\n")
        case _:
            return False


def of_a_page(text: str) -> bool:
    drawings = [f"<svg{rest.partition('</svg>')[0]}</svg>" for rest in text.split("<svg")[1:]]
    drawings = [one for one in drawings if 'class="key-mark"' not in one]  # a sign in a key, of nobody
    # A picture shows it, since it is soon copied out of its page; a line of time in a row of a table, or a chart as
    # small as one, describes it.
    in_pictures = [
        MADE_UP in "".join(ElementTree.fromstring(one).itertext()).replace(MADE_UP_SENTENCE, "")
        if 'role="img"' in one and 'class="small-chart"' not in one
        else MADE_UP_SENTENCE in one
        for one in drawings
    ]
    on_every_sheet = f'@bottom-left {{ content: "{MADE_UP_SENTENCE}"'
    title = text.partition("<title>")[2].partition("</title>")[0]
    banner = f'<p class="made-up" role="note">{MADE_UP_SENTENCE}</p>'
    return all(in_pictures) and MADE_UP in title and banner in text and on_every_sheet in text


@pytest.fixture(scope="module", params=[True, False], ids=["made up", "not said to be"])
def dive(request, tmp_path_factory):
    """Whether the dive file says that the records are made up, the dive's folder, and what was printed."""
    folder = tmp_path_factory.mktemp("dive")
    told = "made up: yes\n" if request.param else ""
    dive_file = write_dive(folder, {"dive.yaml": FILES["dive.yaml"] + told})
    ran = wardline("dive", dive_file, "--out", folder / "out")
    assert ran.returncode == 0, ran.stderr
    return request.param, dive_file, folder / "out", ran.stdout


def test_every_file_says_so_or_none_does(dive):
    is_made_up, _, folder, _ = dive
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert len(files) >= 18
    assert [path.name for path in files if said_by(path) is not is_made_up] == []


def test_so_do_the_pictures_and_every_file_of_the_first_dive(tmp_path):
    shutil.copytree(ROOT / "examples" / "first-dive", tmp_path / "first-dive")
    assert wardline("dive", tmp_path / "first-dive" / "dive.yaml", "--out", tmp_path / "out").returncode == 0
    assert (tmp_path / "out" / "report.html").read_text(encoding="utf-8").count("<svg") > 1
    assert [path.name for path in (tmp_path / "out").rglob("*") if path.is_file() and not said_by(path)] == []


def test_every_command_says_so_or_none_does(dive):
    is_made_up, dive_file, folder, printed = dive
    explained = wardline("explain", "compact:E1", "--dive", folder).stdout
    covered = wardline("coverage", dive_file).stdout
    assert [MADE_UP_SENTENCE in said for said in (printed, explained, covered)] == [is_made_up] * 3


def test_the_columns_of_the_list_stay_as_they_are_and_one_more_is_last(dive):
    is_made_up, _, folder, _ = dive
    rows = list(csv.reader((folder / "children-to-check-today.csv").read_text(encoding="utf-8-sig").splitlines()))
    last = [MADE_UP] if is_made_up else []
    assert rows[0] == [*COLUMNS_OF_A_LIST, *last]
    assert [row[len(COLUMNS_OF_A_LIST) :] for row in rows[1:]] == [["yes"] if is_made_up else []] * 2
