"""Where the templates are: a folder `templates` in each room of the workspace."""

from pathlib import Path

__all__ = ["TEMPLATE_FOLDERS"]

TEMPLATE_FOLDERS = sorted(Path(__file__).resolve().parents[1].glob("*/templates"))
