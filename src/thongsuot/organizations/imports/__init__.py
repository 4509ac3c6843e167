"""Units and people from a table: read, look through, decide, write in the background, take back."""
