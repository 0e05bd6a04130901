"""From a figure into its rows, from a row into its case, from a case into its timeline and its findings."""
