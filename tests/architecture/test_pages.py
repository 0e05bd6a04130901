"""Pages are templates filled with worded values: no HTML is written in Python, and no number comes from elsewhere."""

import ast
import re

from tests.architecture.repository import LIBRARY, library_trees

# Drawings are SVG, which is measured and not laid out.
DRAWS = {
    "reports/wait_picture.py",
    "reports/step_picture.py",
    "reports/two_clocks_picture.py",
    "reports/drawing.py",
    "reports/chart_picture.py",
    "reports/funnel_picture.py",
    "reports/small_chart.py",
    "reports/outcome_bar.py",
}
TAG = re.compile(
    r"</?(a|b|p|div|span|table|tr|td|th|ul|ol|li|dl|dt|dd|h[1-6]|section|article|figure|em|strong|br)\b[^<]*>"
)
# The modules that put a figure into words, and those that say numbers that are no figures (limits of what is shown).
NUMBER_WORDS = {"number", "count", "times", "percent"}
SAYS_NUMBERS = {
    "reports/figures_in_words.py": "every figure passes through here",
    "reports/claims_in_words.py": "how often a rule found a signal in one chart, which no table of a dive holds",
    "reports/page_tables.py": "how many rows of a table are shown",
    "reports/wording.py": "lengths of time, in their units",
    "reports/two_clocks_picture.py": "how many events of one case are drawn, which its table shows",
    "reports/sources.py": "how many obligations rest on what: facts of the standards, not of the records",
    "reports/assumed.py": "how many obligations are named in a sentence",
    "reports/coverage_in_words.py": "rows of export files, which no table of a dive holds",
    "reports/dive_in_words.py": "rows of export files; and cases that name a child, the difference of two counts",
    "reports/release_in_words.py": "how many rows a release holds, and how many values stay, which no table holds",
    "reports/dives_compared_in_words.py": "what two dives have in common, which no table of either holds",
    "reports/dives_compared_on_page.py": "how many cases and occasions each of two dives has, as the text says them",
    "reports/children_in_numbers.py": "from how many cases to how many a row of the table is about",
    "reports/draft_in_words.py": "how many obligations of the shipped standards are about a type of case",
    "reports/settings_in_words.py": "how many more obligations there are than are named",
    "reports/what_if_in_words.py": "occasions under a limit that nobody has set, which no table of a dive holds",
    "reports/children_to_open.py": "how many more cases of a child there are than are named",
    "reports/standards_at_a_glance.py": "how many standards there are",
    "reports/chart_scale.py": "the figures and lines of a chart: shares, rates and times, which are no counts",
    "reports/charts_in_words.py": "how many months a chart has, and how many charts show a signal",
    "reports/getting_better.py": "how many measures there are",
    "reports/telling.py": "how many obligations have one answer, and how many more there are than are named",
}


def report_trees():
    return [(path, tree) for path, tree in library_trees() if path.startswith("reports/")]


def strings_of(tree):
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node


def test_no_page_is_put_together_from_html_in_python():
    found = [
        f"{path}:{node.lineno} {node.value.strip()[:40]}"
        for path, tree in report_trees()
        for node in strings_of(tree)
        if path not in DRAWS and TAG.search(node.value)
    ]
    assert found == []


def test_only_drawings_are_marked_as_safe():
    marked = [
        path
        for path, tree in report_trees()
        if path not in DRAWS | {"reports/clock_picture.py"}
        and any(isinstance(node, ast.Name) and node.id == "Markup" for node in ast.walk(tree))
    ]
    # A picture is carried as it was drawn.
    assert marked == []


def test_html_in_a_string_would_be_seen():
    for text in ('"<b>{} of {}</b>"', '"""a""" + "<a href=1>"', "f'<td>{x}</td>'"):
        assert any(TAG.search(node.value) for node in strings_of(ast.parse(f"x = 1\ny = {text}")))


def test_numbers_reach_a_page_through_figures_in_words():
    """Only the modules that are listed import the words of plain numbers, and each says what numbers those are."""
    assert {path for path, tree in report_trees() if says_numbers(tree)} - set(SAYS_NUMBERS) == set()
    assert {path for path in SAYS_NUMBERS if not (LIBRARY / path).exists()} == set()


def says_numbers(tree):
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return any(
        node.module in ("wardline.english", "wardline.reports.wording")
        and NUMBER_WORDS & {one.name for one in node.names}
        # Or the whole module.
        or node.module in ("wardline", "wardline.reports")
        and {"english", "wording"} & {one.name for one in node.names}
        for node in imported
    )


def test_an_import_of_the_words_of_numbers_is_seen():
    for line in (
        "from wardline.english import and_list, number",
        "from wardline import english",
        "from wardline.reports import wording",
        "from wardline.reports.wording import percent",
    ):
        assert says_numbers(ast.parse(line))
    assert not says_numbers(ast.parse("from wardline.english import and_list"))


def test_the_value_of_a_figure_is_worded_in_one_place():
    """Elsewhere it is compared with another number (one of them is said in the singular), and never written out."""
    written = [
        f"{path}:{node.lineno}"
        for path, tree in report_trees()
        if path != "reports/figures_in_words.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.FormattedValue)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute) and inner.attr == "value" and not is_compared(inner, node)
    ]
    assert written == []


def is_compared(attribute, within):
    return any(
        isinstance(node, ast.Compare) and any(inner is attribute for inner in ast.walk(node))
        for node in ast.walk(within)
    )
