"""Tables as an analyst has them made into those of an event log: taken, their columns made to fit, gaps filled,
checked.
"""
