"""Automatic numbering of Word comes back as the words that stand on the paper."""

import pytest

from tests.formats.extract.word_files import level, numbering, paragraph, word_file
from thongsuot.formats.reading import extract

OUTLINE = (
    level("upperRoman", "%1."),
    level("decimal", "%2."),
    level("lowerLetter", "%3)"),
    level("bullet", "-"),
)


def lines(body: str, **parts: str) -> list[str]:
    return [line for line in extract(word_file(body, **parts), "a.docx").text.splitlines() if line]


def items(*levels: int, number: str = "1") -> str:
    return "".join(paragraph("việc", number=number, level=depth) for depth in levels)


def marks(body: str, numbering_part: str, styles: str = "") -> list[str]:
    return [
        line.removesuffix("việc") for line in lines(body, numbering=numbering_part, styles=styles or "<w:a/>")
    ]


def test_an_outline_counts_and_begins_again_under_every_higher_item() -> None:
    found = marks(items(0, 1, 2, 2, 3, 1, 2, 0, 1), numbering(*OUTLINE))
    assert found == ["I. ", "1. ", "a) ", "b) ", "- ", "2. ", "a) ", "II. ", "1. "]


def test_a_legal_outline_shows_all_figures_in_arabic() -> None:
    legal = (level("upperRoman", "%1."), level("decimal", "%1.%2.", more="<w:isLgl/>"))
    assert marks(items(0, 1, 1, 0, 1), numbering(*legal)) == ["I. ", "1.1. ", "1.2. ", "II. ", "2.1. "]


@pytest.mark.parametrize(
    ("form", "third"),
    [
        ("decimal", "3"),
        ("decimalZero", "03"),
        ("lowerLetter", "c"),
        ("upperLetter", "C"),
        ("lowerRoman", "iii"),
        ("upperRoman", "III"),
        ("vietnameseCounting", "ba"),
    ],
)
def test_every_form_of_a_figure(form: str, third: str) -> None:
    assert marks(items(0, 0, 0), numbering(level(form, "%1/")))[-1] == f"{third}/ "


def test_letters_go_on_after_z_and_no_figure_is_invented_for_a_bullet() -> None:
    assert marks(items(*[0] * 28), numbering(level("lowerLetter", "%1)")))[25:] == ["z) ", "aa) ", "bb) "]
    signs = (level("bullet", "\uf0b7"), level("bullet", "+"), level("bullet", "o"))
    assert marks(items(0, 1, 2), numbering(*signs)) == ["- ", "+ ", "- "]


def test_words_of_a_list_stand_before_and_after_its_figure() -> None:
    assert marks(items(0, 0), numbering(level("decimal", "Điều %1."))) == ["Điều 1. ", "Điều 2. "]
    tight = level("decimal", "%1.", more='<w:suff w:val="nothing"/>')
    assert marks(items(0), numbering(tight)) == ["1."]


def test_a_list_begins_where_it_is_told_and_lists_of_one_kind_go_on_together() -> None:
    anew = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
        '</w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    part = numbering(level("decimal", "%1.", start=4), overrides=anew)
    body = items(0, 0) + items(0, 0, number="2") + items(0, number="3")
    assert marks(body, part) == ["4. ", "5. ", "7. ", "8. ", "9. "]


def test_a_list_may_change_a_level_of_the_list_it_is_made_from() -> None:
    own = level("upperLetter", "%1)").replace("<w:lvl>", '<w:lvl w:ilvl="0">')
    changed = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        f'<w:lvlOverride w:ilvl="0">{own}</w:lvlOverride></w:num>'
    )
    assert marks(items(0, number="2"), numbering(level("decimal", "%1."), overrides=changed)) == ["A) "]


def test_a_level_that_never_begins_again() -> None:
    on = level("decimal", "Điều %2.", more='<w:lvlRestart w:val="0"/>')
    found = marks(items(0, 1, 1, 0, 1), numbering(level("upperRoman", "Chương %1"), on))
    assert found == ["Chương I ", "Điều 1. ", "Điều 2. ", "Chương II ", "Điều 3. "]


def test_a_heading_style_carries_its_number_and_its_level() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>'
    )
    by_style = (
        level("upperRoman", "%1.", more='<w:pStyle w:val="H1"/>'),
        level("decimal", "%2.", more='<w:pStyle w:val="H2"/>'),
    )
    body = paragraph("việc", style="H1") + paragraph("việc", style="H2") + paragraph("việc", style="H2")
    assert marks(body, numbering(*by_style), styles) == ["I. ", "1. ", "2. "]


def test_a_list_style_lends_its_levels() -> None:
    one = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="numbering" w:styleId="Muc">{one}</w:style>'
    borrowing = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Muc"/></w:abstractNum>'
    second = '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    part = numbering(
        level("decimal", "%1)"), abstract='<w:styleLink w:val="Muc"/>', extra=borrowing, overrides=second
    )
    assert marks(items(0, 0, number="2"), part, styles) == ["1) ", "2) "]


def test_an_empty_item_counts_and_is_not_shown_and_a_paragraph_can_leave_the_list() -> None:
    body = items(0) + paragraph("", number="1") + items(0) + paragraph("việc", number="0") + items(0)
    assert marks(body, numbering(level("decimal", "%1."))) == ["1. ", "3. ", "", "4. "]


def test_figures_no_list_can_have_are_harmless() -> None:
    huge = numbering(level("upperRoman", "%1.", start=99_999))
    assert marks(items(0), huge) == ["32767. "]
    assert marks(items(0), numbering(level("decimal", "%1." * 30)))[0].startswith("1.1.1.")
    assert marks(items(5, number="8"), numbering(level("decimal", "%1."))) == [""]
