"""What went wrong with personal data, and the legal clock that runs from it."""
