"""From bytes to text: every format we read, every file we refuse, before anything is unpacked or kept."""

import io
import subprocess
import sys
import unicodedata
import zipfile

import pytest

from tests.formats.samples import PARTY_RESOLUTION, STATE_PLAN, docx_file, zip_file
from thongsuot.formats.reading import ReadingError, extract, secrecy_of

TCVN3 = """Céng hßa x· héi chñ nghÜa ViÖt Nam
§éc lËp - Tù do - H¹nh phóc
Uû ban nh©n d©n x· yªu cÇu c¸c ®¬n vÞ tæ chøc thùc hiÖn nghÞ quyÕt cña §¶ng uû x·.
"""
VNI = """Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam
Ñoäc laäp - Töï do - Haïnh phuùc
Uûy ban nhaân daân xaõ yeâu caàu caùc ñôn vò toå chöùc thöïc hieän nghò quyeát cuûa Ñaûng uûy xaõ.
"""


def code_of(data: bytes, name: str = "") -> str:
    with pytest.raises(ReadingError) as caught:
        extract(data, name)
    return caught.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_in_every_unicode_form(encoding: str) -> None:
    assert extract(STATE_PLAN.encode(encoding), "ke-hoach.txt").text == STATE_PLAN


def test_decomposed_letters_become_composed() -> None:
    data = unicodedata.normalize("NFD", STATE_PLAN).encode()
    assert extract(data, "a.txt").text == STATE_PLAN


@pytest.mark.parametrize("text", [TCVN3, VNI])
def test_old_fonts_become_unicode_with_a_warning(text: str) -> None:
    found = extract(text.encode("latin-1"), "cu.txt")
    assert "Cộng hòa xã hội chủ nghĩa Việt Nam" in found.text
    assert "Độc lập - Tự do - Hạnh phúc" in found.text
    assert [w.code for w in found.warnings] == ["converted_encoding"]


def test_windows_1258_is_read() -> None:
    marks = (
        "\u0300\u0301\u0303\u0309\u0323"  # Windows-1258 keeps tone marks apart and the other letters whole
    )
    text = "".join(
        unicodedata.normalize("NFC", "".join(c for c in d if c not in marks))
        + "".join(c for c in d if c in marks)
        for d in (unicodedata.normalize("NFD", letter) for letter in STATE_PLAN)
    )
    assert "Ủy ban nhân dân xã ban hành Kế hoạch" in extract(text.encode("cp1258"), "a.txt").text


def test_a_word_file_keeps_letterhead_cells_apart_and_restores_numbers_and_rows() -> None:
    text = extract(docx_file(numbered=["Việc thứ nhất", "Việc thứ hai"]), "a.docx").text
    lines = text.splitlines()
    assert lines[:2] == ["ỦY BAN NHÂN DÂN", "XÃ AN BÌNH"]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in lines
    assert "1. Việc thứ nhất" in lines
    assert "2. Việc thứ hai" in lines
    assert "1 | Tổ chức tuyên truyền | Công an xã" in lines


def test_text_boxes_are_read_and_deleted_words_are_not() -> None:
    stamp = (
        "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
        "<w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    deleted = "<w:del w:id='9' w:author='a'><w:r><w:t>lời đã xóa</w:t></w:r></w:del>"
    data = docx_file(body=["CHỖ ĐỂ CHÈN", "Nội dung."])
    text = extract(edited(data, "<w:r><w:t>CHỖ ĐỂ CHÈN</w:t></w:r>", stamp + deleted), "a.docx").text
    assert "MẬT" in text.splitlines()
    assert "lời đã xóa" not in text
    assert secrecy_of(text) == "mat"


def edited(data: bytes, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    document = members["word/document.xml"].decode()
    assert old in document
    members["word/document.xml"] = document.replace(old, new).encode()
    return zip_file(members)


def test_footnotes_stand_at_the_end() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = edited(
        docx_file(body=["Có chú thích"]), "</w:t></w:r></w:p><w:tbl>", f"</w:t></w:r>{reference}</w:p><w:tbl>"
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    members["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{space}"><w:footnote w:id="2"><w:p><w:r><w:t>Lời chú</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    ).encode()
    rels = members["word/_rels/document.xml.rels"].decode()
    added = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    members["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", added).encode()
    types = members["[Content_Types].xml"].decode()
    part = '<Override PartName="/word/footnotes.xml" ContentType="application/xml"/></Types>'
    members["[Content_Types].xml"] = types.replace("</Types>", part).encode()
    text = extract(zip_file(members), "a.docx").text
    assert "Có chú thích[1]" in text
    assert text.rstrip().endswith("[1] Lời chú")


def test_html_is_read_by_blocks_and_without_scripts() -> None:
    page = (
        "<html><head><style>p{}</style><script>alert(1)</script></head><body>"
        "<table><tr><td>ỦY BAN NHÂN DÂN<br>XÃ A</td>"
        "<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table><p>Một   câu.</p><p>Hai</p>"
        "<table><tr><td>1</td><td>Việc</td></tr><tr><td>2</td><td>Làm</td></tr></table></body></html>"
    )
    lines = [line for line in extract(page.encode(), "a.htm").text.splitlines() if line]
    assert lines == [
        "ỦY BAN NHÂN DÂN",
        "XÃ A",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Một câu.",
        "Hai",
        "1 | Việc",
        "2 | Làm",
    ]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t ", "a.txt", "empty"),
        (b"a" * (25 * 1024 * 1024 + 1), "a.txt", "too_large"),
        (b"{\\rtf1 abc}", "a.odt", "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", "not_supported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted"),
        (bytes(range(256)) * 40, "a.bin", "wrong_type"),
        (STATE_PLAN.encode(), "a.docx", "wrong_type"),
        (STATE_PLAN.encode(), "a.pdf", "wrong_type"),
        (zip_file({"content.xml": b"<x/>"}), "a.odt", "not_supported"),
        (zip_file({"readme": b"x"}), "a.zip", "wrong_type"),
        (docx_file()[:3000], "a.docx", "broken"),
        (b"%PDF-1.4\n garbage without objects", "a.pdf", "broken"),
        (zip_file({"word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "a.docx", "broken"),
        (zip_file({"word/document.xml": b"<a/>"}), "a.docx", "broken"),
    ],
)
def test_what_cannot_be_read_has_a_stable_code(data: bytes, name: str, code: str) -> None:
    assert code_of(data, name) == code


def test_an_archive_bomb_is_refused_by_its_declared_size() -> None:
    bomb = zip_file({"word/document.xml": b"<a/>", "word/media/a.bin": b"\0" * (101 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    assert code_of(bomb, "a.docx") == "archive_bomb"


def test_a_bomb_under_the_total_is_refused_by_its_ratio() -> None:
    assert code_of(zip_file({"word/document.xml": b" " * (20 * 1024 * 1024)}), "a.docx") == "archive_bomb"


def test_a_garbage_text_layer_is_refused_and_capitals_are_not() -> None:
    words = "7KӵF KLӋQ 4X\\ӃW ÿӏQK Vӕ 4Ĉ6&7 ngày FӫD Giám ÿӕF 6ӣ Công 7KѭѫQJ WӍQK YӅ YLӋF NLӇP tra "
    assert code_of((words * 12).encode(), "a.txt") == "unreadable"
    assert extract(STATE_PLAN.upper().encode(), "a.txt").text == STATE_PLAN.upper()


def test_bytes_in_no_known_encoding_are_refused() -> None:
    assert code_of(b"\xe9\xf8\xdf \xb5\xa7\xac " * 100, "a.txt") == "legacy_encoding"


def test_the_reader_does_not_import_django() -> None:
    code = "import sys, thongsuot.formats.reading, thongsuot.formats.vietnamese; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_pages_cover_the_text() -> None:
    found = extract(PARTY_RESOLUTION.encode(), "a.txt")
    assert [(p.start, p.end) for p in found.pages] == [(0, len(found.text))]
