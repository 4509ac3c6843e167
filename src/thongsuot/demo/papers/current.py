"""The papers of this term."""

from __future__ import annotations

from thongsuot.demo.papers.model import ALL, Goal, Paper, Work
from thongsuot.documents.kinds import Kind

CURRENT = (
    Paper(
        Kind.CHUONG_TRINH,
        "hành động thực hiện Nghị quyết Đại hội Đảng bộ thành phố nhiệm kỳ 2025-2030",
        -240,
        "Ban Chấp hành Đảng bộ thành phố ban hành Chương trình hành động với các nhiệm vụ trọng tâm, khâu đột phá.",
        (
            Work(
                "xây dựng chương trình hành động của cấp mình",
                ALL,
                -200,
                "trong vòng 40 ngày",
                product="Chương trình hành động",
            ),
            Work("phân công cấp ủy viên phụ trách từng chỉ tiêu", ALL, -190, "trong vòng 50 ngày"),
            Work("sơ kết năm thứ nhất", ALL, 40, "trước ngày hết năm", done=0.2),
            Work(
                "tổng hợp, báo cáo tiến độ hằng quý",
                "Văn phòng Thành ủy",
                -20,
                "hằng quý",
                lead="vanphong",
                done=0.0,
            ),
        ),
        summary=(
            "Mỗi phường, xã có chương trình hành động của mình.",
            "Mỗi chỉ tiêu có một cấp ủy viên phụ trách, ghi rõ tên.",
            "Mỗi quý báo cáo một lần, nêu số liệu, không nêu chung chung.",
            "Việc nào chậm phải nói rõ vì sao và hẹn ngày xong.",
            "Cuối năm sơ kết trước dân.",
        ),
        goals=(Goal("tỷ lệ hộ dùng nước sạch đạt từ 98% trở lên", ">=", "98", "%", "đến năm 2030"),),
        attendance=0.96,
        read=0.9,
    ),
    Paper(
        Kind.NGHI_QUYET,
        "về phát triển kinh tế vườn ven sông",
        -200,
        "Kinh tế vườn ven sông là thế mạnh của thành phố; đầu ra chưa ổn định, liên kết còn yếu.",
        (
            Work(
                "lập danh mục vườn mẫu, mỗi phường, xã chọn ít nhất một vườn",
                ALL,
                -120,
                "trong quý sau khi ban hành",
            ),
            Work("tổ chức liên kết tiêu thụ trái cây với hợp tác xã", ALL, 5, "trong năm", done=0.6),
            Work(
                "hướng dẫn mã số vùng trồng", "Phòng Kinh tế, Hạ tầng", -60, "trong 140 ngày", lead="kinhte"
            ),
        ),
        communes=8,
        attendance=0.95,
        read=0.95,
    ),
    Paper(
        Kind.KET_LUAN,
        "về chỉnh trang chợ, vỉa hè, bến đò",
        -120,
        "Sau khảo sát tại các chợ và bến đò, Ban Thường vụ Thành ủy kết luận một số việc cần làm ngay.",
        (
            Work(
                "kẻ vạch, sắp xếp lại nơi buôn bán trên vỉa hè",
                ALL,
                -60,
                "trong vòng 2 tháng",
                done=0.8,
                late=0.3,
            ),
            Work("sửa bến đò, lắp phao và bảng giờ chạy", ALL, -8, "trong vòng 4 tháng", done=0.7),
        ),
        communes=6,
        attendance=0.9,
        read=0.6,
    ),
    Paper(
        Kind.CHI_THI,
        "về phòng, chống sạt lở bờ sông",
        -75,
        "Mùa nước năm nay đã có những đoạn bờ sông sạt lở sát nhà dân.",
        (
            Work(
                "rà soát các điểm có nguy cơ sạt lở, cắm biển cảnh báo",
                ALL,
                -55,
                "trong vòng 20 ngày",
                late=0.15,
            ),
            Work("vận động hộ dân trong vùng nguy hiểm di dời", ALL, 20, "trước mùa nước năm sau", done=0.5),
            Work(
                "gia cố các đoạn bờ xung yếu",
                "Phòng Kinh tế, Hạ tầng",
                -6,
                "trong vòng 70 ngày",
                lead="kinhte",
                done=0.0,
            ),
        ),
        summary=(
            "Nhà nào sát bờ sông, thấy nứt đất phải báo ngay cho phường, xã.",
            "Mỗi điểm sạt lở có biển báo và người trực.",
            "Hộ trong vùng nguy hiểm được hỗ trợ di dời.",
            "Không xây cất, không chất vật nặng sát mép sông.",
            "Chi bộ nắm từng hộ trong vùng nguy hiểm.",
        ),
        communes=9,
        attendance=0.95,
        read=0.9,
    ),
    Paper(
        Kind.CHI_THI,
        "về thực hiện nếp sống văn minh trong việc cưới, việc tang",
        -55,
        "Việc cưới, việc tang ở một số nơi còn kéo dài, tốn kém, lấn chiếm lòng đường.",
        (
            Work(
                "đưa nội dung văn minh trong việc cưới, việc tang vào quy ước khu phố, ấp",
                ALL,
                -20,
                "trong vòng 35 ngày",
            ),
            Work(
                "cấp ủy viên, đảng viên gương mẫu thực hiện, vận động gia đình",
                ALL,
                12,
                "thường xuyên, báo cáo trước hạn",
                done=0.5,
            ),
            Work(
                "biên soạn tài liệu tuyên truyền ngắn gọn",
                "Ban Tuyên giáo và Dân vận Thành ủy",
                -30,
                "trong tháng",
                lead="tuyengiao",
            ),
        ),
        attendance=0.92,
        read=0.7,
    ),
    Paper(
        Kind.KE_HOACH,
        "chuyển đổi số trong các cơ quan Đảng",
        -35,
        "Thực hiện chủ trương chuyển đổi số, Ban Thường vụ Thành ủy ban hành kế hoạch trong các cơ quan Đảng.",
        (
            Work("gửi, nhận văn bản không mật hoàn toàn trên hệ thống", ALL, 30, "trong quý", done=0.3),
            Work(
                "tập huấn văn thư, cán bộ tổng hợp",
                "Văn phòng Thành ủy",
                -3,
                "trong tháng",
                lead="vanphong",
                done=0.0,
            ),
        ),
        communes=3,
        reach_in=57,
        plan_in=15,
        met=0.85,
        attendance=0.88,
        read=0.3,
    ),
    Paper(
        Kind.CHI_THI,
        "về giữ sạch đường phố, kênh, rạch",
        -21,
        "Việc giữ gìn vệ sinh đường phố, kênh, rạch có chuyển biến; tuy nhiên, ở một số tuyến kênh rác còn làm "
        "nghẽn dòng chảy. Ban Thường vụ Thành ủy yêu cầu:",
        (
            Work(
                "xây dựng kế hoạch thực hiện", ALL, -11, "trong vòng 10 ngày", product="Kế hoạch", done=0.78
            ),
            Work(
                "tổ chức ra quân dọn vệ sinh kênh, rạch, mỗi tuần một lần", ALL, 9, "đến hết tháng", done=0.2
            ),
            Work("mỗi khu phố, ấp duy trì ít nhất một tổ tự quản", ALL, 38, "trước khi hết năm", done=0.0),
            Work(
                "rà soát và xử lý các điểm tập kết rác tự phát",
                "Phòng Kinh tế, Hạ tầng",
                5,
                "trong tháng",
                lead="kinhte",
                done=0.0,
            ),
            Work(
                "biên soạn bản tóm tắt dễ hiểu gửi đến từng hộ dân",
                "Ban Tuyên giáo và Dân vận Thành ủy",
                -4,
                "trong vòng 17 ngày",
                lead="tuyengiao",
                done=0.0,
            ),
            Work(
                "vận động mỗi hội viên không bỏ rác xuống kênh",
                "Ủy ban Mặt trận Tổ quốc Việt Nam thành phố",
                20,
                "trước khi hết năm",
                lead="mattran",
                done=0.0,
            ),
        ),
        summary=(
            "Không bỏ rác xuống đường, kênh, rạch.",
            "Mỗi khu phố, ấp có một tổ tự quản, dọn sáng thứ Bảy.",
            "Đảng viên nhận một đoạn đường hoặc đoạn kênh gần nhà.",
            "Điểm rác tự phát phải dọn xong trong tháng.",
            "Thấy chỗ bẩn: chụp ảnh, gửi phản ánh.",
        ),
        goals=(Goal("100% khu phố, ấp có tổ tự quản hoạt động", "=", "100", "%", "đến hết năm"),),
        received=0.95,
        planned=0.82,
        met=0.7,
        attendance=0.93,
        read=0.55,
        basis="Chương trình hành động thực hiện Nghị quyết Đại hội Đảng bộ thành phố nhiệm kỳ 2025-2030",
    ),
)
