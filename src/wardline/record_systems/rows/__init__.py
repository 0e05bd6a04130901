"""Raw rows as rows of the event log's tables: each is kept, left out or rejected, and counted."""
