"""Measures counted by week, month, quarter and group, as one table."""
