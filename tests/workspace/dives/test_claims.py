"""The claims of a dive on its pages: each answer in sentences, with what to ask next."""

import shutil

import pytest

from tests.workspace.dives.conftest import EXAMPLE
from wardline.dive import open_dive, run_dive

pytestmark = pytest.mark.django_db
CLAIM = """claims:
  - claim: Children are reached sooner than a year ago.
    said by: Chief constable (made up)
    where: police and crime panel
    said on: 2025-01-12
    measure: england/missing-children/reached-in-time
    direction: better
    size: 10 points
    from: 2025-01-01
    by: 2025-03-31
    declared: {by: Head of scrutiny (made up), on: 2025-01-20}
"""


@pytest.fixture(scope="module")
def claimed_dive(tmp_path_factory):
    here = tmp_path_factory.mktemp("claimed")
    shutil.copytree(EXAMPLE, here / "example")
    (here / "example" / "claims.yaml").write_text(CLAIM, encoding="utf-8")
    dive = here / "example" / "dive.yaml"
    dive.write_text(f"{dive.read_text(encoding='utf-8')}\nclaims: claims.yaml\n", encoding="utf-8")
    run_dive(dive, here / "dive")
    return here / "dive"


def test_what_is_said_to_be_better_is_answered_in_sentences(claimed_dive, browse_as, deployment, db):
    from wardline_workspace.dives.actions import add_dive

    added = add_dive(claimed_dive, by="test")
    (answer,) = open_dive(claimed_dive).claim_answers
    browser = browse_as("force-lead")
    for page in (browser.get(f"/dives/{added.slug}/"), browser.get(f"/dives/{added.slug}/claims/")):
        text = page.content.decode()
        assert answer.claim.words in text
        assert "(&#39;" not in text and "&#39;)" not in text, "a tuple is shown as Python writes it"
    assert "Ask next:" in text


def test_each_page_of_a_dive_is_listed_once():
    from wardline_workspace.dives.parts import PARTS

    names = [part.url_name for part in PARTS]
    assert sorted(set(names)) == sorted(names)
