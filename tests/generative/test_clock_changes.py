"""Hour by hour over whole years, and half hour by half hour over decades: a column beside single instants, and beside
Polars' own time zones.
"""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from tests.generative.odd_clocks import ZONES
from wardline.time_limits import (
    Calendar,
    deadline,
    deadline_column,
    local_date_column,
    local_hour_column,
    read_length,
    read_local_column,
)


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("year", [1941, 2049, 2499, 2500, 2650, 9998])
def test_clock_changes_of_any_year_are_found(zone, year):
    # From the year 2500 on, the table repeats what it found 400 years before.
    calendar = Calendar(zone)
    starts = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=count) for count in range(366 * 24)]
    column = pl.DataFrame({"start": starts}).select(deadline_column(read_length("0 days"), pl.col("start"), calendar))
    assert column.to_series().to_list() == [deadline(read_length("0 days"), start, calendar) for start in starts]


@pytest.mark.parametrize("zone", [*ZONES[:3], "America/Havana", "America/St_Johns", "America/Sao_Paulo", "Asia/Tokyo"])
def test_polars_own_time_zones_say_the_same_of_every_half_hour_from_1970_to_2037(zone):
    # A third witness, which shares no zone data and no code with the other two.
    first, last = datetime(1970, 1, 1), datetime(2037, 12, 31)
    half_hours = pl.DataFrame({"local": pl.datetime_range(first, last, "30m", time_unit="us", eager=True)})
    local = pl.col("local")
    witness = {
        reading: local.dt.replace_time_zone(zone, ambiguous=reading, non_existent="null").dt.convert_time_zone("UTC")
        for reading in ("earliest", "latest")
    }
    read = half_hours.select("local", read_local_column(local, Calendar(zone)).alias("read"), **witness).unnest(
        "read", separator=":"
    )
    assert read.select((pl.col("read:is_possible") == pl.col("earliest").is_not_null()).all()).item()
    possible = read.filter("read:is_possible")
    for reading in ("earliest", "latest"):
        assert possible[f"read:{reading}"].equals(possible[reading], check_names=False)
        back = possible.select(ours=local_date_column(pl.col(reading), Calendar(zone)), theirs=local.dt.date())
        assert back["ours"].equals(back["theirs"], check_names=False)


def test_polars_own_time_zones_know_no_clock_change_after_2099():
    # When they do, docs/decisions/0015 is to be thought about again.
    noon = pl.DataFrame({"at": [datetime(2100, 7, 1, 12, tzinfo=UTC)]})
    found = noon.select(
        ours=local_hour_column(pl.col("at"), Calendar("Europe/London")),
        theirs=pl.col("at").dt.convert_time_zone("Europe/London").dt.hour(),
    )
    assert found.row(0) == (13, 12)
