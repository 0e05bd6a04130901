"""How long things are kept, what is on legal hold, and what is removed when its time is over."""
