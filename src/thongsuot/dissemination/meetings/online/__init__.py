"""The list of a meeting system: its columns, how long each was there, whom of those called each row means."""
