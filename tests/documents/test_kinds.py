"""The register knows every kind of document that the reader may propose."""

from thongsuot.documents.kinds import SYMBOL_OF, Kind
from thongsuot.formats.reading.kinds import KINDS


def test_every_kind_the_reader_knows_can_be_registered() -> None:
    assert {kind.code for kind in KINDS} <= set(Kind.values)


def test_every_kind_has_a_symbol_to_number_it_with() -> None:
    assert set(SYMBOL_OF) == set(Kind.values)
    assert all(SYMBOL_OF.values())
