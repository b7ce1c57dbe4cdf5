"""What can be recognised by its form: numbers, addresses, dates, initials."""
