"""Layout is tested in this process: starting one for every small page would only take time."""

import os
import warnings

import pytest

from tests.formats.fonts import vietnamese_font
from thongsuot.formats.reading import extract as _extract
from thongsuot.formats.reading.extract import ocr
from thongsuot.formats.reading.extract.insets import asking
from thongsuot.formats.reading.extract.insets.looking import looked_at
from thongsuot.formats.reading.extract.pdf import pdf_text
from thongsuot.formats.reading.extract.pictures import picture_text
from thongsuot.formats.reading.extract.raw import Progress, Raw


@pytest.fixture
def _nearby(monkeypatch: pytest.MonkeyPatch) -> None:
    readers = {"pdf": pdf_text, "picture": picture_text}

    def read(reader: str, data: bytes, progress: Progress) -> Raw:
        return readers[reader](data, progress)

    monkeypatch.setattr(asking, "ask_about", looked_at)
    monkeypatch.setitem(_extract.__globals__, "read_confined", read)


@pytest.fixture(scope="session")
def _tesseract() -> None:
    if ocr.can_recognise() and vietnamese_font():
        return
    missing = "tesseract with its Vietnamese model, or a font with Vietnamese letters"
    if os.environ.get("CI") == "true":
        pytest.fail(f"the build server lacks {missing}")
    warnings.warn(UserWarning(f"no scan is tested: this machine lacks {missing}"), stacklevel=1)
    pytest.skip(missing)
