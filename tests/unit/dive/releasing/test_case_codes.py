"""Codes of cases: fresh under each secret, alike under one, never a case number, and no order that leaks."""

from __future__ import annotations

from itertools import pairwise

import pytest

from wardline.dive.releasing.case_codes import case_codes, way_back_in_csv

IDS = [f"missing:{number}" for number in range(1000, 3000)]
SECRET, OTHER_SECRET = b"the first secret of sixteen", b"another secret of sixteen"


def test_each_case_has_a_code_of_its_own():
    found = case_codes(IDS, SECRET)
    assert set(found) == set(IDS)
    assert len(set(found.values())) == len(IDS)


def test_the_same_secret_gives_the_same_codes_in_whatever_order_the_cases_come():
    assert case_codes(IDS, SECRET) == case_codes(IDS[::-1], SECRET)


def test_another_secret_gives_others():
    first, second = case_codes(IDS, SECRET), case_codes(IDS, OTHER_SECRET)
    assert sum(first[one] == second[one] for one in IDS) < 5


def test_the_order_of_codes_says_nothing_of_the_order_of_cases():
    found = case_codes(IDS, SECRET)
    in_order = sorted(IDS, key=found.__getitem__)
    places = [IDS.index(one) for one in in_order]
    rising = sum(later > earlier for earlier, later in pairwise(places))
    assert 0.45 < rising / (len(places) - 1) < 0.55


def test_no_code_is_the_number_of_a_case():
    found = case_codes(IDS, SECRET)
    taken = found["missing:1000"]
    again = case_codes([*IDS, f"crime:{taken}"], SECRET)
    assert taken not in again.values()


def test_codes_are_longer_where_there_are_many_cases():
    assert {len(code) for code in case_codes(IDS[:10], SECRET).values()} == {4}
    assert {len(code) for code in case_codes([f"m:{number}" for number in range(9000)], SECRET).values()} == {5}


def test_a_secret_that_can_be_guessed_is_refused():
    with pytest.raises(AssertionError):
        case_codes(IDS, b"short")


def test_the_way_back_is_a_table_by_code():
    assert way_back_in_csv({"missing:2": "B7", "missing:1": "Z3"}) == "code,case_id\r\nB7,missing:2\r\nZ3,missing:1\r\n"
