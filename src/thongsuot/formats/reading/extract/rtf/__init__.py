"""Rich Text Format, read from memory.

Not striprtf: it takes the words and loses what the grammar needs: rows of tables, numbers of lists, fonts, deleted
and hidden text, page headers. RTF is groups and control words; going through them is all there is to it.
"""

from thongsuot.formats.reading.extract.apart import lines_apart
from thongsuot.formats.reading.extract.legacy import Fonts, converted_notice
from thongsuot.formats.reading.extract.raw import Raw
from thongsuot.formats.reading.extract.rtf.pictured import insets_of
from thongsuot.formats.reading.extract.rtf.reader import Reader

MOST_DRAWN_LINES = 500


def rtf_text(data: bytes) -> Raw:
    fonts = Fonts()
    reader = Reader(data.decode("latin-1"), fonts)
    reader.read()
    body = reader.stories[0]
    lines = [*_headers(reader), *body.finished()]
    if reader.notes:
        lines.append("")
    for number, note in enumerate(reader.notes, start=1):
        lines.append(f"[{number}] {' '.join(filter(None, (line.strip() for line in note.finished())))}")
    return Raw("\n".join(lines), converted_notice(fonts.converted), _apart(reader), insets_of(data))


def _headers(reader: Reader) -> list[str]:
    """Page headers with words, each once."""
    stories = (story.finished() for story in reader.stories if story.kind == "header")
    lines = (line for story in stories for line in story if any(c.isalpha() for c in line))
    return list(dict.fromkeys(lines))


def _apart(reader: Reader) -> str:
    for story in reader.stories:
        story.finished()
    margins = [story for story in reader.stories if story.kind in ("header", "footer")]
    body, others = reader.stories[0], [story for story in reader.stories[1:] if story not in margins]
    beside = (text for story in (*margins, *others) for text in story.apart)
    drawn = [line for line in "".join(reader.drawn).split("\n") if any(c.isalpha() for c in line)]
    return lines_apart((*drawn[:MOST_DRAWN_LINES], *beside), body.apart)
