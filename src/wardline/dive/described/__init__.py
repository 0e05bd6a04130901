"""A dive as its file describes it: the question, the period, the force, the sources and the standards."""
