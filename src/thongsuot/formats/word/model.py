"""An official document before it is a file. Plain frozen data in the words of the rules on layout."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Regime = Literal["party", "state"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading of the body ("I. …", "1. …"), written as given."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of the body; a line break in it begins a new one."""

    text: str
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row. ``widths`` are shares of the line; columns in ``numeric`` stand to the right."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    numeric: tuple[int, ...] = ()


Block = Heading | Text | Table


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """Everything the rules of layout ask for.

    ``number`` is the number and symbol as printed after "Số" ("05-TB/ThU"); without a figure ("-BC/ĐU") room is
    left for it. Without a ``date`` room is left for the day. ``kind`` is the name of the kind ("thông báo");
    letter case is the writer's business. ``archive`` is where the copy is kept ("Văn phòng Thành ủy").
    ``title`` stands in place of the national title, or that of the Party, where an organisation has its own.
    """

    regime: Regime
    body: str
    kind: str
    subject: str
    blocks: tuple[Block, ...]
    parent_body: str = ""
    number: str = ""
    place: str = ""
    date: dt.date | None = None
    year: int | None = None
    authority: str = ""
    position: str = ""
    signer: str = ""
    recipients: tuple[str, ...] = ()
    archive: str = ""
    is_illustration: bool = False
    countersign: tuple[str, str] | None = None
    title: str = ""
