"""What was read is what is hashed and kept: a file that is written over or taken away during a dive is noticed."""

import hashlib
import json

import pytest

from tests.integration.dive.a_dive import FILES, changed, wardline, write_dive
from wardline.dive.making import running
from wardline.record_systems.rows import reading_exports


@pytest.mark.parametrize(
    "name", ["exports/compact/episodes.csv", "mappings/compact.yaml", "force.yaml", "dive.yaml", "pace.yaml"]
)
def test_a_file_that_is_written_over_while_it_is_read_stops_the_dive(tmp_path, monkeypatch, name):
    dive_file = write_dive(tmp_path)
    path = dive_file.parent / name
    assert path.is_file()
    done = running.read_exports

    def written_over(*given, **named):
        reading = done(*given, **named)
        path.write_bytes(path.read_bytes() + b"\n")
        return reading

    monkeypatch.setattr(running, "read_exports", written_over)
    told = wardline("dive", dive_file, "--out", tmp_path / "out")
    assert told.returncode == 4, told.stderr
    assert f"{path.name}\n" in told.stderr and "written over while it was read" in told.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "name", ["exports/compact/episodes.csv", "mappings/compact.yaml", "force.yaml", "dive.yaml", "pace.yaml"]
)
@pytest.mark.parametrize("is_moved", [True, False])
def test_a_file_that_is_deleted_or_moved_away_while_it_is_read_stops_the_dive(tmp_path, monkeypatch, is_moved, name):
    dive_file = write_dive(tmp_path)
    path = dive_file.parent / name
    done = running.read_exports

    def taken_away(*given, **named):
        reading = done(*given, **named)
        path.rename(path.with_name("kept.bak")) if is_moved else path.unlink()
        return reading

    monkeypatch.setattr(running, "read_exports", taken_away)
    told = wardline("dive", dive_file, "--out", tmp_path / "out")
    assert told.returncode == 4, told.stderr
    assert f"{path.name}\n" in told.stderr and "written over" not in told.stderr
    assert "This file was deleted or moved away while it was read" in told.stderr
    assert "Put it back, then run the dive again." in told.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_deleted_before_its_rows_are_read_stops_the_dive_in_words(tmp_path, monkeypatch):
    dive_file = write_dive(tmp_path)
    stage = reading_exports.stage_and_look

    def deleted(opened, *given):
        opened = list(opened)
        (tmp_path / "exports/compact/episodes.csv").unlink()
        return stage(opened, *given)

    monkeypatch.setattr(reading_exports, "stage_and_look", deleted)
    told = wardline("dive", dive_file, "--out", tmp_path / "out")
    assert told.returncode == 4, told.stderr
    assert "compact: episodes.csv\n\nThis is a file that is not there.\n" in told.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("is_deleted", [True, False])
@pytest.mark.parametrize("name", ["exports/compact/episodes.csv", "mappings/compact.yaml"])
def test_what_was_hashed_is_what_was_read(tmp_path, monkeypatch, name, is_deleted):
    dive_file = write_dive(tmp_path)
    path = dive_file.parent / name
    done = running.inputs_of

    def another(*given):
        path.unlink() if is_deleted else path.write_bytes(path.read_bytes() + b"\n")
        return done(*given)

    monkeypatch.setattr(running, "inputs_of", another)
    told = wardline("dive", dive_file, "--out", tmp_path / "out")
    assert told.returncode == 4, told.stderr
    assert ("deleted or moved away" if is_deleted else "written over") in told.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["exports/compact/episodes.csv", "mappings/compact.yaml", "force.yaml"])
def test_what_is_written_over_later_changes_nothing_of_the_dive(tmp_path, monkeypatch, name):
    dive_file = write_dive(tmp_path)
    path = dive_file.parent / name
    as_read = path.read_bytes()
    done = running.findings_outside_period

    def written_over(*given, **named):
        path.write_bytes(as_read + b"\n# later\n")
        return done(*given, **named)

    monkeypatch.setattr(running, "findings_outside_period", written_over)
    told = wardline("dive", dive_file, "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    manifest = json.loads((tmp_path / "out/manifest.json").read_text(encoding="utf-8"))
    sums = {one["name"]: one["sha256"] for one in manifest["inputs"]}
    assert sums[path.name] == hashlib.sha256(as_read).hexdigest()
    kept = {"mappings/compact.yaml": "settings/mappings/compact.yaml", "force.yaml": "settings/force.yaml"}
    if name in kept:
        assert (tmp_path / "out" / kept[name]).read_bytes() == as_read


def test_a_file_that_appears_while_others_are_read_and_is_read_by_none_does_not_matter(tmp_path, monkeypatch):
    dive_file = write_dive(tmp_path)
    done = running.read_exports

    def another(*given, **named):
        (dive_file.parent / "exports/compact/new.txt").write_text("x", encoding="utf-8")
        return done(*given, **named)

    monkeypatch.setattr(running, "read_exports", another)
    assert wardline("dive", dive_file, "--out", tmp_path / "out").returncode == 0


def test_a_file_that_is_read_through_a_link_to_another_folder_is_not_taken_for_one_written_over(tmp_path):
    dive_file = write_dive(
        tmp_path,
        {
            **changed("mappings/compact.yaml", '"episodes*.csv"', '"current/episodes.csv"'),
            "exports/compact/episodes.csv": None,
            "exports/compact/2025/episodes.csv": FILES["exports/compact/episodes.csv"],
        },
    )
    (tmp_path / "exports/compact/current").symlink_to("2025")
    told = wardline("dive", dive_file, "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    assert "no table reads" not in told.stdout


def test_a_hidden_file_that_the_mapping_means_is_not_taken_for_one_written_over(tmp_path):
    files = {
        **changed("mappings/compact.yaml", '"episodes*.csv"', '".episodes.csv"'),
        "exports/compact/episodes.csv": None,
        "exports/compact/.episodes.csv": FILES["exports/compact/episodes.csv"],
    }
    told = wardline("dive", write_dive(tmp_path, files), "--out", tmp_path / "out")
    assert told.returncode == 0, told.stderr
