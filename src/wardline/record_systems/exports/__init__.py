"""Export files, workbooks and databases, found, opened and read as raw rows of text."""
