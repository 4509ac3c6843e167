"""The pictures a web page holds in itself; those it only points to are not fetched."""

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from thongsuot.formats.reading.extract.insets.gathered import Inches, Insets
from thongsuot.formats.reading.extract.insets.sizes import inches_of, of_style

# Word draws some pictures only for programs that can draw as it does; such a picture lies in another file.
_ELSEWHERE = re.compile(rb"<v:imagedata\b(?![^<>]{0,2000}\bsrc\s*=\s*[\"']?data:)", re.IGNORECASE)
_HELD = re.compile(
    rb"data:image/([a-z0-9.+-]{1,30})((?:;[^,;\s\"'<>]{1,60}){0,4}),\s*([A-Za-z0-9+/=%\s]*)", re.IGNORECASE
)
_TAG = 2_000  # bytes around a picture in which its measures stand
_MEASURE = re.compile(rb"\b(width|height)\s*=\s*[\"']?([\d.]{1,9})", re.IGNORECASE)
_STYLE = re.compile(rb"\bstyle\s*=\s*[\"']([^\"'<>]{1,500})", re.IGNORECASE)


def insets_of(data: bytes) -> Insets:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode("ascii", "replace")
    insets = Insets()
    for held in _HELD.finditer(data):
        content = _content(held[2], held[3])
        if held[1].lower().startswith(b"svg") or content is None:
            insets.unseen = True
        else:
            insets.add(content, _inches(data, *held.span()))
    insets.unseen |= _ELSEWHERE.search(data) is not None
    return insets


def _content(how: bytes, written: bytes) -> bytes | None:
    if b"base64" not in how.lower():
        return None
    letters = b"".join(unquote_to_bytes(written).split())
    try:
        return base64.b64decode(letters + b"=" * (-len(letters) % 4))
    except binascii.Error:
        return None


def _inches(data: bytes, start: int, end: int) -> Inches:
    """By the other words of its element."""
    before, after = data[max(0, start - _TAG) : start], data[end : end + _TAG]
    words = before[before.rfind(b"<") + 1 :] + b" " + after[: max(after.find(b">"), 0)]
    if (style := _STYLE.search(words)) and any(size := of_style(style[1].decode("latin-1"))):
        return size
    told = {name.lower(): value.decode() for name, value in _MEASURE.findall(words)}
    return inches_of(told.get(b"width"), told.get(b"height"))
