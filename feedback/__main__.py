"""`python -m feedback`."""

from feedback.cli import main

main()
