"""The browser that looks at the workspace: the same Chromium as for reports."""

from tests.browser.conftest import browser

__all__ = ["browser"]
