"""Names every office knows: bodies, fields of work and provinces in their usual spelling.

They serve twice: a letterhead in capitals gets its small letters back (Decree 30/2020/ND-CP, appendix II), and letters
lost by a scanner are repaired by the known name that is nearest. Names merged away by 2025 stay: old papers bear them.
"""

from thongsuot.formats.reading.schools import KINDS_IN_SHORT

# Names that stand anywhere in the name of a body.
PHRASES = """
Trung tâm; Chi cục; Tổng cục; Bệnh viện; Công ty; Chi nhánh; Công an; Tập đoàn; Hiệp hội
Miền Trung; Miền Bắc; Miền Nam
Điện lực; Cấp nước; Cấp thoát nước; Môi trường đô thị; Công trình đô thị; Xổ số kiến thiết
Lâm nghiệp; Xăng dầu; Viễn thông
Chính phủ; Thủ tướng Chính phủ; Văn phòng Chính phủ; Quốc hội; Ủy ban Thường vụ Quốc hội; Văn phòng Quốc hội
Chủ tịch nước; Văn phòng Chủ tịch nước; Hội đồng Dân tộc; Hội đồng Bầu cử quốc gia; Ủy ban bầu cử; Ban bầu cử
Tổ bầu cử; Ban Chỉ đạo; Ban Chỉ huy; Ban Quản lý; Ban Tổ chức; Ban Chấp hành; Ban Thường vụ; Ban Thường trực
Ban Bí thư; Bộ Chính trị; Ban Chấp hành Trung ương; Văn phòng Trung ương Đảng; Văn phòng Trung ương
Trung ương Đảng; Ban Tổ chức Trung ương; Ban Tuyên giáo Trung ương; Ban Tuyên giáo và Dân vận Trung ương
Ban Tuyên giáo và Dân vận; Ban Tuyên giáo; Ban Dân vận; Ban Nội chính; Ban Nội chính Trung ương
Ban Kinh tế Trung ương; Ban Chính sách, chiến lược Trung ương; Ban Xây dựng Đảng; Ban Đối ngoại Trung ương
Ủy ban Kiểm tra; Ủy ban Kiểm tra Trung ương; Hội đồng Lý luận Trung ương; Ban cán sự đảng; Đảng đoàn; Đảng ủy
Đảng bộ; Chi bộ; Chi ủy; Tỉnh ủy; Thành ủy; Huyện ủy; Quận ủy; Thị ủy; Quân ủy Trung ương; Đảng ủy Khối các cơ quan
Đảng ủy Khối các cơ quan và Doanh nghiệp; Đảng ủy Khối Doanh nghiệp; Đảng ủy các cơ quan Đảng; Ủy ban nhân dân
Hội đồng nhân dân; Thường trực Hội đồng nhân dân; Văn phòng Ủy ban nhân dân; Văn phòng Hội đồng nhân dân
Đoàn đại biểu Quốc hội; Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân; Hội đồng nhân dân và Ủy ban nhân dân
Ủy ban Mặt trận Tổ quốc Việt Nam; Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam; Mặt trận Tổ quốc Việt Nam
Mặt trận Tổ quốc; Tổng Liên đoàn Lao động Việt Nam; Liên đoàn Lao động; Công đoàn; Công đoàn cơ sở
Hội Liên hiệp Phụ nữ; Hội Nông dân; Hội Liên hiệp Phụ nữ Việt Nam; Hội Nông dân Việt Nam; Hội Cựu chiến binh
Hội Cựu chiến binh Việt Nam; Hội Chữ thập đỏ; Hội Người cao tuổi; Hội Khuyến học; Hội Luật gia
Hội Văn học nghệ thuật; Hội Đông y; Hội Nhà báo; Hội Liên hiệp Thanh niên; Đoàn Thanh niên Cộng sản Hồ Chí Minh
Đoàn TNCS Hồ Chí Minh; Trung ương Đoàn; Tỉnh đoàn; Thành đoàn; Huyện đoàn; Quận đoàn
Liên hiệp các hội Khoa học và Kỹ thuật; Liên minh Hợp tác xã; Liên hiệp các tổ chức hữu nghị
Phòng Thương mại và Công nghiệp; Tòa án nhân dân; Tòa án nhân dân tối cao; Viện kiểm sát nhân dân
Viện kiểm sát nhân dân tối cao; Kiểm toán nhà nước; Kiểm toán Nhà nước khu vực; Thanh tra Chính phủ; Thanh tra tỉnh
Thanh tra thành phố; Công an tỉnh; Công an thành phố; Công an xã; Công an phường; Công an huyện; Công an nhân dân
Bộ Tư lệnh; Bộ Chỉ huy Quân sự; Bộ Chỉ huy Bộ đội Biên phòng; Ban Chỉ huy Quân sự; Quân khu
Ngân hàng Nhà nước Việt Nam; Ngân hàng Nhà nước; Ngân hàng Chính sách xã hội; Kho bạc Nhà nước
Bảo hiểm xã hội Việt Nam; Bảo hiểm xã hội; Tổng cục Thuế; Cục Thuế; Chi cục Thuế; Thuế tỉnh; Tổng cục Hải quan
Cục Hải quan; Chi cục Hải quan; Cục Thống kê; Chi cục Thống kê; Tổng cục Thống kê; Chi cục Kiểm lâm; Hạt Kiểm lâm
Chi cục Thú y; Cục Thi hành án dân sự; Chi cục Thi hành án dân sự; Tổng cục Thi hành án dân sự
Cục Quản lý thị trường; Cục Hóa chất; Tổng cục Đường bộ Việt Nam; Cục Hàng không Việt Nam; Cục Đăng kiểm Việt Nam
Tổng cục Dân số; Tổng cục Du lịch; Cục Quản lý Dược; Cục Quản lý Khám, chữa bệnh; Cục An toàn thực phẩm
Tổng cục Giáo dục nghề nghiệp; Tổng cục Đất đai; Tổng cục Môi trường; Thông tấn xã Việt Nam
Đài Truyền hình Việt Nam; Đài Tiếng nói Việt Nam; Đài Phát thanh - Truyền hình; Báo Nhân Dân
Viện Hàn lâm Khoa học xã hội Việt Nam; Viện Hàn lâm Khoa học và Công nghệ Việt Nam
Học viện Chính trị quốc gia Hồ Chí Minh; Tập đoàn Điện lực Việt Nam; Tập đoàn Dầu khí Việt Nam; Tổng công ty
Tổng Công ty Bưu điện Việt Nam; Công ty Cổ phần; Công ty TNHH; Công ty Trách nhiệm hữu hạn; Một thành viên
Trung tâm Y tế; Trung tâm Chính trị; Trung tâm Phục vụ hành chính công; Trạm Y tế; Trung tâm Hành chính công
Trung tâm Văn hóa; Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên; Trung tâm Khuyến nông
Trung tâm Kiểm soát bệnh tật; Trung tâm Phát triển quỹ đất; Trung tâm Dịch vụ việc làm; Bệnh viện Đa khoa
Bệnh viện Đa khoa khu vực; Trường Đại học; Trường Cao đẳng; Trường Trung cấp; Trường Mầm non; Trường Mẫu giáo
Trường Tiểu học; Trường Trung học cơ sở; Trường Trung học phổ thông; Trường THCS; Trường THPT
Trường Phổ thông dân tộc bán trú; Trường Dân tộc nội trú
Trường Phổ thông dân tộc nội trú; Trường Chính trị; Trường Tiểu học và THCS; Đại học Quốc gia
Đại học Quốc gia Hà Nội; Đại học Quốc gia Thành phố Hồ Chí Minh; Học viện; Ban Quản lý dự án
Ban Quản lý các khu công nghiệp; Ban Quản lý Khu kinh tế; Ban Quản lý dự án đầu tư xây dựng; Ban Dân tộc
Ban Tôn giáo; Ban An toàn giao thông; Ban Tiếp công dân; Ban Thi đua - Khen thưởng; Ban Văn hóa - Xã hội
Ban Kinh tế - Ngân sách; Ban Pháp chế; Hội đồng Thi đua - Khen thưởng; Hội đồng thẩm định
Hội đồng Phối hợp phổ biến, giáo dục pháp luật; Hội đồng tuyển dụng; Hội đồng Nghĩa vụ quân sự; Hội đồng quản trị
Hội đồng thành viên; Hội đồng trường; Ủy ban Dân tộc; Hồ Chí Minh; Việt Nam; Trung ương; Tổ quốc; Nhà nước
Cộng sản Hồ Chí Minh; Thành phố Hồ Chí Minh; Sở Giao dịch
"""

# Posts of those who sign; PHÓ and THƯỜNG TRỰC stand before and after them.
POSTS = """
Tổng Bí thư; Bí thư; Chủ tịch; Thủ tướng; Bộ trưởng; Thứ trưởng; Chủ nhiệm; Tổng Thanh tra; Thống đốc
Tổng Kiểm toán; Tổng cục trưởng; Cục trưởng; Chi cục trưởng; Vụ trưởng; Viện trưởng; Hiệu trưởng; Tổng Giám đốc
Giám đốc; Chánh Văn phòng; Chánh Thanh tra; Chánh án; Trưởng Ban; Trưởng phòng; Trưởng đoàn; Trưởng trạm; Tổ trưởng
Đội trưởng; Ủy viên; Thường trực; Ủy viên Thường trực; Tổng Thư ký; Thư ký; Tư lệnh; Chính ủy; Chỉ huy trưởng
Chính trị viên; Trưởng Công an; Kế toán trưởng; Chủ trì; Hạt trưởng; Trưởng khoa; Tổng biên tập; Chánh Sở
Trưởng Thuế; Trưởng Tiểu ban; Phó Trưởng Ban
"""

# Fields of work: the name of a ministry, department or division after Bộ, Sở, Phòng.
FIELDS = """
Nội vụ; Tài chính; Tư pháp; Y tế; Xây dựng; Công Thương; Ngoại giao; Ngoại vụ; Quốc phòng; Công an; Du lịch
Dân tộc; Giáo dục và Đào tạo; Khoa học và Công nghệ; Nông nghiệp và Môi trường; Nông nghiệp và Phát triển nông thôn
Nông nghiệp và PTNT; Tài nguyên và Môi trường; Kế hoạch và Đầu tư; Thông tin và Truyền thông
Văn hóa, Thể thao và Du lịch; Văn hóa và Thể thao; Văn hóa - Thể thao và Du lịch; Văn hóa - Thông tin
Văn hóa và Thông tin; Văn hóa - Xã hội; Lao động - Thương binh và Xã hội; Lao động, Thương binh và Xã hội
Lao động Thương binh và Xã hội; Dân tộc và Tôn giáo; Giao thông vận tải; Quy hoạch - Kiến trúc
Quy hoạch và Kiến trúc; Công nghiệp; Thương mại; Thủy sản; Bưu chính, Viễn thông; Tài chính - Kế hoạch; Kinh tế
Kinh tế và Hạ tầng; Kinh tế, Hạ tầng và Đô thị; Quản lý đô thị; Tổ chức - Hành chính; Tổ chức cán bộ
Kế hoạch - Tài chính; Hành chính - Tổng hợp; Lao động TB&XH; Địa chính; Thể dục thể thao
Dân số - Kế hoạch hóa gia đình
"""

PROVINCES = """
An Giang; Bà Rịa - Vũng Tàu; Bạc Liêu; Bắc Giang; Bắc Kạn; Bắc Ninh; Bến Tre; Bình Dương; Bình Định; Bình Phước
Bình Thuận; Cà Mau; Cao Bằng; Cần Thơ; Đà Nẵng; Đắk Lắk; Đắk Nông; Điện Biên; Đồng Nai; Đồng Tháp; Gia Lai
Hà Giang; Hà Nam; Hà Nội; Hà Tĩnh; Hải Dương; Hải Phòng; Hậu Giang; Hòa Bình; Hồ Chí Minh; Huế; Hưng Yên; Khánh Hòa
Kiên Giang; Kon Tum; Lai Châu; Lạng Sơn; Lào Cai; Lâm Đồng; Long An; Nam Định; Nghệ An; Ninh Bình; Ninh Thuận
Phú Thọ; Phú Yên; Quảng Bình; Quảng Nam; Quảng Ngãi; Quảng Ninh; Quảng Trị; Sóc Trăng; Sơn La; Tây Ninh; Thái Bình
Thái Nguyên; Thanh Hóa; Thừa Thiên Huế; Tiền Giang; Trà Vinh; Tuyên Quang; Vĩnh Long; Vĩnh Phúc; Yên Bái; Hà Tây
"""

_SHORT = """
UBND HĐND MTTQ UBMTTQ UBMTTQVN MTTQVN VN TW UBKT BCĐ TP TX VKSND TAND LĐLĐ TNCS BCH BTV TNHH MTV CP THCS THPT PTNT
TB&XH TBXH LĐTBXH BHXH NHNN KBNN KCN KKT KH&CN GD&ĐT QLDA QSDĐ PCTT TKCN VHTT VHTTDL NN&PTNT ATGT QP-AN CNTT TTĐT
DS-KHHGĐ GDTX GDNN XDCB EVN VNPT PCCC CNCH ĐTXD HTX BQL UBQG PTDTNT PTDTBT PTCS TH
"""
ACRONYMS = frozenset(_SHORT.split()) | KINDS_IN_SHORT


def _names(text: str) -> tuple[str, ...]:
    return tuple(
        name.strip() for line in text.strip().splitlines() for name in line.split(";") if name.strip()
    )


KNOWN_PHRASES = _names(PHRASES)
KNOWN_POSTS = _names(POSTS)
KNOWN_FIELDS = _names(FIELDS)
KNOWN_PROVINCES = _names(PROVINCES)

# Family names; with them a row of capitals is the name of a person and not of a body.
_FAMILIES = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Lâm Mai Trịnh Đào Cao Tô Trương Tạ
Lương Lưu Hà Chu Châu Tôn Thái Vương Quách Phùng Đàm La Lò Lù Vàng Giàng Sùng Mùa Thào Hạng Lầu Cầm Quàng Tòng
Lường Bạc Điêu Hoàn Nông Ma Triệu Bế Hứa Vi Lan Lô Kha Vừ Xồng Già Và Hờ Bàn Phàn Tẩn Chảo Lừu Thạch Sơn Kim Danh
Điểu Rơ Rmah Ksor Siu Nay Kpă Niê Y H Ka K A Bríu Alăng Zơrâm Tống Từ Viên Văn Uông Ung Tăng Thân Thiều Tiêu Kiều
Khổng Khương Khúc Giáp Doãn Diệp Cù Cung Bành Âu Ân An Bá Biện Cái Cấn Chử Công Đậu Đồng Đường Hàn Hầu Lại Lã Lữ
Lục Lộc Mạc Mạnh Nghiêm Ngụy Nhâm Nhữ Ninh Ông Phí Quế Sái Sầm Thẩm Tiết Tưởng Ứng Xa Yên Trà Trình Tào Phú Quan
Quang Hoa Hùng Kiên Lang Lềnh Linh Long Luyện Mã Mẫn Mầu Mông Nhan Ngân Phương Giang Hình Đổng Đới Đèo Hàng Cự Cồ
Huyền
"""
FAMILY_NAMES = frozenset(_FAMILIES.split())
