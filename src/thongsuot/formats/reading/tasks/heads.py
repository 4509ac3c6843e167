"""The words a unit, or the post of its head, begins with."""

import re

from thongsuot.formats.reading.words import CLASS, ORGANISATION

# Heads of units and persons beside those of ORGANISATION; written small they stand after an order.
MORE_HEADS = (
    r"BCH|BCĐ|BQL|MTTQ|LLVT|Ban CHQS|Kiểm lâm|Hạt|Đồn|Bưu điện|Bưu cục|Viễn thông|Điện lực|Thư viện|Bảo tàng|Nhà trường"
    r"|Nhà văn h[óo][aá]|Nhà máy|Xí nghiệp|Hợp tác xã|HTX|Lực lượng|Ngành|Công đoàn|Đội|Ấp|Bản(?! tin| đồ| án| thân)"
    r"|Buôn|Quân khu|Sư đoàn|Trung đoàn|Binh đoàn|Hiệu trưởng|Tổ trưởng|Đội trưởng|Viện trưởng|Vụ trưởng|Kế toán"
    r"|Văn thư|Công chức|Cán bộ|Viên chức|Đảng viên|Người dân|Mọi|Mỗi|Từng|Toàn thể|Tất cả các|Ông|Bà|Đ/c|Đồng chí"
    r"|Ban cán sự|Phân hiệu|Chi nhánh|Chi đoàn|Chi hội|Hộ(?! khẩu| chiếu| tịch)|Nhà thầu|Nhà đầu tư|Cơ sở"
    r"|Tiểu ban|Đảng [uủ][ỷy] viên|Chủ (?:bến|tàu|phương tiện|rừng|hộ|cơ sở|công trình|nhà trọ|trang trại|doanh nghiệp)"
    r"|Khoa(?! học)|Bộ môn|Phân xưởng|Điều dưỡng trưởng|Thủ đô"
    r"|Các (?:bộ môn|hộ|chủ|ông|bà|tổ chức|hợp tác xã|trang trại|cơ sở|nhóm|khoa|lớp|khối|tầng lớp)"
    r"|Tổ chức (?:đảng|đoàn|cơ sở|chính trị)|Quý (?:cơ quan|đơn vị|công ty|sở|ban)"
)
_SMALL_HEADS = (
    r"cơ quan|đơn vị|đồng chí|đ/c|ông|bà|người đứng đầu|thủ trưởng|bộ phận|cấp [uủ][ỷy]|chính quyền|địa phương"
    r"|bộ, ngành|bộ ngành|sở, ban|sở, ngành|doanh nghiệp|chủ đầu tư|từng|mỗi|toàn thể|tất cả các|[uủ][ỷy] ban"
    r"|chi bộ|đảng [uủ][ỷy]|tổ chức(?=,| và cá nhân| có liên quan| liên quan| đảng| chính trị| xã hội| kinh tế"
    r"| tín dụng| đoàn| hội| cơ sở| khác)|ngành|một số|hiệu trưởng|giám đốc|trưởng(?= thôn| ban| phòng| khu| ấp"
    r"| bản| trạm| công an| các)|bí thư|chủ tịch|cán bộ|công chức|hợp tác xã|nhà thầu|nhà đầu tư|nhà trường"
    r"|lực lượng|quý (?:cơ quan|đơn vị|công ty|sở|ban)|đại biểu|thành viên|đảng viên|người dân"
    r"|(?:tỉnh|thành phố|xã|phường|huyện|quận|thị xã|đặc khu|thôn|khu phố)(?= [A-ZĐ]| \d)"
    r"|các (?:ông|bà|anh|chủ|hộ|khoa|bộ môn|cán bộ|công chức|nhóm|lớp|khối)|xóm trưởng"
    r"|thôn trưởng|công an|cục thuế|chi cục|hội"
)
UNIT_START = re.compile(
    rf"(?:{ORGANISATION}|[Cc]ác (?:{CLASS}|{ORGANISATION})|{MORE_HEADS}|{_SMALL_HEADS})(?!\w)"
)


# "Lãnh đạo gieo cấy ...": to lead, and not the leaders of something.
_TO_LEAD = re.compile(
    r"Lãnh đạo(?! (?:các|cơ quan|đơn vị|phòng|ban|sở|tỉnh|xã|phường|huyện|thành phố|[A-ZĐỦ]))"
)


def starts_unit(text: str, position: int) -> bool:
    return UNIT_START.match(text, position) is not None and _TO_LEAD.match(text, position) is None
