"""Two terms of history in miniature."""

from __future__ import annotations

from thongsuot.demo.papers.model import ALL, Paper, Work
from thongsuot.documents.kinds import Kind

EARLIER = (
    Paper(
        Kind.NGHI_QUYET,
        "về phát triển đường giao thông nông thôn giai đoạn 2016-2020",
        -3600,
        "Đường giao thông ở các xã ven sông còn nhiều đoạn chưa đi lại được vào mùa nước.",
        (
            Work(
                "xây dựng kế hoạch làm đường, hoàn thành các tuyến đã chọn",
                ALL,
                -2700,
                "trước khi kết thúc năm thứ ba",
            ),
        ),
        communes=3,
        attendance=0.86,
    ),
    Paper(
        Kind.CHI_THI,
        "về trồng và giữ cây xanh dọc kênh, rạch",
        -2500,
        "Bờ kênh nhiều nơi trơ đất, dễ sạt lở.",
        (
            Work(
                "vận động trồng cây hai bên kênh, mỗi chi bộ nhận một đoạn",
                ALL,
                -2350,
                "trong vòng 5 tháng",
                late=0.2,
            ),
        ),
        communes=3,
        attendance=0.88,
    ),
    Paper(
        Kind.NGHI_QUYET,
        "về chuyển đổi vườn tạp thành vườn cây ăn trái",
        -1700,
        "Diện tích vườn tạp còn lớn, thu nhập của người làm vườn chưa cao.",
        (
            Work("rà soát diện tích vườn tạp, lập danh sách hộ tham gia", ALL, -1600, "trong quý đầu"),
            Work(
                "hướng dẫn kỹ thuật và cây giống",
                "Phòng Kinh tế, Hạ tầng",
                -1500,
                "trong 6 tháng",
                lead="kinhte",
            ),
        ),
        communes=3,
        attendance=0.9,
    ),
    Paper(
        Kind.CHI_THI,
        "về tăng cường phòng, chống đuối nước cho trẻ em",
        -1200,
        "Địa bàn nhiều sông, rạch; mỗi mùa hè đều có nguy cơ đuối nước.",
        (Work("mở lớp dạy bơi, cắm biển báo nơi nước sâu", ALL, -1100, "trước mùa hè", late=0.15),),
        communes=3,
        attendance=0.92,
    ),
    Paper(
        Kind.KET_LUAN,
        "về sắp xếp, nâng chất sinh hoạt chi bộ",
        -760,
        "Sinh hoạt chi bộ ở một số nơi còn hình thức.",
        (Work("tổ chức sinh hoạt chuyên đề ít nhất mỗi quý một lần", ALL, -600, "trong năm"),),
        communes=3,
        attendance=0.94,
    ),
)
