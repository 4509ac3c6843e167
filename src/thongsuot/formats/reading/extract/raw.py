"""What a reader of one format hands on, before the text is tidied."""

from collections.abc import Callable
from dataclasses import dataclass, field

from thongsuot.formats.reading.extract.insets.gathered import Insets
from thongsuot.formats.reading.model import Notice

# Called with (pages done, pages in all) while a long file is read.
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Raw:
    """``apart`` holds lines that stand beside the text, ``insets`` pictures: only asked for a secrecy mark."""

    text: str
    warnings: list[Notice] = field(default_factory=list)
    apart: str = ""
    insets: Insets = field(default_factory=Insets)
