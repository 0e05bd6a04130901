"""Generated pages are what they are generated from."""

import pytest

from tests.architecture.repository import ROOT
from tools.write_docs import demoted, generated_pages


@pytest.mark.parametrize("path", list(generated_pages()), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_generated_page_is_up_to_date(path):
    assert path.read_text(encoding="utf-8") == generated_pages()[path](), "run `make docs`"


def test_headings_inside_an_example_are_left_alone():
    assert demoted("# A\n\n```text\n# B\n```\n\n## C") == "## A\n\n```text\n# B\n```\n\n### C"
