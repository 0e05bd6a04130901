"""The workspace under test: a force's deployment on SQLite, or on the database that WARDLINE_TEST_DATABASE names."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

FOLDER = Path(tempfile.mkdtemp(prefix="wardline-workspace-"))
DATABASE = os.environ.get("WARDLINE_TEST_DATABASE")
(FOLDER / "workspace.yaml").write_text(
    "workspace of: force\n"
    "force: Teesmouth Police\n"
    "office: Teesmouth Commissioner’s office\n"
    "duty post: {name: the duty inspector, telephone: 01632 960 101}\n"
    "professional standards: {name: professional standards, telephone: 01632 960 102}\n"
    "hosts: [testserver, localhost, 127.0.0.1]\n"
    "demonstration: yes\n" + (f"database: {DATABASE}\n" if DATABASE else ""),
    encoding="utf-8",
)
os.environ["WARDLINE_WORKSPACE"] = str(FOLDER / "workspace.yaml")
os.environ["DJANGO_SETTINGS_MODULE"] = "wardline_workspace.settings"

import django

django.setup()

from django.test import Client

from wardline_workspace.deployment.described import Deployment, Place
from wardline_workspace.people.actions import make_account
from wardline_workspace.people.models import Account

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def quick_passwords(settings: object) -> None:
    """Hashing a password is slow on purpose, and no test is about that."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def figures_of_all_tests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where figures of dives are kept from one test to the next: counting them is not what each test is about."""
    return tmp_path_factory.mktemp("figures")


@pytest.fixture
def deployment(settings: object, tmp_path: Path, figures_of_all_tests: Path) -> Deployment:
    """The force's deployment, keeping its files in a folder of the test's own."""
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, folder=tmp_path / "workspace")
    settings.DEPLOYMENT.folder.mkdir()
    (settings.DEPLOYMENT.folder / "figures").symlink_to(figures_of_all_tests)
    return settings.DEPLOYMENT


@pytest.fixture
def in_earnest(settings: object, deployment: Deployment) -> Deployment:
    """The force's deployment as it is in earnest: no demonstration, so every account needs its second step."""
    settings.DEPLOYMENT = replace(deployment, is_demonstration=False)
    return settings.DEPLOYMENT


@pytest.fixture
def office(settings: object, deployment: Deployment) -> Deployment:
    """The office's deployment instead."""
    settings.DEPLOYMENT = replace(deployment, place=Place.OFFICE, body=deployment.office)
    return settings.DEPLOYMENT


@pytest.fixture
def account_as(db: None, deployment: Deployment) -> Callable[[str], Account]:
    """An account in a role; the same one each time it is asked for."""
    made: dict[str, Account] = {}

    def account(role: str) -> Account:
        if role not in made:
            made[role] = make_account(email=f"{role}@made-up.example", name=role, role=role, password=PASSWORD)
        return made[role]

    return account


@pytest.fixture
def browse_as(account_as: Callable[[str], Account]) -> Iterator[Callable[[str | None], Client]]:
    """A client logged in in a role, or as nobody."""

    def client(role: str | None) -> Client:
        browser = Client()
        if role is not None:
            browser.force_login(account_as(role), backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser

    yield client


@pytest.fixture(scope="session")
def dived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the dive of examples/first-dive, made once."""
    from tests.workspace.room_of_children import make_first_dive

    return make_first_dive(tmp_path_factory.mktemp("first-dive"))


@pytest.fixture(scope="session")
def dive(dived: Path) -> object:
    """The same dive, opened."""
    from wardline.dive import open_dive

    return open_dive(dived)


@pytest.fixture
def added(db: None, deployment: Deployment, dived: Path) -> object:
    """The same dive, added to the force's workspace."""
    from wardline_workspace.dives.actions import add_dive

    return add_dive(dived, by="test")


@pytest.fixture
def dives(db: None, deployment: Deployment, dive: object, monkeypatch: pytest.MonkeyPatch) -> object:
    """Adds dives with lists of their own: tests/workspace/room_of_children.py."""
    from tests.workspace.room_of_children import Dives

    return Dives(dive, monkeypatch)
