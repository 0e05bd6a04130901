"""`workspace.yaml`: whose workspace this is, the force's or the office's, and where it keeps things."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from wardline.documents import Keys, OneOrMore, Text, WholeNumber, YesOrNo, as_list, one_of, read_document, validate

__all__ = ["MEGABYTE", "Deployment", "Place", "Post", "SingleSignOn", "read_deployment"]

MEGABYTE = 1_000_000
LARGEST_UPLOAD = 500 * MEGABYTE


class Place(StrEnum):
    """Where the software runs: with the force, on identified records, or with the office, on what was released."""

    FORCE = "force"
    OFFICE = "office"


@dataclass(frozen=True)
class Post:
    """A post that always has somebody in it, and how to reach it by telephone."""

    name: str
    telephone: str


@dataclass(frozen=True)
class SingleSignOn:
    """The body's own log-in (OpenID Connect): whose it is, and what we are known as there."""

    title: str
    issuer: str
    client_id: str
    client_secret_file: Path
    provider: str = "single-sign-on"  # its part of our addresses


@dataclass(frozen=True)
class Deployment:
    """What `workspace.yaml` says; paths are absolute.

    `body` is whose workspace it is, `head` what the oversight body's head is called (*commissioner*, *mayor*, *chair of
    the board*), `marking` the protective marking on every page. `database` is a PostgreSQL address; None keeps
    everything in a SQLite file in `folder`. In a demonstration accounts are listed on the log-in page. Exports are
    uploaded, at most `largest_upload` bytes at once, or lie in one of `export_folders` on this machine.
    """

    place: Place
    body: str
    force: str
    office: str
    head: str
    marking: str
    zone: str
    folder: Path
    database: str | None
    hosts: tuple[str, ...]
    duty_post: Post
    professional_standards: Post
    is_demonstration: bool
    file: Path
    single_sign_on: SingleSignOn | None = None
    export_folders: tuple[Path, ...] = ()
    largest_upload: int = LARGEST_UPLOAD

    @property
    def is_force(self) -> bool:
        """Whether this is the force's own place, where records are identified."""
        return self.place is Place.FORCE

    @property
    def dives(self) -> Path:
        """Where the dive folders and releases that were added are kept."""
        return self.folder / "dives"

    @property
    def making(self) -> Path:
        """Where dives are made: for each a folder with its exports, mappings, settings and dive file."""
        return self.folder / "making"


def read_deployment(file: Path) -> Deployment:
    """Read `workspace.yaml`. Raises DocumentError with all its problems at once."""
    keys = validate(read_document(file), _WorkspaceKeys)
    place = keys.workspace_of
    return Deployment(
        place=place,
        body=keys.force if place is Place.FORCE else keys.office,
        force=keys.force,
        office=keys.office,
        head=keys.head_of_office,
        marking=keys.marking,
        zone=keys.time_zone,
        folder=(file.parent / keys.folder).absolute(),
        database=keys.database,
        hosts=tuple(keys.hosts),
        duty_post=keys.duty_post.post(),
        professional_standards=keys.professional_standards.post(),
        is_demonstration=keys.demonstration,
        file=file.absolute(),
        export_folders=tuple((file.parent / one).absolute() for one in keys.export_folders),
        largest_upload=keys.largest_upload * MEGABYTE,
        single_sign_on=keys.single_sign_on.sign_on(file.parent) if keys.single_sign_on else None,
    )


class _PostKeys(Keys):
    name: Text
    telephone: Text

    def post(self) -> Post:
        return Post(self.name, self.telephone)


class _SignOnKeys(Keys):
    title: Text = "your organisation’s log-in"
    issuer: Text
    client_id: Text = Field(alias="client id")
    client_secret_file: Text = Field(alias="client secret file")

    def sign_on(self, folder: Path) -> SingleSignOn:
        secret = (folder / self.client_secret_file).absolute()
        return SingleSignOn(self.title, self.issuer.rstrip("/"), self.client_id, secret)


class _WorkspaceKeys(Keys):
    workspace_of: Annotated[Place, one_of(Place)] = Field(alias="workspace of")
    force: Text
    office: Text
    head_of_office: Text = Field(default="commissioner", alias="head of office")
    marking: Text = "OFFICIAL-SENSITIVE"
    time_zone: Text = Field(default="Europe/London", alias="time zone")
    folder: Text = "."
    database: Text | None = None
    hosts: Annotated[tuple[Text, ...], OneOrMore] = Field(default=("localhost", "127.0.0.1"))
    duty_post: _PostKeys = Field(alias="duty post")
    professional_standards: _PostKeys = Field(alias="professional standards")
    demonstration: YesOrNo = False
    single_sign_on: _SignOnKeys | None = Field(default=None, alias="single sign-on")
    export_folders: Annotated[tuple[Text, ...], BeforeValidator(as_list)] = Field(default=(), alias="export folders")
    largest_upload: WholeNumber = Field(default=LARGEST_UPLOAD // MEGABYTE, alias="largest upload")
