"""The report and the spreadsheet of a dive that is kept, made from its folder alone."""
