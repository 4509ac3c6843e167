"""Every kind of document, under every rule set, in every layout: all that its frame says is found."""

import io
import re
import unicodedata

import docx
import pytest

from tests.formats.kinds.layouts import LAYOUTS, cell_by_cell, columns, small
from tests.formats.kinds.papers import Paper, every_paper
from thongsuot.formats.reading import Metadata, read
from thongsuot.formats.reading.frame import frame_of
from thongsuot.formats.reading.frame.rulesets import BOUNDARIES
from thongsuot.formats.reading.kinds import KINDS
from thongsuot.formats.reading.paragraphs import lines_of
from thongsuot.formats.vietnamese import same_tone_placement

PAPERS = list(every_paper())


def named(paper: Paper) -> str:
    return f"{paper.issuer.regime}-{paper.rules}-{paper.kind.code}"


def frame(text: str) -> Metadata:
    return frame_of(text, lines_of(text)).metadata


def plain(value: str | None) -> str | None:
    """Letter case, dashes and the place of the tone mark do not count."""
    if value is None:
        return None
    return same_tone_placement(unicodedata.normalize("NFC", value)).casefold().replace("–", "-")


def wrong(
    found: Metadata, paper: Paper, *, except_for: tuple[str, ...] = ()
) -> dict[str, tuple[str | None, str | None]]:
    expected = paper.expected()
    if paper.is_letter:
        expected["subject"] = small(paper.subject)
    values = {name: getattr(found, name) for name in expected if name not in except_for}
    return {
        name: (item.value if item else None, expected[name])
        for name, item in values.items()
        if plain(item.value if item else None) != plain(expected[name])
    }


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_a_paper_is_read_whichever_way_it_is_printed(paper: Paper) -> None:
    mistakes = {}
    for layout in LAYOUTS:
        found = frame(layout(paper))
        errors: dict[str, object] = dict(wrong(found, paper))
        if paper.is_letter and [a.value for a in found.addressees] != [paper.addressee]:
            errors["addressees"] = found.addressees
        if len(found.recipients) != 4:
            errors["recipients"] = [r.value for r in found.recipients]
        if errors:
            mistakes[layout.__name__] = errors
    assert mistakes == {}


@pytest.mark.parametrize("paper", PAPERS[::7], ids=named)
def test_a_number_left_blank_is_no_number_but_still_tells_the_kind(paper: Paper) -> None:
    figure = re.split(r"[-/]", paper.number)[0]
    found = frame(cell_by_cell(paper).replace(f" {figure}", "      ", 1).replace(f": {figure}", ":     ", 1))
    assert found.number is None
    assert wrong(found, paper, except_for=("number",)) == {}


@pytest.mark.parametrize("paper", PAPERS[::7], ids=named)
def test_a_blank_day_leaves_the_month(paper: Paper) -> None:
    found = frame(cell_by_cell(paper).replace(f"ngày {paper.day.day:02d} tháng", "ngày      tháng"))
    assert found.date is not None
    assert found.date.value == f"{paper.day:%Y-%m}"
    assert wrong(found, paper, except_for=("date", "rule_set")) == {}


@pytest.mark.parametrize("paper", PAPERS[::25], ids=named)
def test_a_word_file_says_the_same_as_its_text(paper: Paper) -> None:
    parts = columns(paper)
    document = docx.Document()
    head = document.add_table(rows=2, cols=2)
    for cell, lines in zip(
        (*head.rows[0].cells, *head.rows[1].cells),
        (parts.left, parts.right, [parts.number, *parts.about], [parts.dated]),
        strict=True,
    ):
        cell.text = "\n".join(lines)
    for line in parts.middle:
        document.add_paragraph(line)
    foot = document.add_table(rows=1, cols=2)
    foot.cell(0, 0).text, foot.cell(0, 1).text = "\n".join(parts.receivers), "\n".join(parts.signature)
    stream = io.BytesIO()
    document.save(stream)
    reading = read(stream.getvalue(), "van-ban.docx")
    assert wrong(reading.metadata, paper) == {}
    assert len(reading.metadata.recipients) == 4


def test_the_generator_covers_every_kind_and_every_rule_set() -> None:
    covered = {paper.kind.code for paper in PAPERS} | {
        "hien_phap",
        "van_ban_hop_nhat",
        "bo_luat",
        "luat",
        "phap_lenh",
    }
    assert covered == {kind.code for kind in KINDS}
    known = {code for boundaries in BOUNDARIES.values() for code, _since in boundaries}
    assert {paper.rules for paper in PAPERS} == known | {None}
