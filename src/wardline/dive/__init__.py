"""A deep dive put together: read, check, report, and write the dive folder."""
