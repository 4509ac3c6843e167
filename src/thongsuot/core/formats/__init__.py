"""How numbers and dates are written: day first in both languages, because the reader is in Việt Nam."""
