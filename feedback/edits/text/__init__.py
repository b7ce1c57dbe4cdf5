"""The words of a text, what the shipped lists know of them, and patterns looked for near words."""
