"""Lists in English have one implementation, and it is right."""

import re

import pytest

from tests.architecture.repository import library_modules
from wardline.english import and_list, count, in_code, or_list, times


@pytest.mark.parametrize(
    ("parts", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c"), (iter("abcd"), "a, b, c or d")],
)
def test_a_list_is_said_as_in_english(parts, said):
    assert or_list(parts) == said


def test_and_may_join_the_last_two():
    assert and_list(in_code(["yes", "no"])) == "`yes` and `no`"
    assert [and_list([]), and_list(["a"])] == ["", "a"]


def test_a_number_agrees_with_its_noun():
    assert [count(n, "duty", "duties") for n in (0, 1, 1234)] == ["no duties", "1 duty", "1,234 duties"]
    assert [times(n) for n in (1, 2, 3, 1842)] == ["once", "twice", "3 times", "1,842 times"]


def test_no_other_module_puts_a_list_together():
    by_hand = re.compile(r"join\([^)]*\[:-1\]\)")
    assert [path for path, text in library_modules() if by_hand.search(text)] == []
