"""The framework matrix on its way out of the command line."""
