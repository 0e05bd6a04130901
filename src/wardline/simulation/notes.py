"""Free text in a case: what is ordinary, what speaks of exploitation, what blames the child, what is copied."""

from __future__ import annotations

from random import Random

from wardline.simulation.clock import HOUR, MINUTE
from wardline.simulation.note_texts import note_text
from wardline.simulation.parameters import BLAMING_NOTE_SHARE, COPIED_NOTE_SHARE, EXPLOITATION_NOTE_SHARE
from wardline.simulation.records import MISSING, Child, Note
from wardline.simulation.truth import BY_NOTES, Failing, Gaming, Truth

__all__ = ["NotesOfCase"]

SECOND_NOTE_SHARE = 0.4
NEEDS_READING = "it is only in the free text of the notes"


class NotesOfCase:
    """Writes the notes of one case, and the truth of what a reader of them would see."""

    def __init__(self, child: Child, case: str, source: Random, end: int, truth: Truth, system: str = MISSING) -> None:
        self._child = child
        self._case = case
        self._source = source
        self._end = end
        self._truth = truth
        self._system = system
        self.notes: list[Note] = []

    def write(self, opened_at: int, closed_at: int) -> None:
        """The notes between the opening of a case and its end."""
        source, child = self._source, self._child
        at = opened_at + 20 * MINUTE
        self._add("ordinary", at)
        if source.random() < SECOND_NOTE_SHARE:
            self._add("ordinary", at + HOUR)
        if (
            child.is_exploited
            and source.random() < EXPLOITATION_NOTE_SHARE
            and self._add("speaks of exploitation", closed_at + HOUR)
            and not child.is_flagged
        ):
            self._tell("notes that speak of exploitation without a flag", closed_at + HOUR)
        kind = source.random()
        if kind < BLAMING_NOTE_SHARE and self._add("blames the child", at + 2 * HOUR):
            self._tell("words that blame the child", at + 2 * HOUR)
        elif kind > 1 - COPIED_NOTE_SHARE and self._add("copied", at + 3 * HOUR):
            what = "the same text appears word for word in other cases"
            case = f"{self._system}:{self._case}"
            self._truth.tell(Gaming("copied text", self._system, case, at + 3 * HOUR, what))

    def _add(self, kind: str, at: int) -> bool:
        if at >= self._end:
            return False
        self.notes.append(Note(at, note_text(kind, self._source)))
        return True

    def _tell(self, failing: str, at: int) -> None:
        case = f"{self._system}:{self._case}"
        self._truth.tell(Failing(failing, "", case, at, "", BY_NOTES, NEEDS_READING))
