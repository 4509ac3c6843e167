"""Official documents as Word files: dataclass in, bytes out.

The layout is that of Guideline 05-HD/VPTW for Party bodies and of Decree 30/2020/ND-CP for State bodies
(docs/sources.md). No Django, no network.
"""

from thongsuot.formats.word.cleaning import without_control_characters
from thongsuot.formats.word.model import Block, Heading, OfficialDocument, Regime, Table, Text
from thongsuot.formats.word.writer import MEDIA_TYPE, write

__all__ = [
    "MEDIA_TYPE",
    "Block",
    "Heading",
    "OfficialDocument",
    "Regime",
    "Table",
    "Text",
    "without_control_characters",
    "write",
]
