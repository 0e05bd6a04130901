"""From the built wheel, in an environment that holds nothing else: ten lines of Python, and the command line."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import textwrap
import venv
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import polars as pl
import pytest
from packaging.requirements import Requirement
from polars.testing import assert_frame_equal

from tests.architecture.repository import ROOT

TEN_LINES = """
    from datetime import date
    import wardline
    sources = [("mappings/missing.yaml", "exports/missing"), ("mappings/council.yaml", "exports/council")]
    log = wardline.read_records(sources, as_at=date(2025, 4, 1))
    standards = ["england/missing-children", "standards/repeat-missing.yaml"]
    period = (date(2024, 10, 1), date(2025, 3, 31))
    findings = wardline.check(standards, log, as_at=date(2025, 4, 1), period=period, force="force.yaml")
    findings.write_parquet("findings.parquet")
    wardline.run_dive("dive.yaml", "by-python").findings.collect().write_parquet("findings-of-the-dive.parquet")
    print(wardline.__file__)
"""


def needed(requirements: list[str] | None, extra: str = "") -> Iterator[Distribution]:
    """The distributions that these requirements name, and those that they need in turn."""
    for text in requirements or []:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            found = distribution(requirement.name)
            yield found
            for inner in requirement.extras or {""}:
                yield from needed(found.requires, inner)


def lend(found: Distribution, site: Path) -> None:
    """Make an installed distribution importable from another environment, and it alone."""
    for top in {file.parts[0] for file in found.files or () if file.parts[0] not in ("..", "__pycache__")}:
        ours = Path(str(found.locate_file(top)))
        # Two distributions may share a folder, as ruamel.yaml's does; each is lent whole.
        if not (site / top).exists():
            (site / top).symlink_to(ours, target_is_directory=ours.is_dir())


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel installed in it, and with what the wheel says that it needs, and nothing else.

    What it needs is lent by the environment of the tests, so that no index is asked.
    """
    built = tmp_path_factory.mktemp("wheel")
    # From a copy, so that nothing is left in the working tree.
    source = built / "source"
    shutil.copytree(ROOT / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)],
        cwd=source,
        check=True,
        capture_output=True,
    )
    (wheel,) = built.glob("wardline-*.whl")
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    install = ["--python", str(python), "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *install], check=True, capture_output=True
    )
    site = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)}))
    assert (site / "wardline").is_dir()
    (metadata,) = site.glob("wardline-*.dist-info")
    for one in needed(Distribution.at(metadata).requires):
        lend(one, site)
    return folder


@pytest.fixture(scope="module")
def example(environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example of a first dive, with what ten lines of Python and the command line made of it."""
    folder = tmp_path_factory.mktemp("example") / "first-dive"
    shutil.copytree(ROOT / "examples" / "first-dive", folder, ignore=shutil.ignore_patterns("wardline.key"))
    run(environment, folder, "python", "-c", textwrap.dedent(TEN_LINES))
    run(environment, folder, "wardline", "dive", "dive.yaml", "--out", "by-command")
    return folder


def run(environment: Path, folder: Path, program: str, *arguments: str) -> str:
    """Run a program of the environment, with nothing of ours in its surroundings."""
    done = subprocess.run(
        [environment / "bin" / program, *arguments],
        cwd=folder,
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_wardline_is_that_of_the_wheel_and_nothing_of_the_tests_is_there(environment, tmp_path):
    told = run(environment, tmp_path, "python", "-c", "import wardline; print(wardline.__file__)")
    assert Path(told.strip()).is_relative_to(environment)
    for absent in ("pytest", "pandas", "tests"):
        code = f"import importlib.util as found; assert found.find_spec({absent!r}) is None"
        run(environment, tmp_path, "python", "-c", code)


def test_the_standards_and_the_measures_are_in_the_wheel(environment, tmp_path):
    for listed, name in (("standards", "england/missing-children"), ("measures", "england/missing-children")):
        assert f"\n{name}\n" in run(environment, tmp_path, "wardline", listed, "list")


def test_there_are_ten_lines():
    assert len(TEN_LINES.strip().splitlines()) == 10


def test_the_dive_by_python_is_that_of_the_command_line_byte_for_byte(example):
    ours, theirs = (example / made / "findings.parquet" for made in ("by-python", "by-command"))
    assert ours.read_bytes() == theirs.read_bytes()
    assert_frame_equal(pl.read_parquet(example / "findings-of-the-dive.parquet"), pl.read_parquet(theirs))


def test_records_read_and_checked_give_the_same_findings_but_for_the_keys_of_children(example):
    ours, theirs = (pl.read_parquet(example / made / "findings.parquet") for made in (".", "by-command"))
    assert ours.height > 500
    assert_frame_equal(ours.drop("child_id"), theirs.drop("child_id"))
    # A dive keys the numbers of persons: another text for each, and the same children.
    together = pl.DataFrame({"clear": ours["child_id"], "keyed": theirs["child_id"]}).unique()
    assert together["clear"].is_duplicated().sum() == together["keyed"].is_duplicated().sum() == 0


def test_the_command_of_the_wheel_says_its_version(environment, tmp_path):
    assert run(environment, tmp_path, "wardline", "--version").startswith("wardline ")


def test_the_wheel_drafts_a_mapping_with_the_words_that_ship_in_it(environment, example):
    drafted = run(environment, example, "wardline", "map", "start", "exports/missing")
    assert "incident_no: IncidentRef" in drafted and "case type: missing episode" in drafted
