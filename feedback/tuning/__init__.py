"""What a researcher needs to tune a theme list: what a change does, what is not covered, what to add."""
