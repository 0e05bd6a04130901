"""Free text as officers write it, put together from a small made-up grammar. No real note was used.

There are four kinds. Ordinary notes say what was done. Some speak of exploitation, though the record carries no flag.
Some put the blame on the child. Some are copied: the very same text stands in many cases. They are kept short, and
nothing in them is told for its own sake.
"""

from __future__ import annotations

from random import Random

__all__ = ["NOTE_KINDS", "note_text"]

NOTE_KINDS = ("ordinary", "speaks of exploitation", "blames the child", "copied")

BEGINS = (
    "Call from {who}.",
    "Spoke to {who} by telephone.",
    "Attended the home address, {who} present.",
    "Update from {who}.",
    "Rang {who} back.",
    "Seen at the station with {who}.",
)
WHO = (
    "mother", "father", "grandmother", "foster carer", "key worker at the home", "social worker", "older sister",
    "school", "duty team of the council", "a friend’s parent",
)  # fmt: skip
ORDINARY = (
    "Last seen {when} leaving for {place}.",
    "Clothing and description taken and passed to units.",
    "Telephone goes straight to voicemail.",
    "Enquiries made at {place}, no trace.",
    "Has been in touch with a friend, says on the way home.",
    "Bus and rail staff given the description.",
    "Cameras at {place} viewed, nothing seen so far.",
    "Room looked through, nothing of note.",
    "Says there was an argument about {what} before going out.",
    "Will ring again at once if anything changes.",
    "Handed over to the next shift with a plan.",
    "Says they felt listened to and are glad somebody rang.",
    "Child says in own words that home is fine and wants to sleep.",
)
WHEN = ("this morning", "after school", "about teatime", "last night", "at lunch break", "around nine")
PLACE = (
    "the retail park", "the bus station", "a friend’s in Saltholme", "the skate park", "the seafront", "the library",
    "town", "college", "the railway station at Eastmoor",
)  # fmt: skip
WHAT = ("a telephone", "school", "money", "going out", "homework", "a game")
EXPLOITATION = (
    "Came back with new trainers and a second telephone, will not say who gave them.",
    "Dropped off by an older man in a car, child gets upset when asked about him.",
    "Mother has found hotel key cards and cash in the school bag.",
    "Messages from an adult met online asking for pictures, child says he knows where they live.",
    "Says they owe somebody money and have to work it off.",
    "Found three counties away with two adults not known to the family, train ticket paid by somebody.",
    "Carer worried that an older group collects the child at night and brings them back in the morning.",
    "Child says they have to carry a bag to {place} or their brother will be hurt.",
)
BLAMING = (
    "Has made a lifestyle choice to stay out.",
    "Promiscuous, well known to officers here.",
    "Brought it on themselves by sending pictures.",
    "Streetwise, attention seeking, will be back when hungry.",
    "Puts themselves at risk and refuses to engage.",
    "Wasting police time again, knows exactly how to play it.",
)
COPIED = (
    "Risk reviewed, no change, enquiries continue, child to be spoken to on return.",
    "Supervisor review completed. Proportionate enquiries in hand. Risk remains as graded.",
    "All lines of enquiry exhausted. No further action at this time.",
)


def note_text(kind: str, source: Random) -> str:
    """The text of a note of one of NOTE_KINDS."""
    assert kind in NOTE_KINDS, f"no notes are written of the kind {kind!r}"
    if kind == "copied":
        return _one_of(COPIED, source)
    sentences = [_one_of(BEGINS, source), _one_of(ORDINARY, source)]
    if kind == "speaks of exploitation":
        sentences.append(_one_of(EXPLOITATION, source))
    elif kind == "blames the child":
        sentences.append(_one_of(BLAMING, source))
    elif source.random() < 1 / 2:
        sentences.append(_one_of(ORDINARY, source))
    return _filled(" ".join(sentences), source)


def _filled(text: str, source: Random) -> str:
    if "{" not in text:
        return text
    return text.format(
        who=_one_of(WHO, source), when=_one_of(WHEN, source), place=_one_of(PLACE, source), what=_one_of(WHAT, source)
    )


def _one_of(texts: tuple[str, ...], source: Random) -> str:
    return texts[int(len(texts) * source.random())]
