"""A dive under another time limit: what a new dive with that limit would find, and nothing of the folder changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl
import pytest

from tests.integration.dive.a_dive import EPISODES, FILES, INCIDENTS, changed, wardline, write_dive
from tests.integration.dive.test_versions import two_versions
from wardline.dive import open_dive, what_if
from wardline.findings import Outcome

SEND = "our-own/pace/send"
TABLE = "{by: grade, of: risk_graded, high: 3 hours, low: 10 minutes}"
EVERY = """\
  - id: reviews
    title: The report is reviewed
    topic: initial response
    owed by: force
    from: reported
    then: risk_graded
    every: to be set
    basis: {kind: assumed, title: Our own thought}
"""


def a_dive(folder: Path, *limits: str) -> Path:
    """A dive with an obligation more, and with limits of the force's own."""
    force = FILES["force.yaml"] + ("limits:\n" + "".join(f"  {limit}\n" for limit in limits) if limits else "")
    told = wardline(
        "dive",
        write_dive(folder, {"pace.yaml": FILES["pace.yaml"] + EVERY, "force.yaml": force}),
        "--out",
        folder / "out",
    )
    assert told.returncode == 0, told.stderr
    return folder / "out"


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    return a_dive(tmp_path_factory.mktemp("what-if"))


def sums(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def outcomes(folder: Path, obligation: str) -> dict[Outcome, int]:
    counted = (
        pl.read_parquet(folder / "findings.parquet")
        .filter(pl.format("{}/{}", "standard", "obligation") == obligation)
        .group_by("outcome")
        .len()
    )
    return {**dict.fromkeys(Outcome, 0), **{Outcome(outcome): many for outcome, many in counted.iter_rows()}}


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        (SEND, "3 hours"),
        (SEND, TABLE),
        (SEND, "2 working days"),
        (SEND, "to be set"),
        ("our-own/pace/reviews", "1 day"),
    ],
)
def test_it_is_what_a_new_dive_with_that_limit_would_find(tmp_path, finished, name, limit):
    anew = a_dive(tmp_path, f"{name}: {{limit: {limit}, reason: a trial}}")
    (asked,) = what_if(open_dive(finished), {name: limit}).obligations
    assert asked.before == outcomes(finished, name)
    assert asked.after == outcomes(anew, name)
    assert sum(change.occasions for change in asked.changes) == changed_occasions(finished, anew, name)


def changed_occasions(before: Path, after: Path, name: str) -> int:
    one, other = (
        pl.read_parquet(folder / "findings.parquet").filter(pl.format("{}/{}", "standard", "obligation") == name)
        for folder in (before, after)
    )
    keys = ["case_id", "triggered_at", "ordinal"]
    both = one.join(other, on=keys, nulls_equal=True)
    assert both.height == one.height == other.height
    return both.filter(pl.col("outcome") != pl.col("outcome_right")).height


def test_the_change_of_the_most_occasions_comes_first_and_those_of_as_many_go_by_outcome(tmp_path):
    # E1 waited 2:50 and may wait longer than before; for E5 to E7 it is 3 hours instead of 8.
    more = {
        "exports/compact/episodes.csv": EPISODES
        + "E5,PN1,04/06/2025 08:00,,L,,,N,INC-5\n"
        + "E6,PN2,04/06/2025 08:00,,L,,,N,INC-6\n"
        + "E7,PN3,09/06/2025 20:00,,L,,,N,INC-7\n",
        "exports/control-room/incidents.csv": INCIDENTS
        + "INC-5,04/06/2025 13:00,\n"
        + "INC-6,04/06/2025 13:00,\n"
        + "INC-7,,\n",
    }
    assert wardline("dive", write_dive(tmp_path, more), "--out", tmp_path / "out").returncode == 0
    (asked,) = what_if(open_dive(tmp_path / "out"), {SEND: "3 hours"}).obligations
    assert [(one.before, one.after, one.occasions, one.first_cases) for one in asked.changes] == [
        (Outcome.MET, Outcome.LATE, 2, ("compact:E5", "compact:E6")),
        (Outcome.LATE, Outcome.MET, 1, ("compact:E1",)),
        (Outcome.NOT_YET_DUE, Outcome.MISSED, 1, ("compact:E7",)),
    ]


def test_nothing_of_the_folder_is_changed(finished):
    before = sums(finished)
    assert wardline("whatif", finished, "--limit", f"{SEND}=3 hours").returncode == 0
    assert sums(finished) == before


def test_it_is_told_in_the_words_that_people_read(finished):
    told = wardline("whatif", finished, "--limit", f"{SEND}=3 hours", "--limit", f"our-own/pace/reviews={TABLE}")
    assert told.returncode == 0, told.stderr
    for line in (
        "What if? A small dive, as at 10 June 2025",
        "Police are sent in time for the risk (our-own/pace/send)",
        "  what if:     3 hours",
        "                    in the dive  what if",
        "  Recorded in time            1        2",
        "  1 of 4 occasions changes:",
        "    1 from recorded late to recorded in time: compact:E1",
        "  in the dive: to be set",
        "  our-own/pace/send: {limit: 3 hours, reason: why it is looser}",
        f"  our-own/pace/reviews: {TABLE}",
    ):
        assert line in told.stdout.splitlines(), told.stdout
    assert "This is a question and not a setting" in told.stdout
    assert "Nobody at the force has confirmed this obligation." in told.stdout


def test_what_it_says_to_write_is_what_a_dive_takes(tmp_path, finished):
    told = wardline("whatif", finished, "--limit", f"{SEND}={TABLE}", "--limit", "our-own/pace/reviews=6 hours")
    limits = told.stdout.partition("\nlimits:\n")[2]
    anew = a_dive(tmp_path, *(line.strip() for line in limits.splitlines()))
    assert outcomes(anew, SEND) == what_if(open_dive(finished), {SEND: TABLE}).obligations[0].after


def test_a_limit_that_changes_nothing_is_said_to_change_nothing(finished):
    told = wardline("whatif", finished, "--limit", f"{SEND}=168 minutes")
    assert "None of 4 occasions changes." in told.stdout


def test_the_period_and_the_instant_of_the_dive_hold(tmp_path):
    files = {
        "dive.yaml": FILES["dive.yaml"]
        .replace("as at: 2025-06-10", "as at: 2025-06-03 12:30")
        .replace("from: 2025-06-01", "from: 2025-06-03")
    }
    assert wardline("dive", write_dive(tmp_path, files), "--out", tmp_path / "out").returncode == 0
    (asked,) = what_if(open_dive(tmp_path / "out"), {SEND: "3 hours"}).obligations
    assert asked.before == asked.after == outcomes(tmp_path / "out", SEND)
    assert sum(asked.after.values()) == 1


def test_an_obligation_without_an_occasion_is_told(tmp_path):
    files = changed("dive.yaml", "period: {from: 2025-06-01", "period: {from: 2025-06-30")
    assert wardline("dive", write_dive(tmp_path, files), "--out", tmp_path / "out").returncode == 0
    told = wardline("whatif", tmp_path / "out", "--limit", f"{SEND}=3 hours")
    assert "There is no occasion of it in this dive" in told.stdout


def test_two_versions_are_asked_about_apart(tmp_path):
    assert wardline("dive", write_dive(tmp_path, two_versions()), "--out", tmp_path / "out").returncode == 0
    told = wardline("whatif", tmp_path / "out", "--limit", f"{SEND}=3 hours")
    assert "(our-own/pace/send, version 1)" in told.stdout and "(our-own/pace/send, version 2)" in told.stdout
    assert told.stdout.count("  our-own/pace/send: {limit: 3 hours") == 1


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (
            ["our-own/pace/sedn=1 hour"],
            ["no obligation called `our-own/pace/sedn`", "Did you mean `our-own/pace/send`?"],
        ),
        (["send=1 hour"], ["Did you mean `our-own/pace/send`?"]),
        ([f"{SEND}=soon"], ['"soon" is not a length of time', "for example `3 hours`"]),
        ([f"{SEND}=15"], ['"15" is not a length of time']),
        ([f"{SEND}={{high: 1 hour}}"], ["`by` is missing"]),
        ([f"{SEND}={{by: grade, high: 1 hour"], ["This is not YAML"]),
        ([f"{SEND}=to: be: set"], ["This is not YAML"]),
        (["our-own/pace/ethnicity=1 hour"], ["has no time limit"]),
        (["our-own/pace/reviews=0 minutes"], ["Nothing can happen again"]),
        ([SEND], ["does not say which limit"]),
        ([f"{SEND}="], ["does not say which limit"]),
        ([f"{SEND}=1 hour", f"{SEND}=2 hours"], ["asked about twice"]),
        (["x=1 hour", f"{SEND}=soon"], ["no obligation called `x`", "is not a length of time"]),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_sentence(finished, limits, said):
    told = wardline("whatif", finished, *[part for limit in limits for part in ("--limit", limit)])
    assert told.returncode == 2, told.stdout
    for words in said:
        assert words in told.stderr
    assert "Traceback" not in told.stderr and "settings/" not in told.stderr


def test_a_folder_that_holds_no_dive_is_told(tmp_path):
    told = wardline("whatif", tmp_path, "--limit", f"{SEND}=1 hour")
    assert told.returncode == 5 and "There is no finished dive in this folder." in told.stderr


@pytest.mark.parametrize("name", ["events.parquet", "settings/force.yaml", "findings.parquet"])
def test_a_dive_that_was_changed_is_told(tmp_path, name):
    folder = a_dive(tmp_path)
    with (folder / name).open("ab") as file:
        file.write(b"\n# more\n")
    told = wardline("whatif", folder, "--limit", f"{SEND}=1 hour")
    assert told.returncode == 5 and f"changed after it was made: {name}." in told.stderr
