"""Web pages: Word's own, those of a content system, news articles; lists, merged cells, old fonts, hidden words."""

import pytest

from thongsuot.formats.reading import ReadingError, extract, mark_of


def lines(body: str, head: str = "") -> list[str]:
    page = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return [line for line in extract(page.encode(), "a.html").text.splitlines() if line.strip()]


def test_lists_count_as_a_browser_shows_them() -> None:
    body = (
        "<ol type=I start=2><li>Hai<ol style='list-style-type: lower-alpha'><li>a</li><li value=5>e</li></ol></li>"
        "<li><p>Ba</p></li></ol><ul><li>gạch</li></ul><ul style='list-style: none'><li>không</li></ul>"
    )
    assert lines(body) == ["II. Hai", "a. a", "e. e", "III. Ba", "- gạch", "không"]


def test_numbers_that_word_printed_itself() -> None:
    number = "<span style='mso-list:Ignore'>{}<span style='font:7pt'>&nbsp;&nbsp; </span></span>"
    body = f"<p>{number.format('1.')}Một</p><p>{number.format('·')}Hai</p><p>{number.format('o')}Ba</p>"
    assert lines(body) == ["1. Một", "- Hai", "- Ba"]


def test_merged_cells() -> None:
    body = (
        "<table><tr><th>TT<th>Việc<th>Chủ trì</tr><tr><td>I<td colspan=2>Chung</tr>"
        "<tr><td>1<td>Một<td rowspan=2>Công an xã</tr><tr><td>2<td>Hai</tr><tr><td>3<td>Ba<td>Đoàn</tr></table>"
    )
    assert lines(body) == [
        *(
            "TT | Việc | Chủ trì",
            "I | Chung |",
            "1 | Một | Công an xã",
            "2 | Hai | Công an xã",
            "3 | Ba | Đoàn",
        ),
    ]


def test_fonts_by_attribute_by_style_and_by_class() -> None:
    head = "<style>p.Cu, .cu2 {mso-x:y; font-family:'.VnTimeH'} @page {size:a4}</style>"
    body = (
        "<p class=Cu>Uû ban nh©n d©n</p><p><font face='.VnTime'>x· An B×nh</font></p>"
        "<p style='font-family: VNI-Times, serif'>thoân Uûy</p>"
    )
    assert lines(body, head) == ["UỶ BAN NHÂN DÂN", "xã An Bình", "thôn Ủy"]


def test_hidden_and_deleted_words_are_left_out_of_the_text() -> None:
    body = (
        "<p>Một<span style='display:none'> ẩn</span><span style='mso-hide:all'> ẩn</span><del> xóa</del>"
        "<ins> hai</ins></p><div hidden>ẩn</div><p>&nbsp;</p><p>a&amp;b &lt;c&gt; &#7855;</p>"
    )
    assert lines(body) == ["Một hai", "a&b <c> ắ"]


ARTICLE = "<p>Ủy ban nhân dân xã yêu cầu các thôn thực hiện nếp sống văn minh.</p>" * 12


def test_of_a_news_page_the_article_is_read() -> None:
    around = "<div class=menu><a>Trang chủ</a> <a>Tin tức</a></div>"
    page = f"{around}<main>{around}<article><h1>Tin</h1>{ARTICLE}</article></main><div>Bản quyền</div>"
    found = lines(page)
    assert found[0] == "Tin"
    assert len(found) == 13
    short = lines(f"{around}<article>Ngắn</article><p>Dài hơn</p>")
    assert short == ["Trang chủ Tin tức", "Ngắn", "Dài hơn"]


def test_a_stamp_outside_the_article_is_still_seen() -> None:
    page = f"<div>MẬT</div><article>{ARTICLE}</article>"
    assert mark_of(extract(page.encode(), "a.html")) == "mat"


def test_a_decorated_word_in_a_remark_of_word_is_seen() -> None:
    art = "<!--[if gte vml 1]><v:shape><v:textpath style='a' string=\"TỐI MẬT\"/></v:shape><![endif]-->"
    found = extract(f"<html><body><p>{art}KẾ HOẠCH</p></body></html>".encode(), "a.html")
    assert mark_of(found) == "toi_mat"
    assert found.text.strip() == "KẾ HOẠCH"


def test_pages_without_measure() -> None:
    with pytest.raises(ReadingError) as caught:
        extract(b"<html><body>" + b"<p>a" * 3_000_000, "a.html")
    assert caught.value.code == "too_large"
    with pytest.raises(ReadingError) as caught:
        lines("<div>" * 3_000 + "sâu" + "</div>" * 3_000)
    assert caught.value.code == "empty"  # the parser goes 256 elements deep
    wide = "<table><tr><td rowspan=9999 colspan=9999>a</td></tr>" + "<tr><td>b</td></tr>" * 50 + "</table>"
    assert len("".join(lines(wide))) < 50_000
