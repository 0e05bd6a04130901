"""Figures that are kept when a dive is added: the library’s, signed, and counted again where they cannot be used."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wardline.measures import children_of_cases, shares_of_obligations
from wardline_workspace.dives import kept_figures
from wardline_workspace.dives.kept_figures import figures_kept, keep_figures
from wardline_workspace.dives.opened import count_what_is_not_kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_folder(settings, deployment, tmp_path):
    """A folder for figures that no other test uses."""
    settings.DEPLOYMENT = replace(deployment, folder=tmp_path / "apart")


def test_what_is_kept_is_what_the_library_counts(added, kept_dive):
    kept = figures_kept(added.manifest_sha256)
    assert kept.report.figures.obligations == kept_dive.figures.obligations
    assert kept.report.figures.headlines == kept_dive.figures.headlines
    assert kept.shares == shares_of_obligations(kept_dive.tables, kept_dive.figures.obligations)
    assert kept.children == children_of_cases(kept_dive.tables)


def test_no_case_and_no_child_is_kept(added, kept_dive):
    figures = figures_kept(added.manifest_sha256).report.figures
    assert kept_dive.figures.told
    assert kept_dive.figures.children.first
    assert (figures.told, figures.children.first, figures.to_check.first) == ((), (), ())
    assert all(one.shown == () for one in figures.questions)
    assert figures.children.children == kept_dive.figures.children.children


def test_a_file_that_was_changed_is_not_opened(own_folder, kept_dive):
    keep_figures(kept_dive, "0" * 64)
    file = kept_figures._file("0" * 64)
    assert file.stat().st_mode & 0o077 == 0
    content = bytearray(file.read_bytes())
    content[-10] ^= 1
    file.write_bytes(bytes(content))
    assert figures_kept("0" * 64) is None


def test_a_file_signed_with_another_secret_is_not_opened(own_folder, kept_dive, settings):
    keep_figures(kept_dive, "0" * 64)
    settings.SECRET_KEY = "another"
    assert figures_kept("0" * 64) is None


def test_after_an_upgrade_figures_are_counted_again_before_a_page_is_shown(added, own_folder):
    assert list(count_what_is_not_kept()) == [added.title]
    assert list(count_what_is_not_kept()) == []
    assert figures_kept(added.manifest_sha256) is not None


def test_figures_of_an_earlier_version_go_when_they_are_counted_again(own_folder, kept_dive, monkeypatch):
    monkeypatch.setattr(kept_figures, "_version", lambda: "1" * 64)
    keep_figures(kept_dive, "0" * 64)
    monkeypatch.setattr(kept_figures, "_version", lambda: "2" * 64)
    assert figures_kept("0" * 64) is None
    keep_figures(kept_dive, "0" * 64)
    assert len(list(kept_figures._file("0" * 64).parent.iterdir())) == 1
