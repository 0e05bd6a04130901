"""Two dives beside each other: what is refused, what is said to differ, and what each found; no person is ever told."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from tests.integration.dive.a_dive import EPISODES, FILES, MARKERS, changed, wardline, write_dive

SEND = "our-own/pace/send"
MARCH, LATER = "2025-06-10", "2025-06-20"
# Typed in on 12 June, after the first dive looked: somebody was sent to E2 in time.
TYPED = "IncidentNo,DeployedTime,ArrivedTime,TypedTime\n" + "".join(
    f"{line}\n"
    for line in (
        "INC-1,02/06/2025 20:50,02/06/2025 21:10,02/06/2025 21:11",
        "INC-2,03/06/2025 12:30,,12/06/2025 09:00",
        "INC-3,04/06/2025 08:20,,04/06/2025 08:21",
    )
)
TYPED_MAPPING = {
    "mappings/control-room.yaml": FILES["mappings/control-room.yaml"].replace(
        "officer_deployed: {at: DeployedTime}", "officer_deployed: {at: DeployedTime, recorded at: TypedTime}"
    ),
    "exports/control-room/incidents.csv": TYPED,
}


def made(folder: Path, files=None) -> Path:
    told = wardline("dive", write_dive(folder, files), "--out", folder / "out")
    assert told.returncode == 0, told.stderr
    return folder / "out"


def as_at(day: str) -> dict[str, str]:
    return changed("dive.yaml", "as at: 2025-06-10", f"as at: {day}")


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return made(tmp_path_factory.mktemp("first"), TYPED_MAPPING)


@pytest.fixture(scope="module")
def later(tmp_path_factory):
    return made(tmp_path_factory.mktemp("later"), TYPED_MAPPING | as_at(LATER))


def refused(one: Path, other: Path, *further: str) -> str:
    told = wardline("compare", one, other, *further)
    assert told.returncode == 2, told.stdout + told.stderr
    assert "#two-dives-cannot-be-compared" in told.stderr
    return told.stderr


def test_a_response_that_was_typed_in_later_is_counted_as_that(first, later):
    told = wardline("compare", first, later)
    assert told.returncode == 0, told.stderr
    assert (
        f"1 of {SEND} from no record found to recorded in time: a response was typed in after the first dive looked"
        in told.stdout
    )
    assert "The periods overlap, so the same occasions are in both, and no difference is tested." in told.stdout
    assert "2 children are in both, as the systems number them." in told.stdout
    assert not [marker for marker in MARKERS if marker in told.stdout]
    assert "episodes:" not in told.stdout and "compact:E" not in told.stdout


def test_the_same_folder_twice_is_refused(first):
    assert "The same folder is named twice." in refused(first, first)
    assert "These are the same folder." in refused(first, first / ".." / first.name)


def test_a_dive_and_its_copy_are_refused(first, tmp_path):
    shutil.copytree(first, tmp_path / "copy")
    assert "Both folders hold the same dive." in refused(first, tmp_path / "copy")


def test_the_later_dive_named_first_is_refused(first, later):
    assert "Name the dive with the earlier `as at` first." in refused(later, first)


def test_folders_that_are_no_dives_are_all_told_at_once(first, tmp_path):
    (tmp_path / "nothing").mkdir()
    told = wardline("compare", tmp_path / "nothing", tmp_path / "no-more")
    assert told.returncode == 5
    assert told.stderr.count("There is no finished dive in this folder.") == 2


def test_a_folder_that_was_changed_is_refused(first, later, tmp_path):
    shutil.copytree(later, tmp_path / "changed")
    with open(tmp_path / "changed" / "findings.csv", "a") as file:
        file.write("one more line\n")
    told = wardline("compare", first, tmp_path / "changed")
    assert told.returncode == 5
    assert "findings.csv" in told.stderr


def test_a_dive_of_a_newer_version_is_refused(first, later, tmp_path):
    shutil.copytree(later, tmp_path / "newer")
    manifest = json.loads((tmp_path / "newer" / "manifest.json").read_text())
    (tmp_path / "newer" / "manifest.json").write_text(json.dumps(manifest | {"format": 999}))
    told = wardline("compare", first, tmp_path / "newer")
    assert told.returncode == 5
    assert "A newer version of Wardline" in told.stderr


@pytest.fixture(scope="module")
def of_another_limit(tmp_path_factory):
    force = {"force.yaml": FILES["force.yaml"] + f"limits:\n  {SEND}: 5 minutes\n"}
    return made(tmp_path_factory.mktemp("limit"), force | as_at(LATER))


def test_another_limit_is_refused_with_what_to_do(first, of_another_limit):
    told = refused(first, of_another_limit)
    assert f"`{SEND}` has another time limit in each dive: in the first high: 15 minutes" in told
    assert "in the second 5 minutes" in told
    assert f"or leave it out: `--leave-out {SEND}`." in told


def test_what_is_left_out_is_not_compared_and_said(first, of_another_limit):
    told = wardline("compare", first, of_another_limit, "--leave-out", SEND)
    assert told.returncode == 0, told.stderr
    assert f"Left out because you asked for it: {SEND}." in told.stdout
    assert "Police are sent in time for the risk" not in told.stdout


def test_a_name_that_neither_has_is_told(first, later):
    told = wardline("compare", first, later, "--leave-out", "our-own/pace/sent")
    assert told.returncode == 2
    assert f"Did you mean `{SEND}`?" in told.stderr


def test_another_version_for_the_same_days_is_refused(first, tmp_path):
    told = refused(first, made(tmp_path, changed("pace.yaml", 'version: "1"', 'version: "2"') | as_at(LATER)))
    assert (
        "For the same days the first dive judges by version 1 of `our-own/pace`, and the second by version 2." in told
    )


def test_an_obligation_that_says_something_else_is_refused(first, tmp_path):
    other = made(tmp_path, changed("pace.yaml", "    unless: child_found\n", "") | as_at(LATER))
    assert f"`{SEND}` does not say the same in both dives." in refused(first, other)


def test_nothing_in_common_is_refused(first, tmp_path):
    other = made(tmp_path, changed("pace.yaml", "our-own/pace", "our-own/tempo") | as_at(LATER))
    assert "The dives have no obligation in common." in refused(first, other)


def test_leaving_everything_out_is_told_as_that(first, later):
    told = refused(first, later, "--leave-out", SEND.rpartition("/")[0])
    assert "Every obligation that both dives have is left out." in told
    assert "no obligation in common" not in told


def test_made_up_data_are_not_put_beside_real_records(first, tmp_path):
    made_up = {"dive.yaml": as_at(LATER)["dive.yaml"] + "made up: yes\n"}
    assert "One of the dives is into made-up data." in refused(first, made(tmp_path, made_up))


def test_what_only_blurs_is_said_with_what_it_means(first, tmp_path):
    files = TYPED_MAPPING | {
        "dive.yaml": as_at("2025-08-01")["dive.yaml"]
        .replace("to: 2025-06-30", "to: 2025-07-31")
        .replace("  - {mapping: mappings/control-room.yaml, files: exports/control-room}\n", ""),
        "force.yaml": FILES["force.yaml"] + "written up later after: 4 hours\n"
        "confirmed:\n  our-own/pace/ethnicity: {by: Head of Safeguarding, on: 2025-06-01}\n",
        "wardline.key": "6b" * 32 + "\n",
    }
    told = wardline("compare", first, made(tmp_path, files))
    assert told.returncode == 0, told.stderr
    for said in (
        "how long the period is: 30 days in the first, 61 days in the second",
        "written up later after: 2 hours in the first, 4 hours in the second",
        "our-own/pace/ethnicity: not confirmed in the first, owed by the force in the second",
        "the record system control-room: read in the first, – in the second",
        f"whether {SEND} can be judged: ",
        "The dives were made with different keys, so no child is joined across them.",
    ):
        assert said in told.stdout
    assert "can only" not in told.stdout


def test_a_period_of_one_day_is_said_to_be_one(first, tmp_path):
    files = TYPED_MAPPING | {"dive.yaml": as_at(LATER)["dive.yaml"].replace("from: 2025-06-01", "from: 2025-06-30")}
    told = wardline("compare", first, made(tmp_path, files))
    assert "how long the period is: 30 days in the first, 1 day in the second" in told.stdout


def episodes(year: int, late: int) -> str:
    """Forty reports, one a day, each of another child, of which so many have nobody sent in time."""
    rows = [EPISODES.splitlines()[0]]
    for at in range(40):
        day = f"{at % 28 + 1:02}/0{6 + at // 28}/{year}"
        rows.append(f"E{at},PN{year}{at},{day} 12:00,{day} 12:01,M,{day} 20:00,{day} 21:00,Y,INC-{at}")
    return "\n".join(rows) + "\n"


def incidents(year: int, late: int) -> str:
    rows = ["IncidentNo,DeployedTime,ArrivedTime"]
    for at in range(40):
        day = f"{at % 28 + 1:02}/0{6 + at // 28}/{year}"
        rows.append(f"INC-{at},{day} {'15:00' if at < late else '12:10'},")
    return "\n".join(rows) + "\n"


def year_of(folder: Path, year: int, late: int) -> Path:
    dive = FILES["dive.yaml"].replace("2025-06-10", f"{year}-09-01")
    dive = dive.replace("from: 2025-06-01, to: 2025-06-30", f"from: {year}-06-01, to: {year}-08-31")
    files = {
        "dive.yaml": dive,
        "pace.yaml": FILES["pace.yaml"].replace("from: 2025-01-01", "from: 2020-01-01"),
        "exports/compact/episodes.csv": episodes(year, late),
        "exports/control-room/incidents.csv": incidents(year, late),
        "exports/compact/notes.csv": "EpisodeNo,EntryTime,Entry\n",
    }
    return made(folder, files)


def test_a_difference_beyond_chance_is_told_from_one_within_it(tmp_path):
    before, after = year_of(tmp_path / "a", 2024, late=30), year_of(tmp_path / "b", 2025, late=8)
    told = wardline("compare", before, after, "--csv", tmp_path / "both.csv")
    assert told.returncode == 0, told.stderr
    assert "first   10 of 40 (25%); interval 14% to 40%" in told.stdout
    assert "The second share is larger, by more than chance (+55 percentage points; +34 to +69)." in told.stdout
    assert "The waits differ by more than chance." in told.stdout
    assert "No day is judged in both, so no occasion is in both." in told.stdout
    with open(tmp_path / "both.csv", encoding="utf-8", newline="") as file:
        rows = {row["obligation"]: row for row in csv.DictReader(file)}
    assert (rows[SEND]["first: recorded in time"], rows[SEND]["second: recorded in time"]) == ("10", "32")
    assert float(rows[SEND]["difference of shares"]) == pytest.approx(0.55)

    like_it = year_of(tmp_path / "c", 2023, late=28)
    told = wardline("compare", like_it, before)
    assert "The shares do not differ by more than chance (-5 percentage points; -24 to +14)." in told.stdout


def test_a_csv_file_that_is_there_is_not_written_over(first, later, tmp_path):
    (tmp_path / "mine.csv").write_text("mine")
    told = wardline("compare", first, later, "--csv", tmp_path / "mine.csv")
    assert told.returncode == 5
    assert (tmp_path / "mine.csv").read_text() == "mine"
