"""Every link of every page, followed as every role: none leads nowhere, and each page says what all must say."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.workspace.walking import at_the_office, roles_of, something_in_every_room, walked
from wardline_workspace.deployment.described import Place

pytestmark = pytest.mark.django_db
BUTTON = re.compile(r"A child may be at risk now\s*</(?:a|button)>")


def what_is_wrong(page) -> list[str]:
    """What a page lacks that every page must have, or says that none may."""
    if page.status != 200:
        return [f"answers {page.status}"]
    if not page.text:
        return []
    words = re.sub(r"<[^>]*>", " ", re.sub(r"<script.*?</script>|<svg.*?</svg>", " ", page.text, flags=re.DOTALL))
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", page.text)]
    said = {
        "does not say that its data is made up": "Made-up data" in words,
        "has no protective marking": "OFFICIAL" in words,
        "has no way to say that a child may be at risk now": bool(BUTTON.search(page.text)),
        f"has headings in the wrong order: {levels}": levels.count(1) == 1 and not _skips(levels),
        "shows what a programmer wrote": not re.search(r"\b(?:None|undefined|NaN|nan)\b(?! of|,? but)", words),
    }
    return [what for what, holds in said.items() if not holds]


def _skips(levels: list[int]) -> bool:
    return any(after - before > 1 for before, after in pairwise(levels))


def all_that_is_wrong(browse_as, place: Place) -> list[str]:
    return [
        f"{page.role}: {page.address} {what} (from {page.came_from})"
        for role in roles_of(place)
        for page in walked(browse_as(role.name), role.name)
        for what in what_is_wrong(page)
    ]


def test_at_the_force_and_at_the_office_no_link_leads_nowhere(browse_as, account_as, added, settings, tmp_path):
    release = something_in_every_room(browse_as, account_as, added)
    wrong = all_that_is_wrong(browse_as, Place.FORCE)
    with at_the_office(settings, tmp_path, release):
        wrong += all_that_is_wrong(browse_as, Place.OFFICE)
    assert not wrong, "\n".join(wrong)
