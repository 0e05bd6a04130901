"""Every figure of an example counts exactly the rows that its filter gives, also when the filter was kept as JSON."""

from __future__ import annotations

import json
import shutil

from tests.architecture.repository import ROOT
from wardline.dive import open_dive, run_dive
from wardline.measures import every_count, filter_from_data


def test_each_figure_of_the_first_dive_is_the_number_of_its_rows(tmp_path):
    shutil.copytree(ROOT / "examples" / "first-dive", tmp_path / "first-dive")
    run_dive(tmp_path / "first-dive" / "dive.yaml", tmp_path / "out")
    dive = open_dive(tmp_path / "out")
    counted: dict[str, set[int]] = {}
    for count in every_count(dive.figures):
        if count.rows is not None:
            counted.setdefault(json.dumps(count.rows.as_data()), set()).add(count.value)
    assert len(counted) > 500
    assert [kept for kept, values in counted.items() if len(values) > 1] == []
    wrong = [
        (kept, value)
        for kept, (value,) in counted.items()
        if dive.tables.count(filter_from_data(json.loads(kept))) != value
    ]
    assert wrong == []
