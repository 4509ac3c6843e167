"""The pictures of a Word 97-2003 file: records of drawings ([MS-ODRAW] 2.2.23 and following), known by their heads."""

import re
import struct
from collections.abc import Mapping

from thongsuot.formats.reading.extract.doc.fib import DocFile
from thongsuot.formats.reading.extract.insets.gathered import Insets

# The kind of a record of each sort of picture, behind the signature that goes with it; the last bit of the signature
# says that a second identifier follows the first.
_DOTTED = {
    0xF01D: (0x46A, 0x6E2),
    0xF01E: (0x6E0,),
    0xF01F: (0x7A8,),
    0xF029: (0x6E4,),
    0xF02A: (0x46A, 0x6E2),
}
_DRAWN = {0xF01A: (0x3D4,), 0xF01B: (0x216,), 0xF01C: (0x542,)}
_HEAD, _IDENTIFIER, _TAG = 8, 16, 1


def _heads(kinds: Mapping[int, tuple[int, ...]]) -> re.Pattern[bytes]:
    heads = (
        struct.pack("<HH", (signature | second) << 4, kind)
        for kind, signatures in kinds.items()
        for signature in signatures
        for second in (0, 1)
    )
    return re.compile(b"|".join(map(re.escape, heads)))


_DOTTED_HEAD, _DRAWN_HEAD = _heads(_DOTTED), _heads(_DRAWN)


def insets_of(file: DocFile) -> Insets:
    insets = Insets()
    for stream in (file.data, file.main):  # pictures in the line of the text, and those that float
        at = 0
        while head := _DOTTED_HEAD.search(stream, at):
            start, at = head.start(), head.end()
            if start + _HEAD > len(stream):
                break
            signature, _kind, length = struct.unpack_from("<HHI", stream, start)
            end = start + _HEAD + length
            if end > len(stream):
                continue
            identifiers = 2 if signature >> 4 & 1 else 1
            insets.add(stream[start + _HEAD + identifiers * _IDENTIFIER + _TAG : end])
            at = end
        insets.unseen |= _DRAWN_HEAD.search(stream) is not None
    return insets
