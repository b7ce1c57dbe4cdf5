"""Tables: surveys, participants, codings and lists of names."""
