"""Which texts of cells may be shown to people: those that can be nobody's name or number, whoever wrote them where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

import polars as pl

__all__ = ["frequent_codes", "known_words"]

# What people write where a time belongs. A text is shown only if every word of it is here.
OF_A_TIME = frozenset(
    re.findall(
        r"\S+",
        """
    a above after afternoon all already and any appointment appropriate approx approximately as asap at
    attempted attend attended available await awaited awaiting away awol blank booked cancelled check checked
    circa closed complete completed concluded confirm confirmed contact contacted count current date day days
    declined deferred delayed did done due duplicate earlier early empty entered entry error escalated evening
    event filed finalised for found from given home hospital hour hours hrs immediate immediately in incident
    incomplete is just known late later left linked location log logged made message mid midday midnight
    mins missed missing morning na nfa nil nk no none noon not notes now ns null of off officer on ongoing open
    or os other otl out outstanding over overdue overnight parent pending planned please police possible
    postponed present previous process progress provided ready record recorded ref refer refused rejected
    required resolved returned review same scheduled see self sent shift since stated still system tba tbc tbd
    the this time times to today tomorrow tonight unavailable unclear undetermined unit unknown unsure until
    untimed update updated various visit void waiting was week when with within yes yesterday yet
    """,
    )
)
FEWEST_OF_A_CODE, MOST_CODES, LONGEST_CODE = 3, 20, 60
# An e-mail address, a long number, a postcode, or a number before a word as in an address.
OF_SOMEBODY = re.compile(r"(?i)@|\d{5,}|\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b|^\d+[a-z]?,?\s+[^\W\d]|[\x00-\x1f]")
SHORT = re.compile(r"(?<=\b\w)[/.](?=\w\b)")  # n/k and n.a. are words
LONGEST_WORDS, MOST_WORDS = 40, 10


def known_words(texts: pl.Series) -> Iterator[tuple[str, int]]:
    """Texts that are made of everyday words only, and how often each occurs, the most frequent first."""
    counts = texts.drop_nulls().value_counts(name="count").sort("count", texts.name, descending=[True, False])
    known = (
        (text, count)
        for text, count in counts.rows()
        if len(text) <= LONGEST_WORDS
        and not re.search(r"\d", text)
        and OF_A_TIME.issuperset(re.findall(r"[^\W_]+", SHORT.sub("", text.casefold())))
    )
    yield from islice(known, MOST_WORDS)


def frequent_codes(counts: Counter[str]) -> Iterable[tuple[str, int]]:
    """The codes that occur in several rows, the most frequent first, without those that could be somebody's."""
    shown = [
        (code, count)
        for code, count in counts.items()
        if count >= FEWEST_OF_A_CODE and len(code) <= LONGEST_CODE and not OF_SOMEBODY.search(code)
    ]
    return sorted(shown, key=lambda one: (-one[1], one[0]))[:MOST_CODES]
