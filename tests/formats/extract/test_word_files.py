"""Word files as people leave them: revisions, fields, hidden text, boxes, merged cells, other forms of the format."""

import io
import zipfile

import pytest

from tests.formats.extract.word_files import (
    STRICT_R,
    STRICT_W,
    R,
    W,
    cell,
    paragraph,
    row,
    run,
    table,
    word_file,
)
from tests.formats.samples import docx_file, zip_file
from thongsuot.formats.reading import ReadingError, extract, mark_of

AUTHOR = 'w:id="1" w:author="a"'


def text_of(body: str, **parts: str) -> str:
    return extract(word_file(body, **parts), "a.docx").text


def lines(body: str, **parts: str) -> list[str]:
    return [line for line in text_of(body, **parts).splitlines() if line]


def test_revisions_count_as_accepted() -> None:
    body = (
        f"<w:p>{run('Hạn ')}<w:del {AUTHOR}><w:r><w:delText>30/6</w:delText></w:r></w:del>"
        f"<w:ins {AUTHOR}>{run('31/12')}</w:ins><w:moveFrom {AUTHOR}>{run('chuyển đi')}</w:moveFrom>"
        f"<w:moveTo {AUTHOR}>{run(' chuyển đến')}</w:moveTo></w:p>"
    )
    assert lines(body) == ["Hạn 31/12 chuyển đến"]


def test_paragraphs_join_where_the_mark_between_them_was_deleted() -> None:
    gone = f"<w:rPr><w:del {AUTHOR}/></w:rPr>"
    body = paragraph("Giao Công an xã ", properties=gone) + paragraph("chủ trì.") + paragraph("Câu sau.")
    assert lines(body) == ["Giao Công an xã chủ trì.", "Câu sau."]
    assert lines(paragraph("Câu cuối", properties=gone)) == ["Câu cuối"]


def test_deleted_rows_and_cells_are_gone() -> None:
    body = table(
        row(cell("TT"), cell("Nội dung"), cell("Ghi chú", f"<w:cellDel {AUTHOR}/>")),
        row(cell("1"), cell("Bỏ"), properties=f"<w:del {AUTHOR}/>"),
        row(cell("1"), cell("Giữ")),
    )
    assert lines(body) == ["TT | Nội dung", "1 | Giữ"]


def field(code: str, result: str) -> str:
    parts = ("begin", "separate", "end")
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{part}"/></w:r>' for part in parts)
    return f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{separate}{run(result)}{end}"


def test_of_a_field_the_result_is_read_and_not_the_code() -> None:
    nested = field("IF " + field("DATE", "ẩn") + " = 1", "ngày 05/3/2026")
    simple = f'<w:fldSimple w:instr="DOCPROPERTY So">{run("15/KH-UBND")}</w:fldSimple>'
    assert lines(f"<w:p>{run('An Bình, ')}{nested}</w:p><w:p>{simple}</w:p>") == [
        "An Bình, ngày 05/3/2026",
        "15/KH-UBND",
    ]


def test_a_field_without_an_end_does_not_silence_the_next_paragraph() -> None:
    assert lines(f"<w:p>{field('REF a', 'x').split('<w:r><w:rPr>')[0]}</w:p>{paragraph('Còn lại.')}") == [
        "Còn lại."
    ]


def test_a_table_of_contents_is_left_out() -> None:
    entry = run("I. MỤC TIÊU") + field("PAGEREF _Toc1 h", "2")
    contents = f'<w:p><w:hyperlink w:anchor="_Toc1">{entry}</w:hyperlink></w:p>'
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    block = f"<w:sdt>{gallery}<w:sdtContent>{paragraph('Mục lục')}</w:sdtContent></w:sdt>"
    assert lines(block + contents + paragraph("I. MỤC TIÊU")) == ["I. MỤC TIÊU"]


def test_hidden_text_is_left_out_whoever_hides_it() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="AnCon"><w:basedOn w:val="An"/></w:style>'
    )
    by_style, shown = '<w:rStyle w:val="AnCon"/>', '<w:rStyle w:val="An"/><w:vanish w:val="0"/>'
    body = f"<w:p>{run('Thấy. ')}{run('Ẩn.', '<w:vanish/>')}{run('Ẩn.', by_style)}{run('Hiện.', shown)}</w:p>"
    assert lines(body, styles=styles) == ["Thấy. Hiện."]


def test_capitals_of_a_style_are_capitals() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:rPr><w:caps/></w:rPr></w:style>'
    plain = run("Số", '<w:caps w:val="0"/>')
    body = paragraph("Ủy ban nhân dân", style="T") + f"<w:p>{plain}{run(' kế hoạch', '<w:caps/>')}</w:p>"
    assert lines(body, styles=styles) == ["ỦY BAN NHÂN DÂN", "Số KẾ HOẠCH"]


def test_what_a_form_asks_for_is_not_an_answer() -> None:
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Bấm để nhập')}</w:sdtContent></w:sdt>"
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Trần Thị Ánh')}</w:sdtContent></w:sdt>"
    assert lines(f"<w:p>{run('Người ký: ')}{empty}{filled}</w:p>") == ["Người ký: Trần Thị Ánh"]


def test_marks_links_controls_and_formulas_hold_words_too() -> None:
    body = (
        f'<w:customXml w:element="a">{paragraph("Một")}</w:customXml>'
        f'<w:p><w:smartTag w:element="b">{run("Hai ")}</w:smartTag>'
        f'<w:hyperlink r:id="x">{run("ba")}</w:hyperlink></w:p>'
        f"<w:sdt><w:sdtContent>{table(row(cell('Bốn')))}</w:sdtContent></w:sdt>"
    )
    assert lines(body) == ["Một", "Hai ba", "Bốn"]


def test_hyphens_and_signs_of_symbol_fonts() -> None:
    body = (
        "<w:p><w:r><w:t>UBND</w:t><w:noBreakHyphen/><w:t>XD, tri</w:t><w:softHyphen/><w:t>ển khai</w:t></w:r></w:p>"
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t> Có </w:t><w:sym w:font="Symbol" w:char="F0B3"/>'
        '<w:t> 95% \uf0b7</w:t><w:sym w:font="Symbol" w:char="xyz"/></w:r></w:p>'
    )
    assert lines(body) == ["UBND-XD, triển khai", "☑ Có ≥ 95% •"]


def test_a_text_box_is_read_once_and_before_its_paragraph() -> None:
    inside = f"<w:txbxContent>{paragraph('Số: 15/KH-UBND')}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert lines(f"<w:p>{run('KẾ HOẠCH')}{box}</w:p>") == ["Số: 15/KH-UBND", "KẾ HOẠCH"]


def test_merged_cells_keep_the_columns_countable_and_every_row_readable_alone() -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        row(cell("TT"), cell("Nội dung"), cell("Chủ trì")),
        row(cell("I"), cell("TUYÊN TRUYỀN", '<w:gridSpan w:val="2"/>')),
        row(cell("1"), cell("Viết bài"), cell("Công an xã", start)),
        row(cell("2"), cell("Phát thanh"), cell("", on)),
        row(cell("3"), cell("Họp dân"), cell("Đoàn xã", start)),
        row(cell("4"), cell("Treo khẩu hiệu"), cell("", on)),
    )
    assert lines(body) == [
        "TT | Nội dung | Chủ trì",
        "I | TUYÊN TRUYỀN |",
        "1 | Viết bài | Công an xã",
        "2 | Phát thanh | Công an xã",
        "3 | Họp dân | Đoàn xã",
        "4 | Treo khẩu hiệu | Đoàn xã",
    ]


def test_a_table_in_a_cell_of_a_letterhead_is_read_line_by_line() -> None:
    inner = f"<w:tc><w:tcPr/>{table(row(cell('ỦY BAN NHÂN DÂN')), row(cell('XÃ AN BÌNH')))}<w:p/></w:tc>"
    body = table(row(inner, cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")))
    assert lines(body) == ["ỦY BAN NHÂN DÂN", "XÃ AN BÌNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_footnotes_and_endnotes_are_numbered_as_they_are_met() -> None:
    body = (
        f'<w:p>{run("Một")}<w:r><w:endnoteReference w:id="4"/></w:r>{run(" hai")}'
        '<w:r><w:footnoteReference w:id="4"/></w:r></w:p>'
    )
    found = lines(
        body,
        footnotes=f'<w:footnote w:id="4">{paragraph("Chân trang")}</w:footnote>',
        endnotes=f'<w:endnote w:id="4">{paragraph("Cuối bài")}{paragraph("hai đoạn")}</w:endnote>',
    )
    assert found == ["Một[1] hai[2]", "[1] Cuối bài hai đoạn", "[2] Chân trang"]


def test_a_note_that_is_referred_to_again_is_not_repeated() -> None:
    reference = '<w:r><w:footnoteReference w:id="4"/></w:r>'
    body = f"<w:p>{run('Một')}{reference * 3}</w:p>"
    found = lines(body, footnotes=f'<w:footnote w:id="4">{paragraph("Chân trang")}</w:footnote>')
    assert found == ["Một[1][1][1]", "[1] Chân trang"]


def test_a_header_with_words_stands_first_and_a_footer_only_apart() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
        '<w:footerReference w:type="default" r:id="footer"/></w:sectPr>'
    )
    data = word_file(
        paragraph("Nội dung") + section, header=paragraph("HỎA TỐC") + paragraph("2"), footer=paragraph("MẬT")
    )
    found = extract(data, "a.docx")
    assert [line for line in found.text.splitlines() if line] == ["HỎA TỐC", "Nội dung"]
    assert mark_of(found) == "mat"


def test_pages_are_those_of_the_last_saving_also_inside_a_table() -> None:
    on = "<w:r><w:lastRenderedPageBreak/><w:t>hai</w:t></w:r>"
    second = f"<w:tc><w:tcPr/><w:p>{on}</w:p></w:tc>"
    body = table(row(cell("1"), cell("một")), row(second, second))
    found = extract(word_file(body), "a.docx")
    assert [found.text[p.start : p.end].split() for p in found.pages] == [
        ["1", "|", "một"],
        ["hai", "|", "hai"],
    ]


def test_a_page_begins_before_the_number_of_its_first_paragraph() -> None:
    styles = "<w:a/>"
    broken = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + paragraph(
        "Trang ba", properties="<w:pageBreakBefore/>"
    )
    found = extract(word_file(paragraph("Trang một") + broken, styles=styles), "a.docx")
    assert [found.text[p.start : p.end].strip() for p in found.pages] == ["Trang một", "", "Trang ba"]


@pytest.mark.parametrize("font", [".VnTime", ".VnArial Narrow"])
def test_one_run_in_an_old_font_becomes_unicode(font: str) -> None:
    old = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    body = f"<w:p>{run('Ủy ban nhân dân xã ')}{run('yªu cÇu c¸c th', old)}{run('«n thùc hiÖn', old)}{run('.')}</w:p>"
    found = extract(word_file(body), "a.docx")
    assert found.text.strip() == "Ủy ban nhân dân xã yêu cầu các thôn thực hiện."
    assert [w.code for w in found.warnings] == ["converted_encoding"]


def test_a_capital_font_means_capitals_and_fonts_come_through_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="T"><w:rPr><w:rFonts w:ascii=".VnTimeH"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="V"><w:rPr><w:rFonts w:ascii="VNI-Times"/></w:rPr></w:style>'
    )
    vni = run("thaúng Uûy ban", '<w:rStyle w:val="V"/>')
    body = paragraph("Uû ban nh©n d©n", style="T") + paragraph("x· An B×nh") + f"<w:p>{vni}</w:p>"
    assert lines(body, styles=styles) == ["UỶ BAN NHÂN DÂN", "xã An Bình", "thẳng Ủy ban"]


def test_unicode_text_under_an_old_font_name_is_left_alone() -> None:
    old = '<w:rFonts w:ascii=".VnTimeH"/>'
    body = f"<w:p>{run('Ủy ban nhân dân xã và các thôn', old)}</w:p><w:p>{run('Plan A', old)}</w:p>"
    found = extract(word_file(body), "a.docx")
    assert found.text.split("\n") == ["Ủy ban nhân dân xã và các thôn", "Plan A"]
    assert not found.warnings


def test_private_codes_of_a_symbol_font_are_letters_of_the_old_font() -> None:
    coded = "".join(chr(0xF000 + ord(c)) if ord(c) > 127 else c for c in "nh©n d©n")
    old = '<w:rFonts w:ascii=".VnTime"/>'
    assert lines(f"<w:p>{run(coded, old)}</w:p>") == ["nhân dân"]


def test_a_file_with_macros_is_read_and_the_macros_are_not() -> None:
    data = word_file(
        paragraph("Nội dung"), content_type="application/vnd.ms-word.document.macroEnabled.main+xml"
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    data = zip_file(members | {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub AutoOpen()"})
    assert extract(data, "a.docm").text == "Nội dung"


def test_the_strict_form_and_other_part_names_are_read() -> None:
    data = word_file(paragraph("Nội dung"), main="word/document2.xml", styles="<w:a/>")
    assert extract(data, "a.docx").text == "Nội dung"
    with zipfile.ZipFile(io.BytesIO(word_file(paragraph("Chặt chẽ")))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    strict = {
        name: content.replace(W.encode(), STRICT_W.encode()).replace(R.encode(), STRICT_R.encode())
        for name, content in members.items()
    }
    assert extract(zip_file(strict), "a.docx").text == "Chặt chẽ"


def code_of(data: bytes, name: str = "a.docx") -> str:
    with pytest.raises(ReadingError) as caught:
        extract(data, name)
    return caught.value.code


def test_what_a_word_file_may_not_bring_along() -> None:
    assert code_of(word_file('<w:altChunk r:id="x"/>')) == "not_supported"
    rows = "".join(f'<w:tr><w:tc><w:p w:rsidR="{i}"/></w:tc></w:tr>' for i in range(1_000_000))
    assert code_of(word_file(table(rows))) == "too_large"
    assert code_of(word_file("<w:tbl>" * 400 + "</w:tbl>" * 400)) == "broken"
    assert code_of(docx_file()[:-200]) == "broken"


def test_a_value_merged_over_many_rows_does_not_fill_the_memory() -> None:
    long = cell("dài " * 240, '<w:vMerge w:val="restart"/>')
    rows = [row(cell(str(i)), cell("", "<w:vMerge/>")) for i in range(3_000)]
    assert len(text_of(table(row(cell("TT"), long), *rows))) < 2_000_000


def test_nothing_outside_the_file_is_asked_for() -> None:
    remote = (
        '<w:p><w:r><w:drawing><w:blip r:link="x"/></w:drawing></w:r><w:r><w:object/></w:r>'
        f"{field('INCLUDETEXT http://192.0.2.1/a.docx', 'kết quả đã lưu')}</w:p>"
    )
    assert lines(remote) == ["kết quả đã lưu"]
