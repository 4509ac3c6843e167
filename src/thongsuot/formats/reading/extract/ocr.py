"""Text from pictures by Tesseract, when the machine has it. Pictures and text pass through pipes: nothing on disk."""

import io
import itertools
import os
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PIL import Image

from thongsuot.formats.reading.errors import NoOcr, TooLarge
from thongsuot.formats.reading.extract.askew import stamps_askew
from thongsuot.formats.reading.extract.ink import parted_by_ink
from thongsuot.formats.reading.extract.legibility import syllable_share
from thongsuot.formats.reading.extract.misreadings import as_stamp, corrected, is_stamp, stamp_alone
from thongsuot.formats.reading.extract.page.words import Word, lines_of

LANGUAGE = "vie"
MAX_PAGES = 200
PAGE_SECONDS = 60
SURE, SURE_SHORT, SURE_ODD = (
    15.0,
    40.0,
    60.0,
)  # below this, of 100, a word is a blot, a signature or a piece of a seal
NEVER = 101.0
_RULED = re.compile(r"[|/\\_¦]+")
_MARK = re.compile(r"[IVXLHT1l]{1,5}[.,:]|\d{1,2}[.)]|[a-zđ]\)|[-–+•]")
PAGE, SPARSE, BLOCK = "3", "11", "6"  # Tesseract's ways to look at a picture
DOTS = 200  # per inch, of letters shown alone
DOUBTFUL_PAGE = 55.0
FEW_WORDS = 8
_WORD_LEVEL = "5"


@dataclass(frozen=True, slots=True)
class Recognised:
    """Words with their places in points. ``doubtful`` are those too uncertain for the text."""

    words: list[Word]
    doubtful: list[str]
    confidence: float
    turn: Image.Transpose | None = None  # what put the page upright


@dataclass(frozen=True, slots=True)
class _Row:
    """A word of Tesseract's table in dots; ``top`` and ``bottom`` are those of its line."""

    text: str
    confidence: float
    left: int
    right: int
    top: float
    bottom: float
    page: int

    def word(self, scale: float) -> Word:
        return Word(self.text, self.left * scale, self.top * scale, self.right * scale, self.bottom * scale)


def can_recognise() -> bool:
    """Is there a Tesseract on this machine, and does it know Vietnamese?"""
    if shutil.which("tesseract") is None:
        return False
    try:
        answer = subprocess.run(
            ["tesseract", "--list-langs"],  # noqa: S607  # wherever the machine has it
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return LANGUAGE.encode() in answer.stdout.split()


def recognise(picture: Image.Image, dots: int) -> Recognised:
    """The words of a page; a page that gives little is tried upside down and on its sides."""
    black, red = parted_by_ink(picture)
    best = _recognised(black, dots)
    if best.confidence < DOUBTFUL_PAGE and (best.words or best.doubtful):
        best = _turned(black, dots, best)
    upright = picture if best.turn is None else picture.transpose(best.turn)
    return replace(best, doubtful=[*_stamped(upright, red, dots), *best.doubtful])


def stamps_on(picture: Image.Image, dots: int) -> list[str]:
    """What is written in red ink, or stamped askew, on a page whose other letters are known."""
    return _stamped(picture, parted_by_ink(picture)[1], dots)


def capitals_on(picture: Image.Image, dots: int, head: int, foot: int) -> list[str]:
    """What stands in capitals on the first and last lines of a picture that lies beside a text.

    A stamp is in capitals; a picture of a program or of a table says "Mật" for other reasons.
    """
    black, _red = parted_by_ink(picture)
    lines = lines_of(corrected(_recognised(black, dots).words))
    parts = (part.text for line in (*lines[:head], *lines[head:][-foot:]) for part in line.parts())
    return [text for text in parts if text.isupper()]


def stamp_in(picture: Image.Image, dots: int) -> list[str]:
    """The stamp of secrecy that a small picture inside a file is, whatever its ink and however it is turned."""
    return stamps_askew(picture, dots, _stamps_alone, level_too=True)


def _stamped(picture: Image.Image, red: Image.Image | None, dots: int) -> list[str]:
    said = _said_in(red, dots)
    return said if any(map(is_stamp, said)) else said + stamps_askew(picture, dots, _stamps_alone)


def _stamps_alone(pictures: list[Image.Image]) -> list[str]:
    """The stamps of secrecy among small pictures that hold nothing else; what says another thing is left out."""
    found: list[str] = []
    for seen in _recognised_each(pictures, DOTS, BLOCK):
        text = stamp_alone(" ".join([*(line.text for line in lines_of(seen.words)), *seen.doubtful]))
        found += [text] if text else []
    return found


def _said_in(red: Image.Image | None, dots: int) -> list[str]:
    if red is None:
        return []
    stamps = _recognised(red, dots, SPARSE)
    return [as_stamp(text) for text in (*(line.text for line in lines_of(stamps.words)), *stamps.doubtful)]


def _turned(picture: Image.Image, dots: int, best: Recognised) -> Recognised:
    for turn in (Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270):
        turned = _recognised(picture.transpose(turn), dots)
        if turned.confidence > best.confidence and len(turned.words) > FEW_WORDS:
            best = replace(turned, turn=turn)
        if best.confidence >= DOUBTFUL_PAGE:
            break
    return best


def _recognised(picture: Image.Image, dots: int, layout: str = PAGE) -> Recognised:
    return _recognised_each([picture], dots, layout)[0]


def _recognised_each(pictures: list[Image.Image], dots: int, layout: str) -> list[Recognised]:
    """What is on each of the pictures, which are the pages of one file for Tesseract."""
    pages: list[list[_Row]] = [[] for _picture in pictures]
    for row in _rows(_table(pictures, dots, layout)):
        pages[row.page - 1].append(row)
    return [_judged(rows, dots) for rows in pages]


def _judged(rows: list[_Row], dots: int) -> Recognised:
    words: list[Word] = []
    doubtful: list[str] = []
    for row in rows:
        if row.confidence >= _least(row.text):
            words.append(row.word(72 / dots))
        else:
            doubtful.append(row.text)
    sure = statistics.fmean(row.confidence for row in rows) if len(rows) > FEW_WORDS else 0.0
    return Recognised(words, doubtful, sure)


def _least(text: str) -> float:
    """How sure a word has to be: a rule of a table never is one, and what no paper writes has to be surer."""
    if _RULED.fullmatch(text):
        return NEVER
    if _MARK.fullmatch(text):
        return 0.0  # without its number a part of the paper is lost
    letters = sum(map(str.isalnum, text))
    if not letters:
        return SURE_ODD
    if letters < 3:
        return SURE_SHORT
    return SURE if syllable_share(text) or any(map(str.isdigit, text)) else SURE_ODD


def _rows(table: str) -> Iterator[_Row]:
    """level, page, block, paragraph, line, word, left, top, width, height, confidence, text"""
    cells = (line.split("\t") for line in table.splitlines()[1:])
    words = [row for row in cells if len(row) >= 12 and row[0] == _WORD_LEVEL and row[11].strip()]
    for _line, group in itertools.groupby(words, key=lambda row: row[1:5]):
        rows = list(group)
        top = statistics.median(int(row[7]) for row in rows)
        bottom = statistics.median(int(row[7]) + int(row[9]) for row in rows)
        for row in rows:
            left = int(row[6])
            right = left + int(row[8])
            yield _Row(row[11].strip(), float(row[10]), left, right, top, bottom, int(row[1]))


def _table(pictures: list[Image.Image], dots: int, layout: str) -> str:
    command = ["tesseract", "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(dots), "--psm", layout, "tsv"]
    try:
        answer = subprocess.run(  # noqa: S603  # fixed words and numbers
            command,
            input=_as_file(pictures),
            capture_output=True,
            timeout=PAGE_SECONDS,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooLarge("a page takes too long to recognise") from error
    except OSError as error:
        raise NoOcr(type(error).__name__) from error
    return answer.stdout.decode("utf-8", "replace")


def _as_file(pictures: list[Image.Image]) -> bytes:
    stream = io.BytesIO()
    if len(pictures) == 1:
        pictures[0].save(stream, "PNG", compress_level=1)
    else:
        # What a picture remembers of the file it came from would confuse the writer of TIFF.
        first, *others = (Image.frombytes(p.mode, p.size, p.tobytes()) for p in pictures)
        first.save(stream, "TIFF", save_all=True, append_images=others)
    return stream.getvalue()
