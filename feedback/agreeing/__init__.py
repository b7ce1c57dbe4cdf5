"""Two coders, or a coder beside people: where they agree, where not, and how much is found."""
