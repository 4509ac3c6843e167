"""Founding the units of a commune, a province or the nation from the official list, by way of an import."""
