"""How a sentence names the body that issued a paper, and the bodies that a symbol names."""

import re

from thongsuot.formats.reading.words import rx

_ISSUERS = (
    r"Bộ Chính trị|Ban Bí thư|Ban Chấp hành Trung ương|Thủ tướng Chính phủ|Chính phủ|Quốc hội|Ủy ban Thường vụ Quốc hội"
    r"|Văn phòng Chính phủ|Văn phòng Trung ương Đảng|Chủ tịch nước"
)
_PARTY_ORGAN = (
    r"(?:Ban (?:Tuyên giáo(?: và Dân vận)?|Dân vận|Tổ chức|Nội chính|Chỉ đạo|Thường vụ|Chấp hành(?: Đảng bộ)?)"
    r"|[ỦU][ỷy] ban Kiểm tra|Văn phòng|Đảng [uủ][ỷy] [^,.;]{3,40}?)\s(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) [uủ][ỷy]"
    r"(?:\s%U%l+){0,4}"
)
_SCHOOL = (
    r"(?:Trường|Học viện|Bệnh viện|Trung tâm)\s(?:(?:THPT|THCS|TH|MN|PTDTNT|Đại học|Cao đẳng|Tiểu học|Mầm non|Mẫu giáo"
    r"|Trung học(?: cơ sở| phổ thông)?|Đa khoa|Y tế|Chính trị)\s)?(?:(?:tỉnh|huyện|xã|phường|thành phố)\s)?"
    r"%U%l+(?:\s(?:%U%l+|\d{1,2})){0,4}"
)
_MASS = (
    r"(?:Ban Thường vụ |Ban Chấp hành |Thường trực )?(?:(?:Tỉnh|Thành|Huyện|Quận|Thị|Trung ương) [đĐ]oàn"
    r"|Liên đoàn Lao động"
    r"|Công đoàn|Hội (?:Nông dân|Cựu chiến binh|Liên hiệp Phụ nữ|Chữ thập đỏ|LHPN)"
    r"|[ỦU][ỷy] ban (?:MTTQ|Mặt trận Tổ quốc)"
    r"(?: Việt Nam)?)(?:\s(?:tỉnh|thành phố|huyện|xã|phường))?(?:\s%U%l+){0,4}"
)
NAMED_ISSUER = rx(
    rf"(?P<body>{_ISSUERS}|{_PARTY_ORGAN}|(?:Chủ tịch )?"
    r"(?:UBND|HĐND|[ỦU][ỷy] ban nhân dân|Hội đồng nhân dân) (?:tỉnh|thành phố|TP\.?|huyện"
    rf"|quận|xã|phường|thị xã)"
    r"(?:\s%U%l*){0,4}|(?:Ban Thường vụ )?(?:Tỉnh|Thành|Huyện|Quận) [uủ][ỷy](?:\s%U%l+){0,4}"
    rf"|{_SCHOOL}|{_MASS}|Phòng (?:GD&ĐT|Giáo dục và Đào tạo)(?:\s(?:huyện|thị xã|thành phố))?(?:\s%U%l+){{0,3}}"
    r"|(?:Bộ|Sở|Tổng cục|Cục) %U%l+(?:(?:,|\svà|\s-)?\s%U?%l+){0,8}?)"
    r"(?=[\s,.;:)]|$)"
)
SPEAKS_BY_NAME = rx(
    r"(?P<body>(?:UBND|[ỦU][ỷy] ban nhân dân|Bộ Chính trị|Ban Bí thư|Ban Thường vụ|Thủ tướng Chính phủ|Chính phủ"
    r"|Sở|Bộ|Tổng cục|Cục|Văn phòng)(?:\s+(?:%U\w*|tỉnh|thành phố|huyện|xã|phường|và|phố)){0,12})"
    r"\s+(?:yêu cầu|đề nghị|kết luận|ban hành|thông báo|có ý kiến|tổ chức Lễ|trân trọng|xây dựng|báo cáo|kính mời)\b"
)
SPEAKS = rx(
    r"(?P<body>(?:UBND|[ỦU][ỷy] ban nhân dân|Bộ Chính trị|Ban Bí thư|Ban Thường vụ|Thủ tướng Chính phủ|Chính phủ"
    r"|Sở|Bộ|Tổng cục|Cục|Phòng|Trường|Bệnh viện|Trung tâm"
    r"|Văn phòng)(?=\s(?:%U|tỉnh|thành phố|huyện|xã|phường))"
    r"(?:(?:\s|\s?[-–&]\s?)(?!(?:về|của|trên|tại|theo|ngày|năm|đã|do|số|để|sẽ)\s)\w+){0,12}?)"
    r"\s+(?:yêu cầu|đề nghị|kết luận|ban hành|thông báo|có ý kiến|tổ chức Lễ|trân trọng|xây dựng|báo cáo|kính mời)\b"
)
# Whose symbol it is, where one body alone uses it.
BODY_OF_SYMBOL = (
    (re.compile(r"-TTg$"), "Thủ tướng Chính phủ"),
    (re.compile(r"-CP$"), "Chính phủ"),
    (re.compile(r"[-/]VPCP(?:-\w+)?$"), "Văn phòng Chính phủ"),
    (re.compile(r"[/-]UBTVQH\d+$"), "Ủy ban Thường vụ Quốc hội"),
    (re.compile(r"/QH\d+$"), "Quốc hội"),
    (re.compile(r"/VPTW$"), "Văn phòng Trung ương Đảng"),
    (re.compile(r"/BTCTW$"), "Ban Tổ chức Trung ương"),
)
