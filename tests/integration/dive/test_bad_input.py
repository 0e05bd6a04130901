"""What bad input gets: a sentence that says where, what is wrong and what to do; no traceback, no person's data."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import polars as pl
import pytest

from tests.integration.dive.a_dive import EPISODES, FILES, INCIDENTS, MARKERS, PERSONS, changed, wardline, write_dive
from wardline.record_systems import RejectReason

EPISODES_CSV = "exports/compact/episodes.csv"
INCIDENTS_CSV = "exports/control-room/incidents.csv"
FIRST = EPISODES.splitlines()[1]


def with_rows(*rows: str) -> dict[str, str]:
    return {EPISODES_CSV: EPISODES + "".join(f"{row}\n" for row in rows)}


def with_example(expect: str) -> dict[str, str]:
    return changed(
        "pace.yaml",
        "    safeguarding: yes\n",
        textwrap.indent(
            textwrap.dedent(f"""\
        safeguarding: yes
        examples:
          - name: sent at once
            events: |
              18:00 reported
              18:00 officer_deployed
            as at: "23:00"
            expect: {expect}
        """),
            "    ",
        ),
    )


# What is changed; the exit code; what the message must say.
STOPS = {
    "missing file": ({INCIDENTS_CSV: None}, 4, ["incidents*.csv"]),
    "empty file": ({INCIDENTS_CSV: ""}, 4, ["incidents.csv", "empty"]),
    "missing column": (changed(EPISODES_CSV, "FoundTime", "Returned"), 4, ["episodes.csv", "FoundTime"]),
    "unknown column with a near name": (
        changed(EPISODES_CSV, "FoundTime", "FoundTiem"),
        4,
        ["Did you mean `FoundTiem`?"],
    ),
    "mapping with a wrong key": (
        changed("mappings/compact.yaml", "opened at:", "opend at:"),
        3,
        ["compact.yaml, line 9", "`opened at`"],
    ),
    "standard with a wrong key": (changed("pace.yaml", "    when:", "    wen:"), 3, ["pace.yaml", "wen"]),
    "limit without a unit": (changed("pace.yaml", "high: 15 minutes", "high: 15"), 3, ["not a length of time"]),
    "obligation that can never be met": (
        changed("pace.yaml", "then: [officer_deployed, officer_arrived]", "then: []"),
        3,
        ["nothing could ever"],
    ),
    "standard with failing examples": (with_example("no record found"), 3, ["sent at once", "does not hold"]),
    "missing force settings": ({"force.yaml": None}, 3, ["dive.yaml, line 5", "no such file"]),
    "unknown standard": (
        changed("dive.yaml", "pace.yaml", "england/mising-children"),
        3,
        ["Did you mean `england/missing-children`?"],
    ),
    "the same record system twice": (
        changed(
            "dive.yaml",
            "{mapping: mappings/control-room.yaml, files: exports/control-room}",
            "{mapping: mappings/compact.yaml, files: exports/compact}",
        ),
        3,
        ["`compact` a second time"],
    ),
    "two record systems of one name but for a capital letter": (
        changed("mappings/control-room.yaml", "record system: control-room", "record system: COMPACT"),
        3,
        ["`COMPACT` a second time"],
    ),
    "a mapping of comments only": ({"mappings/compact.yaml": "# to be written"}, 3, ["contains only comments"]),
    "an empty standard": ({"pace.yaml": ""}, 3, ["pace.yaml", "empty"]),
    "a mapping in latin-1": (
        {"mappings/compact.yaml": f"# caf\u00e9\n{FILES['mappings/compact.yaml']}".encode("latin-1")},
        3,
        ["compact.yaml", "not written in UTF-8"],
    ),
    "a tab in a mapping": (changed("mappings/compact.yaml", "tables:\n", "tables:\n\t"), 3, ["there is a tab here"]),
    "a file where a folder of exports should be": (
        changed("dive.yaml", "files: exports/compact}", f"files: {EPISODES_CSV}}}"),
        3,
        ["a file, not a folder"],
    ),
    "a folder where a document should be": (
        changed("dive.yaml", "mapping: mappings/compact.yaml", "mapping: mappings"),
        3,
        ["dive.yaml", "This is a folder, not a file."],
    ),
    "a mapping of a name that no disk can hold": (
        changed("dive.yaml", "mapping: mappings/compact.yaml", f"mapping: {'m' * 300}.yaml"),
        3,
        ["dive.yaml", "There is no such mapping file."],
    ),
    "a mapping that is not there": (
        changed("dive.yaml", "mapping: mappings/compact.yaml", "mapping: mappings/compct.yaml"),
        3,
        ["dive.yaml", "There is no such mapping file."],
    ),
    "a limit for what no standard that ships has": (
        {"force.yaml": FILES["force.yaml"] + "limits: {england/scrutiny/coments-published: 50 days}\n"},
        3,
        ["force.yaml, line 4", "Did you mean `england/scrutiny/comments-published`?"],
    ),
    "a limit for a standard that does not ship but is spelt nearly so": (
        {"force.yaml": FILES["force.yaml"] + "limits: {england/scrutny/comments-published: 50 days}\n"},
        3,
        ["force.yaml, line 4", "No obligation is called `england/scrutny/comments-published`"],
    ),
    "a confirmation without a name": (
        {"force.yaml": FILES["force.yaml"] + "confirmed: {our-own/pace/ethnicity: {by: , on: 2025-03-03}}\n"},
        3,
        ["force.yaml, line 4", "nobody has confirmed this"],
    ),
    "the same standard twice": (changed("dive.yaml", "[pace.yaml]", "[pace.yaml, pace.yaml]"), 3, ["a second time"]),
    "a workbook called CSV": ({EPISODES_CSV: b"PK\x03\x04" + bytes(40)}, 4, ["episodes.csv", "a workbook"]),
    "a header of one column": (
        {EPISODES_CSV: EPISODES.replace(",", "~")},
        4,
        ["episodes.csv", "one column only", "`separator`"],
    ),
    "a day that does not exist": (
        changed("dive.yaml", "as at: 2025-06-10", "as at: 2025-02-30"),
        3,
        ["dive.yaml, line 3", "2025-02-30"],
    ),
    "a key that is none": ({"wardline.key": "PN4471\n"}, 3, ["does not contain a Wardline key"]),
}


@pytest.mark.parametrize("name", STOPS)
def test_bad_input_is_told_in_a_sentence_and_leaves_nothing(tmp_path, name):
    change, code, said = STOPS[name]
    told = wardline("dive", write_dive(tmp_path, change), "--out", tmp_path / "dives/out")
    assert told.returncode == code, told.stderr
    assert [text for text in said if text not in told.stderr] == []
    assert "More: docs/how-to/fix-a-problem.md#" in told.stderr
    assert_plain(told)
    assert not (tmp_path / "dives").exists()


def test_a_key_is_made_by_the_first_dive_that_tells_of_it(tmp_path):
    key = tmp_path / "wardline.key"
    dive_file = write_dive(tmp_path, {INCIDENTS_CSV: ""})
    key.unlink()
    assert wardline("dive", dive_file, "--out", tmp_path / "out").returncode == 4
    assert not key.exists()
    (tmp_path / INCIDENTS_CSV).write_text(INCIDENTS, encoding="utf-8")
    told = wardline("dive", dive_file, "--out", tmp_path / "out")
    assert told.returncode == 0
    assert f"A key was made: {key}" in told.stdout


def assert_plain(told: subprocess.CompletedProcess[str]) -> None:
    assert "Traceback" not in told.stderr and "fault in wardline" not in told.stderr
    assert [marker for marker in MARKERS if marker in told.stdout + told.stderr] == []


def test_the_problems_of_all_documents_are_told_at_once(tmp_path):
    change = {
        **STOPS["mapping with a wrong key"][0],
        **STOPS["limit without a unit"][0],
        "force.yaml": FILES["force.yaml"].replace("England", "Englnd"),
    }
    told = wardline("dive", write_dive(tmp_path, change), "--out", tmp_path / "out")
    assert told.stderr.count("More: ") == 3


BAD_ROWS = {
    EPISODES_CSV: EPISODES
    + f"{FIRST}\n{FIRST.replace(',H,', ',M,')}\n"
    + ",,05/06/2025 21:00,,,,,,\n"
    + "E5,,05/06/2025 2l:00,,,,,,\n"
    + "E6,,05/06/2025 21:00,,EXTREME,,,,\n",
    "exports/compact/notes.csv": FILES["exports/compact/notes.csv"] + "E9,02/06/2025 19:00,Zebedee\n",
}
# What is wrong in them, and the reason that the table of rejects gives; each of them once.
GOES_ON = {
    "unreadable time": RejectReason.UNREADABLE_TIME,
    "empty case id": RejectReason.NO_CASE_ID,
    "the same row twice": RejectReason.SAME_ROW,
    "the same case twice with different facts": RejectReason.LATER_CASE,
    "an event for no case": RejectReason.NOT_MATCHED,
    "a note for no case": RejectReason.NO_CASE,
    "an unlisted value": RejectReason.UNLISTED_VALUE,
}


@pytest.fixture(scope="module")
def gone_on(tmp_path_factory):
    """A dive into exports with bad rows and cells: its rejects, and what was told."""
    folder = tmp_path_factory.mktemp("bad-rows")
    told = wardline("dive", write_dive(folder, BAD_ROWS), "--out", folder / "out")
    assert told.returncode == 0, told.stderr
    return pl.read_parquet(folder / "out/rejects.parquet"), told


@pytest.mark.parametrize("name", GOES_ON)
def test_a_bad_row_or_cell_is_rejected_with_its_reason_and_the_dive_goes_on(gone_on, name):
    rejects, told = gone_on
    assert_plain(told)
    assert rejects.filter(pl.col("reason") == GOES_ON[name].value).height == 1


def test_no_other_row_or_cell_is_rejected(gone_on):
    assert set(gone_on[0]["reason"]) == {reason.value for reason in GOES_ON.values()}


def test_of_two_rows_of_one_case_the_later_one_is_kept(tmp_path):
    change = {"exports/compact/episodes2.csv": f"{EPISODES.splitlines()[0]}\n{FIRST.replace(',Y,', ',N,')}\n"}
    assert wardline("dive", write_dive(tmp_path, change), "--out", tmp_path / "out").returncode == 0
    cases = pl.read_parquet(tmp_path / "out/cases.parquet").filter(pl.col("case_id") == "compact:E1")
    assert cases.select("from_care", "source_file").rows() == [("no", "episodes2.csv")]


def test_a_name_that_cannot_be_shown_is_escaped_by_every_command(tmp_path):
    dive_file = write_dive(tmp_path, {})
    exports = tmp_path / "exports/compact"
    try:
        (exports / "episodes.csv").rename(exports / os.fsdecode(b"episodes\xff\n.csv"))
    except OSError:
        pytest.skip("this disk keeps no such names")
    shown = r"episodes\xff\n.csv"
    for command in (
        ("map", "start", exports),
        ("map", "check", tmp_path / "mappings/compact.yaml", exports),
        ("coverage", dive_file),
        ("dive", dive_file, "--out", tmp_path / "out"),
    ):
        told = wardline(*command)
        assert told.returncode == 0, told.stderr
        assert shown in told.stdout + told.stderr.replace("\\\\", "\\")
    assert shown in pl.read_parquet(tmp_path / "out/cases.parquet")["source_file"].to_list()


def test_hidden_files_are_no_exports_and_raise_no_doubt(tmp_path):
    change = {
        f"exports/compact/{name}": "\x00\x05" for name in ("._episodes.csv", ".~lock.x#", "Thumbs.db", "~$a.xlsx")
    }
    change |= changed("mappings/compact.yaml", "episodes*.csv", "*episodes*.csv")
    told = wardline("dive", write_dive(tmp_path, change), "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    assert "no table reads" not in told.stdout


def test_a_file_in_another_encoding_is_read_and_said(tmp_path):
    change = {"exports/compact/persons.csv": PERSONS.replace("Ada", "Adé").encode("cp1252")}
    told = wardline("dive", write_dive(tmp_path, change), "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    assert "persons.csv: It is not written in UTF-8 and was read as Windows-1252." in told.stdout
    assert "Adé" in pl.read_parquet(tmp_path / "out/people.parquet")["given_name"].to_list()


def test_a_time_after_as_at_is_counted_and_known_to_nothing(tmp_path):
    change = {INCIDENTS_CSV: INCIDENTS + "INC-2,11/06/2025 08:00,\n"}
    told = wardline("dive", write_dive(tmp_path, change), "--out", tmp_path / "out")
    assert "after as at" in told.stdout
    found = pl.read_parquet(tmp_path / "out/findings.parquet").filter(
        pl.col("case_id") == "compact:E2", pl.col("obligation") == "send"
    )
    assert (found["outcome"][0], found["responded_at"][0]) == ("missed", None)
    told = wardline("explain", "E2", "--dive", tmp_path / "out")
    assert "1 further entry was made, or happened, after that." in told.stdout


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ("E5,,26/10/2025 01:30,,M,,,,INC-5", "an interval is meant"),
        ("E5,,30/03/2025 01:30,,M,,,,INC-5", "never showed"),
    ],
)
def test_an_ambiguous_or_impossible_local_time_is_counted(tmp_path, row, outcome):
    change = {**with_rows(row), **changed("dive.yaml", "as at: 2025-06-10", "as at: 2025-12-31")}
    told = wardline("dive", write_dive(tmp_path, change), "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    assert outcome in told.stdout


def test_exports_without_a_single_row_still_make_a_dive(tmp_path):
    change = {path: text.splitlines()[0] + "\n" for path, text in FILES.items() if path.startswith("exports/")}
    told = wardline("dive", write_dive(tmp_path, change), "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    assert "compact: 0 = 0 + 0 + 0" in told.stdout
    assert "We cannot say whether any child must be checked today: nothing was found to be owed" in told.stdout


def test_a_folder_that_holds_a_dive_is_left_as_it_is(tmp_path):
    dive_file = write_dive(tmp_path)
    assert wardline("dive", dive_file, "--out", tmp_path / "out").returncode == 0
    before = (tmp_path / "out/manifest.json").stat()
    told = wardline("dive", dive_file, "--out", tmp_path / "out")
    assert told.returncode == 5
    assert "already holds a dive" in told.stderr
    assert (tmp_path / "out/manifest.json").stat() == before


# A limit on the size of files stops a write half-way, as a full disk does, wherever the write comes from.
@pytest.mark.parametrize("most_bytes", [200, 1_500, 5_000, 12_000])
def test_a_write_that_stops_half_way_leaves_no_folder(tmp_path, most_bytes):
    dive_file = write_dive(tmp_path)
    told = subprocess.run(
        [sys.executable, "-m", "wardline.cli", "dive", str(dive_file), "--out", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes)),
    )
    assert told.returncode == 5, told.stderr
    assert "cannot be written" in told.stderr
    assert_plain(told)
    assert not (tmp_path / "out").exists()
    assert list(tmp_path.glob(".out*")) == []


STOPPED_IN = """
import signal, sys, time
import wardline.dive.making.running as running
from wardline.cli import main

signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may have started them to ignore it

def slow(*given, **named):
    print("now", file=sys.stderr, flush=True)
    time.sleep(60)

running.{step} = slow
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("step", ["read_exports", "findings_in_pieces", "Pages"])
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_half_way_leaves_no_folder(tmp_path, step, sent):
    dive_file = write_dive(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", STOPPED_IN.format(step=step), "dive", str(dive_file), "--out", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ},
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.strip() == "now":
                break
        process.send_signal(sent)
        rest = process.stderr.read()
        code = process.wait(timeout=60)
    assert code == 130
    assert "Stopped. Nothing half-written was left behind." in rest
    assert "Traceback" not in rest
    assert not (tmp_path / "out").exists()
    assert list(tmp_path.glob(".out*")) == []
    kept = tmp_path / "out-children-to-check-today.csv"
    assert kept.exists() == (step == "Pages")
    if kept.exists():
        assert str(kept) in rest and "Somebody must look at it today" in rest


def test_a_folder_that_was_being_written_when_the_power_went_is_no_dive(tmp_path):
    unfinished = tmp_path / ".out.unfinished-abc"
    unfinished.mkdir()
    (unfinished / "findings.parquet").write_bytes(b"half")
    assert wardline("explain", "E1", "--dive", unfinished).returncode == 5


def test_a_place_where_nothing_may_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    told = wardline("dive", write_dive(tmp_path / "dive"), "--out", tmp_path / "file" / "out")
    assert told.returncode == 5
    assert "cannot be written" in told.stderr
    assert Path(tmp_path / "file").read_text() == ""


def test_a_dive_is_not_written_among_the_exports_that_it_reads(tmp_path):
    dive_file = write_dive(tmp_path)
    (tmp_path / "also").symlink_to(tmp_path / "exports")
    for out in ("exports/compact/out", "exports/control-room/2025/out", "also/compact/out"):
        told = wardline("dive", dive_file, "--out", tmp_path / out)
        assert told.returncode == 5, out
        assert "inside a folder of exports" in told.stderr
        assert_plain(told)
        assert not (tmp_path / out).parent.joinpath("out").exists()
    assert not (tmp_path / "exports/control-room/2025").exists()


def test_a_link_is_not_taken_for_a_folder_to_write(tmp_path):
    dive_file = write_dive(tmp_path)
    (tmp_path / "real").mkdir()
    for name, target in (("to-a-folder", "real"), ("to-nothing", "nowhere")):
        (tmp_path / name).symlink_to(tmp_path / target)
        told = wardline("dive", dive_file, "--out", tmp_path / name)
        assert told.returncode == 5
        assert "a link to another place" in told.stderr
        assert_plain(told)
        assert (tmp_path / name).is_symlink()
    assert list((tmp_path / "real").iterdir()) == []


def test_links_spaces_and_accents_in_names_are_no_problem(tmp_path):
    dive_file = write_dive(tmp_path / "über dies")
    folder = dive_file.parent
    elsewhere = (folder / EPISODES_CSV).parent / "mars" / "épisodes de mars (2) [final].csv"
    elsewhere.parent.mkdir()
    (folder / EPISODES_CSV).rename(elsewhere)
    (folder / EPISODES_CSV).symlink_to(elsewhere)
    (folder / "exports/control-room").rename(folder / "exports/la salle")
    (folder / "exports/control-room").symlink_to(folder / "exports/la salle")
    told = wardline("dive", dive_file, "--out", tmp_path / "été à la mer")
    assert told.returncode == 0, told.stderr
    assert "compact: 7 = 7 + 0 + 0" in told.stdout
    assert "control-room: 3 = 2 + 0 + 1" in told.stdout
    (folder / EPISODES_CSV).unlink()
    (folder / EPISODES_CSV).symlink_to(tmp_path / "gone.csv")
    told = wardline("dive", dive_file, "--out", tmp_path / "out")
    assert told.returncode == 4
    assert "`episodes.csv` is a link that leads nowhere." in told.stderr


def test_a_link_that_leads_out_of_the_folder_of_exports_is_not_followed(tmp_path):
    dive_file = write_dive(tmp_path / "dive")
    folder = dive_file.parent
    (folder / EPISODES_CSV).rename(tmp_path / "elsewhere.csv")
    (folder / EPISODES_CSV).symlink_to(tmp_path / "elsewhere.csv")
    told = wardline("dive", dive_file, "--out", tmp_path / "out")
    assert told.returncode == 4
    assert "is a link that leads out of the folder of this source." in told.stderr
    assert_plain(told)


@pytest.mark.parametrize(
    "change",
    [
        {"as at": "2020-01-01"},
        {"as at": "0001-01-01"},
        {"period": "{from: 2024-01-01, to: 2024-12-31}"},
        {"period": "{from: 2030-01-01, to: 2030-12-31}"},
    ],
)
def test_a_dive_beside_its_data_says_that_nothing_was_owed(tmp_path, change):
    ((key, value),) = change.items()
    text = re.sub(rf"(?m)^{key}: .*$", f"{key}: {value}", FILES["dive.yaml"])
    told = wardline("dive", write_dive(tmp_path, {"dive.yaml": text}), "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    assert "Nothing was found to be owed" in told.stdout
