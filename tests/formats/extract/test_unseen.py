"""Pictures in files of a word processor are not looked at: the clerk is told so."""

import io

import docx
import pytest
from PIL import Image

from tests.formats.samples import STATE_PLAN
from thongsuot.formats.reading.extract import extract


def written(*, pictured: bool) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in STATE_PLAN.splitlines():
        document.add_paragraph(line)
    if pictured:
        stamp = io.BytesIO()
        Image.new("RGB", (60, 20), "red").save(stamp, "PNG")
        document.add_picture(stamp)
    document.save(out)
    return out.getvalue()


def codes(data: bytes, name: str) -> list[str]:
    return [notice.code for notice in extract(data, name).warnings]


def test_a_picture_in_a_word_file_is_told() -> None:
    assert codes(written(pictured=True), "a.docx") == ["pictures_not_looked_at"]
    assert codes(written(pictured=False), "a.docx") == []


RTF = "{\\rtf1\\ansi Ke hoach cua xa ve viec lam trong nam nay %s}"
WEB = "<html><body><p>Kế hoạch của xã về việc làm trong năm nay</p>%s</body></html>"


@pytest.mark.parametrize(
    ("name", "paper", "picture"),
    [
        ("a.rtf", RTF, "{\\pict\\pngblip 8950}"),
        ("a.html", WEB, '<v:imagedata src="x.png">'),
        ("a.html", WEB, '<img src="data:image/png;base64,iVBO">'),
    ],
)
def test_a_picture_in_other_files_is_told(name: str, paper: str, picture: str) -> None:
    assert "pictures_not_looked_at" in codes((paper % picture).encode(), name)
    assert "pictures_not_looked_at" not in codes((paper % "").encode(), name)
