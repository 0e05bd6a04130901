"""A dive that was made, opened again: what it gives, and what is said where it is not what was written."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from tests.architecture.repository import ROOT
from tests.integration.dive.a_dive import changed, wardline, write_dive
from wardline import __version__
from wardline.dive import explain, open_dive, run_dive
from wardline.dive.kept.settings import read_settings
from wardline.errors import OutputError

SEND = "our-own/pace/send"
PAGES = ("report.html", "tables.ods", "tables.xlsx")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of a small dive; nobody changes it."""
    folder = tmp_path_factory.mktemp("kept")
    return run_dive(write_dive(folder), folder / "out").folder


@pytest.fixture
def copied(made, tmp_path):
    """A copy of it, to be spoilt."""
    return Path(shutil.copytree(made, tmp_path / "out"))


def why_not_opened(folder: Path) -> str:
    with pytest.raises(OutputError) as raised:
        open_dive(folder)
    return str(raised.value)


def rewritten(folder: Path, **keys: object) -> None:
    """Write some keys of the manifest anew; an underscore is a space, None leaves a key out."""
    path = folder / "manifest.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    for key, value in keys.items():
        said[key.replace("_", " ")] = value
        if value is None:
            del said[key.replace("_", " ")]
    path.write_text(json.dumps(said), encoding="utf-8")


def outputs_of(folder: Path) -> list[dict[str, str]]:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["outputs"]


def summed_anew(folder: Path, name: str) -> None:
    """Make the manifest agree with a file that was changed, as if it had been written so."""
    sha256 = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    rewritten(folder, outputs=[{**one, "sha256": sha256} if one["name"] == name else one for one in outputs_of(folder)])


# WHAT IT GIVES


def test_an_opened_dive_says_what_was_asked_and_of_whom(made):
    dive = open_dive(made)
    assert (dive.title, dive.question) == ("A small dive", "Are children reported missing reached in time?")
    assert dive.as_at == datetime(2025, 6, 9, 23, tzinfo=UTC)
    assert dive.period == (date(2025, 6, 1), date(2025, 6, 30))
    assert (dive.force.name, dive.zone, dive.is_made_up) == ("Made-up Constabulary", "Europe/London", False)
    assert [one.name for one in dive.standards] == ["our-own/pace"]
    assert [one.full_name for one in dive.obligations] == [SEND, "our-own/pace/ethnicity"]


def test_its_tables_are_those_of_the_folder_and_lazy(made):
    dive = open_dive(made)
    tables = {
        "findings": dive.findings,
        "cases": dive.cases,
        "events": dive.events,
        "people": dive.people,
        "notes": dive.notes,
        "rejects": dive.rejects,
        "record_faults": dive.record_faults,
    }
    for name, table in tables.items():
        assert isinstance(table, pl.LazyFrame)
        assert table.collect().equals(pl.read_parquet(made / f"{name}.parquet")), name
    assert set(dive.event_log.tables()) > {"abilities", "coverage", "case_sources"}


def test_a_dive_of_everything_in_the_records_has_no_period(tmp_path):
    files = changed("dive.yaml", "period: {from: 2025-06-01, to: 2025-06-30}\n", "")
    assert open_dive(run_dive(write_dive(tmp_path, files), tmp_path / "out").folder).period is None


def test_its_figures_are_counted_once(made, monkeypatch):
    dive = open_dive(made)
    assert dive.figures is dive.figures
    assert [one.item.key for one in dive.figures.can_tell] == [one.key for one in dive.obligations]
    assert dive.children_to_check["case"].to_list() == ["compact:E2", "compact:E4"]
    assert dive.children_to_check is dive.children_to_check


def test_a_dive_is_opened_by_a_path_from_here_and_read_after_somebody_has_gone_elsewhere(made, monkeypatch, tmp_path):
    monkeypatch.chdir(made.parent)
    dive = open_dive(Path("out"))
    monkeypatch.chdir(tmp_path)
    assert dive.findings.collect().height == 8


# THE PAGES FROM THE FOLDER ALONE


def test_the_report_is_made_again_from_the_folder_alone(tmp_path):
    example = ROOT / "examples/first-dive"
    copied = Path(shutil.copytree(example, tmp_path / "example", ignore=shutil.ignore_patterns("*.key")))
    folder = run_dive(copied / "dive.yaml", tmp_path / "made").folder
    shutil.rmtree(copied)
    elsewhere = folder.rename(tmp_path / "elsewhere")
    for name in PAGES:
        again = tmp_path / f"again{Path(name).suffix}"
        told = wardline("report", elsewhere, "--out", again)
        assert told.returncode == 0, told.stderr
        assert told.stdout == f"Written: {again}\n"
        assert again.read_bytes() == (elsewhere / name).read_bytes()
        assert again.stat().st_mode & 0o777 == 0o600


def test_the_report_that_is_kept_is_compared_and_nothing_is_written(made):
    before = {path: path.stat() for path in sorted(made.rglob("*"))}
    told = wardline("report", made)
    assert told.returncode == 0, told.stderr
    assert (
        told.stdout
        == f"The report and the spreadsheet come out the same as those in the folder: {made / 'report.html'}\n"
    )
    assert {path: path.stat() for path in sorted(made.rglob("*"))} == before


def test_findings_of_a_dive_that_was_made_before_anybody_asked_who_is_counted_are_read(copied):
    path = copied / "findings.parquet"
    found = pl.read_parquet(path)
    found.drop("counted").write_parquet(path)
    manifest = json.loads((copied / "manifest.json").read_text(encoding="utf-8"))
    (kept,) = (one for one in manifest["outputs"] if one["name"] == path.name)
    kept["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    rewritten(copied, outputs=manifest["outputs"])
    dive = open_dive(copied)
    assert dive.findings.collect_schema().names() == found.columns
    assert dive.findings.select(pl.col("counted").all()).collect().item()
    assert dive.figures.findings.value == found.height


@pytest.mark.parametrize("page", PAGES)
def test_a_report_of_an_earlier_version_is_said_to_come_out_otherwise(copied, page):
    (copied / page).write_bytes(b"as an earlier version made it")
    summed_anew(copied, page)
    rewritten(copied, versions={"wardline": "0.0.9"})
    told = wardline("report", copied)
    assert told.returncode == 0, told.stderr
    assert "Wardline 0.0.9 made this dive" in told.stdout and "name a file after --out" in told.stdout
    assert (copied / page).read_bytes() == b"as an earlier version made it"


def test_a_report_of_an_earlier_build_of_this_version_is_not_said_to_be_of_another_version(copied):
    (copied / PAGES[0]).write_bytes(b"as an earlier build made it")
    summed_anew(copied, PAGES[0])
    told = wardline("report", copied)
    assert told.returncode == 0, told.stderr
    assert f"Another build of Wardline {__version__} made this dive." in told.stdout


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("again.pdf", 2, "ends in .html for the report"),
        ("again", 2, "ends in .html for the report"),
        ("there.html", 5, "not overwritten"),
        ("out/again.html", 5, "a dive is never changed"),
        ("out/settings/again.html", 5, "a dive is never changed"),
        ("link/again.html", 5, "a dive is never changed"),
    ],
)
def test_a_report_is_never_written_over_anything_nor_into_the_dive(copied, name, code, said):
    (copied.parent / "there.html").write_text("mine", encoding="utf-8")
    (copied.parent / "link").symlink_to(copied, target_is_directory=True)
    before = sorted(copied.parent.rglob("*"))
    told = wardline("report", copied, "--out", copied.parent / name)
    assert told.returncode == code
    assert said in " ".join(told.stderr.split()) and "Traceback" not in told.stderr
    assert sorted(copied.parent.rglob("*")) == before
    assert (copied.parent / "there.html").read_text(encoding="utf-8") == "mine"


# WHAT IS NO DIVE


def test_a_folder_without_a_dive_is_not_opened(tmp_path):
    assert "There is no finished dive in this folder." in why_not_opened(tmp_path)
    assert "There is no finished dive in this folder." in why_not_opened(tmp_path / "nowhere")
    assert "There is no finished dive in this folder." in why_not_opened(tmp_path / ("long" * 100))


def test_a_file_of_a_dive_is_not_taken_for_its_folder(made):
    assert "Name the folder in which it lies." in why_not_opened(made / "report.html")
    assert "Name the folder that `wardline dive" in why_not_opened(made / "settings/force.yaml")


def test_a_dive_without_a_manifest_is_not_finished(copied):
    (copied / "manifest.json").unlink()
    assert "is not finished, or its manifest.json was taken out" in why_not_opened(copied)
    (copied / "manifest.json").mkdir()
    assert "is not finished" in why_not_opened(copied)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'"1"', b"\xff\xfe", b"[" * 100_000, b'{"format": "1"}']
)
def test_a_manifest_that_is_none_cannot_be_read(copied, content):
    (copied / "manifest.json").write_bytes(content)
    assert "The manifest of this dive cannot be read: it " in why_not_opened(copied)


@pytest.mark.parametrize("number", [0, -1, True, 1.5, None, "1", [1]])
def test_a_manifest_without_a_format_cannot_be_read(copied, number):
    rewritten(copied, format=number)
    assert "it does not say which `format` it has" in why_not_opened(copied)


def test_a_dive_of_a_newer_format_says_by_which_version_it_can_be_opened(copied):
    rewritten(copied, format=2, versions={"wardline": "3.4.5"}, outputs=None)
    said = why_not_opened(copied)
    assert "A newer version of Wardline (3.4.5) made this dive" in said
    assert "Open it with that version or a later one." in said
    rewritten(copied, versions=None)
    assert "A newer version of Wardline made this dive" in why_not_opened(copied)


KEYS = ["dive", "question", "as at", "as at in UTC", "force", "time zone", "standards", "inputs", "rows"]


@pytest.mark.parametrize("key", KEYS)
def test_a_manifest_that_lacks_a_key_names_it(copied, key):
    rewritten(copied, **{key: None})
    assert f"The manifest of this dive cannot be read: `{key}` is missing." in why_not_opened(copied)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"as_at_in_UTC": "2025-06-09T23:00:00"}, "`as at in UTC` does not fit"),  # of which zone?
        ({"as_at_in_UTC": "yesterday"}, "`as at in UTC` does not fit"),
        ({"as_at_in_UTC": 1749510000}, "`as at in UTC` does not fit"),
        ({"period": {"from": "2025-06-01"}}, "`period`, `to` is missing"),
        ({"period": {"from": "2025-06-31", "to": "2025-07-01"}}, "`period`, `from` does not fit"),
        ({"made_up": "no"}, "`made up` does not fit"),
        ({"dive": 7, "question": None}, "`dive` does not fit (and 1 more)"),
    ],
)
def test_a_manifest_in_which_something_does_not_fit_names_it_and_not_what_stands_there(copied, keys, said):
    rewritten(copied, **keys)
    why = why_not_opened(copied)
    assert f"The manifest of this dive cannot be read: {said}." in why
    assert "yesterday" not in why


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sha256": "ab" * 31}, "`outputs`, number 1, `sha256` does not fit"),
        ({"sha256": "AB" * 32}, "`outputs`, number 1, `sha256` does not fit"),
        ({"sha256": None}, "`outputs`, number 1, `sha256` does not fit"),
        ({"name": "../dive.yaml"}, "`outputs`, number 1, `name` does not fit"),
        ({"name": "/etc/hostname"}, "`outputs`, number 1, `name` does not fit"),
        ({"name": "settings\\force.yaml"}, "`outputs`, number 1, `name` does not fit"),
        ({"name": ""}, "`outputs`, number 1, `name` does not fit"),
    ],
)
def test_an_output_must_be_a_file_of_the_folder_with_a_whole_sum(copied, change, said):
    first, *further = outputs_of(copied)
    rewritten(copied, outputs=[{**first, **change}, *further])
    assert said in why_not_opened(copied)


def test_a_manifest_must_name_what_makes_a_dive_a_dive(copied):
    rewritten(copied, outputs=[one for one in outputs_of(copied) if one["name"] != "events.parquet"])
    assert "does not name events.parquet, which every dive has" in why_not_opened(copied)
    rewritten(copied, outputs=None)
    assert "does not name cases.parquet" in why_not_opened(copied) and "and 7 more" in why_not_opened(copied)


# WHAT WAS CHANGED


@pytest.mark.parametrize("name", ["findings.parquet", "people.parquet", "settings/force.yaml", "report.html"])
def test_a_file_that_was_changed_is_named_and_nothing_is_opened(copied, name):
    data = bytearray((copied / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copied / name).write_bytes(data)
    assert f"This dive was changed after it was made: {name}." in why_not_opened(copied)
    for command in (
        ["explain", "E1", "--dive", copied],
        ["whatif", copied, "--limit", f"{SEND}=1 hour"],
        ["report", copied],
    ):
        told = wardline(*command)
        assert (told.returncode, told.stdout) == (5, "")
        assert "Traceback" not in told.stderr


def test_what_is_missing_and_what_was_changed_is_told_at_once(copied):
    (copied / "notes.parquet").unlink()
    (copied / "tables.ods").unlink()
    (copied / "tables.ods").mkdir()
    (copied / "settings/standards/01-our-own-pace.yaml").write_text("standard: x\n", encoding="utf-8")
    said = why_not_opened(copied)
    assert "This dive is not complete: notes.parquet, tables.ods are missing." in said
    assert "This dive was changed after it was made: settings/standards/01-our-own-pace.yaml." in said


@pytest.mark.parametrize(("count", "end"), [(5, "events.parquet."), (6, "events.parquet and 1 more.")])
def test_of_many_changed_files_the_rest_are_counted(copied, count, end):
    for path in sorted(copied.glob("*.parquet"))[:count]:
        path.write_bytes(path.read_bytes() + b"more")
    assert f"cases.parquet, coverage.parquet, {end}" in why_not_opened(copied)


def test_standards_keep_the_order_of_the_dive_file_however_many_they_are(copied):
    held = copied / "settings/standards/01-our-own-pace.yaml"
    text = held.read_text(encoding="utf-8")
    names = [f"settings/standards/{number}-one-of-many.yaml" for number in ("100", "99", "02")]
    for name in names:
        (copied / name).write_text(text.replace("our-own/pace", f"our-own/{Path(name).name[:2]}x"), encoding="utf-8")
    found = read_settings(copied, ["settings/force.yaml", *names, "settings/standards/01-our-own-pace.yaml"])
    assert [one.name for one in found.standards] == ["our-own/pace", "our-own/02x", "our-own/99x", "our-own/10x"]


def test_a_file_that_may_not_be_read_is_named(copied, monkeypatch):
    from wardline.dive.kept import as_written

    def closed(path):
        if path.name == "cases.parquet":
            raise PermissionError(13, "Permission denied")
        return digest(path)

    digest = as_written.digest
    monkeypatch.setattr(as_written, "digest", closed)
    assert "Part of this dive cannot be read: cases.parquet." in why_not_opened(copied)


def test_a_table_that_cannot_be_read_after_it_was_opened_is_told(copied):
    dive = open_dive(copied)
    (copied / "events.parquet").write_bytes(b"PAR1")
    with pytest.raises(OutputError, match="A table of this dive cannot be read"):
        explain("E1", dive)


# WHAT MAKES NO DIFFERENCE


def test_a_file_that_the_manifest_does_not_name_is_not_read(copied):
    before = [one.full_name for one in open_dive(copied).obligations]
    standards = copied / "settings/standards"
    (standards / "02-more.yaml").write_text("not: a standard\n", encoding="utf-8")
    (copied / ".~lock.tables.ods#").write_text("open elsewhere", encoding="utf-8")
    assert [one.full_name for one in open_dive(copied).obligations] == before


def test_a_link_to_a_dive_and_a_link_in_it_are_followed(copied, tmp_path):
    (tmp_path / "latest").symlink_to(copied, target_is_directory=True)
    events = (copied / "events.parquet").rename(tmp_path / "moved.parquet")
    (copied / "events.parquet").symlink_to(events)
    assert open_dive(tmp_path / "latest").events.collect().height
    events.write_bytes(b"other")
    assert "changed after it was made: events.parquet" in why_not_opened(tmp_path / "latest")
    events.unlink()
    assert "events.parquet is missing" in why_not_opened(tmp_path / "latest")


@pytest.mark.parametrize("name", ["march[1]", "mar*ch", "what?", "a dive", "zwölf", "{a,b}"])
def test_a_dive_is_made_and_opened_in_a_folder_of_any_name(tmp_path, name):
    folder = tmp_path / name
    write_dive(folder)
    told = wardline("dive", folder / "dive.yaml", "--out", folder / "out[2]")
    assert told.returncode == 0, told.stderr
    assert "Recorded late by 2 hours 35 minutes" in wardline("explain", "E1", "--dive", folder / "out[2]").stdout
    assert "come out the same as those in the folder" in wardline("report", folder / "out[2]").stdout
    assert wardline("whatif", folder / "out[2]", "--limit", f"{SEND}=1 hour").returncode == 0


def test_keys_of_a_later_version_of_the_same_format_are_passed_over(copied):
    rewritten(copied, linkage={"links": 7})
    assert open_dive(copied).title == "A small dive"


def test_a_dive_of_before_made_up_was_kept_is_opened(copied):
    rewritten(copied, made_up=None)
    assert not open_dive(copied).is_made_up


def test_a_name_of_another_standard_that_no_longer_ships_so_does_not_close_a_dive(copied):
    settings = copied / "settings/force.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "limits: {england/scrutiny/as-it-was-called: 50 days}\n",
        encoding="utf-8",
    )
    summed_anew(copied, "settings/force.yaml")
    assert [one.full_name for one in open_dive(copied).obligations] == [SEND, "our-own/pace/ethnicity"]
    told = wardline("whatif", copied, "--limit", f"{SEND}=1 hour")
    assert told.returncode == 0, told.stderr
