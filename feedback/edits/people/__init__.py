"""Who is who, and under which pseudonym."""
