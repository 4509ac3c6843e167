"""Papers that came from the province and only lie in the book."""

from __future__ import annotations

from thongsuot.demo.papers.model import Letter
from thongsuot.documents.kinds import Kind

FROM_ABOVE = (
    Letter(
        Kind.HUONG_DAN,
        "07-HD/BTGDVTU",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy Sông Sậy",
        "về hình thức phổ biến nghị quyết dễ hiểu, dễ nhớ",
        -64,
    ),
    Letter(
        Kind.CONG_VAN,
        "215-CV/VPTU",
        "Văn phòng Tỉnh ủy Sông Sậy",
        "về báo cáo tiến độ thực hiện chương trình hành động",
        -30,
    ),
    Letter(Kind.KET_LUAN, "18-KL/TU", "Tỉnh ủy Sông Sậy", "về vệ sinh môi trường ở các đô thị ven sông", -26),
)
