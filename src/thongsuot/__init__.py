"""Thông Suốt: a resolution from the sheet of paper to daily life, measured at every level."""

__version__ = "0.1.0"
