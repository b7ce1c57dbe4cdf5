"""Units without speakers -> filled-in forms, and conversations whose questions are set apart."""
