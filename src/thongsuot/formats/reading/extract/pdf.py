"""The text layer of a PDF: words put back into lines, letterhead columns apart, page numbers left out."""

import io
import itertools
import re
from collections.abc import Callable
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils.exceptions import PdfminerException

from thongsuot.formats.reading.errors import Broken, Encrypted, ScanWithoutText, TooLarge
from thongsuot.formats.reading.extract.layout import table_row
from thongsuot.formats.reading.extract.tidy import PAGE_BREAK
from thongsuot.formats.reading.model import Notice

MAX_PAGES = 2_000
MIN_LETTERS = 40  # fewer on a page with an image means: a scan, perhaps with the stamp of a digital signature
COLUMN_GAP = 14.0
_PAGE_NUMBER = re.compile(r"^\s*[-–]?\s*\d{1,4}\s*[-–]?\s*$")
_HEAD = re.compile(r"CỘNG\s+H[ÒO][ÀA]|ĐẢNG\s+CỘNG\s+SẢN|Độc\s+lập")
_DATE = re.compile(r"ngày.*tháng.*năm|V/v|Kính gửi")
_RECIPIENTS = re.compile(r"^\s*Nơi\s+nhận")

Word = dict[str, Any]  # pdfplumber's own shape: text, x0, x1, top, bottom


def pdf_text(data: bytes, progress: Callable[[int, int], None] | None = None) -> tuple[str, list[Notice]]:
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise TooLarge(f"{len(pdf.pages)} pages")
            return _pages(pdf.pages, progress)
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
            raise Encrypted("PDF") from error
        raise Broken(type(cause).__name__) from error
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise Encrypted("PDF") from error
    except (
        PDFException,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as error:
        raise Broken(type(error).__name__) from error


def _pages(pages: list[PlumberPage], progress: Callable[[int, int], None] | None) -> tuple[str, list[Notice]]:
    texts, silent = [], 0
    for page in pages:
        text = _page_text(page, first=page.page_number == 1)
        if sum(c.isalpha() for c in text) < MIN_LETTERS and page.images:
            silent += 1
        texts.append(text)
        page.close()
        if progress:
            progress(page.page_number, len(pages))
    if silent and silent == len(pages):
        raise ScanWithoutText(f"{silent} pages")
    if silent * 2 > len(pages):
        raise ScanWithoutText(f"{silent} of {len(pages)} pages")
    notice = Notice("pages_without_text", f"{silent} pages are images without text and were not read.")
    return (PAGE_BREAK + "\n").join(texts), [notice] if silent else []


def _page_text(page: PlumberPage, *, first: bool) -> str:
    tables = page.find_tables() if len(page.rects) + len(page.lines) >= 6 else []
    tables = [t for t in tables if len(t.rows) > 1 and max(len(r.cells) for r in t.rows) > 1]
    words = page.extract_words(use_text_flow=False, keep_blank_chars=False)
    blocks: list[tuple[float, str]] = []
    for table in tables:
        rows = table.extract()
        text = "\n".join(filter(None, (table_row([c or "" for c in row]) for row in rows)))
        blocks.append((table.bbox[1], text))
    free = [w for w in words if not any(_inside(w, t.bbox) for t in tables)]
    lines = _lines(free)
    if lines and _PAGE_NUMBER.match(_words(lines[0])):
        lines = lines[1:]
    if lines and _PAGE_NUMBER.match(_words(lines[-1])):
        lines = lines[:-1]
    blocks += _columns(lines, float(page.width) / 2, first=first)
    return "\n".join(text for _, text in sorted(blocks, key=lambda block: block[0]))


def _inside(word: Word, box: tuple[float, float, float, float]) -> bool:
    middle = (word["top"] + word["bottom"]) / 2
    return bool(box[0] - 1 <= word["x0"] and word["x1"] <= box[2] + 1 and box[1] <= middle <= box[3])


def _lines(words: list[Word]) -> list[list[Word]]:
    """Words on the same height are a line, read from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w["top"] + w["bottom"], w["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if lines and lines[-1][0]["top"] <= middle <= lines[-1][0]["bottom"]:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w["x0"]) for line in lines]


def _words(line: list[Word]) -> str:
    return " ".join(w["text"] for w in line)


def _columns(lines: list[list[Word]], middle: float, *, first: bool) -> list[tuple[float, str]]:
    """Letterhead and signature stand side by side: the left column is read first, then the right one."""
    blocks: list[tuple[float, str]] = []
    head_end = _head_end(lines) if first else 0
    blocks += _side_by_side(lines[:head_end], middle)
    rest = lines[head_end:]
    signature = next((i for i, line in enumerate(rest) if _RECIPIENTS.match(_words(line))), len(rest))
    # The authority line may stand a little above the word Nơi nhận.
    while 0 < signature < len(rest) and rest[signature - 1][0]["x0"] > middle * 0.9:
        signature -= 1
    blocks += [(line[0]["top"], _words(line)) for line in rest[:signature]]
    return blocks + _side_by_side(rest[signature:], middle)


def _head_end(lines: list[list[Word]]) -> int:
    top = lines[:16]
    if not any(_HEAD.search(_words(line)) for line in top):
        return 0
    ends = [i for i, line in enumerate(top) if _DATE.search(_words(line)) and "Kính gửi" not in _words(line)]
    end = ends[-1] + 1 if ends else 0
    # A subject under the number (V/v ...) continues on the left half only.
    while 0 < end < len(lines) and ends and lines[end][-1]["x1"] < _split_at(lines[:end]) and end < 20:
        end += 1
    return end


def _split_at(lines: list[list[Word]]) -> float:
    gaps = [g for line in lines for g in _gaps(line)]
    return max((g[0] for g in gaps), default=0.0)


def _gaps(line: list[Word]) -> list[tuple[float, float]]:
    return [(a["x1"], b["x0"]) for a, b in itertools.pairwise(line) if b["x0"] - a["x1"] >= COLUMN_GAP]


def _side_by_side(lines: list[list[Word]], middle: float) -> list[tuple[float, str]]:
    if not lines:
        return []
    left: list[str] = []
    right: list[str] = []
    for line in lines:
        gaps = _gaps(line)
        if gaps:
            cut = min(gaps, key=lambda g: abs((g[0] + g[1]) / 2 - middle))
            left.append(_words([w for w in line if w["x1"] <= cut[0] + 0.1]))
            right.append(_words([w for w in line if w["x0"] >= cut[1] - 0.1]))
        elif line[0]["x0"] >= middle * 0.85:
            right.append(_words(line))
        else:
            left.append(_words(line))
    return [(lines[0][0]["top"], "\n".join([*left, "", *right]))]
