"""A text is read as it is seen, whatever stands in it that nobody sees."""

from __future__ import annotations

import pytest

from wardline.invisible_signs import as_seen


@pytest.mark.parametrize(
    "number", [0xAD, 0x61C, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x2060, 0x2066, 0xFEFF]
)
def test_what_has_no_width_is_taken_out(number):
    sign = chr(number)
    assert as_seen(f"{sign}E{sign}1{sign}{sign}") == "E1"


@pytest.mark.parametrize("number", [0xA0, 0x2003, 0x2007, 0x202F, 0x3000])
def test_every_space_is_a_plain_one(number):
    assert as_seen(f"Found{chr(number)}at") == "Found at"


@pytest.mark.parametrize("text", ["", "E1", " E 1\t", "Renée-Zoë", "Ω≈ç", "a\nb", "東京"])
def test_all_else_stays(text):
    assert as_seen(text) == text
