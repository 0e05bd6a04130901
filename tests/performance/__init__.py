"""What a check of a whole force costs, against reading and writing alone and against engines written by hand."""
