"""The templates' own language: Jinja with GOV.UK's components, and the words that dates and numbers are written in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import json_script
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader

from wardline_workspace.demonstration.accounts import accounts_of_the_demonstration
from wardline_workspace.pages.form_fields import component_of, error_summary

__all__ = ["environment"]


def environment(**options: Any) -> Environment:
    """Django's Jinja environment, with GOV.UK's macros beside our templates."""
    loader = options.pop("loader")
    made = Environment(
        **options
        | {
            "loader": ChoiceLoader(
                [loader, PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]
            ),
            "extensions": ["jinja2.ext.do"],
            "trim_blocks": True,
            "lstrip_blocks": True,
        }
    )
    made.globals |= {
        "static": static,
        "url": _url,
        "component_of": component_of,
        "error_summary": error_summary,
        "demonstration_accounts": accounts_of_the_demonstration,
        "first_minutes": _first_minutes,
    }
    made.filters |= {"json_script": json_script, "day": day, "instant": instant, "clock": clock, "number": number}
    return made


def _first_minutes(request: Any) -> Any:
    # Imported when a page is made: it asks the rooms, which are loaded after the templates' language.
    from wardline_workspace.demonstration.first_minutes import first_minutes

    return first_minutes(request)


def _url(name: str, *positional: Any, **named: Any) -> str:
    return reverse(name, args=positional or None, kwargs=named or None)


def day(value: date | datetime) -> str:
    """A day as people write it: `12 June 2025`."""
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return f"{local.day} {local:%B %Y}"


def instant(value: datetime) -> str:
    """A day and local time as people write it: `12 June 2025, 9:05am`."""
    return f"{day(value)}, {clock(value)}"


def clock(value: datetime) -> str:
    """A local time of day as people write it: `9:05am`."""
    local = timezone.localtime(value)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def number(value: int) -> str:
    """A number with its thousands marked: `1,234`."""
    return f"{value:,}"
