"""What the settings of a force say, beside what the standards ask: confirmed by whom, limits shipped and its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wardline.errors import DocumentError, Problems
from wardline.obligations import sentence
from wardline.standards.writing import on_one_line
from wardline_workspace.making.documents_checked import in_words, standards_of
from wardline_workspace.making.work_in_files import Text, WorkInFiles

__all__ = ["SettingsOnPage", "settings_on_page"]


@dataclass(frozen=True)
class SettingsOnPage:
    """What the page of settings shows. Obligations are named in full."""

    about: dict[str, str]
    to_confirm: list[tuple[str, str]]
    confirmed: list[tuple[str, str, str, str]]  # name, title, by whom, on which day
    limits: list[tuple[str, str]]
    own: list[tuple[str, str, str]]  # title, the limit that ships, the force's own
    problems: list[str]


def settings_on_page(files: WorkInFiles, stands: Text) -> SettingsOnPage:
    """The values of the page, as far as the settings and the standards can be read."""
    data: dict[str, Any] = stands.data if isinstance(stands.data, dict) else {}
    problems = Problems(DocumentError)
    standards = problems.collect(lambda: standards_of(files)) or []
    every = [(standard.full_name(one), one) for standard in standards for one in standard.obligations]
    confirmed, limits = _under(data, "confirmed"), _under(data, "limits")
    return SettingsOnPage(
        about={"force": str(data.get("force") or ""), "nation": str(data.get("nation") or "")},
        to_confirm=[
            (name, f"{one.title}. {sentence(one)}")
            for name, one in every
            if one.basis.kind.is_to_be_confirmed and name not in confirmed
        ],
        confirmed=[
            (name, one.title, str(said.get("by")), str(said.get("on")))
            for name, one in every
            if isinstance(said := confirmed.get(name), dict)
        ],
        limits=[
            (name, f"{one.title} (ships as: {on_one_line(limit)})")
            for name, one in every
            if (limit := one.time_limit) is not None
        ],
        own=[
            (one.title, on_one_line(limit), _own(limits[name]))
            for name, one in every
            if name in limits and (limit := one.time_limit) is not None
        ],
        problems=in_words(problems),
    )


def _under(data: dict[str, Any], key: str) -> dict[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _own(said: Any) -> str:
    if isinstance(said, dict) and "limit" in said:
        reason = f": {said['reason']}" if said.get("reason") else ""
        return f"{said['limit']}{reason}"
    if isinstance(said, dict):
        return ", ".join(f"{key} {value}" for key, value in said.items())
    return str(said)
