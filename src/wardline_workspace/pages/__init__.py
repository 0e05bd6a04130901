"""What every page has: the frame, the components, words for dates and numbers, refusals."""
