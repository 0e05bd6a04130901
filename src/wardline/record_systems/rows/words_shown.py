"""Which texts of cells may be shown to people: everyday words, words of the mapping, and codes in capitals or with `_`.

No list of words can tell that a code in capitals (`RREV`) is not a surname typed in capitals (`SMITH`). Codes are shown
all the same, where several rows have them: without them nobody sees what a mapping lacks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice

import polars as pl

from wardline.record_systems.mapping.mapping import Mapping

__all__ = ["FEWEST_OF_A_CODE", "LONGEST_CODE", "OF_SOMEBODY", "frequent_codes", "known_words", "words_of_mapping"]

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
# What people call the steps that a log lists, beside these; without words that are often names (mark, grant, will).
OF_AN_EVENT = frozenset(
    re.findall(
        r"\S+",
        """
    absent accepted action activity added address age agency allocated amended approval approved area arranged
    arrest arrested arrival arrived assessed assessment assigned attendance authorised automatic bail bailed
    briefing bulletin call callback caller calls care carer case category change changed charge charged chased
    child children circulated circulation classification closure code comment comments complaint concern
    concerns conference conversation council created crime custody danger decided decision deployed deployment
    description despatched detail details device dispatched disposal district document downgraded email end
    ended enquiries enquiry episode escalation exploitation family file filing follow forwarded further grade
    graded grading handed handover health history house identified info information initial injury input
    inspector intel intelligence interview interviewed investigation investigator issued item journey local
    lodged management manager medium meeting mental misper more name national need needs new next note noted
    notification notified number offence offered open opened other outcome outside owner panel partner passed pc
    pending people person phone photo photograph pnc prevention priority problem profile progressed property
    protection public question raised reason reassessed reassigned reclassified recontacted recovered recurring
    referral reopened replied reply report reported reporting request requested reset resolution resource
    resourced response restarted result return review reviewed rhi risk safe safeguarding school search searched
    second senior sergeant service shared shift sighting sign signed social staff stage start started statement
    status step stood stopped strategy submitted summary superintendent supervised supervision supervisor
    support suspect tag task tasked tasking team telephone text third transfer transferred trigger type upgraded
    upload uploaded urgent vehicle victim viewed vulnerable weekly welfare witness worker written
    """,
    )
)
FEWEST_OF_A_CODE, MOST_CODES, LONGEST_CODE = 3, 20, 100
# An e-mail address, a long number, a postcode, a number before a word as in an address, or a line break. Read by Python
# and by Polars, so only with what both know.
OF_SOMEBODY = r"(?i)@|\d{5,}|(?:\b|_)[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b|^\d+[a-z]?,?\s+[^\W\d]|[\x00-\x1f]"
CODE = re.compile(r"[A-Z\d_]+|(?=.*[\d_])[a-z\d_]+")
SHORT = re.compile(r"(?<=\b\w)[/.](?=\w\b)")  # n/k and n.a. are words
LONGEST_WORDS, MOST_WORDS = 40, 10


def known_words(texts: pl.Series) -> Iterator[tuple[str, int]]:
    """Texts that are made of everyday words only, and how often each occurs, the most frequent first."""
    counts = texts.drop_nulls().value_counts(name="count").sort("count", texts.name, descending=[True, False])
    known = (
        (text, count)
        for text, count in counts.rows()
        if len(text) <= LONGEST_WORDS and not re.search(r"\d", text) and OF_A_TIME.issuperset(_words(text))
    )
    yield from islice(known, MOST_WORDS)


def frequent_codes(counts: Counter[str], named: Collection[str]) -> list[tuple[str, int]]:
    """The texts that may be shown of those that occur in several rows, the most frequent first.

    `named` are the words that the mapping itself has. Every word of a text is among these or an everyday one, or the
    text is a single code: in capitals throughout, or in small letters with a digit or `_`. A lone `Smith` is not shown.
    """
    known = OF_A_TIME | OF_AN_EVENT | frozenset(named)
    shown = [
        (code, count)
        for code, count in counts.items()
        if count >= FEWEST_OF_A_CODE
        and len(code) <= LONGEST_CODE
        and not re.search(OF_SOMEBODY, code)
        and (CODE.fullmatch(code) or known.issuperset(_words(code)))
    ]
    return sorted(shown, key=lambda one: (-one[1], one[0]))[:MOST_CODES]


def words_of_mapping(mapping: Mapping) -> set[str]:
    """The words of a mapping's events and of the values that it lists, in small letters."""
    texts: set[str] = set()
    for table in mapping.tables:
        texts.update(event.name for event in table.events_of_row)
        if table.names_event_by is not None:
            texts.update(table.names_event_by.names())
            texts.update(given for given, _ in table.names_event_by.values or ())
    for _, attribute, _ in mapping.attributes_with_places():
        texts.update(given for given, _ in attribute.values or ())
    return {word for text in texts for word in _words(text)}


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", SHORT.sub("", text.casefold()))
