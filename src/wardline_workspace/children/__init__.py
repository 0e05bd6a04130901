"""Children to check: who on the list for today was looked at, by whom and when. Nothing leaves without an answer."""
