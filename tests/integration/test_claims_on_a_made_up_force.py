"""On a made-up force the real improvement is shown, the apparent one is explained, and nothing else is confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.causes import tutorial_dive
from tests.integration.claims_of_a_force import CLAIMS, NOT_PLANTED, PLANTED, dive_with_claims, true_size
from wardline.cli import main
from wardline.dive import KeptDive
from wardline.measures.claims import ClaimAnswer, InShort, Rival


@pytest.fixture(scope="module")
def dive(tmp_path_factory: pytest.TempPathFactory) -> KeptDive:
    return dive_with_claims(tmp_path_factory.mktemp("force"), seed=1)


@pytest.fixture(scope="module")
def answers(dive: KeptDive) -> dict[str, ClaimAnswer]:
    return dict(zip(CLAIMS, dive.claim_answers, strict=True))


def test_the_real_improvement_is_shown(answers):
    assert answers["improved"].in_short is InShort.SHOWN
    assert answers["improved"].against == ()


def assert_the_true_size_is_inside(dive: KeptDive, answer: ClaimAnswer) -> None:
    change, size = answer.change, true_size(dive, answer)
    assert change is not None
    assert change.low <= size <= change.high
    assert change.low > 0 or change.high < 0  # an interval that holds everything would hold the true size too
    assert change.high - change.low < 0.25


@pytest.mark.parametrize("name", PLANTED)
def test_the_size_that_was_planted_is_inside_the_interval(dive, answers, name):
    assert_the_true_size_is_inside(dive, answers[name])


def test_so_it_is_on_another_force(tmp_path):
    other = dive_with_claims(tmp_path, seed=2)
    found = dict(zip(CLAIMS, other.claim_answers, strict=True))
    for name in PLANTED:
        assert_the_true_size_is_inside(other, found[name])


def test_the_apparent_improvement_is_explained_by_the_stock_reason(answers):
    found = answers["recording"]
    assert found.in_short is InShort.RECORDING_CHANGED
    assert [(one.rival, one.attribute) for one in found.against] == [
        (Rival.NEW_VALUE, ("device_decision", "reason", "Reviewed on creation"))
    ]


def test_the_worse_district_is_found(answers):
    assert answers["worse"].in_short is InShort.SHOWN


@pytest.mark.parametrize("name", NOT_PLANTED)
def test_where_nothing_is_planted_nothing_is_confirmed(answers, name):
    assert answers[name].in_short is not InShort.SHOWN


def test_the_claims_are_kept_with_the_dive_and_named_among_its_inputs(dive):
    kept = dive.folder / "settings" / "claims.yaml"
    assert kept.read_text(encoding="utf-8").endswith("claims:\n" + "".join(CLAIMS.values()))
    assert "claims" in [one.what for one in dive.manifest.inputs]
    assert "settings/claims.yaml" in [one.name for one in dive.manifest.outputs]


def test_the_answers_are_printed_and_their_figures_written(dive, tmp_path, capsys):
    assert main(["claim", "test", "--dive", str(dive.folder), "--as-csv", str(tmp_path / "figures.csv")]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Made-up data.")
    assert "The records show it. Police arrived in time to look for the child: from " in told
    assert "Explained by a change of recording: a value that was hardly there before is in most records." in told
    written = (tmp_path / "figures.csv").read_text(encoding="utf-8").splitlines()
    assert written[0].startswith("claim,measure,answer,side,first_day,value")
    assert len(written) == 1 + 24 * len(CLAIMS)


def test_a_file_of_claims_is_answered_as_those_that_the_dive_file_names(dive, answers, tmp_path, capsys):
    file = tmp_path / "claims.yaml"
    file.write_text("claims:\n" + CLAIMS["worse"], encoding="utf-8")
    assert main(["claim", "test", str(file), "--dive", str(dive.folder)]) == 0
    assert "1. “It got worse there.”\n   The records show it." in capsys.readouterr().out


def test_what_would_count_is_worked_out_from_the_numbers_of_the_dive(dive, tmp_path, monkeypatch, capsys):
    answers = [
        "Children are reached sooner.",
        "the chief constable",
        "panel",
        "2025-03-20",
        "england/missing-children/reached-in-time",
        "better",
        "10 points",
        "2025-04-01",
        "2025-12-31",
        "",
        "R. Lee",
        "2025-03-21",
    ]
    monkeypatch.setattr("typer.prompt", lambda *asked, **told: answers.pop(0))
    assert main(["claim", "new", str(tmp_path / "claims.yaml"), "--dive", str(dive.folder)]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "a month and with 24 months before, a change of 10 percentage points is told 80 times in a hundred" in told
    assert (tmp_path / "claims.yaml").read_text(encoding="utf-8").count("- claim:") == 1


def test_a_dive_without_claims_says_that_a_file_must_be_named(tmp_path, monkeypatch, capsys):
    tutorial_dive(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["dive", "my-dive/dive.yaml", "--out", "out"]) == 0
    assert main(["claim", "test", "--dive", "out"]) == 2
    assert "This dive was made without claims" in capsys.readouterr().err


def test_claims_about_measures_that_a_dive_does_not_have_are_told_when_it_is_made(dive, tmp_path, capsys):
    example = Path(dive.folder).parent / "example"
    claims = example / "claims.yaml"
    before = claims.read_text(encoding="utf-8")
    claims.write_text(before.replace("device-decided-in-time", "device-decided-on"), encoding="utf-8")
    try:
        assert main(["dive", str(example / "dive.yaml"), "--out", str(tmp_path / "out")]) == 3
    finally:
        claims.write_text(before, encoding="utf-8")
    told = capsys.readouterr().err
    assert "There is no measure `england/online-exploitation/device-decided-on` here." in told
    assert not (tmp_path / "out").exists()
