"""A dive from exports to a dive folder, run as a person runs it."""

from __future__ import annotations

import csv
import functools
import hashlib
import json
import os
import re
import stat
from pathlib import Path

import polars as pl
import pytest

from tests.integration.dive.a_dive import MARKERS, changed, wardline, wardline_alone, write_dive

WHOLE = {
    "abilities.parquet",
    "case_sources.parquet",
    "cases.parquet",
    "children-to-check-today.csv",
    "coverage.parquet",
    "events.parquet",
    "findings.parquet",
    "findings_outside_period.parquet",
    "measures.parquet",
    "manifest.json",
    "notes.parquet",
    "people.parquet",
    "record_faults.parquet",
    "rejects.parquet",
    "report.html",
    "settings/charts.yaml",
    "settings/force.yaml",
    "settings/mappings/compact.yaml",
    "settings/mappings/control-room.yaml",
    "settings/standards/01-our-own-pace.yaml",
    "tables.ods",
    "tables.xlsx",
    "due-next.csv",
    "findings.csv",
    "closed-without-a-record.csv",
}


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A dive that was run once: its folder, and what was printed."""
    folder = tmp_path_factory.mktemp("dive")
    dive_file = write_dive(folder)
    told = wardline_alone("dive", dive_file, "--out", folder / "out")
    assert told.returncode == 0, told.stderr
    return folder / "out", told


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_folder_holds_what_the_reference_says_and_nothing_else(finished):
    folder, _ = finished
    assert set(files_in(folder)) == WHOLE
    assert [path.name for path in folder.parent.glob(".*")] == []


def test_every_part_of_the_folder_is_described_in_the_reference(finished):
    page = Path(__file__).parents[3].joinpath("docs/reference/dive-folder.md").read_text(encoding="utf-8")
    names = {name.split("/")[0] if name.startswith("settings/") else name for name in WHOLE}
    assert [name for name in sorted(names) if f"`{name}" not in page] == []


def test_the_findings_are_what_a_person_would_find(finished):
    folder, _ = finished
    found = pl.read_parquet(folder / "findings.parquet").filter(pl.col("obligation") == "send")
    assert found.select("case_id", "outcome", "reason").rows() == [
        ("compact:E1", "late", None),
        ("compact:E2", "cannot_tell", "not_joined"),
        ("compact:E3", "met", None),
        ("compact:E4", "cannot_tell", "not_joined"),
    ]
    assert str(found["late_by"][0]) == "2:35:00"


def test_the_end_of_a_dive_says_what_became_of_every_row(finished):
    _, told = finished
    assert "compact: 7 = 7 + 0 + 0" in told.stdout
    assert "control-room: 3 = 2 + 0 + 1" in told.stdout


def test_the_end_of_a_dive_says_who_must_be_looked_at_today(finished):
    folder, told = finished
    assert "1 child to check today, in 1 case; 1 more case names no child. Somebody must look today:" in told.stdout
    listed = (folder / "children-to-check-today.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [(row["case"], row["obligation"], row["deadline"]) for row in csv.DictReader(listed)] == [
        ("compact:E2", "our-own/pace/send", "2025-06-03 13:00"),
        ("compact:E4", "our-own/pace/send", "2025-06-05 22:00"),
    ]


def test_progress_goes_to_stderr_and_results_to_stdout(finished):
    folder, told = finished
    assert "Reading compact: episodes.csv …" in told.stderr
    assert f"The report: {folder / 'report.html'}" in told.stdout


def test_the_manifest_holds_the_sum_of_every_output_and_input(finished):
    folder, _ = finished
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    outputs = {one["name"]: one["sha256"] for one in manifest["outputs"]}
    assert outputs == {
        name: hashlib.sha256(data).hexdigest() for name, data in files_in(folder).items() if name != "manifest.json"
    }
    inputs = {(one["what"], one["name"]): one["sha256"] for one in manifest["inputs"]}
    assert set(inputs) == {
        ("dive file", "dive.yaml"),
        ("force settings", "force.yaml"),
        ("standard our-own/pace", "pace.yaml"),
        ("mapping compact", "compact.yaml"),
        ("export of compact", "episodes.csv"),
        ("export of compact", "persons.csv"),
        ("export of compact", "notes.csv"),
        ("mapping control-room", "control-room.yaml"),
        ("export of control-room", "incidents.csv"),
    }
    export = (folder.parent / "exports/compact/persons.csv").read_bytes()
    assert inputs["export of compact", "persons.csv"] == hashlib.sha256(export).hexdigest()


def test_the_manifest_says_which_parts_are_identified(finished):
    folder, _ = finished
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    holds = {one["name"]: one["holds"] for one in manifest["outputs"]}
    assert "names" in holds["people.parquet"] and "notes" in holds["notes.parquet"]
    assert "pseudonyms" in holds["findings.parquet"] and "nothing" in holds["settings/force.yaml"]


def test_names_dates_of_birth_and_notes_stand_only_in_people_and_notes(finished):
    folder, told = finished
    tables = {name: pl.read_parquet(folder / name) for name in WHOLE if name.endswith(".parquet")}
    texts = {name: table.write_json() for name, table in tables.items()}
    texts |= {name: data.decode("utf-8", "replace") for name, data in files_in(folder).items()}
    for book in ("tables.ods", "tables.xlsx"):
        texts |= {f"{book} {name}": text for name, text in spreadsheet(folder / book)}
    texts |= {"stdout": told.stdout, "stderr": told.stderr}
    leaks = {
        (name, marker)
        for name, text in texts.items()
        for marker in MARKERS
        if marker in text
        if name not in ("people.parquet", "notes.parquet")
    }
    assert leaks == set()
    people = tables["people.parquet"].write_json()
    assert "Zebedee" in people and "whispered" in tables["notes.parquet"].write_json()
    assert [marker for marker in ("PN4471", "ZZ99 9ZY", "ZZ999ZY") if marker in people] == []


def test_the_contents_name_in_full_the_standard_of_each_sheet(finished):
    """The name of a sheet has room for a part of a title, so two standards may look alike there."""
    folder, _ = finished
    (contents,) = [text for name, text in spreadsheet(folder / "tables.ods") if name == "content.xml"]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    named = dict.fromkeys(re.findall(r"[.>] ?([^<>.]+), version ([^<>:]+): what was late or missing", contents))
    assert [version for _, version in named] == [one["version"] for one in manifest["standards"]]
    report = (folder / "report.html").read_text(encoding="utf-8")
    assert [title for title, _ in named if f">{title}</h3>" not in report] == []


def spreadsheet(path):
    import zipfile

    with zipfile.ZipFile(path) as archive:
        yield from ((name, archive.read(name).decode()) for name in archive.namelist())


def test_one_child_has_one_pseudonym_in_every_table(finished):
    folder, _ = finished
    child = pl.read_parquet(folder / "cases.parquet").filter(pl.col("case_id") == "compact:E1")["person_id"][0]
    assert len(child) == 32
    assert child in pl.read_parquet(folder / "people.parquet")["person_id"].to_list()
    assert child in pl.read_parquet(folder / "findings.parquet")["child_id"].to_list()
    assert pl.read_parquet(folder / "people.parquet")["postcode"].n_unique() == 1


def test_the_same_inputs_and_key_give_the_same_bytes_from_anywhere_on_any_number_of_threads(tmp_path):
    made = []
    for name, threads in (("one", "1"), ("another/place", "4")):
        dive_file = write_dive(tmp_path / name)
        told = wardline_alone(
            "dive",
            dive_file.name,
            "--out",
            "out",
            cwd=dive_file.parent,
            env={**os.environ, "POLARS_MAX_THREADS": threads, "PYTHONHASHSEED": threads},
        )
        assert told.returncode == 0, told.stderr
        made.append(files_in(dive_file.parent / "out"))
    one, other = made
    assert [name for name in sorted(one) if one[name] != other[name]] == []
    assert set(one) == set(other)


def test_no_path_of_this_machine_stands_in_the_folder(finished):
    folder, _ = finished
    here = str(folder.parent).encode()
    assert [name for name, data in files_in(folder).items() if here in data] == []


def test_a_key_is_made_beside_the_force_settings_and_never_goes_into_the_folder(tmp_path):
    dive_file = write_dive(tmp_path)
    (tmp_path / "wardline.key").unlink()
    told = wardline("dive", dive_file, "--out", tmp_path / "out")
    key = tmp_path / "wardline.key"
    assert f"A key was made: {key}" in told.stdout
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    secret = key.read_text().strip()
    assert [name for name, data in files_in(tmp_path / "out").items() if secret.encode() in data] == []
    assert secret not in told.stdout + told.stderr


def test_a_previous_dive_of_the_same_key_keeps_child_ids_and_another_key_is_told(tmp_path, finished):
    folder, _ = finished
    dive_file = write_dive(tmp_path)
    with dive_file.open("a") as file:
        file.write(f"previous: {folder}\n")
    told = wardline("dive", dive_file, "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    ids = [pl.read_parquet(of / "cases.parquet")["person_id"].to_list() for of in (folder, tmp_path / "out")]
    assert ids[0] == ids[1]
    (tmp_path / "wardline.key").write_text("6b" * 32 + "\n")
    told = wardline("dive", dive_file, "--out", tmp_path / "second")
    assert told.returncode == 3
    assert "made with another key" in told.stderr and "dive.yaml, line 10" in told.stderr
    assert not (tmp_path / "second").exists()


def test_a_key_that_others_may_read_is_told(tmp_path):
    dive_file = write_dive(tmp_path)
    (tmp_path / "wardline.key").chmod(0o644)
    assert (
        "Other people on this machine can read the key" in wardline("dive", dive_file, "--out", tmp_path / "out").stdout
    )


def test_a_case_is_explained_with_both_clocks_and_its_findings(finished):
    folder, _ = finished
    told = wardline("explain", "compact:E1", "--dive", folder)
    assert told.returncode == 0, told.stderr
    text = " ".join(told.stdout.split())
    assert "Case compact:E1 (missing episode)" in text
    assert "2 Jun 2025, 18:00 reported written up 2 Jun 2025, 18:04, 4 minutes later" in text
    assert "2 Jun 2025, 20:50 officer_deployed" in text
    assert "Police are sent in time for the risk" in text
    assert "Recorded late by 2 hours 35 minutes" in text
    assert [marker for marker in MARKERS if marker in told.stdout] == []


def test_the_number_of_a_case_alone_will_do_and_a_near_one_is_suggested(finished):
    folder, _ = finished
    assert "Case compact:E3" in wardline("explain", "E3", "--dive", folder).stdout
    told = wardline("explain", "compact:E33", "--dive", folder)
    assert told.returncode == 2
    assert "no case called “compact:E33”" in told.stderr and "Did you mean compact:E3" in told.stderr


def test_a_folder_without_a_dive_cannot_be_explained(tmp_path):
    told = wardline("explain", "E1", "--dive", tmp_path)
    assert told.returncode == 5
    assert "no finished dive in this folder" in told.stderr


@pytest.mark.parametrize(
    ("table", "told_as"),
    [("events", "events.parquet is missing"), ("findings", "changed after it was made: findings.parquet")],
)
def test_a_dive_that_is_not_whole_any_more_is_told_and_not_explained(tmp_path, table, told_as):
    wardline("dive", write_dive(tmp_path), "--out", tmp_path / "out")
    file = tmp_path / "out" / f"{table}.parquet"
    if table == "events":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:100])
    told = wardline("explain", "E1", "--dive", tmp_path / "out")
    assert told.returncode == 5
    assert told_as in told.stderr and "Traceback" not in told.stderr
    assert told.stdout == ""


def test_coverage_is_told_before_any_finding_and_writes_nothing(tmp_path):
    dive_file = write_dive(
        tmp_path,
        {
            "force.yaml": (
                "force: Made-up Constabulary\nnation: England\ntime zone: Europe/London\n"
                "reconcile: {missing episode: {2025-06: 5}}\n"
            )
        },
    )
    before = sorted(tmp_path.rglob("*"))
    told = wardline("coverage", dive_file)
    assert told.returncode == 0, told.stderr
    assert "our-own/pace/send: can be judged in part" in told.stdout
    assert "Command and control, which can record what satisfies it, has rows for 2 of 4 cases (50%)" in told.stdout
    assert "our-own/pace/ethnicity: cannot be judged" in told.stdout
    assert "No system has the child's ethnicity" in told.stdout
    assert "missing episodes, June 2025: 4 here, 5 published  (differs by more than 2 %" in told.stdout
    assert sorted(tmp_path.rglob("*")) == before
    assert [marker for marker in MARKERS if marker in told.stdout + told.stderr] == []


def test_an_assumed_obligation_carries_its_standing(finished):
    folder, _ = finished
    found = pl.read_parquet(folder / "findings.parquet").group_by("obligation").agg(pl.col("standing").unique().first())
    assert dict(found.iter_rows()) == {"send": "binding", "ethnicity": "assumed"}


def test_a_dive_of_nobody_says_so_on_its_page(tmp_path):
    dive_file = write_dive(tmp_path, changed("dive.yaml", "dive: A small dive\n", "dive: A small dive\nmade up: yes\n"))
    assert wardline("dive", dive_file, "--out", tmp_path / "out").returncode == 0
    assert "made-up data" in (tmp_path / "out/report.html").read_text(encoding="utf-8").lower()


def test_the_size_of_the_batches_in_which_cases_are_checked_cannot_be_seen(tmp_path, monkeypatch):
    from wardline.dive.making import running
    from wardline.engines import findings_in_pieces

    made = []
    for size in (1, 1000):
        monkeypatch.setattr(running, "findings_in_pieces", functools.partial(findings_in_pieces, cases_per_batch=size))
        dive_file = write_dive(tmp_path / str(size))
        assert wardline("dive", dive_file, "--out", dive_file.parent / "out").returncode == 0
        made.append(files_in(dive_file.parent / "out"))
    assert made[0] == made[1]


def test_it_cannot_be_seen_whether_faults_were_found_beside_the_check_or_after_it(tmp_path, monkeypatch):
    from wardline.dive.making import running

    made = []
    for most in (0, running.EVENTS_AT_MOST_BESIDE):
        monkeypatch.setattr(running, "EVENTS_AT_MOST_BESIDE", most)
        dive_file = write_dive(tmp_path / str(most))
        assert wardline("dive", dive_file, "--out", dive_file.parent / "out").returncode == 0
        made.append(files_in(dive_file.parent / "out"))
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("name", "may_hold_cases"),
    [
        *(
            (one, True)
            for one in ("FEB.ZIP", "feb.zip", "feb.7z", "feb.dat", "feb", "feb.accdb", "feb.json", "feb.html")
        ),
        *(
            (one, True)
            for one in (
                "feb.CSV.txt",
                "feb.csv.gz",
                "feb.xlsx",
                "feb.xls",
                "feb.pq",
                "feb.bak",
                "dump.sql",
                "apr.log",
                "mar.tmp",
            )
        ),
        *((one, False) for one in ("letter.pdf", "LETTER.DOCX", "read-me.md", "plan.PNG", "run.sh")),
    ],
)
def test_a_file_that_no_table_reads_may_hold_cases_unless_it_is_a_letter_or_a_picture(tmp_path, name, may_hold_cases):
    told = wardline("dive", write_dive(tmp_path, {f"exports/compact/{name}": "1"}), "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    said = f"compact: Files that no table reads: {name}."
    remarks, _, about_the_list = told.stdout.partition("to check today")
    assert said in remarks
    assert (said in about_the_list) is may_hold_cases


ALL_IN_TIME = """\
EpisodeNo,PersonNo,ReportedTime,CreatedTime,Risk,FoundTime,ClosedTime,Care,IncidentRef
E1,PN4471,02/06/2025 18:00,02/06/2025 18:04,H,02/06/2025 23:00,03/06/2025 09:00,Y,INC-1
"""
IN_TIME = {
    "exports/compact/episodes.csv": ALL_IN_TIME,
    "exports/control-room/incidents.csv": "IncidentNo,DeployedTime,ArrivedTime\nINC-1,02/06/2025 18:05,\n",
}
NONE = "No open case is past a deadline without a record of what was owed."
IN_DOUBT = "No child is on the list to check today, but we cannot be sure that there is none"


@pytest.mark.parametrize(
    ("more", "is_sure"),
    [
        ({}, True),
        ({"exports/compact/letter.pdf": "1"}, True),
        ({"exports/compact/feb.dat": "1"}, False),
        ({"exports/compact/feb.zip": "1"}, False),
        ({"exports/compact/episodes.csv": f"{ALL_IN_TIME}E2,PN8832,02/06/2052 18:00,,H,,,Y,INC-2\n"}, False),
        ({"exports/compact/episodes.csv": f"{ALL_IN_TIME},PN8832,02/06/2025 18:00,,H,,,Y,INC-2\n"}, False),
    ],
)
def test_the_report_is_as_sure_as_the_command_whenever_it_is_made(tmp_path, more, is_sure):
    told = wardline("dive", write_dive(tmp_path, IN_TIME | more), "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    assert ("No child to check today" in told.stdout) is is_sure
    assert (IN_DOUBT in told.stdout) is not is_sure
    first = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    again = wardline("report", tmp_path / "out", "--out", tmp_path / "again.html")
    assert again.returncode == 0, again.stderr
    for page in (first, (tmp_path / "again.html").read_text(encoding="utf-8")):
        first_page, _, further_on = page.partition('id="children"')
        for part in (first_page, further_on):
            assert (NONE in part) is is_sure
            assert (IN_DOUBT in part) is not is_sure
