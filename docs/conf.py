"""How Sphinx builds the site: `make docs`. It reads the pages as they are, from the top of the repository.

Nothing is fetched, neither at the build nor by the pages. Every warning is an error, so that a link to a page or a
heading that is not there stops the build. `docs/decisions/0013` says why it is Sphinx.
"""

from __future__ import annotations

from pathlib import Path

from pygments.lexers.data import YamlLexer
from sphinx.application import Sphinx

project = "Wardline"
author = "The Wardline project"
copyright = "the Wardline project; MIT licence"  # noqa: A001  the name that Sphinx reads
language = "en"

extensions = ["myst_parser"]
root_doc = "docs/README"
include_patterns = ["*.md", "docs/**.md", "examples/*/README.md"]
exclude_patterns = [".venv", "build", "dives", "src", "tests", "tools", "specification", "**/.*"]

myst_heading_anchors = 6
myst_links_external_new_tab = False
nitpicky = True
# A page of examples shows what a person typed and saw, and a comment at its top says what it is written from.
suppress_warnings = ["misc.highlighting_failure", "myst.header"]

html_theme = "furo"
html_title = "Wardline"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_last_updated_fmt = None
html_permalinks_icon = "#"

# The sidebar. Each page is in one part, and a page that is in none is an error.
PARTS = {
    "Learn": ["/README", "tutorials/*"],
    "Get something done": ["how-to/*"],
    "Look something up": [
        "reference/README",
        "reference/standards/README",
        "reference/*",
        "reference/standards/*",
        "/GLOSSARY",
        "/CHANGELOG",
    ],
    "Understand why": ["explanation/*"],
    "Decisions": ["decisions/*"],
    "The project": ["/CONTRIBUTING", "/SECURITY", "/examples/*/README"],
}


def add_the_sidebar(app: Sphinx, page: str, source: list[str]) -> None:
    """The tree of all pages, below the first page's own list, so that the page stays plain Markdown to others."""
    if page == root_doc:
        for part, pages in PARTS.items():
            listed = "\n".join(pages)
            source[0] += f"\n```{{toctree}}\n:hidden:\n:glob:\n:titlesonly:\n:caption: {part}\n\n{listed}\n```\n"


def add_the_index(app: Sphinx, problem: Exception | None) -> None:
    """The page that a web server shows first leads on to the first page of the docs."""
    if problem is None:
        leading_on = (
            f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={root_doc}.html">'
        )
        (Path(app.outdir) / "index.html").write_text(
            f'{leading_on}\n<title>{project}</title>\n<a href="{root_doc}.html">{project}</a>\n', encoding="utf-8"
        )


def setup(app: Sphinx) -> None:
    """What Sphinx calls first."""
    app.connect("source-read", add_the_sidebar)
    app.connect("build-finished", add_the_index)
    app.add_lexer("standard", YamlLexer)
