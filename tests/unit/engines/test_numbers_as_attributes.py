"""A number that a mapping reads as one is compared as a standard writes it, by both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import polars as pl
import pytest

from tests.generative.comparing import ALL_ENGINES, Check
from tests.specification.pages import read_page

PAGE = """
## Three or more, and by number

```standard
when: {event: reported, times: "3"}
then: reached
within: {by: times, "3": 15 minutes, "2.5": 1 hour, unknown: 8 hours}
for: {floor: "2"}
```

| case | floor |
|------|-------|
| A    | 2     |

| # | event    | happened at | times |
|---|----------|-------------|-------|
| 1 | reported | 09:00       | 3     |
| 2 | reported | 10:00       | 2.5   |

As at 2025-06-03 09:00: no findings.
"""


@pytest.mark.parametrize("check", ALL_ENGINES.values(), ids=ALL_ENGINES.keys())
@pytest.mark.parametrize("dtype", [pl.String(), pl.Float64()])
def test_a_number_is_compared_as_a_standard_writes_it(check: Check, dtype: pl.DataType) -> None:
    [section] = read_page("page.md", PAGE)
    tables = {
        name: getattr(section.log, name).collect()
        for name in ("cases", "events", "abilities", "coverage", "case_sources")
    }
    tables["cases"] = tables["cases"].with_columns(pl.col("floor").cast(dtype))
    tables["events"] = tables["events"].with_columns(pl.col("times").cast(dtype))
    log = replace(section.log, **{name: table.lazy() for name, table in tables.items()})
    found = check(section.obligations, log, as_at=datetime(2025, 6, 3, 8, tzinfo=UTC))
    assert found.select("trigger_event", "limit").rows() == [(0, "15 minutes")]
