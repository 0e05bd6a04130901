"""Made-up names, addresses and telephone numbers. No child, family, street or place in them is real.

Family, street and place names are put together from syllables, so that nobody is meant by them. Postcodes lie in the
area ZZ, which no letter can reach; telephone numbers are of the ranges that Ofcom keeps free for drama.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from random import Random

__all__ = ["DISTRICTS", "Household", "draw_family_name", "draw_given_name", "draw_phone", "draw_postcode", "household"]

DISTRICTS = ("Northbank", "Saltholme", "Ferryhill Cross", "Eastmoor")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIRLS = _words(
    "Ada Aisha Amber Anya Beth Bryony Carys Cleo Daisy Dalia Elsie Emeka Erin Esme Fern Freya Gwen Hana "
    "Hazel Imani Iris "
    "Isla Jade Jodie Kayla Keira Lacey Leila Lena Lotte Maisie Marta Maya Mina Nadia Neve Nia Niamh "
    "Olive Orla Paige Pia "
    "Poppy Priya Rhea Robyn Rosa Ruby Sadie Safiya Skye Tamsin Tess Tilly Uma Verity Wren Yara Zara Zoya"
)
BOYS = _words(
    "Aaron Adil Alfie Arlo Bailey Bram Caleb Callum Cian Corey Dev Dexter Eddie Elis Ezra Farid Finn "
    "Frankie Gethin Hari "
    "Harvey Idris Ivan Jago Jamal Jude Kai Kit Kofi Lennon Liam Logan Luca Marek Milo Nico Noah Oakley Omar Otis Owen "
    "Parker Piotr Quin Ravi Reece Reuben Rory Sami Seb Stefan Tariq Theo Tobi Tyler Viktor Wilf Xander Yusuf Zed"
)
SHORTENED = {
    "Alfie": "Alf",
    "Bailey": "Bail",
    "Bryony": "Bry",
    "Caleb": "Cal",
    "Callum": "Cal",
    "Dexter": "Dex",
    "Frankie": "Frank",
    "Freya": "Frey",
    "Harvey": "Harv",
    "Maisie": "Mais",
    "Reuben": "Ben",
    "Robyn": "Rob",
    "Safiya": "Saffy",
    "Tamsin": "Tam",
    "Tilly": "Til",
    "Xander": "Xan",
}
FAMILY_BEGINS = _words(
    "Ald Bex Brom Cald Carn Dunt Eck Fald Fenn Garth Gris Hald Harn Ing Jarr Kell Lorn Mard Mex Nork Oster Pell Quill "
    "Rand Rush Sax Skel Stan Tarn Thwe Ulf Vex Wath Whin Wrex Yar"
)
FAMILY_ENDS = _words(
    "anby aster bridge by combe croft dale endon erby ford garth ham holme ingley ington kirk law ley mire more ness "
    "oake over pike rigg shaw sley stead thwaite ton wick wold worthy"
)
STREET_BEGINS = _words("Alder Barley Copper Dapple Ember Fallow Gorse Hollin Juniper Lantern Marl Otter Pewter Sorrel")
STREET_ENDS = ("Close", "Court", "Crescent", "Drive", "Garth", "Lane", "Road", "Street", "Terrace", "Walk")
POSTCODE_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # as inward codes have them

NUMBERS_IN_RANGE = 1000  # each drama range holds a thousand numbers


@dataclass(frozen=True, slots=True)
class Household:
    """What the children of one household share."""

    family_name: str
    address: str
    postcode: str
    phone: str


@lru_cache(maxsize=50_000)
def household(family: int | str) -> Household:
    """The household of a family; the same each time."""
    source = Random(f"household {family}")
    return Household(draw_family_name(source), draw_address(source), draw_postcode(source), draw_phone(source))


def draw_given_name(source: Random, sex: str) -> str:
    """A given name; some are far more frequent than others, as in life."""
    names = GIRLS if sex == "female" else BOYS
    return names[int(len(names) * source.random() ** 1.6)]


def draw_family_name(source: Random) -> str:
    """A family name that is put together, such as none may bear."""
    begins = FAMILY_BEGINS[int(len(FAMILY_BEGINS) * source.random() ** 1.4)]
    return begins + FAMILY_ENDS[int(len(FAMILY_ENDS) * source.random() ** 1.4)]


def draw_address(source: Random) -> str:
    """A house number and a street."""
    street = STREET_BEGINS[int(len(STREET_BEGINS) * source.random())]
    return f"{1 + int(140 * source.random())} {street} {STREET_ENDS[int(len(STREET_ENDS) * source.random())]}"


def draw_postcode(source: Random) -> str:
    """A postcode of the area ZZ, which does not exist."""
    number = int(source.random() * 9 * 10 * len(POSTCODE_LETTERS) ** 2)
    number, last = divmod(number, len(POSTCODE_LETTERS))
    number, first = divmod(number, len(POSTCODE_LETTERS))
    district, sector = divmod(number, 10)
    return f"ZZ{1 + district} {sector}{POSTCODE_LETTERS[first]}{POSTCODE_LETTERS[last]}"


def draw_phone(source: Random) -> str:
    """A telephone number of the ranges 01632 960xxx and 07700 900xxx."""
    number = int(source.random() * 2 * NUMBERS_IN_RANGE)
    return f"07700 900{number:03}" if number < NUMBERS_IN_RANGE else f"01632 960{number - NUMBERS_IN_RANGE:03}"
