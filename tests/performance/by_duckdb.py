"""The twenty obligations in DuckDB, as an analyst at home in SQL would write them: as-of joins, one query for each.

It knows what the made-up log is like (exact times, one gap, two systems, text attributes that are never typed twice),
and so does less than an engine must. It is longer than a module should be, because it is read and run as a whole.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from tests.performance.local_clock import SPRING_AND_AUTUMN, day_deadlines, elapsed, moved_days
from tests.performance.twenty import AS_AT, twenty_obligations
from wardline.obligations import (
    LimitTable,
    Never,
    Obligation,
    Precede,
    Record,
    RecordOf,
    Repeat,
    ResolvedObligation,
    Respond,
)
from wardline.time_limits import SingleLimit, ToBeSet

HOUR = 3_600_000_000
CONTROL_ROOM = {"officer_deployed", "officer_arrived", "family_contact"}
NOTHING = "NULL::BIGINT"


def write_by_duckdb(folder: Path, out: Path, *, threads: int = 2) -> None:
    """Read the log in a folder, write its findings to `out`."""
    sql = duckdb.connect()
    sql.execute(f"SET threads={threads}; SET preserve_insertion_order=true; SET TimeZone='UTC'")
    _read(sql, folder)
    found = []
    for number, resolved in enumerate(twenty_obligations()):
        query = _query(sql, resolved)
        sql.execute(f"""CREATE TABLE found_{number} AS SELECT q.*, case_id, person_id
                        FROM ({query}) q JOIN cases USING (c) ORDER BY c, t NULLS LAST""")
        found.append(_columns(number, resolved))
    settings = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 262144"
    sql.execute(f"COPY ({' UNION ALL '.join(found)}) TO '{out}' ({settings})")


def _read(sql: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Cases by number, in the order of their ids; events by the number of their case."""
    as_at = f"TIMESTAMPTZ '{AS_AT.isoformat()}'"
    sql.execute(f"""
        CREATE TABLE cases AS
        SELECT (row_number() OVER (ORDER BY case_id) - 1)::INTEGER AS c, case_id, case_type, person_id, from_care,
               epoch_us(CASE WHEN closed_at <= {as_at} THEN closed_at END) AS closed, epoch_us(opened_at) AS opened,
               case_id IN (SELECT case_id FROM '{folder}/case_sources.parquet' WHERE source = 'control-room') AS joined
        FROM '{folder}/cases.parquet' WHERE opened_at <= {as_at};
        CREATE TABLE events AS
        SELECT c, event, event_id AS e, epoch_us(happened_at) AS t, epoch_us(recorded_at) AS r, grade
        FROM '{folder}/events.parquet' JOIN cases USING (case_id)
        WHERE happened_at <= {as_at} AND recorded_at <= {as_at} AND event <> 'note_added';
        CREATE TABLE people AS SELECT person_id, ethnicity FROM '{folder}/people.parquet';
        CREATE TABLE gap AS SELECT epoch_us(gap_from) AS f, epoch_us(gap_to) AS u
        FROM '{folder}/coverage.parquet' WHERE gap_from IS NOT NULL;
    """)


def _query(sql: duckdb.DuckDBPyConnection, resolved: ResolvedObligation) -> str:
    obligation = resolved.obligation
    match obligation:
        case Respond():
            return _respond(sql, resolved, obligation)
        case Precede():
            return _precede(resolved, obligation)
        case Never():
            return _never(resolved, obligation)
        case Repeat():
            return _repeat(resolved, obligation)
        case Record():
            return _record(resolved, obligation)
    assert False, f"no query for {obligation}"


def _named(names: list[str], *, least: str = "min") -> str:
    """The events of these names, one for each case and instant."""
    listed = ", ".join(f"'{name}'" for name in names) or "''"
    return f"SELECT c, t, {least}(e) AS e, arg_{least}(r, e) AS r FROM events WHERE event IN ({listed}) GROUP BY c, t"


def _fitting(resolved: ResolvedObligation) -> str:
    conditions = [f"case_type = '{resolved.case_type}'"]
    conditions += [f"{one.attribute} = '{one.values[0]}'" for one in resolved.obligation.only_for]
    return f"(SELECT * FROM cases WHERE {' AND '.join(conditions)})"


def _events(patterns: tuple) -> list[str]:
    return [pattern.event for pattern in patterns]


def _outcome(response_names: list[str], end: str = "deadline") -> str:
    now = int(AS_AT.timestamp()) * 1_000_000
    is_control_room = all(name in CONTROL_ROOM for name in response_names)
    joined = "WHEN NOT joined THEN 'not_joined'" if is_control_room else ""
    gap = f"WHEN t <= (SELECT u FROM gap) AND {end} >= (SELECT f FROM gap) THEN 'record_gap'" if is_control_room else ""
    return f"""CASE WHEN rt <= {end} THEN 'met' WHEN xt <= {end} THEN 'exempt' WHEN rt IS NOT NULL THEN 'late'
        {joined} WHEN {end} > {now} THEN 'not_yet_due' {gap} ELSE 'missed' END"""


# RESPOND


def _respond(sql: duckdb.DuckDBPyConnection, resolved: ResolvedObligation, obligation: Respond) -> str:
    pattern = obligation.trigger.patterns[0]
    condition = "".join(f" AND {one.attribute} = '{one.values[0]}'" for one in pattern.conditions)
    triggers = f"SELECT c, t, e, grade FROM events WHERE event = '{pattern.event}'{condition}"
    if obligation.first_only:
        triggers = f"SELECT * FROM ({triggers}) QUALIFY row_number() OVER (PARTITION BY c ORDER BY t, e) = 1"
    responses, exemptions = _named(_events(obligation.response)), _named(_events(obligation.exemptions))
    key = "c"
    if obligation.per_child:
        _third_time(sql, pattern.event)
        triggers, key = "SELECT c, t, e, NULL AS grade FROM fired", "g"
        children = "(SELECT c, coalesce(person_id, case_id) AS g FROM cases)"
        responses = f"SELECT g, t, e, r FROM ({responses}) JOIN {children} USING (c)"
        exemptions = f"SELECT g, t, e, r FROM ({exemptions}) JOIN {children} USING (c)"
    limited = _limited(sql, f"SELECT * FROM ({triggers}) JOIN {_fitting(resolved)} USING (c)", obligation.within)
    exempt = (
        (
            "xe, xt, xr",
            (
                f"ASOF LEFT JOIN (SELECT {key}, t AS xt, e AS xe, r AS xr FROM ({exemptions})) x "
                f"ON o.{key} = x.{key} AND o.t <= x.xt"
            ),
        )
        if obligation.exemptions
        else (f"{NOTHING} AS xe, {NOTHING} AS xt, {NOTHING} AS xr", "")
    )
    joined = f"""
        SELECT o.*, re, rt, rr, {exempt[0]}
        FROM (SELECT *, coalesce(person_id, case_id) AS g FROM ({limited})) o
        ASOF LEFT JOIN (SELECT {key}, t AS rt, e AS re, r AS rr FROM ({responses})) r
          ON o.{key} = r.{key} AND o.t <= r.rt {exempt[1]}"""
    child = "WHEN person_id IS NULL THEN 'no_child'" if obligation.per_child else ""
    outcome = _outcome(_events(obligation.response)).replace("CASE", f"CASE {child}", 1)
    return f"SELECT c, e, t, word, deadline, {outcome} AS verdict, re, rt, rr, xe, xt, xr FROM ({joined})"


def _limited(sql: duckdb.DuckDBPyConnection, occasions: str, limit: object) -> str:
    """The occasions (one for each case and instant) with the limit's words and the deadline."""
    one = "min(e) AS e, " + ", ".join(f"any_value({name}) AS {name}" for name in ("case_id", "person_id", "joined"))
    if not isinstance(limit, LimitTable):
        return (
            f"SELECT *, {_deadline(sql, limit)} AS deadline, '{limit}' AS word "
            f"FROM (SELECT c, t, {one} FROM ({occasions}) GROUP BY c, t)"
        )
    words = "CASE grade " + " ".join(f"WHEN '{name}' THEN '{length}'" for name, length in limit.limits) + " END"
    micros = (
        "CASE grade "
        + " ".join(
            f"WHEN '{name}' THEN {elapsed(length)}" for name, length in limit.limits if not isinstance(length, ToBeSet)
        )
        + " END"
    )
    assert limit.unknown is not None and not isinstance(limit.unknown, ToBeSet)
    unknown = elapsed(limit.unknown)
    if limit.of is None:
        return f"""SELECT c, t, {one}, min(d) AS deadline, arg_min(w, (d, e)) AS word FROM (
            SELECT *, t + coalesce({micros}, {unknown}) AS d, coalesce({words}, '{limit.unknown}') AS w
            FROM ({occasions})) GROUP BY c, t"""
    sql.execute(f"""CREATE OR REPLACE TABLE graded AS
        SELECT c, t AS gt, e AS ge, {micros} AS length, {words} AS w FROM events
        WHERE event = '{limit.of}' AND length IS NOT NULL""")
    base = f"SELECT c, t, {one} FROM ({occasions}) GROUP BY c, t"
    return f"""
        WITH base AS MATERIALIZED ({base}),
        pairs AS (SELECT base.c, base.t, gt, ge, length, w, min(gt) OVER (PARTITION BY base.c, base.t) AS first
                  FROM base JOIN graded ON base.c = graded.c AND gt >= base.t),
        led AS (SELECT c, t, first, ge, gt, w, CASE WHEN gt = first THEN t ELSE gt END + length AS d FROM pairs),
        best AS (SELECT c, t, min(first) AS first, min(d) AS d, arg_min(w, (d, gt, ge)) AS w FROM led GROUP BY c, t)
        SELECT base.*,
               CASE WHEN d IS NULL OR (first > base.t + {unknown} AND base.t + {unknown} <= d)
                    THEN base.t + {unknown} ELSE d END AS deadline,
               CASE WHEN d IS NULL OR (first > base.t + {unknown} AND base.t + {unknown} <= d)
                    THEN '{limit.unknown}' ELSE w END AS word
        FROM base LEFT JOIN best ON base.c = best.c AND base.t = best.t"""


def _third_time(sql: duckdb.DuckDBPyConnection, event: str) -> None:
    """The reports that are a child's third within 90 days, unless one was so within 90 days before."""
    sql.execute(f"""
        CREATE OR REPLACE TABLE counted AS
        SELECT coalesce(person_id, case_id) AS g, t, min(e) AS e, arg_min(c, e) AS c,
               {_moved("t", 90)} AS expires
        FROM (SELECT DISTINCT ON (c, t) c, t, e FROM events WHERE event = '{event}' ORDER BY c, t, e)
        JOIN cases USING (c) GROUP BY g, t;
        CREATE OR REPLACE TABLE enough AS
        SELECT a.g, a.t, a.e, a.c, a.expires FROM counted a JOIN counted b
        ON a.g = b.g AND b.t <= a.t AND b.expires >= a.t GROUP BY ALL HAVING count(*) >= 3;
        CREATE OR REPLACE TABLE fired AS
        WITH RECURSIVE chain AS (
            SELECT g, min(t) AS t, arg_min(e, t) AS e, arg_min(c, t) AS c, arg_min(expires, t) AS expires
            FROM enough GROUP BY g
            UNION ALL
            SELECT n.g, min(n.t), arg_min(n.e, n.t), arg_min(n.c, n.t), arg_min(n.expires, n.t)
            FROM chain JOIN enough n ON n.g = chain.g AND n.t > chain.expires GROUP BY n.g
        ) SELECT * FROM chain""")


# THE LOCAL CLOCK


def _local(t: str) -> str:
    summer = " OR ".join(f"{t} >= {spring} AND {t} < {autumn}" for spring, autumn in SPRING_AND_AUTUMN)
    return f"({t} + CASE WHEN {summer} THEN {HOUR} ELSE 0 END)"


def _moved(t: str, days: int) -> str:
    """The same local clock time so many days later: after a gap its end, of two the second."""
    local = f"({_local(t)} + {days * 24 * HOUR})"
    gap = " OR ".join(f"{local} >= {spring} AND {local} < {spring + HOUR}" for spring, _ in SPRING_AND_AUTUMN)
    summer = " OR ".join(f"{local} >= {spring + HOUR} AND {local} < {autumn}" for spring, autumn in SPRING_AND_AUTUMN)
    return f"CASE WHEN {gap} THEN {local} // {HOUR} * {HOUR} WHEN {summer} THEN {local} - {HOUR} ELSE {local} END"


def _deadline(sql: duckdb.DuckDBPyConnection, limit: object) -> str:
    assert not isinstance(limit, LimitTable)
    single: SingleLimit = limit  # type: ignore[assignment]
    if (micros := elapsed(single)) is not None:
        return f"t + {micros}"
    if (days := moved_days(single)) is not None:
        return _moved("t", days)
    table = day_deadlines(single)
    name = "ends_" + "".join(character if character.isalnum() else "_" for character in str(single))
    rows = ", ".join(str(row) for row in table.items())
    sql.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM (VALUES {rows}) AS given(day, ends)")
    return f"(SELECT ends FROM {name} WHERE day = {_local('t')} // {24 * HOUR})"


# THE OTHER KINDS


def _precede(resolved: ResolvedObligation, obligation: Precede) -> str:
    before = obligation.before.patterns[0].event
    latest, earliest = _named(_events(obligation.first), least="max"), _named(_events(obligation.first))
    unless = ", ".join(f"'{name}'" for name in _events(obligation.exemptions)) or "''"
    return f"""
        SELECT c, e, t, NULL AS word, t AS deadline,
               CASE WHEN bt IS NOT NULL THEN 'met' WHEN xt <= t THEN 'exempt' WHEN at_ IS NOT NULL THEN 'late'
                    WHEN t > {int(AS_AT.timestamp()) * 1_000_000} THEN 'not_yet_due' ELSE 'missed' END AS verdict,
               coalesce(be, ae) AS re, coalesce(bt, at_) AS rt, CASE WHEN bt IS NULL THEN ar ELSE br END AS rr,
               xe, xt, xr
        FROM (SELECT o.c, o.t, o.e, be, bt, br, ae, at_, ar, xe, xt, xr
              FROM (SELECT n.c, n.t, n.e FROM ({_named([before])}) n JOIN {_fitting(resolved)} k ON n.c = k.c) o
              ASOF LEFT JOIN (SELECT c, t AS bt, e AS be, r AS br FROM ({latest})) b ON o.c = b.c AND o.t >= b.bt
              ASOF LEFT JOIN (SELECT c, t AS at_, e AS ae, r AS ar FROM ({earliest})) a ON o.c = a.c AND o.t < a.at_
              LEFT JOIN (SELECT c, min(t) AS xt, arg_min(e, (t, e)) AS xe, arg_min(r, (t, e)) AS xr
                         FROM events WHERE event IN ({unless}) GROUP BY c) x ON o.c = x.c)"""


def _never(resolved: ResolvedObligation, obligation: Never) -> str:
    event = obligation.never.patterns[0].event
    unless = ", ".join(f"'{name}'" for name in _events(obligation.exemptions)) or "''"
    return f"""
        SELECT k.c, o.e, o.t, NULL AS word, o.t AS deadline,
               CASE WHEN o.t IS NULL THEN CASE WHEN closed IS NULL THEN 'not_yet_due' ELSE 'met' END
                    WHEN x.xt <= o.t THEN 'exempt' ELSE 'missed' END AS verdict,
               {NOTHING} AS re, {NOTHING} AS rt, {NOTHING} AS rr,
               CASE WHEN o.t IS NOT NULL THEN xe END AS xe, CASE WHEN o.t IS NOT NULL THEN xt END AS xt,
               CASE WHEN o.t IS NOT NULL THEN xr END AS xr
        FROM {_fitting(resolved)} k LEFT JOIN ({_named([event])}) o ON k.c = o.c
        LEFT JOIN (SELECT c, min(t) AS xt, arg_min(e, (t, e)) AS xe, arg_min(r, (t, e)) AS xr
                   FROM events WHERE event IN ({unless}) GROUP BY c) x ON k.c = x.c"""


def _repeat(resolved: ResolvedObligation, obligation: Repeat) -> str:
    assert obligation.until is not None
    start = obligation.start.patterns[0].event
    answers, until = _named(_events(obligation.response)), _named(_events(obligation.until))
    limit = elapsed(obligation.every)  # type: ignore[arg-type]
    return f"""
        WITH answers AS MATERIALIZED ({answers}), until AS MATERIALIZED ({until}),
        periods AS MATERIALIZED (
            SELECT o.c, min(o.t) AS t, arg_min(o.e, o.t) AS e, ut, any_value(ue) AS ue, any_value(ur) AS ur,
                   any_value(joined) AS joined
            FROM (SELECT n.c, n.t, n.e, joined FROM ({_named([start])}) n JOIN {_fitting(resolved)} k ON n.c = k.c) o
            ASOF LEFT JOIN (SELECT c, t AS ut, e AS ue, r AS ur FROM until) u ON o.c = u.c AND o.t <= u.ut
            WHERE ut IS NULL OR ut <> o.t GROUP BY o.c, ut),
        occasions AS (
            SELECT c, t, e, ut, ue, ur, joined FROM periods
            UNION ALL
            SELECT a.c, a.t, a.e, ut, ue, ur, joined
            FROM answers a ASOF JOIN periods p ON a.c = p.c AND a.t > p.t WHERE ut IS NULL OR a.t < ut)
        SELECT c, e, t, '{obligation.every}' AS word, deadline, {_outcome(_events(obligation.response))} AS verdict,
               re, rt, rr, ue AS xe, xt, ur AS xr
        FROM (SELECT o.*, o.t + {limit} AS deadline, ut AS xt, CASE WHEN ut IS NULL OR rt <= ut THEN re END AS re,
                     CASE WHEN ut IS NULL OR n.rt <= ut THEN n.rt END AS rt,
                     CASE WHEN ut IS NULL OR n.rt <= ut THEN rr END AS rr
              FROM occasions o
              ASOF LEFT JOIN (SELECT c, t AS rt, e AS re, r AS rr FROM answers) n ON o.c = n.c AND o.t < n.rt)"""


def _record(resolved: ResolvedObligation, obligation: Record) -> str:
    event, field = obligation.by.patterns[0].event, obligation.record
    occasions = f"{_fitting(resolved)} k LEFT JOIN ({_named([event])}) o ON k.c = o.c"
    child = ""
    match field.of:
        case RecordOf.CASE:
            filled, source = f"lower(trim(k.{field.field})) NOT IN ('', 'unknown', 'not stated')", occasions
        case RecordOf.PERSON:
            filled = f"lower(trim(p.{field.field})) NOT IN ('', 'unknown', 'not stated')"
            source = f"{occasions} LEFT JOIN people p ON k.person_id = p.person_id"
            child = "WHEN k.person_id IS NULL THEN 'no_child'"
        case RecordOf.EVENT:
            filled = "coalesce(f.filled, false)"
            source = f"""(SELECT k.c, o.e, o.t FROM {occasions}) o ASOF LEFT JOIN (
                SELECT c, t AS ft, bool_or(lower(trim({field.field})) NOT IN ('', 'unknown', 'not stated')) AS filled
                FROM events WHERE event = '{field.event}' GROUP BY c, t) f ON o.c = f.c AND o.t >= f.ft"""
    key = "o" if field.of is RecordOf.EVENT else "k"
    return f"""
        SELECT {key}.c, o.e, o.t, NULL AS word, o.t AS deadline,
               CASE {child} WHEN o.t IS NULL THEN 'not_yet_due' WHEN {filled} THEN 'met' ELSE 'missed' END AS verdict,
               {NOTHING} AS re, {NOTHING} AS rt, {NOTHING} AS rr, {NOTHING} AS xe, {NOTHING} AS xt, {NOTHING} AS xr
        FROM {source}"""


# THE TABLE


def _columns(number: int, resolved: ResolvedObligation) -> str:
    def instant(name: str) -> str:
        return f"make_timestamptz({name})"

    obligation: Obligation = resolved.obligation
    cannot = "verdict IN ('no_child', 'not_joined', 'record_gap')"
    return f"""
        SELECT '{resolved.standard}' AS standard, '{resolved.version}' AS version, '{obligation.id}' AS obligation,
               case_id, person_id AS child_id, e AS trigger_event, 1::BIGINT AS ordinal, {instant("t")} AS triggered_at,
               word AS "limit", NULL::VARCHAR AS shipped_limit, {instant("deadline")} AS deadline,
               CASE WHEN {cannot} THEN 'cannot_tell' ELSE verdict END AS outcome,
               CASE WHEN {cannot} THEN verdict END AS reason, re AS response_event, {instant("rt")} AS responded_at,
               {instant("rr")} AS response_recorded_at, xe AS exemption_event, {instant("xt")} AS exempted_at,
               {instant("xr")} AS exemption_recorded_at, CASE WHEN verdict = 'late' THEN rt - deadline END AS late_by,
               '{resolved.standing.value}' AS standing
        FROM found_{number}"""


if __name__ == "__main__":
    write_by_duckdb(Path(sys.argv[1]), Path(sys.argv[2]))
