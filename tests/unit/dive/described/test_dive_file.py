"""Reading a dive file: every problem at once, each at its line, and paths relative to the file."""

from datetime import date
from pathlib import Path

import pytest

from tests.unit.table_files.closed_to_us import closed
from wardline.dive.described.dive_file import read_dive
from wardline.errors import DocumentError, ProblemKind

WHOLE = """\
dive: Missing children, year to March 2025
question: Are children reported missing reached in time?
as at: 2025-04-01
period: {from: 2024-04-01, to: 2025-03-31}
force: force.yaml
sources:
  - {mapping: mappings/compact.yaml, files: exports/compact}
standards: [england/missing-children, our-own/handover.yaml]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings/compact.yaml").write_text("record system: compact\n")
    (tmp_path / "exports/compact").mkdir(parents=True)
    (tmp_path / "force.yaml").write_text("force: Example\n")
    return tmp_path


def write(folder: Path, text: str) -> Path:
    path = folder / "dive.yaml"
    path.write_text(text)
    return path


def problems(folder: Path, text: str) -> list[tuple[ProblemKind, int | None, int | None]]:
    with pytest.raises(DocumentError) as told:
        read_dive(write(folder, text))
    return [(p.kind, p.where.line, p.where.column) for p in told.value.problems if p.where]


def test_a_whole_dive_file_is_read(folder):
    dive = read_dive(write(folder, WHOLE))
    assert dive.title == "Missing children, year to March 2025"
    assert dive.period == (date(2024, 4, 1), date(2025, 3, 31))
    assert dive.as_at == "2025-04-01"
    assert dive.sources[0].files == folder / "exports/compact"
    assert dive.standards == ("england/missing-children", "our-own/handover.yaml")
    assert dive.previous is None


def test_the_key_is_looked_for_beside_the_force_settings(folder):
    (folder / "settings").mkdir()
    (folder / "force.yaml").rename(folder / "settings/force.yaml")
    dive = read_dive(write(folder, WHOLE.replace("force: force.yaml", "force: settings/force.yaml")))
    assert dive.key == folder / "settings/wardline.key"


def test_a_key_that_is_named_is_relative_to_the_dive_file(folder):
    assert read_dive(write(folder, WHOLE + "key: safe/our.key\n")).key == folder / "safe/our.key"


def test_a_period_may_be_left_out(folder):
    assert read_dive(write(folder, WHOLE.replace("period: {from: 2024-04-01, to: 2025-03-31}\n", ""))).period is None


def test_an_as_at_with_a_time_of_day_is_kept_as_written(folder):
    assert read_dive(write(folder, WHOLE.replace("2025-04-01\n", "2025-04-01 02:00\n"))).as_at == "2025-04-01 02:00"


def test_all_problems_are_told_at_once_each_at_its_line(folder):
    text = WHOLE.replace("question:", "qestion:").replace("2025-04-01\n", "soon\n").replace("2025-03-31", "2025-02-30")
    assert problems(folder, text) == [
        (ProblemKind.UNREADABLE_TIME_SETTING, 3, 8),
        (ProblemKind.UNREADABLE_TIME_SETTING, 4, 32),
        (ProblemKind.UNKNOWN_KEY, 2, 1),
    ]


def test_a_wrong_key_is_answered_with_the_nearest_one(folder):
    with pytest.raises(DocumentError, match="Did you mean `question`"):
        read_dive(write(folder, WHOLE.replace("question:", "qestion:")))


def test_a_period_that_ends_before_it_begins_is_told(folder):
    text = WHOLE.replace("from: 2024-04-01", "from: 2026-04-01")
    assert problems(folder, text) == [(ProblemKind.UNREADABLE_TIME_SETTING, 4, 9)]


def test_a_number_is_not_taken_for_a_day(folder):
    assert problems(folder, WHOLE.replace("2024-04-01", "1711929600")) == [(ProblemKind.UNREADABLE_TIME_SETTING, 4, 16)]


def test_every_file_that_is_not_there_is_told_at_its_line(folder):
    text = (
        WHOLE.replace("force.yaml", "other.yaml")
        .replace("compact.yaml", "cmpact.yaml")
        .replace("exports/compact", "exports/none")
    )
    assert problems(folder, text) == [
        (ProblemKind.MISSING_FILE, 5, 8),
        (ProblemKind.MISSING_FILE, 7, 15),
        (ProblemKind.MISSING_FILE, 7, 44),
    ]


def test_a_name_that_no_disk_can_hold_is_a_file_that_is_not_there(folder):
    long = "x" * 300
    text = WHOLE.replace("force.yaml", long).replace("mappings/compact.yaml", long).replace("exports/compact", long)
    kinds = [kind for kind, _, _ in problems(folder, f"{text}previous: {long}\n")]
    assert kinds == [ProblemKind.MISSING_FILE] * 3 + [ProblemKind.NOT_A_DIVE]


def test_a_previous_folder_without_a_manifest_is_no_dive(folder):
    (folder / "old").mkdir()
    assert problems(folder, WHOLE + "previous: old\n") == [(ProblemKind.NOT_A_DIVE, 9, 11)]


@pytest.mark.parametrize("empty", ["sources: []", "standards: []"])
def test_a_dive_needs_at_least_one_source_and_one_standard(folder, empty):
    key = empty.split(":")[0]
    kept = [line for line in WHOLE.splitlines() if not line.startswith((key, "  -" if key == "sources" else key))]
    assert problems(folder, "\n".join([*kept, empty])) == [(ProblemKind.WRONG_VALUE, len(kept) + 1, len(key) + 3)]


def test_a_dive_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DocumentError) as told:
        read_dive(tmp_path / "dive.yaml")
    assert told.value.problems[0].kind is ProblemKind.MISSING_FILE


def test_what_lies_in_a_closed_folder_is_not_said_to_be_missing(folder):
    with closed(folder / "mappings"), pytest.raises(DocumentError) as told:
        read_dive(write(folder, WHOLE))
    (problem,) = told.value.problems
    assert problem.kind is ProblemKind.UNREADABLE_FILE
    assert problem.what == "This is a file that may not be opened."


def test_a_folder_of_exports_that_may_not_be_opened_is_told(folder):
    with closed(folder / "exports/compact"), pytest.raises(DocumentError) as told:
        read_dive(write(folder, WHOLE))
    (problem,) = told.value.problems
    assert (problem.kind, problem.what) == (ProblemKind.UNREADABLE_FILE, "This is a folder that may not be opened.")


def test_a_link_that_leads_nowhere_is_said_to_be_one(folder):
    (folder / "exports/compact").rmdir()
    (folder / "exports/compact").symlink_to(folder / "disk")
    with pytest.raises(DocumentError, match="This is a link that leads nowhere"):
        read_dive(write(folder, WHOLE))
