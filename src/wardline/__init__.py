"""Wardline: what should have happened for each child, what did, how late, and what cannot be told.

The architecture is the folders: see docs/explanation/how-the-code-is-laid-out.md.
The library never asks what time it is: whatever depends on time takes `as_at`.
"""

__version__ = "0.1.0"
