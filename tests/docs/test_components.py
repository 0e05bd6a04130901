"""What a workspace installs is what Wardline imports there, and nothing that tests and docs need."""

from __future__ import annotations

import json
import re
from importlib.metadata import requires

from packaging.requirements import Requirement

from tests.architecture.repository import ROOT
from tools.components import components_list, installed, lock_to_build, lock_to_install


def test_what_each_installed_package_requires_is_installed_too():
    names = {one.name for one in installed()}
    for name in names:
        needed = [Requirement(one) for one in requires(name) or []]
        here = {
            one.name.lower().replace("_", "-").replace(".", "-")
            for one in needed
            if not one.marker or one.marker.evaluate({"extra": ""})
        }
        assert here <= names, name


def test_nothing_of_tests_and_docs_is_installed():
    assert {"django", "gunicorn", "psycopg", "polars"} <= {one.name for one in installed()}
    assert not {"pytest", "playwright", "sphinx", "mypy", "hatchling"} & {one.name for one in installed()}


def test_every_package_is_held_to_the_hashes_of_the_whole_lock():
    whole = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for part in (lock_to_install(), lock_to_build()):
        hashes = re.findall(r"--hash=sha256:\w+", part)
        assert hashes
        assert all(one in whole for one in hashes)
        assert part.count("\n    --hash") >= part.count("==")


def test_the_list_of_components_names_packages_and_what_stands_beside_our_pages():
    known_by = [one["purl"] for one in json.loads(components_list())["components"]]
    assert len(known_by) == len(installed()) + 2
    assert any(one.startswith("pkg:pypi/django@5.2") for one in known_by)
    assert any(one.startswith("pkg:npm/govuk-frontend@") for one in known_by)
