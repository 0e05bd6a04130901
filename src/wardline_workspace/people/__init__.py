"""Accounts, the roles they hold, and how somebody logs in."""
