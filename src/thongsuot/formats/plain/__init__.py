"""Plain language: how hard a Vietnamese text is to read. No Django, no language model."""

from thongsuot.formats.plain.measure import Knot, Plainness, Sentence, plainness_of
from thongsuot.formats.plain.sentences import sentences_in

__all__ = ["Knot", "Plainness", "Sentence", "plainness_of", "sentences_in"]
