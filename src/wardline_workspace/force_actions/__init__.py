"""What the force does about what was asked: who, by when, every move of the date, the evidence, and three ends."""
