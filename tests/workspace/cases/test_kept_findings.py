"""The findings that are kept for lists: made when the dive is added, and never another dive's or of other code."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from wardline.errors import OutputError
from wardline_workspace.cases import kept_findings
from wardline_workspace.cases.chosen import Chosen
from wardline_workspace.cases.finding_index import FindingIndex
from wardline_workspace.cases.kept_findings import in_numbers, is_kept, keep
from wardline_workspace.cases.opened_findings import findings_of, prepare_what_is_not_kept
from wardline_workspace.cases.readers import reader_of
from wardline_workspace.trail.codes import case_code

pytestmark = pytest.mark.django_db

SLUG, MANIFEST = "first-dive", "0" * 64


@pytest.fixture
def listed(added):
    return reader_of(added).listed(added)


def not_made():
    raise AssertionError("it was made again")


def of_file(folder, name):
    (found,) = folder.glob(f"*-{name}.arrow")
    return found


def test_they_are_kept_when_the_dive_is_added(added, deployment):
    assert is_kept(deployment.folder / "listed", added.manifest_sha256)


def test_what_was_kept_is_what_is_made(listed, added, tmp_path, index):
    keep(tmp_path / "listed", MANIFEST, SLUG, lambda: listed)
    kept = keep(tmp_path / "listed", MANIFEST, SLUG, not_made)
    again = FindingIndex(SLUG, kept, index.obligations)
    for chosen in (Chosen(), Chosen((("outcome", ("late",)),), sort="late"), Chosen(sort="case")):
        assert again.counts(chosen) == index.counts(chosen)
        assert list(again.rows(again.positions(chosen))) == list(index.rows(index.positions(chosen)))


def test_only_their_owner_may_read_them(listed, tmp_path):
    keep(tmp_path / "listed", MANIFEST, SLUG, lambda: listed)
    assert all(one.stat().st_mode & 0o077 == 0 for one in [tmp_path / "listed", *(tmp_path / "listed").iterdir()])


@pytest.mark.parametrize("name", ["findings", "values", "cases", "counts"])
def test_a_file_that_was_cut_off_is_made_again(listed, tmp_path, name):
    keep(tmp_path, MANIFEST, SLUG, lambda: listed)
    file = of_file(tmp_path, name)
    before = pl.read_ipc(file)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    keep(tmp_path, MANIFEST, SLUG, lambda: listed)
    assert pl.read_ipc(file).equals(before)


def test_of_a_dive_under_another_name_the_codes_are_its_own(listed, tmp_path):
    keep(tmp_path, MANIFEST, SLUG, lambda: listed)
    case = listed["case_id"].sort()[0]
    for slug in (SLUG, "another"):
        assert keep(tmp_path, MANIFEST, slug, not_made).cases["code"][0] == int(case_code(slug, case), 16)


def test_what_other_code_made_is_made_again_and_goes(listed, tmp_path, monkeypatch):
    keep(tmp_path, MANIFEST, SLUG, lambda: listed)
    keep(tmp_path, "1" * 64, SLUG, lambda: listed)
    monkeypatch.setattr(kept_findings, "code_version", lambda room: "2" * 64)
    assert not is_kept(tmp_path, MANIFEST)
    keep(tmp_path, MANIFEST, SLUG, lambda: listed.head(1))
    assert keep(tmp_path, MANIFEST, SLUG, not_made).findings.height == 1
    names = [one.name for one in tmp_path.iterdir()]
    assert [sum(one.startswith(manifest) for one in names) for manifest in (MANIFEST, "1" * 64)] == [4, 4]


def test_a_dive_without_findings_is_kept_too(listed, tmp_path, index):
    keep(tmp_path, MANIFEST, SLUG, lambda: listed.head(0))
    none = FindingIndex(SLUG, keep(tmp_path, MANIFEST, SLUG, not_made), index.obligations)
    assert (none.size, none.how_many(Chosen()), none.positions(Chosen(sort="late")).tolist()) == (0, 0, [])


def test_after_an_upgrade_they_are_made_before_a_page_is_shown(added, settings, deployment, tmp_path):
    settings.DEPLOYMENT = replace(deployment, folder=tmp_path / "apart")
    assert list(prepare_what_is_not_kept()) == [added.title]
    assert list(prepare_what_is_not_kept()) == []


class TestWhatIsHeldReady:
    def test_of_a_dive_that_was_removed_is_not_shown(self, added, index, browse_as):
        browser = browse_as("force-lead")
        address = f"/dives/{added.slug}/findings/"
        assert browser.get(address).status_code == 200
        added.delete()
        assert browser.get(address).status_code == 404

    def test_is_not_shown_of_another_dive_of_the_same_name(self, added, index):
        added.manifest_sha256 = "1" * 64
        with pytest.raises(OutputError):
            findings_of(added)

    def test_counts_of_one_choice_are_not_those_of_another(self, index, listed):
        made = FindingIndex(index.slug, in_numbers(listed, index.slug), index.obligations)
        one, other = (Chosen((("outcome", (value,)),)) for value in ("late", "met"))
        case = Chosen(case=case_code(index.slug, next(iter(index.rows(index.positions(one))))["case_id"]))
        asked = [one, other, case, Chosen(), replace(one, sort="late"), replace(other, page=2)]
        held = [index.counts(chosen) for chosen in asked]
        assert [made.counts(chosen) for chosen in reversed(asked)] == held[::-1]
        assert held[0] != held[1] != held[2]
