"""Addresses of databases: variables filled in, passwords shown nowhere; and what is said of a query's order."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic_core import PydanticCustomError

from wardline.errors import Place, without_passwords
from wardline.record_systems.mapping.addresses import UnknownVariable, find_address, read_query, says_order

HERE = Path("/somewhere")


def test_a_password_may_hold_any_character() -> None:
    address = find_address(
        "postgresql://${WHO}:${PW}@db.example:5433/records", {"WHO": "reader", "PW": "p@ss:w/rd"}, HERE
    )
    assert address.text == "postgresql://reader:p%40ss%3Aw%2Frd@db.example:5433/records"
    assert (address.host, address.port) == ("db.example", 5433)


def test_what_is_shown_of_an_address_holds_neither_user_nor_password() -> None:
    address = find_address("mysql://reader:${PW}@db.example/records?password=${PW}", {"PW": "secret"}, HERE)
    assert address.shown == "mysql://db.example/records"
    assert "secret" not in repr(address)
    assert address.port == 3306


def test_a_whole_address_may_stand_in_a_variable() -> None:
    address = find_address("${RECORDS}", {"RECORDS": "mssql://reader:secret@db.example/records"}, HERE)
    assert (address.text, address.shown) == ("mssql://reader:secret@db.example/records", "mssql://db.example/records")


def test_a_file_is_looked_for_from_the_folder_of_the_mapping() -> None:
    assert find_address("sqlite://exports/records.db", {}, HERE).file == Path("/somewhere/exports/records.db")
    assert find_address("sqlite:///srv/records.db", {}, HERE).file == Path("/srv/records.db")


def test_a_socket_is_no_host_to_try() -> None:
    assert find_address("postgresql://reader@%2Frun%2Fpg/records", {}, HERE).host is None


def test_a_variable_that_is_not_set_is_named() -> None:
    with pytest.raises(UnknownVariable, match="PW"):
        find_address("postgresql://reader:${PW}@db.example/records", {}, HERE)


@pytest.mark.parametrize("value", ["nonsense", "ftp://x/y", ""])
def test_a_variable_that_holds_no_address_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        find_address("${RECORDS}", {"RECORDS": value}, HERE)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("database: postgresql://reader:secret@db/records", "database: postgresql://reader:******@db/records"),
        ("database: postgresql://reader:s@cr:t/1@db/records", "database: postgresql://reader:********@db/records"),
        ("database: reader:secret@db", "database: reader:******@db"),
        ("database: mysql://db/records?password=secret&x=1", "database: mysql://db/records?password=******&x=1"),
        ("database: postgresql://reader:${PW}@db/records", "database: postgresql://reader:${PW}@db/records"),
        ("  at: {column: Reported, format: '%H:%M'}", "  at: {column: Reported, format: '%H:%M'}"),
    ],
)
def test_a_line_is_shown_with_stars_for_its_password(line: str, shown: str) -> None:
    assert without_passwords(line) == shown
    assert shown in Place("mapping.yaml", 3, 1, 5, line).excerpt()


@pytest.mark.parametrize(
    ("query", "ordered"),
    [
        ("SELECT * FROM a ORDER BY b", True),
        ("select * from a\norder  by b", True),
        ("SELECT * FROM (SELECT * FROM a ORDER BY b) c", False),
        ("SELECT row_number() OVER (ORDER BY b) FROM a", False),
        ("SELECT 'order by' FROM a -- order by b", False),
        ('SELECT "order by" FROM a /* order by b */', False),
        ("SELECT * FROM a", False),
        ("SELECT * FROM a WHERE b <> '--' ORDER BY b", True),
        ("SELECT * FROM a WHERE b <> '/*' ORDER BY b -- */", True),
        ('SELECT "--" FROM a\nORDER BY b', True),
        ("SELECT * FROM a -- it's a comment\nORDER BY b", True),
        ("SELECT * FROM a /* it's a comment */ ORDER BY b", True),
        ("SELECT 'it''s -- ' FROM a ORDER BY b", True),
        ("SELECT '--' FROM a -- ORDER BY b", False),
        ("SELECT * FROM a WHERE b = 'x /* ORDER BY b */'", False),
        ("SELECT * FROM a /* ORDER BY b", True),  # a comment that is not closed is no comment
        ("SELECT 'it ORDER BY b", True),
    ],
)
def test_an_order_counts_where_it_is_of_the_whole_result(query: str, ordered: bool) -> None:
    assert says_order(query) is ordered


@pytest.mark.parametrize(
    "query",
    [
        "SELECT '--' AS a, id INTO kept FROM episodes",
        "SELECT '/*' AS a, id INTO kept FROM episodes -- */",
        'SELECT "--" AS a, id INTO kept FROM episodes',
        "SELECT a -- it's\n INTO kept FROM episodes -- it's",
        "SELECT a /* it's */ INTO kept FROM episodes /* it's */",
        "SELECT '--'; DELETE FROM episodes",
        "SELECT a /* INTO kept FROM episodes",
        "SELECT a 'INTO kept FROM episodes",
        "SELECT a /*! INTO kept */ FROM episodes",
        "SELECT 'a\\'' INTO OUTFILE 'kept",
        'SELECT "a\\"" INTO OUTFILE "kept',
        "SELECT 5--1 INTO OUTFILE 'kept'",
        "SELECT a # don't\n INTO OUTFILE 'kept'",
        "-- SELECT\nDELETE FROM episodes",
        "'SELECT' a INTO kept",
    ],
)
def test_a_query_that_writes_is_refused_whatever_stands_in_its_texts_and_comments(query: str) -> None:
    with pytest.raises(PydanticCustomError):
        read_query(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 'INTO -- x', \"delete\" FROM episodes -- INSERT; INTO",
        "/* what's new */ SELECT a FROM episodes /* ; drop 'x' */",
        "SELECT 'C:\\\\update' AS a, '# delete' AS b FROM episodes",
        "SELECT [update] FROM #kept WHERE a = 'it''s into'",
        "-- it's\nWITH x AS (SELECT 1) SELECT * FROM x",
    ],
)
def test_words_in_its_texts_and_comments_do_not_make_a_query_write(query: str) -> None:
    assert read_query(query) == query
