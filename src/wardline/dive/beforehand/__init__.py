"""What is asked and drafted before a force has sent anything: the letter that asks for records, a first mapping."""
