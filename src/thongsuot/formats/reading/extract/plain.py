"""Plain text in whatever encoding it was saved, and text whose letters are still in a pre-Unicode font encoding."""

import viparse

from thongsuot.formats.reading.errors import LegacyEncoding
from thongsuot.formats.reading.extract.legibility import SAMPLE, marks_share, syllable_share
from thongsuot.formats.reading.extract.raw import Raw
from thongsuot.formats.reading.model import Notice
from thongsuot.formats.vietnamese import nfc

_LEGACY = ("tcvn3", "vni", "viscii", "vps")


def plain_text(data: bytes) -> Raw:
    return Raw(*_decoded(data))


def _decoded(data: bytes) -> tuple[str, list[Notice]]:
    """Decode by mark, then as UTF-8, then as the old encoding that gives the most Vietnamese."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return from_legacy(data.decode(encoding, errors="replace"))
    if 0 in data[:8192]:
        little = data[1:8192:2].count(0) > data[0:8192:2].count(0)
        return from_legacy(data.decode("utf-16-le" if little else "utf-16-be", errors="replace"))
    try:
        return from_legacy(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _single_byte(data)


def from_legacy(text: str) -> tuple[str, list[Notice]]:
    """Convert text that was typed with TCVN3, VNI or similar fonts; Unicode text comes back unchanged."""
    if marks_share(text) > 0.02 and syllable_share(text) > 0.7:
        return text, []
    sample = text[:SAMPLE]
    best, name = max(((_try(sample, name), name) for name in _LEGACY), key=lambda pair: _score(pair[0]))
    if _score(best) > _score(sample) + 0.15 and syllable_share(best) > 0.7:
        return _try(text, name), [
            Notice("converted_encoding", f"The text was converted from {name.upper()} to Unicode.")
        ]
    return text, []


def _single_byte(data: bytes) -> tuple[str, list[Notice]]:
    faithful = data.decode("cp1252", errors="replace") if b"\x81" not in data else data.decode("latin-1")
    candidates = [(nfc(data.decode("cp1258", errors="replace")), "windows-1258")]
    candidates += [(_try(data.decode("latin-1"), name), name) for name in _LEGACY]
    candidates += [(_try(faithful, name), name) for name in _LEGACY]
    best, name = max(candidates, key=lambda pair: _score(pair[0]))
    if syllable_share(best) < 0.6 or marks_share(best) < 0.02:
        raise LegacyEncoding("no known encoding fits")
    return best, [Notice("converted_encoding", f"The text was converted from {name.upper()} to Unicode.")]


def _try(text: str, encoding: str) -> str:
    try:
        return nfc(viparse.fix(text, encoding=encoding))
    except (viparse.ViparseError, ValueError):
        return text


def _score(text: str) -> float:
    return syllable_share(text) + min(marks_share(text), 0.3)
