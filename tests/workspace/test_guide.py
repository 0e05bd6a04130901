"""docs/how-to/run-the-workspace.md, followed word for word in a fresh folder."""

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
    workspace = tmp_path / "workspace.yaml"
    workspace.write_text(settings.replace("hosts: [", "hosts: [localhost, 127.0.0.1, "), encoding="utf-8")
    (tmp_path / "passphrase").write_text("four words and a number 7", encoding="utf-8")
    link, typed = "", []
    for name, *arguments in lines_typed():
        typed.append(arguments[0])
        if name == "pip":
            continue
        if arguments[0] == "serve":
            with serving(workspace, workers=3) as address:
                take_up(address, link)
            continue
        if "erase-account" in arguments:  # "Close their account under People"
            with sqlite3.connect(tmp_path / "workspace.sqlite3") as connection:
                connection.execute("UPDATE people_account SET is_active = 0")
        said = command(*arguments, cwd=tmp_path)
        expected = THINGS_TO_CHANGE if arguments[0] == "check-deployment" else 0
        assert said.returncode == expected, f"{arguments}\n{said.stdout}{said.stderr}"
        if "first-administrator" in arguments:
            link = link_in(said.stdout)
    assert typed == [
        "install",
        "workspace",
        "serve",
        "check-deployment",
        "backup",
        "restore",
        "trail",
        "workspace",
        "workspace",
    ]
    assert (tmp_path / "restored" / "workspace.sqlite3").is_file()
