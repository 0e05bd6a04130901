"""What a measure is: declared in YAML, said in a sentence, shown by worked examples."""
