"""What inspectors found and asked for, by when it is answered, and the office's own answers."""
