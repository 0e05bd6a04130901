"""What was read is what is hashed and kept: a file that is written over during a dive is noticed."""

import hashlib
import json

import pytest

from tests.integration.dive.a_dive import wardline, write_dive
from wardline.dive.making import running


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
