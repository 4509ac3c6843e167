"""The other end of ``confined``: reads a file from its input, says its text line by line of JSON."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from thongsuot.formats.reading.errors import ReadingError
from thongsuot.formats.reading.extract.insets.looking import looked_at
from thongsuot.formats.reading.extract.pdf import effort_of_pdf, pdf_text
from thongsuot.formats.reading.extract.pictures import picture_text
from thongsuot.formats.reading.extract.raw import Progress, Raw

MEMORY = 1_024 * 1024 * 1024
PROCESSOR_SECONDS = 900
OFTEN = 0.2  # seconds between two words about progress


def _text(found: Raw) -> dict[str, Any]:
    warnings = [[notice.code, notice.message] for notice in found.warnings]
    return {"text": found.text, "apart": found.apart, "warnings": warnings}


def _table(data: bytes) -> dict[str, Any]:
    from thongsuot.formats.tables.workbook import table_of  # only a workbook needs what it needs

    return table_of(data)


def _signed(data: bytes, _progress: Progress, after: str, most: str) -> dict[str, Any]:
    from thongsuot.formats.signed.reading import pages_in  # only a signed sheet needs what it needs

    for picture in pages_in(data, int(after), int(most)):
        _say({"part": picture})
    return {}


_READERS: dict[str, Callable[..., dict[str, Any]]] = {
    "pdf": lambda data, progress: _text(pdf_text(data, progress)),
    "picture": lambda data, progress: _text(picture_text(data, progress)),
    "insets": looked_at,
    "effort": lambda data, _progress: effort_of_pdf(data),
    "table": lambda data, _progress: _table(data),
    "signed": _signed,
}


def main(reader: str, *words: str) -> None:
    _bound()
    told = 0.0

    def progress(done: int, pages: int) -> None:
        nonlocal told
        if time.monotonic() - told >= OFTEN or done == pages:
            told = time.monotonic()
            _say({"done": [done, pages]})

    try:
        found = _READERS[reader](sys.stdin.buffer.read(), progress, *words)
    except ReadingError as error:
        _say({"refused": [error.code, error.detail]})
    except (MemoryError, RecursionError) as error:
        _say({"refused": ["too_large", type(error).__name__]})
    except Exception as error:  # a library's surprise about a damaged file; its words may quote the text
        _say({"refused": ["broken", type(error).__name__]})
    else:
        _say(found)


def _say(message: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()


def _bound() -> None:
    """No file may be written, not even the image of a crash; memory and time have an end."""
    try:
        import resource
    except ImportError:  # a system without such bounds: the clock of the other end remains
        return
    for what, most in (
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
    ):
        _soft, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:  # the system's own bound may be narrower already
            most = min(most, hard)
        resource.setrlimit(what, (most, most))
