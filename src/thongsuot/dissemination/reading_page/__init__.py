"""The page on which a member reads a text and confirms it."""
