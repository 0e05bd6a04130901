"""The tables and phrases of the report as our pages show them: the same words, with links that lead within the dive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from wardline.reports.page_tables import Phrase, Table, Text

__all__ = ["TableShown", "said", "table_shown"]

NO_LINKS: Mapping[str, str] = {}


@dataclass(frozen=True)
class TableShown:
    """A table as the macro `ui.table` takes it, with the note that stands below."""

    caption: str
    columns: tuple[dict[str, Any], ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None
    note: str


def table_shown(
    table: Table | None, links: Mapping[str, str] = NO_LINKS, *, total: Sequence[Text] | None = None
) -> TableShown | None:
    """A table; `links` are where the report's own places (`#standard-1`) are here."""
    if table is None:
        return None
    return TableShown(
        table.caption,
        tuple({"title": one.heading or "Which", "number": one.is_number} for one in table.columns),
        tuple(tuple(said(cell, links) for cell in row) for row in table.rows),
        None if total is None else tuple(said(cell, links) for cell in total),
        table.note,
    )


def said(text: Text, links: Mapping[str, str] = NO_LINKS) -> str:
    """Running text as markup: what is strong is strong, and a place that is not in the workspace is no link."""
    if isinstance(text, str):
        return text
    return Markup("").join(_phrase(one, links) for one in text)


def _phrase(one: Phrase, links: Mapping[str, str]) -> Markup:
    if one.is_strong:
        return Markup("<b>{}</b>").format(one.words)
    if one.is_outside and one.href is not None:
        return Markup('<a class="govuk-link" href="{}" rel="noreferrer">{}</a>').format(one.href, one.words)
    if one.href is not None and (href := links.get(one.href)) is not None:
        return Markup('<a class="govuk-link" href="{}">{}</a>').format(href, one.words)
    return escape(one.words)
