"""The trail: every view of a case, search, export, log-in and change, in a chain that shows if an entry was altered."""
