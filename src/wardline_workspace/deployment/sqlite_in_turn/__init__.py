"""SQLite as Django's, where those who write wait their turn: see base.py."""
