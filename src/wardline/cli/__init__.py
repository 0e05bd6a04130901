"""The command line: one file per command."""

from wardline.cli.app import app, main

__all__ = ["app", "main"]
