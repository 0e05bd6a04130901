"""The result of a query is read like a file: from a SQLite file, and from a PostgreSQL server of the test's own."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from tests.integration.record_systems.databases import EPISODES, PASSWORD, postgres_server, sqlite_file
from wardline.cli import main
from wardline.errors import DocumentError, ExportError, ProblemKind
from wardline.record_systems import Reading, Source, parse_mapping, read_record_systems
from wardline.record_systems.exports.what_databases_say import not_answered

MAPPING = """
record system: missing
tables:
  - files: {{query: "{query}", database: "{database}"}}
    each row is: a case
    case type: missing episode
    case id: episode_no
    only where: {{home: [CH, PH, XX]}}
    opened at: reported
    attributes:
      home: {{column: home, values: {{CH: yes, PH: no}}}}
      weight: {{column: weight, type: number}}
      child_no: person_no
    events: {{child_found: {{at: found_on}}}}
    time format: "%d/%m/%Y"
"""
QUERY = "SELECT * FROM episodes ORDER BY reported"
AS_AT = datetime(2025, 4, 1, tzinfo=UTC)
SECRET = "zz-that-nobody-sees"


def read(folder: Path, query: str, database: str) -> Reading:
    """Read the cases that a query gives into the folder's `tables`."""
    mapping = parse_mapping(MAPPING.format(query=query, database=database), str(folder / "mapping.yaml"))
    return read_record_systems([Source(mapping)], as_at=AS_AT, into=folder / "tables")


def problem_of(folder: Path, query: str, database: str) -> tuple[ProblemKind, str, str]:
    """The kind, the words and the remedy of the one problem that reading a query has."""
    with pytest.raises(ExportError) as caught:
        read(folder, query, database)
    [problem] = caught.value.problems
    assert problem.where is not None and problem.where.line == 4
    return problem.kind, problem.what, problem.remedy


def rows(folder: Path, table: str, *columns: str) -> list[tuple[object, ...]]:
    """Some columns of a table that was read."""
    return pl.read_parquet(folder / "tables" / f"{table}.parquet").select(columns).rows()


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """The address of a SQLite file beside the mapping."""
    sqlite_file(tmp_path / "records.db")
    return "sqlite://records.db"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The place of a PostgreSQL server, as it stands in an address."""
    with postgres_server() as place:
        yield place


@pytest.fixture
def postgres(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of that server's records, its password in an environment variable."""
    monkeypatch.setenv("RECORDS_PASSWORD", PASSWORD)
    return f"postgresql://reader:${{RECORDS_PASSWORD}}@{server}/postgres"


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """Both of them."""
    return request.getfixturevalue(request.param)


def test_a_query_is_read_like_a_file(database: str, tmp_path: Path) -> None:
    reading = read(tmp_path, QUERY, database)
    [count] = reading.files
    assert (count.file, count.rows_in, count.kept, count.left_out, count.rejected) == ("query of table 1", 4, 3, 0, 1)
    assert rows(tmp_path, "cases", "case_id", "home", "weight", "child_no", "source_file", "source_row") == [
        ("missing:E1", "yes", None, "11", "query of table 1", 1),
        ("missing:E2", "no", 1.5, "12", "query of table 1", 2),
        ("missing:E3", None, 3.0, None, "query of table 1", 3),
    ]
    assert rows(tmp_path, "rejects", "source_file", "source_row", "column", "reason") == [
        ("query of table 1", 3, "home", "The value is not one of those that the mapping lists."),
        ("query of table 1", 4, None, "The case id is empty."),
    ]


def test_dates_and_times_of_a_database_are_taken_as_they_are_whatever_the_format(postgres: str, tmp_path: Path) -> None:
    read(tmp_path, QUERY, postgres)
    assert rows(tmp_path, "cases", "opened_at")[0] == (datetime(2025, 1, 3, 18, tzinfo=UTC),)
    assert rows(tmp_path, "events", "happened_at", "happened_by") == [
        (datetime(2025, 1, 3, tzinfo=UTC), datetime(2025, 1, 3, 23, 59, 59, 999999, tzinfo=UTC)),
        (datetime(2025, 3, 30, 23, tzinfo=UTC), datetime(2025, 3, 31, 22, 59, 59, 999999, tzinfo=UTC)),
    ]


def test_a_query_without_an_order_is_remarked(database: str, tmp_path: Path) -> None:
    assert not any("ORDER BY" in str(remark) for remark in read(tmp_path, QUERY, database).remarks)
    remarks = read(tmp_path, "SELECT * FROM episodes", database).remarks
    assert "missing, query of table 1: It has no ORDER BY" in "\n".join(map(str, remarks))


def test_the_digest_is_of_the_result_as_it_was_read(sqlite: str, tmp_path: Path) -> None:
    query = "SELECT episode_no, home, reported, found_on, weight, person_no FROM episodes ORDER BY reported LIMIT 1"
    [count] = read(tmp_path, query, sqlite).files
    as_csv = "episode_no,home,reported,found_on,weight,person_no\nE1,CH,2025-01-03 18:00:00,2025-01-03,,11\n"
    assert count.sha256 == hashlib.sha256(as_csv.encode()).hexdigest()


def test_a_query_that_returns_no_rows_is_a_problem(database: str, tmp_path: Path) -> None:
    kind, what, _ = problem_of(tmp_path, f"{QUERY.replace(' ORDER', ' WHERE 1 = 0 ORDER')}", database)
    assert (kind, what) == (ProblemKind.EMPTY_FILE, "This query returns no rows.")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * FROM nosuch", "The query fails: there is no table `nosuch`."),
        ("SELECT nosuch FROM episodes", "The query fails: there is no column `nosuch`."),
        ("SELECT * FRM episodes", "The query fails: this database cannot read the SQL near `FRM`."),
    ],
)
def test_a_query_that_fails_is_told_by_the_names_in_it(query: str, said: str, database: str, tmp_path: Path) -> None:
    kind, what, remedy = problem_of(tmp_path, query, database)
    # SQLite takes FRM for another name of `*`, and only stumbles over what follows.
    assert kind is ProblemKind.DATABASE_NOT_READ
    assert what in (said, said.replace("FRM", "episodes"))
    assert remedy == "Correct the query."


def test_what_a_database_says_of_a_cell_is_not_repeated(postgres: str, tmp_path: Path, capfd) -> None:
    query = "SELECT *, CAST(home AS INTEGER) AS n FROM episodes ORDER BY reported"
    _, what, remedy = problem_of(tmp_path, query, postgres)
    assert what.startswith("The query fails. What the database says about it is not shown")
    told = capfd.readouterr()
    assert "CH" not in what + remedy + told.out + told.err


def test_an_answer_that_breaks_off_in_the_middle_leaves_no_trace_on_the_terminal(postgres: str, tmp_path: Path, capfd):
    query = "SELECT *, 1 / (3 - n) AS n FROM episodes, generate_series(1, 3) AS n"
    assert problem_of(tmp_path, query, postgres)[0] is ProblemKind.DATABASE_NOT_READ
    assert capfd.readouterr().err == ""
    assert list((tmp_path / "tables").iterdir()) == []


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    kind, what, _ = problem_of(tmp_path, QUERY, "sqlite://records.db")
    assert (kind, what) == (ProblemKind.DATABASE_NOT_READ, f"There is no file `{tmp_path / 'records.db'}`.")
    assert not (tmp_path / "records.db").exists()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "records.db").write_text("EpisodeNo\nE1\n" * 100)
    assert problem_of(tmp_path, QUERY, "sqlite://records.db")[0] is ProblemKind.DATABASE_NOT_READ


def test_a_machine_that_does_not_answer_is_told_at_once(tmp_path: Path) -> None:
    kind, what, _ = problem_of(tmp_path, QUERY, "postgresql://reader@127.0.0.1:1/records")
    assert (kind, what) == (ProblemKind.DATABASE_NOT_READ, "No connection to 127.0.0.1, port 1: connection refused.")


def test_a_variable_that_is_not_set_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RECORDS_PASSWORD", raising=False)
    _, what, remedy = problem_of(tmp_path, QUERY, "postgresql://reader:${RECORDS_PASSWORD}@127.0.0.1/records")
    assert "`RECORDS_PASSWORD`" in what and "export RECORDS_PASSWORD=" in remedy


def test_a_missing_library_is_told_with_what_to_install(postgres: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "connectorx", None)
    _, _, remedy = problem_of(tmp_path, QUERY, postgres)
    assert remedy == "Install it with: pip install wardline[database]"


@pytest.mark.parametrize(
    ("database_says", "said"),
    [
        ('db error: FATAL: password authentication failed for user "reader"', "does not let this user in"),
        (
            'timed out waiting for connection: db error: FATAL: role "reader" does not exist',
            "does not let this user in",
        ),
        ('timed out waiting for connection: FATAL: database "records" does not exist', "There is no database at"),
        ("timed out waiting for connection: error connecting to server", "could not be made"),
        ("Timed out in bb8", "could not be made"),
        (f"something with {SECRET} in it", "is not shown"),
    ],
)
def test_a_refusal_is_told_without_what_the_database_said(database_says: str, said: str, tmp_path: Path) -> None:
    # The library below tries for half a minute, so what PostgreSQL and the library said was written down instead.
    from wardline.errors import Place
    from wardline.record_systems.mapping.addresses import find_address
    from wardline.record_systems.mapping.cells import Query

    address = find_address("postgresql://reader:${PW}@db.example/records", {"PW": SECRET}, tmp_path)
    error = not_answered(database_says, Query(QUERY, "-"), address, Place("mapping.yaml", 4))
    assert said in str(error)
    assert SECRET not in str(error) and "reader" not in str(error)


DIVE = """
dive: From a database
question: Are children reported missing found?
as at: 2025-04-01
force: force.yaml
sources:
  - {mapping: mapping.yaml}
standards: [pace.yaml]
"""
PACE = """
standard: our-own/pace
title: Pace
version: "1"
in force: {from: 2020-01-01}
case type: missing episode
obligations:
  - id: found
    title: The child is found within a day
    topic: initial response
    owed by: force
    when: reported
    then: child_found
    within: 24 hours
    basis: {kind: force policy, title: Made up, publisher: Nobody}
"""


def test_a_dive_from_a_database_keeps_no_password_and_says_of_what_it_was_made(
    postgres: str, tmp_path: Path, capfd
) -> None:
    mapping = MAPPING.format(query=QUERY, database=postgres).replace("{child_found", "{reported: reported, child_found")
    files = {
        "mapping.yaml": f"# once: postgresql://reader:{SECRET}@db.example/records\n{mapping}",
        "dive.yaml": DIVE,
        "pace.yaml": PACE,
        "force.yaml": "force: Example\nnation: England\ntime zone: Europe/London\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["map", "check", str(tmp_path / "mapping.yaml")]) == 0
    assert main(["coverage", str(tmp_path / "dive.yaml")]) == 0
    digests = []
    for out in ("one", "two"):
        assert main(["dive", str(tmp_path / "dive.yaml"), "--out", str(tmp_path / out)]) == 0
        digests.append(hashlib.sha256((tmp_path / out / "manifest.json").read_bytes()).hexdigest())
    assert digests[0] == digests[1]
    assert '"export of missing",\n      "name": "query of table 1"' in (tmp_path / "one" / "manifest.json").read_text()
    told = capfd.readouterr()
    everything = [path.read_bytes() for path in (tmp_path / "one").rglob("*") if path.is_file()]
    for secret in (PASSWORD, SECRET):
        assert secret not in told.out + told.err
        assert not any(secret.encode() in content for content in everything)


def test_a_source_without_a_folder_is_a_problem_where_its_mapping_reads_files(tmp_path: Path, capsys) -> None:
    files = {
        "mapping.yaml": "record system: missing\ntables:\n  - {files: a.csv, each row is: a person, person id: No}\n",
        "dive.yaml": DIVE,
        "pace.yaml": PACE,
        "force.yaml": "force: Example\nnation: England\ntime zone: Europe/London\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["coverage", str(tmp_path / "dive.yaml")]) == 3
    assert "`files` is missing here: this mapping reads files." in capsys.readouterr().err


# WHAT WOULD WRITE

WRITERS = """
CREATE FUNCTION takes_away() RETURNS text LANGUAGE plpgsql AS $$ BEGIN DELETE FROM episodes; RETURN 'E1'; END $$;
CREATE FUNCTION takes_away_all_the_same() RETURNS text LANGUAGE plpgsql AS $$ BEGIN
    PERFORM set_config('transaction_read_only', 'off', false); DELETE FROM episodes; RETURN 'E1';
END $$;
CREATE SEQUENCE numbers;
"""


@pytest.fixture(scope="module")
def owned() -> Iterator[str]:
    """The address of records whose owner asks, and has functions that write."""
    with postgres_server(EPISODES + WRITERS) as place:
        yield f"postgresql://postgres@{place}/postgres"


@pytest.mark.parametrize(
    "column",
    [
        "takes_away()",
        "takes_away_all_the_same()",
        "nextval('numbers')",
        "lo_create(0)",
        "set_config('default_transaction_read_only', 'off', false), takes_away()",
    ],
)
def test_a_query_that_writes_is_refused_by_the_server(column: str, owned: str, tmp_path: Path) -> None:
    query = f"SELECT *, {column} FROM episodes ORDER BY 1"
    kind, what, _ = problem_of(tmp_path, query, owned)
    assert kind is ProblemKind.DATABASE_NOT_READ
    assert what == "The query fails: it would write to the database, and may only read." or "is not shown" in what
    assert read(tmp_path, QUERY, owned).rows_in == 4


@pytest.mark.parametrize(
    "query",
    [
        "WITH x AS (DELETE FROM episodes RETURNING *) SELECT * FROM x",
        "WITH x AS (INSERT INTO episodes (home) VALUES ('CH') RETURNING *) SELECT * FROM x",
        "SELECT * INTO others FROM episodes",
        "SELECT * FROM episodes FOR UPDATE",
        "SELECT * FROM episodes; DROP TABLE episodes",
        "SELECT 1 DROP TABLE episodes",
    ],
)
def test_a_query_that_says_that_it_writes_is_refused_before_it_is_asked(query: str) -> None:
    with pytest.raises(DocumentError, match="This query would write to the database"):
        parse_mapping(MAPPING.format(query=query, database="sqlite://records.db"))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM episodes -- UPDATE; DELETE",
        "SELECT 'INSERT; INTO' AS a, `update`, [delete] FROM episodes",
        "SELECT updated, last_update, x.delete_date FROM episodes",
        "SELECT call.id FROM call;",
    ],
)
def test_a_query_that_only_holds_such_words_is_taken(query: str) -> None:
    assert parse_mapping(MAPPING.format(query=query, database="sqlite://records.db")).tables


def test_a_sqlite_file_stays_as_it_is(sqlite: str, tmp_path: Path) -> None:
    from wardline.errors import Place
    from wardline.record_systems.exports.databases import open_query
    from wardline.record_systems.mapping.cells import Query

    before = (tmp_path / "records.db").read_bytes()
    query = Query("WITH x AS (SELECT 1) DELETE FROM episodes RETURNING *", sqlite)
    with pytest.raises(ExportError, match="it would write to the database"):
        open_query(query, "query", tmp_path, Place("m.yaml", 4), folder=tmp_path, variables={})
    assert (tmp_path / "records.db").read_bytes() == before


def test_a_wrong_password_is_told_and_not_tried_for_half_a_minute(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wardline.record_systems.exports.databases.WAIT_FOR_AN_ANSWER", 1.5)
    monkeypatch.setenv("RECORDS_PASSWORD", SECRET)
    kind, what, _ = problem_of(tmp_path, QUERY, f"postgresql://reader:${{RECORDS_PASSWORD}}@{server}/postgres")
    assert kind is ProblemKind.DATABASE_NOT_READ
    assert "does not let this user in, or does not answer in time" in what


# WHAT IS NO TEXT


def test_cells_of_a_sqlite_file_that_hold_no_text_are_empty_and_counted(tmp_path: Path) -> None:
    script = (
        EPISODES
        + """
        INSERT INTO episodes VALUES ('E7', '2025-01-01 10:00:00', CAST(x'ff' AS TEXT), x'00ff', 1, 1);
        INSERT INTO episodes VALUES (x'01', '2025-01-01 10:00:00', NULL, 'CH', 1, 1);
    """
    )
    sqlite_file(tmp_path / "records.db", script)
    query = QUERY.replace("*", "*, x'00' AS unused, home AS unused")
    mapping = MAPPING.replace("    only where: {{home: [CH, PH, XX]}}\n", "")
    reading = read_record_systems(
        [Source(parse_mapping(mapping.format(query=query, database="sqlite://records.db"), str(tmp_path / "m.yaml")))],
        as_at=AS_AT,
        into=tmp_path / "tables",
    )
    assert ("missing:E7", None) in rows(tmp_path, "cases", "case_id", "home")
    assert [str(remark) for remark in reading.remarks if "instead of text" in str(remark)] == [
        f"missing, query of table 1: Cells in column {column} that contain bytes instead of text, "
        "and were read as empty: 1."
        for column in ("episode_no", "found_on", "home")
    ]
    assert (reading.rows_in, reading.files[0].rejected) == (6, 2)


def test_bytes_of_a_server_are_refused_by_name_where_they_are_needed(postgres: str, tmp_path: Path) -> None:
    query = "SELECT episode_no, reported, found_on, person_no, weight, home::bytea AS {} FROM episodes ORDER BY 2"
    with pytest.raises(ExportError, match="Column `home` holds bytes, which are not text, and cannot be read as text"):
        read(tmp_path, query.format("home"), postgres)
    unused = query.format("a").replace(" FROM", ", home, home AS a FROM")
    assert read(tmp_path, unused, postgres).rows_in == 4


def test_a_long_result_is_read_some_rows_at_a_time(tmp_path: Path) -> None:
    many = EPISODES + (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150000) "
        "INSERT INTO episodes SELECT 'N' || i, '2025-02-01 10:00:00', NULL, 'CH', i, NULL FROM n;"
    )
    sqlite_file(tmp_path / "records.db", many)
    [count] = read(tmp_path, QUERY, "sqlite://records.db").files
    assert (count.rows_in, count.kept) == (150_004, 150_003)
    assert rows(tmp_path, "cases", "source_row")[-1] == (150_003,)
