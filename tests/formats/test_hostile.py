"""Text made to be slow: the reader's work grows with the length of the text, not with its square."""

import time

import pytest

from thongsuot.formats.reading import Extracted, understand

UNITS = [
    " ",
    "\n",
    "1. ",
    "Bộ ",
    "Bộ A, ",
    "số 1/",
    "12-NQ/TU, ",
    "1/2025/A-A-",
    "giao Sở Y tế chủ trì; ",
    "phối hợp với Bộ A và ",
    "trước ngày 31/12/2026 ",
    "định kỳ hằng ",
    "Giao Sở , , ,",
    "phối hợp với A, B, C, ",
    "((((",
    "1.1.1.1. ",
    "1. A. 2. B. ",
    "; Sở X chủ trì ",
    "Cơ quan chủ trì: ",
    "Các cơ quan được giao ",
    "thanhtra quyếtđịnh ",
    "đạt 50%, ",
    "Căn cứ Luật A",
    "<jsontable",
    "ngày tháng ",
    "- Sở Y tế chủ trì.\n",
    "TT\nNội dung\nĐơn vị chủ trì\n1\n",
]
SIZE = 16_000
FACTOR = 4  # linear work grows four times, quadratic work sixteen times
ALLOWED = 10
TOO_LITTLE_TO_MEASURE = 0.4  # seconds of processor time


def once(text: str) -> float:
    start = time.process_time()
    understand(Extracted(text=text, pages=(), media_type="text/plain"))
    return time.process_time() - start


def work(text: str) -> float:
    """Processor seconds at best: another process on the core, or the collector, is not the reader's work."""
    return min(once(text) for _ in range(3))


@pytest.fixture(scope="module", autouse=True)
def _patterns_are_compiled() -> None:
    # The first text of a process pays for patterns and modules; it must not be the one that is measured.
    once("Số: 12/KH-UBND\n1. Giao Sở Y tế chủ trì trước ngày 31/12/2026, đạt 50%.\n")


@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_text_is_not_sixteen_times_the_work(unit: str) -> None:
    small = unit * (SIZE // len(unit))
    large = work(small * FACTOR)
    assert large < TOO_LITTLE_TO_MEASURE or large < ALLOWED * work(small)
