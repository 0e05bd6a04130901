"""What is counted from the tables of a dive, and laid out for its report and its spreadsheet."""
