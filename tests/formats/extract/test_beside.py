"""A stamp in a place that is no part of the text on paper, or far behind everything else, is still found."""

import io
from collections.abc import Mapping

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, PdfObject, TextStringObject

from tests.formats.extract.paper import Sheet, lines, pdf
from tests.formats.extract.test_odt_files import odt, p
from tests.formats.extract.word_files import paragraph, run, word_file
from thongsuot.formats.reading import extract, mark_of
from thongsuot.formats.reading.errors import TooLarge

WORDS = (
    "ỦY BAN NHÂN DÂN TỈNH HÀ GIANG",
    "Số: 12/KH-UBND",
    "KẾ HOẠCH",
    "Triển khai nhiệm vụ công tác năm 2026",
)
MARGIN = "".join(paragraph(f"Cục Văn thư số {i}") for i in range(70))
BODY = "".join(map(paragraph, WORDS))
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
OLD = '<w:rFonts w:ascii=".VnTimeH"/>'
DROPDOWN = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{}<w:listEntry w:val="Thường"/>'
    '<w:listEntry w:val="Mật"/></w:ddList></w:ffData></w:fldChar></w:r></w:p>'
)

WORD = {
    "footer behind a long header": word_file(BODY, header=MARGIN, footer=paragraph("MẬT")),
    "footer in an old font": word_file(BODY, footer=f"<w:p>{run('mËt', OLD)}</w:p>"),
    "header in an old font": word_file(BODY, header=f"<w:p>{run('MAÄT')}</w:p>"),
    "remark": word_file(BODY, comments=f"<w:comment>{paragraph('Mật')}</w:comment>"),
    "note nothing refers to": word_file(BODY, endnotes=f"<w:endnote>{paragraph('MẬT')}</w:endnote>"),
    "drawing": word_file(BODY + f"<w:p><a:p {A}><a:r><a:t>M</a:t></a:r><a:r><a:t>ẬT</a:t></a:r></a:p></w:p>"),
    "SmartArt": word_file(BODY, data=f"<a:p {A}><a:r><a:t>MẬT</a:t></a:r></a:p>"),
    "description": word_file(BODY + '<w:p><w:r><docPr descr="MẬT"/></w:r></w:p>'),
    "chosen entry": word_file(BODY + DROPDOWN.format('<w:result w:val="1"/>')),
    "box far down": word_file(
        BODY + paragraph("Nội dung.") * 70 + f"<w:p><w:txbxContent>{paragraph('MẬT')}</w:txbxContent></w:p>"
    ),
}


@pytest.mark.parametrize("place", WORD)
def test_every_place_of_a_word_file_is_looked_at(place: str) -> None:
    assert mark_of(extract(WORD[place], "a.docx")) == "mat"


def test_words_of_ordinary_papers_beside_the_text_are_no_stamp() -> None:
    assert mark_of(extract(word_file(BODY + DROPDOWN.format("")), "a.docx")) is None
    assert (
        mark_of(extract(word_file(BODY + paragraph("Nội dung.") * 70 + paragraph("Mật")), "a.docx")) is None
    )
    remark = f"<w:comment>{paragraph('Bảo mật')}</w:comment>"
    assert mark_of(extract(word_file(BODY, comments=remark, footer=MARGIN), "a.docx")) is None


ODT = {
    "remark far down": (p("Nội dung.") * 70 + p(f"a<office:annotation>{p('MẬT')}</office:annotation>"), ""),
    "description": (p("Nội dung.") * 70 + p("<draw:frame><svg:desc>MẬT</svg:desc></draw:frame>"), ""),
    "footer behind a long header": (
        "",
        "<style:master-page><style:header>"
        + "".join(p(f"Trang {i}") for i in range(70))
        + f"</style:header><style:footer>{p('mËt')}</style:footer></style:master-page>",
    ),
}


@pytest.mark.parametrize("place", ODT)
def test_every_place_of_an_opendocument_is_looked_at(place: str) -> None:
    body, margins = ODT[place]
    assert mark_of(extract(odt("".join(map(p, WORDS)) + body, "", margins), "a.odt")) == "mat"


def test_a_document_inside_an_opendocument_is_looked_at() -> None:
    content = odt_content("MẬT")
    assert (
        mark_of(extract(odt("".join(map(p, WORDS)), more={"Object 1/content.xml": content}), "a.odt"))
        == "mat"
    )


def odt_content(words: str) -> bytes:
    space = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    return f"<content {space}><text:p>{words}</text:p></content>".encode()


def rtf(words: str) -> str:
    return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in words)


PARAGRAPHS = "".join(rtf(words) + "\\par " for words in WORDS)


@pytest.mark.parametrize(
    "place",
    [
        r"{\*\do\dptxbx{\dptxbxtext %s\par}}",
        r"{\shp{\*\shpinst}{\shprslt{\*\do\dptxbx{\dptxbxtext %s\par}}}}",
        r"a{\*\annotation %s}",
        rtf("Nội dung.") + r"\par " + r"{\shp{\*\shpinst{\shptxt %s\par}}}",
    ],
)
def test_every_place_of_a_rich_text_is_looked_at(place: str) -> None:
    far = (rtf("Nội dung.") + r"\par ") * 250
    found = extract((r"{\rtf1\ansi " + PARAGRAPHS + far + place % rtf("MẬT") + "}").encode(), "a.rtf")
    assert mark_of(found) == "mat"
    assert ("MẬT" in found.text) is ("shptxt" in place)  # of the others nothing is in the text


STYLE = "<style>" + "p.MsoNormal{margin:0}\n" * 500 + "%s</style>"
FAR = "<p>Nội dung công việc</p>" * 250


@pytest.mark.parametrize(
    ("place", "style"),
    [
        ("<img alt='MẬT'>", ""),
        ("<p title='MẬT'>x</p>", ""),
        ("<input value='MẬT'>", ""),
        ("<select><option>Thường</option><option selected>Mật</option></select>", ""),
        ("<iframe srcdoc='<p>MẬT</p>'></iframe>", ""),
        ("<!--[if gte vml 1]><v:textbox><p>MẬT</p></v:textbox><![endif]-->", ""),
        ("<aside>MẬT</aside>", ""),
        ("<svg><text>MẬT</text></svg>", ""),
        ("<div title='footer'><p>MẬT</p></div>", ""),
        ("<div style='mso-element:footer'><p>MẬT</p></div>", ""),
        ("<div class=s></div>", ".s::before{content:'MẬT'}"),
    ],
)
def test_every_place_of_a_web_page_is_looked_at(place: str, style: str) -> None:
    words = "".join(f"<p>{line}</p>" for line in WORDS)
    head = f"<head><meta charset=utf-8>{STYLE % style}</head>"
    assert (
        mark_of(extract(f"<html>{head}<body>{words}{FAR}{place}</body></html>".encode(), "a.html")) == "mat"
    )


def test_the_levels_a_form_offers_are_no_stamp() -> None:
    offered = "<select><option>Thường</option><option value='Mật'>Mật</option></select><input type=radio value='Mật'>"
    words = "".join(f"<p>{line}</p>" for line in WORDS)
    page = f"<html><meta charset=utf-8><body>{words}{offered}</body></html>"
    assert mark_of(extract(page.encode(), "a.html")) is None


def pinned(entries: str) -> bytes:
    words = "".join(f"{ord(c):04x}" for c in "MẬT")
    rich = "".join(f"{ord(c):04x}" for c in "<body><p>Kính gửi</p><p><b>M</b>&#7852;T</p></body>")
    filled = entries.replace("WORDS", f"<feff{words}>").replace("RICH", f"<feff{rich}>")
    return f"<< /Type /Annot /Rect [60 700 160 730] {filled} >>".encode()


LINK = b"<< /Type /Annot /Subtype /Link /Rect [0 0 1 1] >>"


@pytest.mark.parametrize(
    ("before", "entries", "level"),
    [
        ([], "/Subtype /FreeText /RC RICH", "mat"),
        ([], "/Subtype /Widget /FT /Tx /T (a) /V WORDS", "mat"),
        ([], "/Subtype /Widget /FT /Ch /Ff 131072 /T (a) /Opt [(x)] /V WORDS", "mat"),
        ([], "/Subtype /Stamp /Name /TopSecret", "tuyet_mat"),
        ([], "/Subtype /Stamp /Name /Confidential", None),
        ([LINK] * 300, "/Subtype /FreeText /Contents WORDS", "mat"),
    ],
)
def test_what_is_pinned_to_a_page_is_looked_at(before: list[bytes], entries: str, level: str | None) -> None:
    page = Sheet(
        lines((*WORDS, *["Ủy ban nhân dân tỉnh ban hành kế hoạch năm 2026"] * 5)),
        pinned=[*before, pinned(entries)],
    )
    assert mark_of(extract(pdf(page), "a.pdf")) == level


def test_the_value_of_a_field_that_only_the_field_above_it_has_is_looked_at() -> None:
    levels = []
    for value in ("TỐI MẬT", "Thường"):
        writer = PdfWriter(io.BytesIO(pdf(Sheet(lines([*WORDS] * 5)))))
        field: dict[str, PdfObject] = {
            "FT": NameObject("/Tx"),
            "T": TextStringObject("a"),
            "V": TextStringObject(value),
        }
        above, place = DictionaryObject(named(field)), ArrayObject(map(NumberObject, (60, 700, 160, 730)))
        widget: dict[str, PdfObject] = {
            "Subtype": NameObject("/Widget"),
            "Rect": place,
            "Parent": writer._add_object(above),
        }
        shown = writer._add_object(DictionaryObject(named(widget)))
        above[NameObject("/Kids")] = ArrayObject([shown])
        writer.pages[0][NameObject("/Annots")] = ArrayObject([shown])
        writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
            named({"Fields": ArrayObject([widget["Parent"]])})
        )
        out = io.BytesIO()
        writer.write(out)
        levels.append(mark_of(extract(out.getvalue(), "a.pdf")))
    assert levels == ["toi_mat", None]


def named(entries: Mapping[str, PdfObject]) -> dict[NameObject, PdfObject]:
    return {NameObject(f"/{name}"): value for name, value in entries.items()}


def test_boxes_inside_boxes_do_not_multiply_the_work() -> None:
    deep = "<w:p><w:r><w:txbxContent>" * 80 + paragraph("abc ") * 20_000 + "</w:txbxContent></w:r></w:p>" * 80
    with pytest.raises(TooLarge):
        extract(word_file(BODY + deep), "a.docx")
