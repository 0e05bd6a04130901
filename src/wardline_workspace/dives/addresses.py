"""Where the parts of a dive are: its obligations, standards and measures."""

from __future__ import annotations

from django.urls import reverse

from wardline.obligations import ResolvedObligation

__all__ = ["measure_address", "obligation_address", "standard_address"]


def obligation_address(slug: str, item: ResolvedObligation) -> str:
    """The page of an obligation."""
    return reverse("dive_obligation", args=[slug, f"{item.full_name}/{item.version}"])


def standard_address(slug: str, name: str, version: str) -> str:
    """The page of a standard, of one version."""
    return reverse("dive_standard", args=[slug, f"{name}/{version}"])


def measure_address(slug: str, name: str) -> str:
    """The page of a measure."""
    return reverse("dive_measure", args=[slug, name])
