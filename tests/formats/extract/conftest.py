"""Layout is tested in this process: starting one for every small page would only take time."""

import pytest

from thongsuot.formats.reading import extract as _extract
from thongsuot.formats.reading.extract.pdf import pdf_text
from thongsuot.formats.reading.extract.pictures import picture_text
from thongsuot.formats.reading.extract.raw import Progress, Raw


@pytest.fixture
def _nearby(monkeypatch: pytest.MonkeyPatch) -> None:
    readers = {"pdf": pdf_text, "picture": picture_text}

    def read(reader: str, data: bytes, progress: Progress) -> Raw:
        return readers[reader](data, progress)

    monkeypatch.setitem(_extract.__globals__, "read_confined", read)
