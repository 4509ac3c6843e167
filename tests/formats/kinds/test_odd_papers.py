"""Papers with something odd about them, one a file: what is to be found, a line of =====, the paper as it came.

`-` is what the paper does not say; `sent_to` ends with the purpose. All of them are invented.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from thongsuot.formats.reading import Metadata
from thongsuot.formats.reading.frame import frame_of
from thongsuot.formats.reading.paragraphs import lines_of

PAPERS = sorted((Path(__file__).parent / "odd").glob("*.txt"))


def told(metadata: Metadata, names: list[str]) -> Iterator[str]:
    for name in dict.fromkeys(names):
        if name == "sent_to":
            yield from (f"sent_to: {unit.value} [{unit.purpose}]" for unit in metadata.sent_to)
        elif name in ("addressees", "recipients"):
            yield from (f"{name}: {item.value}" for item in getattr(metadata, name))
        else:
            item = getattr(metadata, name)
            yield f"{name}: {item.value if item else '-'}"


@pytest.mark.parametrize("file", PAPERS, ids=lambda file: file.stem)
def test_an_odd_paper_is_understood(file: Path) -> None:
    expected, text = file.read_text(encoding="utf-8").split("=====\n", 1)
    lines = expected.splitlines()
    names = [line.split(":")[0] for line in lines]
    found = told(frame_of(text, lines_of(text)).metadata, [*names, "addressees", "recipients", "sent_to"])
    assert list(found) == lines


@pytest.mark.parametrize("file", PAPERS, ids=lambda file: file.stem)
def test_spans_stay_inside_the_paper(file: Path) -> None:
    text = file.read_text(encoding="utf-8").split("=====\n", 1)[1]
    metadata = frame_of(text, lines_of(text)).metadata
    single = [
        getattr(metadata, name) for name in ("number", "place", "signer", "issuing_body", "subject", "date")
    ]
    spans = [
        item.span for item in (*single, *metadata.addressees, *metadata.recipients) if item and item.span
    ]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    if metadata.signer and metadata.signer.span and ";" not in metadata.signer.value:
        assert text[slice(*metadata.signer.span)].casefold() == metadata.signer.value.casefold()
    if metadata.number and metadata.number.span and metadata.number.rule == "number":
        assert "".join(text[slice(*metadata.number.span)].split()).replace("–", "-") == metadata.number.value


HOSTILE = [
    "KT. ",
    "KT. CHỦ TỊCH\n",
    "Số: 1/",
    "ngày 1 tháng ",
    "Nơi nhận: ",
    "- A;",
    "ỦY BAN\n",
    "A Á ",
    "TP. ",
    "<br>",
    "((",
    "V/v ",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_the_frame_of_hostile_text_is_bounded(unit: str) -> None:
    lines = lines_of(unit * (200_000 // len(unit)))
    metadata = frame_of("", lines).metadata
    assert len(metadata.recipients) <= 60
