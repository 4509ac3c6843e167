"""Files that go out: the template to fill in, and the rows of a file with what is to be said of each."""

from __future__ import annotations

import io
from collections.abc import Iterator

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from thongsuot.core.clock import today
from thongsuot.core.ui.words import day
from thongsuot.organizations.imports.sentences import sentence_of
from thongsuot.organizations.imports.values import COLUMNS
from thongsuot.organizations.models import Import, ImportSubject, RowState, UnitKind

ROWS_WITH_A_LIST = 5_000


def template_of(subject: str) -> bytes:
    """An empty table with our headings, and a sheet that says what may stand where."""
    columns = COLUMNS[ImportSubject(subject)]
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@"})
    sheet, allowed = book.add_worksheet("Nhập"), book.add_worksheet("Giá trị cho phép")
    for position, words in enumerate(columns.values()):
        sheet.write_string(0, position, words, bold)
        sheet.set_column(position, position, max(14, len(words) + 2), text)
    sheet.freeze_panes(1, 0)
    with translation.override("vi"):
        labels = sorted(str(kind.label) for kind in UnitKind)
    for row, (name, words) in enumerate(columns.items()):
        allowed.write_string(row, 0, words, bold)
        allowed.write_string(row, 1, _meaning(name))
    allowed.set_column(0, 1, 28)
    if "kind" in columns:
        start = len(columns) + 1
        for row, label in enumerate(labels):
            allowed.write_string(start + row, 0, label)
        source = f"='Giá trị cho phép'!$A${start + 1}:$A${start + len(labels)}"
        at = list(columns).index("kind")
        sheet.data_validation(1, at, ROWS_WITH_A_LIST, at, {"validate": "list", "source": source})
    book.close()
    return file.getvalue()


def _meaning(name: str) -> str:
    """A file to exchange speaks Vietnamese whatever the language of the page."""
    return {
        "name": "bắt buộc",
        "kind": "một trong các loại ghi dưới đây",
        "is_head": "x nếu là người đứng đầu",
        "valid_from": f"ngày, ví dụ {day(today())}",
        "valid_to": "ngày đầu tiên không còn hiệu lực",
        "organisation": "mã hoặc tên chi hội, chi đoàn",
        "affiliated_since": f"ngày, ví dụ {day(today())}",
        "member_since": f"ngày, ví dụ {day(today())}",
        "cell": "mã hoặc tên chi bộ",
        "unit": "mã hoặc tên đơn vị; bỏ trống nếu chức vụ ở chi bộ",
        "parent_code": "mã hoặc tên đơn vị cấp trên, cũng có thể nằm trong tệp",
        "code": "mã của cơ quan; không dùng số căn cước",
        "role": "tên vai trò, ví dụ văn thư; người chưa có tài khoản được lập tài khoản, chưa có giấy mời",
        "role_unit": "mã hoặc tên đơn vị; bỏ trống nếu cùng đơn vị với chức vụ hoặc chi bộ",
        "role_from": "từ hôm nay trở đi; bỏ trống là hôm nay",
        "role_to": "ngày đầu tiên không còn hiệu lực",
        "aliases": "cách nhau bằng dấu chấm phẩy",
    }.get(name, "có thể bỏ trống")


def copy_header(batch: Import) -> list[str]:
    return [_("Row"), *batch.header, _("Result"), _("Remark")]


def copy_rows(batch: Import, *, only_wrong: bool) -> Iterator[list[str]]:
    """The rows of the file as they came, each with its result; read part by part."""
    width = len(batch.header)
    for part in batch.parts.order_by("ordinal").iterator(chunk_size=5):
        for (number, cells), (state, notes) in zip(part.rows, part.results, strict=False):
            if only_wrong and state != RowState.WRONG:
                continue
            remark = " ".join(sentence_of(batch.subject, *note) for note in notes)
            padded = [*cells[:width], *[""] * (width - len(cells))]
            yield [str(number), *padded, str(RowState(state).label), remark]
