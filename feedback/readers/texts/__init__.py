"""Plain text, Markdown, captions and what speech recognisers write."""
