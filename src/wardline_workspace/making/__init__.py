"""Dives being made: from exports that somebody brings to an answer, page by page, the YAML staying the truth."""
