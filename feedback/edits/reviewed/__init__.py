"""What people decided about masks, found in every later run again."""
