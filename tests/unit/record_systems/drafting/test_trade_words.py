"""The words of the trade are data, and every name in them is one that ships: a word for anything else says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.repository import ROOT
from wardline.documents import parse_document, validate
from wardline.errors import DocumentError
from wardline.events import PEOPLE
from wardline.measures import COMPARED_BY
from wardline.obligations import named_by
from wardline.record_systems import read_mapping
from wardline.record_systems.drafting.headings import words_of
from wardline.record_systems.drafting.trade_words import DATA_FILE, TradeWords, read_trade_words
from wardline.record_systems.mapping.shapes import PersonKeys
from wardline.standards import Standard, look_up_standard, shipped_standards

WORDS = read_trade_words()


@pytest.fixture(scope="module")
def standards() -> list[Standard]:
    """Those that ship."""
    return [look_up_standard(name, relative_to=Path()) for name in shipped_standards()]


def attributes_of_mapped_cases() -> set[str]:
    """The attributes that the mappings of the examples give to cases."""
    mappings = map(read_mapping, ROOT.glob("examples/*/mappings/*.yaml"))
    return {one.name for mapping in mappings for table in mapping.case_tables() for one in table.attributes}


def names_of_no_standard(words: TradeWords, standards: list[Standard]) -> set[str]:
    """The events, attributes and types of case that the words name, and nothing that ships has."""
    named = named_by(obligation for standard in standards for obligation in standard.obligations)
    attributes = {*named.of_events, *named.of_cases, *COMPARED_BY}
    return {
        *(words.event_names() - set(named.events)),
        *(words.attribute_names() - attributes - attributes_of_mapped_cases()),
        *(words.case_type_names() - {standard.case_type for standard in standards}),
    }


def test_every_event_attribute_and_type_of_case_is_one_that_ships(standards):
    assert names_of_no_standard(WORDS, standards) == set()


def test_a_name_that_nothing_ships_is_found(standards):
    text = DATA_FILE.read_text(encoding="utf-8")
    for key in ("events", "attributes", "case types"):
        more = text.replace(f"\n{key}:\n", f"\n{key}:\n  of_nothing: [nothing]\n")
        words = validate(parse_document(more, "words"), TradeWords)
        assert names_of_no_standard(words, standards) == {"of_nothing"}


def test_every_type_of_case_that_ships_has_words_of_its_own(standards):
    assert set(WORDS.case_types) == {standard.case_type for standard in standards}


def test_every_field_of_a_person_record_is_a_key_of_mappings_and_a_column_of_the_event_log():
    assert {field.replace(" ", "_") for field in WORDS.person_fields} <= set(PEOPLE) & set(PersonKeys.model_fields)


def test_what_tells_events_of_one_type_of_case_begins_the_name_of_one(standards):
    events = named_by(obligation for standard in standards for obligation in standard.obligations).events
    assert {word for word in WORDS.of_one_case_type if not any(name.startswith(f"{word}_") for name in events)} == set()


def test_every_phrase_is_written_as_a_heading_is_read():
    said = (WORDS.events, WORDS.attributes, WORDS.case_types, WORDS.person_fields)
    phrases = [phrase for words in said for phrases in words.values() for phrase in phrases]
    phrases += [*WORDS.of_one_case_type, *WORDS.of_any_time]
    assert [phrase for phrase in phrases if phrase != " ".join(words_of(phrase))] == []


def test_words_for_nothing_are_not_read():
    with pytest.raises(DocumentError):
        validate(parse_document("events: {reported: []}", "words"), TradeWords)
