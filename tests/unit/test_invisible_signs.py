"""A text is read as it is seen, whatever stands in it that nobody sees."""

from __future__ import annotations

import sys
import unicodedata

import polars as pl
import pytest

from wardline.invisible_signs import MAY_BE_COMPOSED, as_named, as_seen, as_shown


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


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("e\n.csv", r"e\n.csv"),
        ("e\r\t\x1b\x7f.csv", r"e\r\t\x1b\x7f.csv"),
        ("e\udcff.csv", r"e\xff.csv"),
        ("e\ud800.csv", r"e\ud800.csv"),
        ("e\u202e\u200b\u2028.csv", r"e\u202e\u200b\u2028.csv"),
        ("Renée 東京 (1)\u00a0.csv", "Renée 東京 (1)\u00a0.csv"),
    ],
)
def test_the_name_of_a_file_is_shown_in_signs_that_can_be_seen(name, shown):
    assert as_shown(name) == shown
    assert shown.encode() and "\n" not in shown


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r", "\t", "  ", " \n\n ", "\u00a0", "\u2028", "\u200b \u200b\n"])
def test_the_name_of_a_column_is_on_one_line(sign: str) -> None:
    assert as_named(f"{sign}Sent{sign}at{sign}") == "Sent at"
    assert as_named(sign) == ""


@pytest.mark.parametrize(
    ("apart", "composed"),
    [("Re\u0301f", "R\u00e9f"), ("A\u030angstro\u0308m", "\u00c5ngstr\u00f6m"), ("\u212bm", "\u00c5m")],
)
def test_a_letter_and_its_accent_are_one_sign(apart: str, composed: str) -> None:
    assert as_seen(apart) == as_named(apart) == composed == as_seen(composed)


def test_no_sign_that_can_be_composed_is_overlooked_in_a_column() -> None:
    signs = [chr(number) for number in range(sys.maxunicode + 1) if not 0xD800 <= number <= 0xDFFF]
    apart = [unicodedata.normalize("NFD", sign) for sign in signs]
    changed = [text for text in (*signs, *apart) if unicodedata.normalize("NFC", text) != text]
    assert pl.Series(changed).str.contains(MAY_BE_COMPOSED).all()
