"""The ways in which a paper reaches us as text: each takes a paper and prints it."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.formats.kinds.papers import RECIPIENTS, Paper

STATE_TITLE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
PARTY_TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"


@dataclass(frozen=True)
class Columns:
    """The parts of a printed paper, each in its lines."""

    left: list[str]
    right: list[str]
    number: str
    about: list[str]
    dated: str
    middle: list[str]
    receivers: list[str]
    signature: list[str]


def columns(paper: Paper) -> Columns:
    issuer = paper.issuer
    left = [*issuer.parent_lines, *issuer.lines]
    colon = "" if paper.is_party else ":"
    receivers = [f"- {entry};" for entry in RECIPIENTS[:-1]]
    receivers.append("- Lưu Văn phòng Đảng ủy." if paper.is_party else f"- {RECIPIENTS[-1]}.")
    words = "Thực hiện chương trình công tác năm, đề nghị các đơn vị báo cáo kết quả trước ngày 15/12 để tổng hợp."
    return Columns(
        left=[*left, "*"] if paper.is_party else [*left, "-------"],
        right=[PARTY_TITLE] if paper.is_party else [STATE_TITLE, MOTTO, "---------------"],
        number=f"Số{colon} {paper.number}",
        about=_wrapped(f"V/v {small(paper.subject)}", 42) if paper.is_letter else [],
        dated=f"{issuer.place}, {paper.dated}",
        middle=[
            *_opening(paper),
            words,
            "Trên đây là nội dung cần triển khai, đề nghị các đơn vị thực hiện./.",
        ],
        receivers=["Nơi nhận:", *receivers],
        signature=[*filter(None, issuer.authority.split("; ")), issuer.post, "", paper.signer],
    )


def _opening(paper: Paper) -> list[str]:
    if paper.is_letter:
        return [f"Kính gửi: {paper.addressee}"]
    return [paper.kind.name.upper(), *_wrapped(paper.subject, 60)]


def small(subject: str) -> str:
    return subject.removeprefix("Về việc ")


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _page(head: list[str], parts: Columns, foot: list[str] | None = None) -> str:
    closing = foot if foot is not None else [*parts.receivers, *parts.signature]
    return "\n".join([*head, *parts.middle, *closing]) + "\n"


def cell_by_cell(paper: Paper) -> str:
    """One cell of the table after the other, left to right."""
    c = columns(paper)
    return _page([*c.left, *c.right, c.number, *c.about, c.dated], c)


def column_by_column(paper: Paper) -> str:
    """The whole left column before the right one; the signature before the recipients."""
    c = columns(paper)
    return _page([*c.left, c.number, *c.about, *c.right, c.dated], c, [*c.signature, *c.receivers])


def right_column_first(paper: Paper) -> str:
    c = columns(paper)
    return _page([*c.right, *c.left, c.dated, c.number, *c.about], c)


def crawled(paper: Paper) -> str:
    """A law library: lines broken in the middle of names, lone pipes of a table that is gone, bold marks."""
    c = columns(paper)
    head = [*_broken(c.left), "|", *_broken(c.right), "|", "|", c.number, *c.about, "|"]
    place, _, rest = c.dated.partition(", ")
    head += [f"*{place}, {rest.split(' tháng')[0]}", f"tháng{rest.split(' tháng')[1]}*", "|"]
    middle = [*_broken(c.middle[:1]), *c.middle[1:]] if not paper.is_letter else c.middle
    return _page(head, replace(c, middle=[f"**{middle[0]}**", *middle[1:]]))


def _broken(lines: list[str]) -> list[str]:
    out = []
    for line in lines:
        words = line.split()
        cut = len(words) - 1 if len(words) > 3 else len(words)
        out += [part for part in (" ".join(words[:cut]), " ".join(words[cut:])) if part]
    return out


def pipes(paper: Paper) -> str:
    """Rows of the table with pipes between the cells, lines of a cell kept."""
    c = columns(paper)
    head = [
        "\n".join(c.left) + " | " + "\n".join(c.right),
        f"{c.number}" + "".join(f"\n{a}" for a in c.about) + f" | {c.dated}",
    ]
    return _page(head, c, ["\n".join(c.receivers) + " | " + "\n".join(c.signature)])


def merged_columns(paper: Paper) -> str:
    """A scanner's text: what stands side by side runs together in one line."""
    c = columns(paper)
    left, right = c.left[:-1], c.right[:2]
    rows = [" ".join(filter(None, pair)) for pair in _zipped(left, right)]
    rows.append(f"{c.number} {c.dated}")
    foot = [f"{c.receivers[0]} {c.signature[0]}"]
    foot += [
        " ".join(filter(None, pair)) for pair in _zipped(c.receivers[1:], [s for s in c.signature[1:-1] if s])
    ]
    return _page([*rows, *c.about], c, [*foot, "", paper.signer])


def _zipped(left: list[str], right: list[str]) -> list[tuple[str, str]]:
    size = max(len(left), len(right))
    return [(left[i] if i < len(left) else "", right[i] if i < len(right) else "") for i in range(size)]


def wide_gaps(paper: Paper) -> str:
    """A text dump that keeps the columns apart with blanks, the subject of a letter beside the date."""
    c = columns(paper)
    rows = [f"{a:<40}     {b}" for a, b in _zipped(c.left[:-1], c.right[:2])]
    rows.append(f"{c.number:<40}     {c.dated}")
    foot = [f"{a:<50}     {b}" for a, b in _zipped(c.receivers, c.signature)]
    return _page([*rows, *c.about], c, foot)


def interleaved(paper: Paper) -> str:
    """The lines of a letter's subject with the date of the other column between them."""
    c = columns(paper)
    about = [*c.about[:1], c.dated, *c.about[1:]] if c.about else [c.dated]
    return _page([*c.left, *c.right, c.number, *about], c)


def without_spaces(paper: Paper) -> str:
    """Blanks lost in the letterhead."""
    c = columns(paper)
    place, _, rest = c.dated.partition(", ")
    right = [
        line.replace("HỘI CHỦ", "HỘICHỦ").replace(" - ", "-").replace("VIỆT NAM", "VIỆTNAM")
        for line in c.right
    ]
    return _page(
        [*c.left, *right, c.number.replace(" ", ""), *c.about, f"{place},{rest.replace(' ', '')}"], c
    )


def old_font(paper: Paper) -> str:
    """Letters that look alike: ƣ for ư, Ð for Đ."""
    return cell_by_cell(paper).replace("ư", "ƣ").replace("Ư", "Ƣ").replace("Đ", "Ð")


def scanned(paper: Paper) -> str:
    """Marks lost in the titles and in the names every office knows; a letter misread in Số."""
    c = columns(paper)
    right = [_bare(line) for line in c.right]
    number = c.number.replace("Số", "Só")
    known = {
        "TỔNG CỤC THUẾ": "TONG CỤC THUÊ",
        "BỘ TÀI CHÍNH": "BỘ TÀI CHINH",
        "ỦY BAN NHÂN DÂN": "UY BAN NHAN DÂN",
    }
    return _page([*(known.get(line, line) for line in c.left), *right, number, *c.about, c.dated], c)


def _bare(text: str) -> str:
    marks = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(char for char in marks if not unicodedata.combining(char))


def in_capitals(paper: Paper) -> str:
    """The subject and the name of the signer in capitals, as some offices like them."""
    c = columns(paper)
    middle = (
        c.middle
        if paper.is_letter
        else [line.upper() if i < len(c.middle) - 2 else line for i, line in enumerate(c.middle)]
    )
    return _page([*c.left, *c.right, c.number, *c.about, c.dated], replace(c, middle=middle))


def signed_for_show(paper: Paper) -> str:
    """What stands between post and name: (Đã ký), a rank, a block of a signing program after it."""
    c = columns(paper)
    signature = [*c.signature[:-1], "(Đã ký)", f"TS. {paper.signer}"]
    return _page([*c.left, *c.right, c.number, *c.about, c.dated], c, [*c.receivers, *signature])


def markdown(paper: Paper) -> str:
    """Headings and bold marks, blank lines between all."""
    c = columns(paper)
    lines = [*c.left, *c.right, f"**{c.number}**", *c.about, f"*{c.dated}*"]
    title = [] if paper.is_letter else [f"## {c.middle[0]}"]
    rest = c.middle if paper.is_letter else c.middle[1:]
    return "\n".join([*lines, "", *title, "", *rest, "", *c.receivers, "", *c.signature])


def in_one_line(paper: Paper) -> str:
    """All line breaks of the letterhead lost."""
    c = columns(paper)
    head = " ".join([*c.left[:-1], *c.right[:2], c.number, c.dated])
    return _page([head, *c.about], c)


LAYOUTS: tuple[Callable[[Paper], str], ...] = (
    cell_by_cell,
    column_by_column,
    right_column_first,
    crawled,
    pipes,
    merged_columns,
    wide_gaps,
    interleaved,
    without_spaces,
    old_font,
    scanned,
    in_capitals,
    signed_for_show,
    markdown,
    in_one_line,
)
