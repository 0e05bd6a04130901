"""Which place this is: a force's deployment or an office's, whose it is, and how it is run."""
