"""Of how many different children some occasions tell as much as they do."""

from __future__ import annotations

import polars as pl
import pytest

from wardline.measures.chance import NORMAL_95, _student, effective_size


def occasions(*children: tuple[int, int]) -> pl.DataFrame:
    """Of each child so many occasions, of which so many are met."""
    rows = [(f"p{child}", at < met) for child, (many, met) in enumerate(children) for at in range(many)]
    return pl.DataFrame(rows, schema={"who": pl.String, "is_met": pl.Boolean}, orient="row")


def test_occasions_of_different_children_are_as_many_as_they_are() -> None:
    assert effective_size(occasions((1, 1), (1, 0), (1, 1))) is None


def test_the_occasions_of_one_child_tell_as_much_as_one() -> None:
    assert effective_size(occasions((40, 30))) == 1


def test_where_those_of_a_child_are_always_alike_they_are_about_as_many_as_the_children() -> None:
    alike = [(5, 5)] * 100 + [(5, 0)] * 100
    assert effective_size(occasions(*alike)) == pytest.approx(200, rel=0.02)
    assert effective_size(occasions(*[(5, 5)] * 200)) == pytest.approx(200, rel=0.02)


def test_where_those_of_a_child_are_as_mixed_as_all_they_are_nearly_as_many_as_they_are() -> None:
    assert effective_size(occasions(*[(4, 2)] * 300)) == pytest.approx(1200, rel=0.01)


def test_never_more_than_there_are() -> None:
    size = effective_size(occasions(*[(2, 1)] * 10))
    assert size is not None and size < 20


def test_of_few_children_less_is_known() -> None:
    many, few = effective_size(occasions(*[(10, 5)] * 40)), effective_size(occasions(*[(100, 50)] * 4))
    assert many is not None and few is not None
    assert few < many / 2


@pytest.mark.parametrize(
    ("freedom", "published"), [(1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (10, 2.228), (30, 2.042), (1000, 1.962)]
)
def test_students_quantile_is_near_enough_to_the_published_tables(freedom: int, published: float) -> None:
    assert _student(freedom) == pytest.approx(published, rel=0.04)
    assert _student(freedom) > NORMAL_95
