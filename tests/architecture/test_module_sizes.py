"""Modules have 50 to 300 lines; where one is longer or shorter, the reason stands here."""

from tests.architecture.repository import library_modules

FEWEST, MOST = 50, 300

LONGER_BECAUSE = {
    "dive/kept/kept_dive.py": "a kept dive is one object, and whoever has one finds all that it keeps on one page",
    "obligations/model.py": "all the nodes stand together, so that the language can be seen whole on one page",
}
SHORTER_BECAUSE = {
    "cli/": "one file per command, and a command that says little is a good one",
    "measures/left_aside.py": "how many there are; which they are is asked by the tables too, and so stands below them",
    "time_limits/as_at.py": "how an instant is written in a document is an idea of its own, used by three documents",
    "time_limits/bank_holidays.py": "it reads the data that stands beside it, and nothing else may",
    "time_limits/make_bank_holidays.py": "run by hand once a year, so it stands apart from what runs always",
}


def sizes() -> dict[str, int]:
    return {path: text.count("\n") for path, text in library_modules() if not path.endswith("__init__.py")}


def test_no_module_is_longer_than_can_be_read_in_one_sitting():
    longer = {path: size for path, size in sizes().items() if size > MOST and path not in LONGER_BECAUSE}
    assert longer == {}, f"more than {MOST} lines: split it by idea, or give the reason in LONGER_BECAUSE"


def test_no_module_is_too_short_to_be_one():
    shorter = {
        path: size
        for path, size in sizes().items()
        if size < FEWEST and not any(path.startswith(start) for start in SHORTER_BECAUSE)
    }
    assert shorter == {}, (
        f"fewer than {FEWEST} lines: join it with its neighbour, or give the reason in SHORTER_BECAUSE"
    )


def test_every_reason_is_still_needed():
    now = sizes()
    assert [path for path in LONGER_BECAUSE if now.get(path, 0) <= MOST] == []
    assert [
        start for start in SHORTER_BECAUSE if not any(p.startswith(start) and s < FEWEST for p, s in now.items())
    ] == []
