"""Deadlines: one invented sentence or cell a construction. The paper of these tests was issued on Tuesday 10/3/2026."""

from datetime import date
from time import process_time

import pytest

from thongsuot.formats.calendars import VietnameseWorkingDays
from thongsuot.formats.reading.deadlines import deadline_of_field, deadlines_in, last_day
from thongsuot.formats.reading.deadlines.clock import Clock
from thongsuot.formats.reading.deadlines.forms import OF_TIMES
from thongsuot.formats.reading.deadlines.moments import moment_at
from thongsuot.formats.reading.model import Deadline

ISSUED = "2026-03-10"


def in_text(words: str, issued: str | None = ISSUED) -> Deadline | None:
    found = deadlines_in(f"Ủy ban nhân dân xã báo cáo kết quả {words}.", issued)
    assert len(found) <= 1, found
    return found[0].deadline if found else None


DATES = [
    ("trước ngày 31/12/2026", "date", "2026-12-31"),
    ("trước 31/12/2026", "date", "2026-12-31"),
    ("trước ngày 31-12-2026", "date", "2026-12-31"),
    ("trước ngày 31.12.2026", "date", "2026-12-31"),
    ("trước ngày 31/ 12/ 2026", "date", "2026-12-31"),
    ("chậm nhất ngày 30 tháng 6 năm 2026", "date", "2026-06-30"),
    ("chậm nhất là ngày 5 tháng 6 năm 2026", "date", "2026-06-05"),
    ("muộn nhất là trước ngày 05 tháng 6/2026", "date", "2026-06-05"),
    ("không muộn hơn ngày 20/5/2026", "date", "2026-05-20"),
    ("đến hết ngày 15/8/2026", "date", "2026-08-15"),
    ("xong trước ngày 15/8/2026", "date", "2026-08-15"),
    ("xong trước ngày Quốc khánh 02/9/2026", "date", "2026-09-02"),
    ("trước ngày Chủ nhật, 12/7/2026", "date", "2026-07-12"),
    ("hạn cuối ngày 15/8/2026", "date", "2026-08-15"),
    ("(thời hạn: ngày 15/8/2026)", "date", "2026-08-15"),
    ("vào ngày 15/8/2026", "date", "2026-08-15"),
    ("trong ngày 15/8/2026", "date", "2026-08-15"),
    ("từ nay đến ngày 15/8/2026", "date", "2026-08-15"),
    ("trước 17 giờ 00 ngày 12/5/2026", "date", "2026-05-12"),
    ("trước 17h00 ngày 12/5/2026", "date", "2026-05-12"),
    ("trước 16 giờ 30 phút, ngày 12 tháng 5 năm 2026", "date", "2026-05-12"),
    ("trước 17 giờ thứ Ba, ngày 12/5/2026", "date", "2026-05-12"),
    ("trước ngày 31/12", "date", "2026-12-31"),
    ("trước 15/12", "date", "2026-12-15"),
    ("trước ngày 15 tháng 3 tới", "date", "2026-03-15"),
    ("trước ngày 10/01", "date", "2027-01-10"),
    ("trước ngày 25 tháng này", "date", "2026-03-25"),
    ("trước ngày 05 tháng tới", "date", "2026-04-05"),
    ("từ ngày 01/6 đến hết ngày 30/6/2026", "range", "2026-06-01/2026-06-30"),
    ("từ ngày 20/12 đến ngày 15/01/2027", "range", "2026-12-20/2027-01-15"),
    ("trong tháng 11 năm 2026", "month", "2026-11"),
    ("trong tháng 11/2026", "month", "2026-11"),
    ("trong tháng 5", "month", "2026-05"),
    ("hoàn thành trong tháng 5-2026", "month", "2026-05"),
    ("trước cuối tháng 6 năm 2026", "month", "2026-06"),
    ("trong tháng này", "month", "2026-03"),
    ("trong tháng 5-6/2026", "range", "2026-05/2026-06"),
    ("trong các tháng 5, 6 và 7 năm 2026", "range", "2026-05/2026-07"),
    ("vào giữa tháng 6/2026", "date", "2026-06-15"),
    ("trong trung tuần tháng 6/2026", "range", "2026-06-11/2026-06-20"),
    ("trong quý II/2026", "quarter", "2026-Q2"),
    ("trong Quí IV-2026", "quarter", "2026-Q4"),
    ("trong quý III năm 2026", "quarter", "2026-Q3"),
    ("trong quý 3 năm 2026", "quarter", "2026-Q3"),
    ("xong trước quý III", "quarter", "2026-Q3"),
    ("trong quý này", "quarter", "2026-Q1"),
    ("trong quý II, III/2026", "range", "2026-Q2/2026-Q3"),
    ("vào đầu quý II/2026", "month", "2026-04"),
    ("trong 6 tháng đầu năm", "range", "2026-01/2026-06"),
    ("trong 2 tháng cuối năm 2026", "range", "2026-11/2026-12"),
    ("trong sáu tháng cuối năm 2026", "range", "2026-07/2026-12"),
    ("trước giữa năm 2026", "month", "2026-06"),
    ("trong năm 2026", "year", "2026"),
    ("đến hết năm 2027", "year", "2027"),
    ("trong năm nay", "year", "2026"),
    ("trong tuần này", "range", "2026-03-09/2026-03-13"),
    ("trong tuần đầu tháng 6", "range", "2026-06-01/2026-06-07"),
    ("trong tuần thứ hai của tháng 6 năm 2026", "range", "2026-06-08/2026-06-14"),
    ("(quý II/2026)", "quarter", "2026-Q2"),
    ("trong 10 ngày đầu tháng 4/2026", "range", "2026-04-01/2026-04-10"),
    ("vào các ngày 15, 16/4/2026", "range", "2026-04-15/2026-04-16"),
    ("trước 10 giờ sáng ngày 16/3/2026", "date", "2026-03-16"),
    (", đến cuối năm 2026 phải xong", "year", "2026"),
    ("(đến 30/6/2026)", "date", "2026-06-30"),
    ("trong năm học 2026 - 2027", "range", "2026/2027"),
    ("; dự kiến tổ chức ngày 26/4/2026", "date", "2026-04-26"),
    ("; phấn đấu đến 31/12/2026", "date", "2026-12-31"),
    ("tại phiên họp thường kỳ tháng 8/2026", "month", "2026-08"),
    ("trước ngày 25 tháng Chạp", "event", "trước ngày 25 tháng Chạp"),
    ("trong vòng 07 ngày sau đại hội", "event", "trong vòng 07 ngày sau đại hội"),
    ("chậm nhất 10 giờ ngày 18/3/2026", "date", "2026-03-18"),
    ("hoàn thành trước khi khai giảng năm học mới", "event", "trước khi khai giảng năm học mới"),
    ("; thời gian hoàn thành: tháng 9/2026", "month", "2026-09"),
]


@pytest.mark.parametrize(("words", "kind", "value"), DATES)
def test_times_that_words_of_obligation_make_deadlines(words: str, kind: str, value: str) -> None:
    deadline = in_text(words)
    assert deadline is not None
    assert (deadline.type, deadline.value) == (kind, value)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("trước ngày 15 hằng tháng", "monthly@15"),
        ("trước ngày 25 hàng tháng", "monthly@25"),
        ("hằng tháng, trước ngày 20", "monthly@20"),
        ("số liệu của tháng trước ngày 05 tháng sau", "monthly@05"),
        ("trước ngày 01/6 và 15/11 hằng năm", "yearly@06-01,11-15"),
        ("trước ngày 15 tháng 12 hằng năm", "yearly@12-15"),
        ("hằng năm trước 15/12", "yearly@12-15"),
        ("hàng quý", "quarterly"),
        ("6 tháng, hằng năm", "semiannual"),
        ("6 tháng (trước ngày 15/6) và năm (trước ngày 15/12)", "yearly@06-15,12-15"),
        ("vào tháng 12 hàng năm", "yearly@12"),
        ("trong quý I hằng năm", "yearly@Q1"),
        ("trước 14 h00’ hàng ngày", "daily"),
        ("hằng năm, chậm nhất ngày 15/12", "yearly@12-15"),
        ("vào ngày 15 tháng cuối quý", "quarterly@15"),
        ("trước ngày 20 của tháng cuối mỗi quý", "quarterly@20"),
        ("thứ sáu hằng tuần", "weekly"),
        ("trước 15 giờ chiều thứ Năm hàng tuần", "weekly"),
        ("định kỳ hằng quý", "quarterly"),
        ("định kì hàng tháng", "monthly"),
        ("định kỳ 6 tháng", "semiannual"),
        ("định kỳ 06 tháng, 01 năm", "semiannual"),
        ("định kỳ 3 tháng một lần", "quarterly"),
        ("02 lần/năm", "semiannual"),
        ("mỗi quý một lần", "quarterly"),
        ("6 tháng một lần", "semiannual"),
        ("định kỳ và đột xuất", "unspecified"),
    ],
)
def test_what_comes_again(words: str, value: str) -> None:
    deadline = in_text(words)
    assert deadline is not None
    assert (deadline.type, deadline.value) == ("periodic", value)


def test_how_often_a_service_is_given_is_no_deadline() -> None:
    assert deadlines_in("Tổ chức khám sức khỏe cho công nhân 02 lần/năm", ISSUED) == []
    assert deadlines_in("Xử lý ổ dịch trong vòng 48 giờ", ISSUED) == []


@pytest.mark.parametrize(
    ("sentence", "kind", "value"),
    [
        ("Khi có biến động, cập nhật và báo cáo", "event", "Khi có biến động"),
        ("Ngay sau khi được phê duyệt, công bố công khai", "event", "Ngay sau khi được phê duyệt"),
        ("Giai đoạn 2026 - 2028, nâng cấp đường liên thôn", "range", "2026/2028"),
        ("Hằng tháng dự sinh hoạt chi bộ", "periodic", "monthly"),
    ],
)
def test_times_that_open_a_sentence(sentence: str, kind: str, value: str) -> None:
    (found,) = deadlines_in(sentence, ISSUED)
    assert (found.start, found.deadline.type, found.deadline.value) == (0, kind, value)


def test_every_year_opens_a_clause_or_governs_a_report() -> None:
    found = deadlines_in("Hằng năm, tổng hợp kết quả từ ngân sách hằng năm của xã", ISSUED)
    assert [(f.start, f.deadline.value) for f in found] == [(0, "yearly")]


@pytest.mark.parametrize(
    ("words", "kind", "length", "note", "due"),
    [
        # Tuesday the 10th does not count; ten days later is Friday the 20th.
        ("trong vòng 10 ngày kể từ ngày ký", "date", "P10D", "counts_from_issue", date(2026, 3, 20)),
        ("trong thời hạn 12 ngày kể từ ngày ban hành Kế hoạch này", "date", "P12D", "counts_from_issue",
         date(2026, 3, 23)),
        ("chậm nhất sau 05 ngày làm việc, kể từ ngày Quyết định này được ký", "date", "P5WD",
         "counts_from_issue working_days", date(2026, 3, 17)),
        ("trong vòng một tháng kể từ khi ban hành", "date", "P1M", "counts_from_issue", date(2026, 4, 10)),
        ("trong vòng 10 (mười) ngày tính từ ngày ký ban hành", "date", "P10D", "counts_from_issue", date(2026, 3, 20)),
        ("trong vòng 10 ngày kể từ ngày nhận được văn bản này", "event", "P10D", "counts_from_receipt", None),
        ("trong 05 ngày làm việc kể từ ngày nhận đủ hồ sơ", "event", "P5WD", "counts_from_receipt working_days", None),
        ("sau 30 ngày kể từ ngày Nghị quyết có hiệu lực", "event", "P30D", "counts_from_effect", None),
        ("chậm nhất 15 ngày sau khi kết thúc đợt kiểm tra", "event", "P15D", "counts_from_event", None),
        ("chậm nhất 07 ngày trước ngày khai mạc kỳ họp", "event", "-P7D", "before_event", None),
        ("trong vòng 24 giờ kể từ khi tiếp nhận tin báo", "event", "PT24H", "counts_from_receipt", None),
        ("trong thời hạn 03 ngày làm việc", "event", "P3WD", "start_unstated working_days", None),
        ("trong vòng nửa tháng kể từ ngày nhận được công văn", "event", "P15D", "counts_from_receipt", None),
    ],
)  # fmt: skip
def test_counted_periods(words: str, kind: str, length: str, note: str, due: date | None) -> None:
    deadline = in_text(words)
    assert deadline is not None
    assert (deadline.type, deadline.length, deadline.note) == (kind, length, note)
    assert last_day(deadline, ISSUED) == due


def test_who_knows_the_day_of_receipt_can_count() -> None:
    deadline = in_text("trong vòng 10 ngày kể từ ngày nhận được văn bản này")
    assert deadline is not None
    assert last_day(deadline, ISSUED, received=date(2026, 3, 12)) == date(2026, 3, 23)  # the 22nd is a Sunday


def test_an_office_counts_with_its_own_calendar() -> None:
    deadline = in_text("trong vòng 10 ngày kể từ ngày ký")
    assert deadline is not None
    closed = VietnameseWorkingDays(off=[date(2026, 3, 20)])
    assert last_day(deadline, ISSUED, closed) == date(2026, 3, 23)


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("trước ngày 31/12/2026", None),
        ("trước ngày 30/6", "year_inferred"),
        ("trước ngày 10/01", "year_inferred two_readings day_off"),  # 2027, or a slip for 2026; a Sunday
        ("trước ngày 14/6/2026", "day_off"),
        ("trước ngày 30/4/2026", "day_off"),
        ("trước 17 giờ 00 ngày 12/5/2026", "hour_stated"),
        ("trong quý IV", "year_inferred"),
        ("đến đầu năm 2027", "two_readings"),
        ("vào thứ Sáu hằng tuần", "weekday_5"),
    ],
)
def test_what_a_person_should_know(words: str, note: str | None) -> None:
    deadline = in_text(f"hoàn thành {words}")
    assert deadline is not None
    assert deadline.note == note


def test_a_stated_day_off_is_not_moved() -> None:
    deadline = in_text("trước ngày 14/6/2026")
    assert deadline is not None
    assert last_day(deadline, ISSUED) == date(2026, 6, 14)


def test_a_day_without_any_year_names_no_day() -> None:
    deadline = in_text("trước ngày 15/6", None)
    assert deadline is not None
    assert (deadline.type, deadline.note, last_day(deadline)) == ("event", "year_unknown", None)


@pytest.mark.parametrize(
    "words",
    [
        "theo Quyết định số 5/QĐ-UBND ngày 01/12/2026",
        "giai đoạn 2026 - 2030",
        "trong giai đoạn 2026-2030",
        "từ ngân sách hằng năm",
        "khẩn trương, kịp thời",
        "ngay trong thời gian tới",
        "như đã nêu trước ngày 01/01/2020",
        "của các dự án được phê duyệt trước ngày 01/7/2026",
        "của 2/3 số đại biểu trước 2/3 cử tri",
        "tính đến ngày 30/6/2026",
        "trong tháng 2",  # of the month that has just passed
        "trong 3 ngày liên tục",
        "ngày 31/02/2026",
        "trước ngày 31/02/2026",
        "kế hoạch năm 2026",
        "sau khi sắp xếp",
        "tại Điều 5 khoản 3",
        "6 tháng tuổi trở lên",
        "không quá 15 ngày điều trị",
        "đạt 02 lần mức bình quân",
        "; phấn đấu đến hết năm 2030 đạt chuẩn",
        "ngân sách hằng năm",
    ],
)
def test_other_times_are_no_deadlines(words: str) -> None:
    assert in_text(words) is None


FIELDS = [
    ("Quý IV/2026", "quarter", "2026-Q4"),
    ("Q4/2026", "quarter", "2026-Q4"),
    ("2026", "year", "2026"),
    ("Năm 2026 và các năm tiếp theo", "year", "2026"),
    ("Quý II/2026 và hằng năm", "quarter", "2026-Q2"),
    ("Từ tháng 12/2026 đến quý I/2027", "range", "2026-12/2027-Q1"),
    ("Từ tháng 3 đến tháng 9/2026", "range", "2026-03/2026-09"),
    ("Quý II - Quý IV/2026", "range", "2026-Q2/2026-Q4"),
    ("15/3 - 20/4/2026", "range", "2026-03-15/2026-04-20"),
    ("Tháng 5-6/2026", "range", "2026-05/2026-06"),
    ("Tháng 12 - tháng 01/2027", "range", "2026-12/2027-01"),
    ("Ngày 10-12/5/2026", "range", "2026-05-10/2026-05-12"),
    ("2026-2030", "range", "2026/2030"),
    ("Năm 2026-2027", "range", "2026/2027"),
    ("Giai đoạn 2026 - 2030", "range", "2026/2030"),
    ("Năm học 2026-2027", "range", "2026/2027"),
    ("Đến năm 2030", "year", "2030"),
    ("Đến hết năm 2027", "year", "2027"),
    ("Trước 30/11/2026", "date", "2026-11-30"),
    ("30/11/2026", "date", "2026-11-30"),
    ("Hoàn thành trước ngày 30/11", "date", "2026-11-30"),
    ("Tháng 9", "month", "2026-09"),
    ("Cuối năm 2026", "year", "2026"),
    ("6 tháng cuối năm 2026", "range", "2026-07/2026-12"),
    ("Tuần 1 tháng 6/2026", "range", "2026-06-01/2026-06-07"),
    ("Thường xuyên", "periodic", "continuous"),
    ("Liên tục trong năm", "periodic", "continuous"),
    ("Hằng năm", "periodic", "yearly"),
    ("Hàng quý", "periodic", "quarterly"),
    ("Tháng 12 hằng năm", "periodic", "yearly@12"),
    ("Quý IV hằng năm", "periodic", "yearly@Q4"),
    ("Tháng 3, tháng 9 hằng năm", "periodic", "yearly@03,09"),
    ("Tháng 12/2026 và tháng 01/2027", "range", "2026-12/2027-01"),
    ("Học kỳ II năm học 2026 - 2027", "event", "Học kỳ II năm học 2026 - 2027"),
    ("Từ tháng 01/2026 đến ngày bầu cử", "event", "Từ tháng 01/2026 đến ngày bầu cử"),
    ("Trước ngày 15/12 hằng năm", "periodic", "yearly@12-15"),
    ("Ngày 25 hằng tháng", "periodic", "monthly@25"),
    ("6 tháng, 01 năm", "periodic", "semiannual"),
    ("Tháng, quý, năm", "periodic", "monthly"),
    ("01 lần/quý", "periodic", "quarterly"),
    ("Định kỳ", "periodic", "unspecified"),
    ("Sau khi có hướng dẫn của tỉnh", "event", "Sau khi có hướng dẫn của tỉnh"),
    ("Ngay sau khi ban hành", "event", "Ngay sau khi ban hành"),
    ("Theo kế hoạch", "event", "Theo kế hoạch"),
    ("Theo Kế hoạch năm 2026 của tỉnh", "event", "Theo Kế hoạch năm 2026 của tỉnh"),
    ("Trước Tết Nguyên đán 2027", "event", "Trước Tết Nguyên đán 2027"),
    ("Khi có yêu cầu", "event", "Khi có yêu cầu"),
    ("05 ngày làm việc", "event", "05 ngày làm việc"),
    ("10 ngày kể từ ngày ký", "date", "2026-03-20"),
]


@pytest.mark.parametrize(("cell", "kind", "value"), FIELDS)
def test_deadlines_in_a_time_field(cell: str, kind: str, value: str) -> None:
    deadline = deadline_of_field(cell, ISSUED)
    assert deadline is not None
    assert (deadline.type, deadline.value) == (kind, value)


@pytest.mark.parametrize("cell", ["", "-", "Ngay", "Khẩn trương", "…", "x"])
def test_a_field_may_state_no_time(cell: str) -> None:
    assert deadline_of_field(cell, ISSUED) is None


@pytest.mark.parametrize(
    ("kind", "value", "due"),
    [
        ("date", "2026-12-31", date(2026, 12, 31)),
        ("month", "2028-02", date(2028, 2, 29)),
        ("quarter", "2026-Q2", date(2026, 6, 30)),
        ("year", "2026", date(2026, 12, 31)),
        ("range", "2025-12/2026-Q1", date(2026, 3, 31)),
        ("range", "2026-06-01/2026-06-07", date(2026, 6, 7)),
        ("periodic", "monthly@15", None),
        ("event", "theo kế hoạch", None),
    ],
)
def test_the_last_day_of_a_deadline(kind: str, value: str, due: date | None) -> None:
    assert last_day(Deadline(kind, value)) == due  # type: ignore[arg-type]  # the table holds literals


@pytest.mark.parametrize(
    "repeat",
    [
        "trước ngày 1/",
        "mỗi năm một lần ",
        "trong vòng không quá 5 ",
        "quý II, III ",
        "từ ngày 1 đến ",
        "( quý ",
        "  ",
    ],
)
def test_hostile_repeats_take_linear_time(repeat: str) -> None:
    def seconds(size: int) -> float:
        begin = process_time()
        deadlines_in((repeat * size)[:size], ISSUED)
        return process_time() - begin

    seconds(4_000)
    assert seconds(32_000) < 20 * seconds(4_000) + 0.5


@pytest.mark.parametrize(
    "words",
    [
        "17 giờ 00 ngày 05/3/2026", "ngày 05 tháng 3 năm 2026", "Ngày 12 tháng này",
        "các ngày 3, 4, 5/6/2026", "tuần thứ hai của tháng 5", "10 ngày cuối tháng 6", "tuần tới",
        "các tháng 3, 4, 5 năm 2026", "6 tháng đầu năm", "chín tháng đầu năm 2026", "nửa đầu năm 2026",
        "cuối tháng 6/2026", "trung tuần tháng 5", "thượng tuần tháng 5", "hạ tuần tháng 5", "06/2026",
        "đầu quý sau", "giữa quý II/2026", "Quí III năm 2026", "qui II", "Q2/2026", "quý II - quý IV",
        "những tháng cuối năm 2026", "các tháng cuối năm", "giai đoạn 2026 - 2030", "nhiệm kỳ 2025-2030",
        "năm học 2026-2027", "từ năm 2026 đến 2030", "2026 - 2030", "NĂM 2027", "2027",
    ],
)  # fmt: skip
def test_every_form_of_a_time_is_read_where_it_begins(words: str) -> None:
    assert moment_at(words, 0, Clock(ISSUED)) is not None
    assert any(word in words.lower() for word in OF_TIMES)
