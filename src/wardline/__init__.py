"""Wardline: what should have happened for each child, what did, how late, and what cannot be told.

    >>> import wardline
    >>> wardline.shipped_standards()[0]
    'england/crime-recording-and-victims'

The names below are all that a notebook or another program needs; `docs/reference/python.md` lists them with an example
each. They are imported only when they are first used, so that `import wardline` costs nothing.

The architecture is the folders: see docs/explanation/how-the-code-is-laid-out.md.
The library never asks what time it is: whatever depends on time takes `as_at`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wardline.dive import KeptDive
    from wardline.errors import WardlineError
    from wardline.events import EventLog
    from wardline.public.check_and_explain import check, explain
    from wardline.public.dives import open_dive, run_dive, simulate
    from wardline.public.documents import force, mapping, shipped_standards, standard
    from wardline.public.event_logs import event_log
    from wardline.public.reading_records import read_records

__all__ = [
    "EventLog",
    "KeptDive",
    "WardlineError",
    "check",
    "event_log",
    "explain",
    "force",
    "mapping",
    "open_dive",
    "read_records",
    "run_dive",
    "shipped_standards",
    "simulate",
    "standard",
]
__version__ = "0.1.0"

_DEFINED_IN = {
    "EventLog": "wardline.events",
    "KeptDive": "wardline.dive",
    "WardlineError": "wardline.errors",
    "check": "wardline.public.check_and_explain",
    "event_log": "wardline.public.event_logs",
    "explain": "wardline.public.check_and_explain",
    "force": "wardline.public.documents",
    "mapping": "wardline.public.documents",
    "open_dive": "wardline.public.dives",
    "read_records": "wardline.public.reading_records",
    "run_dive": "wardline.public.dives",
    "shipped_standards": "wardline.public.documents",
    "simulate": "wardline.public.dives",
    "standard": "wardline.public.documents",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in _DEFINED_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_DEFINED_IN[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
