"""The site that `make docs` builds: without a warning, and without anything of another place in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tests.architecture.repository import ROOT
from tests.docs.pages import name_of, pages

# What a browser fetches by itself; a link that a person follows may lead anywhere.
FETCHED = re.compile(
    r"""<(?:script|img|iframe|source|audio|video)[^>]*\ssrc=["']?(?:https?:)?//"""
    r"""|<link[^>]*\brel=["']?(?:stylesheet|icon|preload|preconnect|dns-prefetch)[^>]*href=["']?(?:https?:)?//"""
    r"""|<link[^>]*href=["']?(?:https?:)?//[^>]*rel=["']?(?:stylesheet|icon|preload|preconnect|dns-prefetch)"""
    r"""|@import\s+["']?(?:url\(\s*["']?)?(?:https?:)?//|url\(\s*["']?(?:https?:)?//""",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    program = [sys.executable, "-m", "sphinx", "--quiet", "--nitpicky", "--fail-on-warning", "--conf-dir", "docs"]
    places = ["--doctree-dir", folder / "doctrees", ".", folder / "html"]
    built = subprocess.run([*program, *places], cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return folder / "html"


def test_every_page_is_in_the_site(site):
    missing = [name_of(page) for page in pages() if not (site / name_of(page)).with_suffix(".html").exists()]
    assert missing == []


def test_the_site_begins_at_its_index(site):
    target = re.search(r'url=([^"]+)"', (site / "index.html").read_text(encoding="utf-8"))
    assert target and (site / target[1]).exists()


def test_no_page_fetches_anything_from_another_place(site):
    texts = [path for path in site.rglob("*") if path.suffix in (".html", ".css")]
    assert len(texts) > 50
    assert [path.name for path in texts if FETCHED.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "text",
    [
        '<script async src="https://example.org/a.js">',
        '<link rel="stylesheet" href="//example.org/a.css">',
        '<link href="https://example.org/a.css" rel="preload">',
        "a { background: url(https://example.org/a.png) }",
        '@import "https://example.org/a.css"',
    ],
)
def test_what_a_page_would_fetch_is_seen(text):
    assert FETCHED.search(text)


def test_the_search_knows_every_page(site):
    index = json.loads((site / "searchindex.js").read_text(encoding="utf-8")[len("Search.setIndex(") : -1])
    assert set(index["docnames"]) == {name_of(page).removesuffix(".md") for page in pages()}
    assert index["docnames"].index("docs/reference/findings") in index["terms"]["ordin"]
