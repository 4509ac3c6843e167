"""Requests about one's own data, periods of retention, breaches: a module each."""
