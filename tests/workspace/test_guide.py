"""docs/how-to/run-the-workspace.md: what its user types, followed word for word in a fresh folder.

What the machine's administrator types (its blocks of `sh`) needs a machine of its own.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import shlex
import sqlite3
import urllib.parse
import urllib.request

import pytest

from tests.architecture.repository import ROOT
from tests.workspace.conftest import PASSWORD
from tests.workspace.served import command, link_in, serving

GUIDE = (ROOT / "docs" / "how-to" / "run-the-workspace.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(yaml|bash)\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
THINGS_TO_CHANGE = 1  # what `check-deployment` ends with where there is no certificate and one administrator


def lines_typed() -> list[list[str]]:
    return [shlex.split(line) for kind, block in BLOCKS if kind == "bash" for line in block.splitlines()]


def take_up(address: str, link: str) -> None:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = browser.open(address + link, timeout=30).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    sent = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "password": PASSWORD, "again": PASSWORD}).encode()
    assert "Your account is made" in browser.open(address + link, sent, timeout=30).read().decode()


@pytest.mark.skipif("WARDLINE_TEST_DATABASE" in os.environ, reason="the guide makes a SQLite database of its own")
def test_the_guide_is_followed_to_its_end(tmp_path):
    [settings] = [block for kind, block in BLOCKS if kind == "yaml"]
    workspace = tmp_path / "workspace" / "workspace.yaml"
    workspace.parent.mkdir()
    workspace.write_text(settings.replace("hosts: [", "hosts: [localhost, 127.0.0.1, "), encoding="utf-8")
    (tmp_path / "passphrase").write_text("four words and a number 7", encoding="utf-8")
    (tmp_path / "backups").mkdir()
    places = {"/backups": str(tmp_path / "backups"), "/etc/wardline": str(tmp_path)}
    link, typed = "", []
    for line in lines_typed():
        _, *arguments = [re.sub("^(/backups|/etc/wardline)", lambda found: places[found[0]], one) for one in line]
        typed.append(arguments[0])
        if arguments[0] == "serve":
            with serving(workspace, workers=3) as address:
                take_up(address, link)
            continue
        if "erase-account" in arguments:  # "Close their account under People"
            with sqlite3.connect(workspace.parent / "workspace.sqlite3") as connection:
                connection.execute("UPDATE people_account SET is_active = 0")
        said = command(*arguments, cwd=workspace.parent)
        expected = THINGS_TO_CHANGE if arguments[0] == "check-deployment" else 0
        assert said.returncode == expected, f"{arguments}\n{said.stdout}{said.stderr}"
        if "first-administrator" in arguments:
            link = link_in(said.stdout)
    assert typed == ["workspace", "serve", "check-deployment", "backup", "restore", "trail", "workspace", "workspace"]
    assert (tmp_path / "backups" / "tried" / "workspace.sqlite3").is_file()


def test_the_files_that_it_names_are_there_and_name_its_places():
    named = set(re.findall(r"deploy/[\w.-]+", GUIDE))
    assert len(named) > 5
    assert [name for name in named if not (ROOT / name).is_file()] == []
    for name in ("wardline.service", "wardline-backup.service", "Containerfile"):
        text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
        places = set(re.findall(r"(?:/srv|/opt|/etc)/wardline|/backups", text))
        assert places
        assert places <= set(re.findall(r"(?:/srv|/opt|/etc)/wardline|/backups", GUIDE)), name
