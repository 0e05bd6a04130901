"""The words of the trade for what standards name, from data that ships in the package (`trade_words.yaml`)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from wardline.documents import AtLeastOne, Keys, Text, read_document, validate

__all__ = ["DATA_FILE", "TradeWords", "read_trade_words"]

DATA_FILE = Path(__file__).with_name("trade_words.yaml")

Words = Annotated[tuple[Text, ...], AtLeastOne]
WordsOf = dict[str, Words]


class TradeWords(Keys):
    """How headings and codes say what standards name. Words and phrases are in small letters, as `words_of` has them.

    What each key is for is said beside it in the data.
    """

    events: WordsOf
    attributes: WordsOf
    case_types: WordsOf = Field(alias="case types")
    person_fields: WordsOf = Field(alias="person fields")
    opening_events: Words = Field(alias="opening events")
    joined_or_compared_by: WordsOf = Field(alias="joined or compared by")
    numbers_of_other_systems: Words = Field(alias="numbers of other systems")
    of_one_case_type: Words = Field(alias="of one case type")
    of_any_time: Words = Field(alias="of any time")

    def event_names(self) -> set[str]:
        """Every event that is named, for whatever reason."""
        return {*self.events, *self.opening_events}

    def attribute_names(self) -> set[str]:
        """Every attribute that is named, for whatever reason."""
        joined = {name for names in self.joined_or_compared_by.values() for name in names}
        return {*self.attributes, *joined, *self.numbers_of_other_systems}

    def case_type_names(self) -> set[str]:
        """Every type of case that is named, for whatever reason."""
        return {*self.case_types, *self.joined_or_compared_by}


@cache
def read_trade_words() -> TradeWords:
    """The words that ship, read on first use."""
    return validate(read_document(DATA_FILE), TradeWords)
