"""What is kept, of each kind: each room registers here what it has, why some of it stays, and how it is removed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from wardline_workspace.deployment.described import Place
from wardline_workspace.deployment.kept_for import Kept

__all__ = ["Shelf", "Thing", "keepers_of", "keeps", "register", "shelf_of", "shelves_at"]


@dataclass(frozen=True)
class Thing:
    """One thing that is kept. `code` is what the trail calls it, `title` what people do; its time counts from a day.

    `with_it` names the things on whose legal hold this one stays too, by kind and code.
    """

    kind: Kept
    code: str
    title: str
    counted_from: date
    with_it: tuple[tuple[Kept, str], ...] = ()


class Shelf(ABC):
    """All things of one kind."""

    kind: ClassVar[Kept]
    one: ClassVar[str]  # what one of them is called
    counts_from: ClassVar[str]  # from when its time counts, in words
    when_gone: ClassVar[str]  # what follows when it is gone, in words
    is_named: ClassVar[bool] = True  # whether whoever sees what is kept may see which one it is
    places: ClassVar[tuple[Place, ...]] = (Place.FORCE,)

    @abstractmethod
    def things(self) -> Iterable[Thing]:
        """What is there now."""

    def stays_because(self, thing: Thing) -> str | None:
        """Why it may not be removed now, other than a legal hold; None where it may."""
        return None

    def lock(self, code: str) -> None:
        """Hold its row until the transaction ends, so that nothing is held and removed at once."""

    @abstractmethod
    def remove(self, code: str, *, by: Any) -> None:
        """Remove it, in a transaction with its entry in the trail. The rows say so first; files go after that."""

    def finish(self) -> None:
        """End each removal that was cut off: remove files of what the rows say is gone."""


_shelves: dict[tuple[Kept, Place], Shelf] = {}


def register(shelf: type[Shelf]) -> type[Shelf]:
    """Say what of a kind is kept where."""
    for place in shelf.places:
        _shelves[shelf.kind, place] = shelf()
    return shelf


_Keeper = Callable[[Thing], str | None]
_keepers: dict[Kept, list[_Keeper]] = {}


def keeps(kind: Kept) -> Callable[[_Keeper], _Keeper]:
    """Register why another room wants things of this kind to stay: it says why, or None."""

    def registered(keeper: _Keeper) -> _Keeper:
        _keepers.setdefault(kind, []).append(keeper)
        return keeper

    return registered


def keepers_of(kind: Kept) -> tuple[_Keeper, ...]:
    """What other rooms say of things of this kind."""
    return tuple(_keepers.get(kind, ()))


def shelf_of(kind: Kept, place: Place) -> Shelf | None:
    """What is kept of this kind there; None where it is not kept there at all."""
    return _shelves.get((kind, place))


def shelves_at(place: Place) -> list[Shelf]:
    """All that is kept there, in the order of the settings."""
    found = (_shelves.get((kind, place)) for kind in Kept)
    return [shelf for shelf in found if shelf is not None]
