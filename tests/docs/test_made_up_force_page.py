"""The shares that the page about the made-up force tells are those by which mistakes are made."""

from __future__ import annotations

import re

import pytest

from tests.architecture.repository import ROOT
from wardline.simulation import person_records as shares
from wardline.simulation.records import SYSTEMS

PAGE = ROOT / "docs" / "explanation" / "the-made-up-force.md"
MADE_BY = {
    "given name misspelt": shares.GIVEN_NAME_MISSPELT,
    "family name misspelt": shares.FAMILY_NAME_MISSPELT,
    "names swapped": shares.NAMES_SWAPPED,
    "given name missing": shares.GIVEN_NAME_MISSING,
    "date of birth missing": shares.BIRTH_DATE_MISSING,
    "another address": shares.MOVED,
    "postcode missing": shares.POSTCODE_MISSING,
    "telephone missing": shares.PHONE_MISSING,
    "ethnicity empty": shares.ETHNICITY_EMPTY,
}


def told() -> dict[str, list[str]]:
    rows = re.findall(r"^\| ([a-z ]+) \| (.+%) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {mistake: cells.split(" | ") for mistake, cells in rows}


def test_every_mistake_of_the_table_is_one_that_is_made():
    assert set(told()) == set(MADE_BY)


@pytest.mark.parametrize("mistake", MADE_BY)
def test_a_mistake_is_told_with_the_share_by_which_it_is_made(mistake):
    share = MADE_BY[mistake]
    by_system = [share[system] if isinstance(share, dict) else share for system in SYSTEMS]
    assert told()[mistake] == [f"{100 * each:.3g}%" for each in by_system]
