"""`make dive` does what README and the example say that it does."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.architecture.repository import ROOT
from wardline.documents import read_document
from wardline.simulation.records import SYSTEMS
from wardline.standards import shipped_standards

SCRIPT = ROOT / "tools" / "teesmouth_dive.sh"
EXAMPLE = ROOT / "examples" / "teesmouth"
FORCE, OUT = "dives/teesmouth/force", "dives/teesmouth/dive"


def commands(text: str) -> list[str]:
    filled = text.replace('"$force"', FORCE).replace('"$out"', OUT)
    return re.findall(r"^(?:\.venv/bin/)?(wardline .+)$", filled, re.MULTILINE)


def test_it_runs_the_two_commands_that_the_example_tells_to_run_by_hand():
    by_make = commands(SCRIPT.read_text(encoding="utf-8"))
    by_hand = commands((EXAMPLE / "README.md").read_text(encoding="utf-8"))
    assert by_make == by_hand
    assert [command.split()[1] for command in by_make] == ["simulate", "dive"]


def test_the_makefile_calls_it():
    recipe = re.search(r"^dive: .*\n\t(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe is not None and recipe[1] == "@tools/teesmouth_dive.sh"


def test_it_dives_with_all_systems_and_all_standards_of_england():
    dive = read_document(EXAMPLE / "dive.yaml").data
    mappings = {source["mapping"].removeprefix("mappings/").removesuffix(".yaml") for source in dive["sources"]}
    assert mappings == {*SYSTEMS, "register"}
    assert set(dive["standards"]) == {name for name in shipped_standards() if name.startswith("england/")}
    assert dive["made up"] == "yes"


def test_every_file_of_the_example_says_that_it_is_made_up():
    files = [path for path in EXAMPLE.rglob("*") if path.is_file() and path.name != "wardline.key"]
    assert len(files) >= 10
    for path in files:
        assert re.search("made[ -]up", path.name + path.read_text(encoding="utf-8"), re.IGNORECASE), path.name


@pytest.mark.parametrize(("folder", "said"), [(FORCE, "holds no made-up force"), (OUT, "holds no dive")])
def test_a_folder_of_somebodys_own_is_left_alone(tmp_path, folder, said):
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / SCRIPT.name).write_bytes(SCRIPT.read_bytes())
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "mine.txt").write_text("mine")
    told = subprocess.run(["bash", str(tmp_path / "tools" / SCRIPT.name)], capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert said in told.stderr
    assert (tmp_path / folder / "mine.txt").read_text() == "mine"
