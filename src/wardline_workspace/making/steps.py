"""The steps of making a dive, in their order, each with where it is done and how far it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.urls import reverse

from wardline.dive import read_dive
from wardline.english import count
from wardline.errors import WardlineError
from wardline_workspace.making.checked import Checked, check
from wardline_workspace.making.documents_checked import in_words
from wardline_workspace.making.models import BackgroundDive, DiveBeingMade, State
from wardline_workspace.making.settings_on_page import settings_on_page
from wardline_workspace.making.work_in_files import FORCE, WorkInFiles
from wardline_workspace.pages.jinja import clock, day

__all__ = ["Step", "checked_mapping", "left_open_in", "problems_of_dive", "steps_of"]

LEFT_OPEN = re.compile(r"^\s*# (?!#)(.+)$")


@dataclass(frozen=True)
class Step:
    """One thing to do: its title, where, a sentence, and how far it is by word and by shape."""

    title: str
    address: str
    words: str
    tag: str
    tag_kind: str = "plain"


def checked_mapping(files: WorkInFiles, source: str, *, at_any_length: bool = False) -> Checked | None:
    """How a record system's mapping, as it stands, understands its exports; None where that would take long."""
    text, shown_as = files.read(source).text, files.shown_as(source)
    return check(text, files.exports(source), shown_as=shown_as, at_any_length=at_any_length)


def left_open_in(text: str) -> list[tuple[int, str]]:
    """The lines of a mapping's tables that a draft has left for somebody, each with its number."""
    before = text.split("\ntables:")[0].count("\n") + 1
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if number > before]
    return [(number, found[1].split("  #")[0].strip()) for number, line in lines if (found := LEFT_OPEN.match(line))]


def problems_of_dive(files: WorkInFiles) -> list[str]:
    """What the dive file still lacks, in words."""
    try:
        read_dive(files.dive)
    except WardlineError as error:
        return in_words(error.problems)
    return []


def steps_of(work: DiveBeingMade, last: BackgroundDive | None) -> list[Step]:
    """Every step, those of each record system among them."""
    files = work.files
    return [
        Step(
            "Question, period and standards",
            reverse("question_of_dive", args=[work.slug]),
            _question(files),
            "set",
            "met",
        ),
        *(_system(work, source) for source in files.sources),
        _add(work, files),
        _settings(work, files),
        _can_we_tell(work, files),
        _run(work, files, last),
    ]


def _question(files: WorkInFiles) -> str:
    said = files.said_by_dive
    return f"{said.get('question') or 'No question yet'} As at {said.get('as at') or 'no day'}."


def _system(work: DiveBeingMade, source: str) -> Step:
    address = reverse("mapping_of_dive", args=[work.slug, source])
    checked = checked_mapping(work.files, source)
    title = f"How {source} is read"
    if checked is None:
        return Step(title, address, "The exports are large. Open the page to have them read.", "to look at")
    if checked.check is None:
        return Step(
            title, address, f"{count(len(checked.problems), 'thing')} to mend before it can be read.", "to mend", "late"
        )
    kept = sum(one.kept for one in checked.check.files)
    left_out = sum(one.left_out for one in checked.check.files)
    rejected = sum(one.rejected for one in checked.check.files)
    words = f"{kept:,} rows kept, {left_out:,} left out by the mapping, {rejected:,} rejected."
    open_lines = len(left_open_in(work.files.read(source).text))
    if not checked.check.mapping.tables:
        return Step(title, address, "Nothing is read yet.", "to finish", "late")
    return (
        Step(title, address, words, "read", "met")
        if not open_lines
        else Step(title, address, f"{words} {count(open_lines, 'line')} left for you.", "to look at")
    )


def _add(work: DiveBeingMade, files: WorkInFiles) -> Step:
    address = reverse("add_system", args=[work.slug])
    if files.sources:
        return Step(
            "Add another record system",
            address,
            "For example a control room, or a council’s list.",
            "if you have one",
            "quiet",
        )
    return Step("Add the exports of a record system", address, "Upload files, several at once.", "to do", "late")


def _settings(work: DiveBeingMade, files: WorkInFiles) -> Step:
    found = settings_on_page(files, files.read(FORCE))
    address = reverse("settings_of_dive", args=[work.slug])
    confirmed, every = len(found.confirmed), len(found.confirmed) + len(found.to_confirm)
    words = f"Drafted from the standards. Of {every} obligations that are assumed, {confirmed} are confirmed by name."
    if found.problems:
        return Step("The force’s settings", address, "Something in them is to be mended.", "to mend", "late")
    if confirmed == every:
        return Step("The force’s settings", address, words, "confirmed", "met")
    return Step("The force’s settings", address, words, "in part" if confirmed else "drafted")


def _can_we_tell(work: DiveBeingMade, files: WorkInFiles) -> Step:
    address = reverse("can_we_tell", args=[work.slug])
    is_ready = bool(files.sources)
    words = "What these exports are able to show, before any finding." if is_ready else "Once there are exports."
    return Step("Can we tell?", address, words, "look" if is_ready else "not yet", "plain" if is_ready else "quiet")


def _run(work: DiveBeingMade, files: WorkInFiles, last: BackgroundDive | None) -> Step:
    address = reverse("run_of_dive", args=[work.slug])
    if last is None:
        return Step("Run the dive", address, "In the background; it goes on if you leave the page.", "not yet", "quiet")
    kind = {str(State.DONE): "met", str(State.DID_NOT_FINISH): "late"}.get(last.state, "plain")
    words = f"Asked for on {day(last.asked_at)}, {clock(last.asked_at)}."
    return Step("Run the dive", address, words, last.state, kind)
