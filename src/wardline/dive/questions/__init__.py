"""What is asked of a dive that was made: one case in words, and other time limits."""
