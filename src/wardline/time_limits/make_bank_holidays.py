"""Write `bank_holidays.csv` anew from the `holidays` library: `python -m wardline.time_limits.make_bank_holidays`.

The days are kept as data, so that the same dive gives the same deadlines whatever version of the library a
machine happens to have. A test holds the file to the library that is installed.
"""

from __future__ import annotations

import csv
import io
from importlib.metadata import version

from holidays.countries.united_kingdom import UnitedKingdom

from wardline.time_limits.bank_holidays import DATA_FILE, NATIONS
from wardline.whole_files import write_over

__all__ = ["bank_holidays_as_text"]

YEARS = range(2010, 2036)
SUBDIVISIONS = {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}


def bank_holidays_as_text() -> str:
    """The whole data file, as the installed library yields it. Weekend days are in it too; they do no harm."""
    text = io.StringIO()
    text.write(f"# Bank holidays {YEARS[0]} to {YEARS[-1]}, made by wardline.time_limits.make_bank_holidays")
    text.write(f" from holidays {version('holidays')}. Do not edit by hand.\n")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["nation", "date", "name"])
    for nation in NATIONS:
        days = UnitedKingdom(  # type: ignore[no-untyped-call]  # the library has no types here
            subdiv=SUBDIVISIONS[nation], years=YEARS, language="en_GB"
        )
        rows.writerows([nation, day.isoformat(), days[day]] for day in sorted(days))
    return text.getvalue()


if __name__ == "__main__":
    write_over(DATA_FILE, bank_holidays_as_text())
