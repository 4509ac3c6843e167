"""Words the grammar of obligations knows, as data: what opens a duty, what belongs to the name of a unit.

The lists are read word by word and the longest entry at a place wins, so "tổ chức đảng" is a name although "tổ chức"
is a verb. Spelling variants (hoà/hòa, uỷ/ủy, Ð/Đ, ƣ/ư) are one word here.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple

Kind = Literal["verb", "always", "weak", "name", "relative", "narrated", "order"]

# A duty begins here whatever stands before it.
_ALWAYS = """
có trách nhiệm; chịu trách nhiệm; khẩn trương; cần; phải; có nhiệm vụ; có nghĩa vụ; nghiêm cấm; tuyệt đối không
không được; không để; nghiêm túc
"""

# Verbs and adverbs that open what a unit has to do.
_VERBS = """
chủ trì; chủ động; phối hợp; tích cực; kịp thời; tiếp tục; tập trung; tăng cường; đẩy mạnh; đẩy nhanh; nâng cao
có kế hoạch; có giải pháp; có biện pháp; có phương án; có văn bản; có báo cáo; có hình thức; có ý kiến; lãnh đạo
chỉ đạo; căn cứ; theo chức năng; theo thẩm quyền; theo phân công; theo nhiệm vụ; theo dõi; theo lĩnh vực
theo đúng; theo quy định; theo chỉ đạo; theo hướng dẫn; trong phạm vi; trên cơ sở; hướng dẫn; rà soát; nghiên cứu
tham mưu; xây dựng; thực hiện; triển khai; tổ chức; bố trí; báo cáo; phát động; giám sát; làm việc; làm tốt
tiếp thu; tuyên truyền; hoàn thiện; hoàn thành; kiểm tra; thanh tra; đôn đốc; tổng hợp; thường xuyên; bảo đảm
đảm bảo; đề xuất; ban hành; trình; quán triệt; quyết liệt; xem xét; xác minh; xử lý; giải quyết; phân công
bám sát; đánh giá; cập nhật; công bố; công khai; cung cấp; hỗ trợ; huy động; khảo sát; lồng ghép; lập; mời; nắm
ngăn chặn; phân bổ; phê duyệt; phổ biến; quan tâm; sắp xếp; sơ kết; tổng kết; tạo điều kiện; tham gia; thẩm định
thẩm tra; thành lập; thí điểm; thống kê; tìm kiếm; chỉnh sửa; thừa ủy quyền; vận động; xác định; định kỳ
chấn chỉnh; chuẩn bị; chấp hành; cân đối; duy trì; điều chỉnh; đổi mới; gửi; kiện toàn; phát huy; phân tích
là đầu mối; định hướng; quyết định cho; giữ ổn định; giữ nghiêm
đi đầu; nhanh chóng; sớm; cụ thể hóa; thể chế hóa; hằng năm; hàng năm; hằng tháng; hàng tháng; hằng quý; hàng quý
hằng tuần; hàng tuần; chuyển; tự; gương mẫu; trực tiếp; đăng ký; tiến hành; xúc tiến; tuân thủ; nêu cao
truyền tải; đăng tải; đưa tin; bổ sung; sử dụng; khuyến khích; trước ngày; trước mắt; ưu tiên; lựa chọn; ký kết
tiếp nhận; thông tin; niêm yết; in ấn; cấp phát; đưa; đưa ra; mở; cử; ký; treo; họp; ra quân; ra soát
dự sinh hoạt; dự họp; dự trù; dự toán; dự trữ; nộp; dừng; đăng; dành; gắn; nhập; sửa chữa; sửa đổi; xóa; trả lời
trả; giảm; tăng; tiết giảm; tiết kiệm; cắt giảm; thu hồi; thu thập; thu nộp; chi trả; thanh toán; quyết toán
giải ngân; hoàn trả; hoàn tất; khắc phục; khoanh vùng; dập dịch; ứng phó; ứng trực; trực ban; trực gác; sơ tán
di dời; cứu hộ; tuần tra; kiểm soát; canh gác; bảo vệ; giữ gìn; gìn giữ; giữ vững; đấu tranh; phòng ngừa
phòng, chống; phòng chống; phát hiện; điều tra; truy tố; xét xử; trấn áp; triệt phá; tịch thu; xử phạt; tiêu hủy
khám; tiêm; tiêm phòng; tiêm chủng; phun; khử khuẩn; vệ sinh; dọn dẹp; thu gom; vận chuyển; vận hành; bàn giao
nghiệm thu; giải phóng; bồi thường; thi công; lắp đặt; nâng cấp; cải tạo; tu sửa; duy tu; bảo trì; mở rộng
mở chuyên mục; mở lớp; mở đợt; thiết kế; trang bị; mua sắm; đấu thầu; đấu giá; cho thuê; giao đất; quy hoạch
khai thác; quản lý; quản trị; điều hành; điều phối; điều động; luân chuyển; tuyển dụng; bổ nhiệm; đào tạo
bồi dưỡng; tập huấn; biên soạn; soạn thảo; dự thảo; in và; phát hành; phát sóng; phát thanh; truyền thông
quảng bá; giới thiệu; vinh danh; khen thưởng; kỷ luật; kiểm điểm; tự phê bình; phê bình; nhắc nhở; cảnh báo
thông báo; thông tin kịp thời; kết nối; chia sẻ; liên thông; số hóa; tích hợp; đồng bộ; khai báo; kê khai
xác nhận; chứng thực; cấp phép; thu hút; kêu gọi; mời gọi; liên kết; hợp tác; ký cam kết; cam kết; đề cao; đề ra
đặt ra; nghiêm chỉnh; nhận thức; nhận diện; nắm bắt; nắm chắc; nắm tình hình; dự báo; tính toán; xin ý kiến
lấy ý kiến; tiếp xúc; đối thoại; tiếp công dân; giải thích; giải đáp; giải trình; làm rõ; làm đầu mối; làm cơ sở
đầu mối; tháo gỡ; kiến tạo; khơi thông; khai giảng; kiểm kê; kiểm đếm; kiểm định; kiểm dịch; kiểm nghiệm; hậu kiểm
rút kinh nghiệm; nhân rộng; lan tỏa; noi gương; học tập; thi đua; hưởng ứng; ủng hộ; quyên góp; đóng góp; chăm lo
chăm sóc; thăm hỏi; động viên; khơi dậy; bồi đắp; củng cố; xây mới; lập danh sách; lập hồ sơ; lập kế hoạch
lập dự toán; lập phương án; phân loại; phân tuyến; phân luồng; phân cấp; phân định; phân nhóm; trưng cầu; thay mặt
phân công nhiệm vụ; bố cục; lưu trữ; lưu giữ; bảo quản; bảo mật; bảo tồn; tôn tạo; phục hồi; phục dựng; trồng
chăm bón; gieo trồng; thu hoạch; tưới; nạo vét; gia cố; cắm biển; cắm mốc; đo đạc; cấp giấy; cấp đổi; cấp mới
cấp thẻ; cấp kinh phí; cấp nước; cấp điện; cấp bách; ứng dụng; áp dụng; vận dụng; đầu tư; tài trợ; hoạch định
trao đổi; thống nhất; thảo luận; góp ý; cho ý kiến; đóng vai trò; phát triển; hình thành; thiết lập; kích hoạt
khởi công; khánh thành; khởi động; tạm dừng; đình chỉ; chấm dứt; hủy bỏ; bãi bỏ; thay thế; thay đổi; chuyển đổi
chuyển giao; chuyển hồ sơ; luân phiên; bình chọn; bình xét; xét duyệt; xét chọn; đề cử; giới thiệu nhân sự
chỉ định; chỉ huy; hiệp đồng; hiệp thương; thương lượng; hòa giải; giám định; thẩm vấn; nghiêm túc thực hiện
lưu ý; chú ý; chú trọng; coi trọng; xác lập; tự rà soát; tự kiểm tra; tự đánh giá; mạnh dạn; sẵn sàng; thúc đẩy
khuyến cáo; đề phòng; thực hành; trích; hạch toán; theo sát; bảo lãnh; cho vay; giảm thiểu; hạn chế; xóa bỏ
khôi phục; tái lập; rút ngắn; cải thiện; cải cách; cải tiến; đơn giản hóa; đa dạng hóa; hiện đại hóa
hiện thực hóa; lượng hóa; chuẩn hóa; minh bạch; kiên quyết; kiên trì; quyết tâm; nỗ lực; phấn đấu; đáp ứng
phục vụ; tuyển chọn; đặt hàng; chủ quản; sát hạch; khai mạc; bế mạc; đón tiếp; tham dự; dự đầy đủ; chủ tọa
điểm danh; quay phim; ghi âm; ghi hình; ghi chép; sao lục; sao gửi; chuyển phát; đồng thời; tùy tình hình
tùy theo; trước tháng; trước quý; trong quý; trong tháng; chậm nhất; từ nay; ngoài nhiệm vụ; ngoài việc
bên cạnh việc; hiến; may; nấu; thuê; giúp; giúp đỡ; chú động; làm thủ tục; làm công tác; dẫn; đón; phát quang
phát phiếu; phát thẻ; phát tờ rơi; cho phép; ủy quyền; khởi kiện; thi hành; kháng nghị; kiểm sát; truy thu
truy tìm; đòi; thu nợ; thu thuế; tính thuế; khấu trừ; miễn; hoàn thuế; nhân đôi; hướng về; hướng tới; đi thực tế
đi cơ sở; xuống cơ sở; khai trương; luyện tập; diễn tập; tập luyện; huấn luyện; tuyển quân; giao quân; đăng cai
tham vấn; phản biện; phản ánh; tố giác; cung ứng; thu dung; cách ly; điều trị; cấp cứu; chẩn đoán; xét nghiệm
phân phối; tiêu thụ; xuất khẩu; nhập khẩu; chế biến; truy xuất; đối chiếu; xác thực; định danh; thu nhận
trả kết quả; tra cứu; công nhận; xếp loại; xếp hạng; tôn vinh; trao; tặng; cưỡng chế; thuyết phục; răn đe; khởi tố
đảm nhận; tiên phong; làm gương; thực thi; đón nhận; tổ chức lại; hợp nhất; giải thể; tinh giản; gia hạn; tự giác
tìm hiểu; viết; trang trí; chỉnh trang; tái đàn; tái định cư; di chuyển; thu xếp; tiêu thoát; phòng trừ; cắt tỉa
dạy; phun thuốc; dọn vệ sinh; đồng hành; giao lưu; kết nghĩa; tiếp sức; xã hội hóa; tận dụng; tiếp cận; rà phá
khoanh nuôi; chốt chặn; treo cờ; may cờ; tự túc; tự sản xuất; tự cân đối
"""

# Words of duty that are never part of a name: they open an action also where they are written with a capital.
_OPENERS = """
chủ trì; chủ động; phối hợp; tích cực; kịp thời; tiếp tục; tập trung; tăng cường; đẩy mạnh; đẩy nhanh; khẩn trương
nghiêm túc; chỉ đạo; triển khai; rà soát; hoàn thành; hoàn thiện; thường xuyên; có trách nhiệm; chịu trách nhiệm
bảo đảm; đảm bảo; đôn đốc; bố trí; căn cứ; theo dõi
"""

# Verbs that describe a unit as often as they tell it what to do: a duty only where no other verb follows.
_WEAK = "phụ trách; theo; đảm nhiệm; đảm trách; làm; thu; dự; cấp; giữ; trực; quy định; gồm"

# What may stand in the name of a unit, written small.
_NAMES = """
nhân dân; quân sự; chính trị; xã hội; dân phố; dân cư; liên quan; có liên quan; chuyên môn; trực thuộc; thuộc
trên địa bàn; địa bàn; tại; ở; của; và; cùng; hoặc; các; cấp xã; cấp huyện; cấp tỉnh; cấp phường; cấp trên
cấp dưới; cấp ủy; cấp có thẩm quyền; cấp cơ sở; cấp trưởng; cấp phó; cấp bộ; các cấp; hai cấp; ba cấp; cùng cấp
cấp mình; phố; tỉnh; thành phố; xã; phường; thị trấn; huyện; quận; thị xã; đặc khu; thôn; bản; buôn; làng; ấp; sóc
tổ dân phố; khu phố; khu dân cư; khu vực; khu; trung ương; nhà nước; sự nghiệp; công lập; ngoài công lập; tư thục
hành chính; số; vùng; vùng cao; biên giới; hải đảo; chức năng; có chức năng; thẩm quyền; có thẩm quyền; đoàn thể
ban; ngành; sở; bộ; hội; phòng; cục; vụ; viện; tổng cục; đảng; đảng bộ; đảng ủy; đảng viên; chi bộ; chi ủy
chi cục; chi nhánh; chi hội; chi đoàn; cơ quan; đơn vị; địa phương; tổ chức đảng; tổ chức đoàn; tổ chức hội
tổ chức chính trị; tổ chức xã hội; tổ chức kinh tế; tổ chức tín dụng; tổ chức thành viên; tổ chức khác
tổ chức quốc tế; tổ chức hành nghề; tổ chức sự nghiệp; tổ chức liên quan; tổ chức có liên quan; tổ chức có
tổ chức cá nhân; tổ chức trên địa bàn; tổ chức cơ sở đảng; tổ chức công đoàn; tổ chức, cá nhân
tổ chức nghề nghiệp; cá nhân; tập thể; hộ gia đình; hộ kinh doanh; hộ dân; hộ nghèo; hộ; gia đình; trường học
nhà trường; mầm non; tiểu học; trung học cơ sở; trung học phổ thông; đại học; cao đẳng; y tế; giáo dục; bệnh viện
trạm; doanh nghiệp; công ty; hợp tác xã; trang trại; kiểm lâm; tài chính; dân quân; tự vệ; vũ trang; biên phòng
kiểm sát nhân dân; kiểm tra các cấp; kiểm tra đảng ủy; người đứng đầu; thủ trưởng; chủ tịch; phó chủ tịch; bí thư
phó bí thư; trưởng; phó; trưởng phòng; trưởng ban; trưởng thôn; giám đốc; phó giám đốc; đồng chí; cán bộ
công chức; viên chức; người lao động; chiến sĩ; đại biểu; thành viên; ủy viên; chủ đầu tư; nhà thầu; nhà đầu tư
báo chí; thông tấn; truyền hình; truyền thanh; nói trên; nêu trên; trên; dưới; khác; này; còn lại; trong tỉnh
toàn tỉnh; trong xã; trong hệ thống; trong toàn; cơ sở; trung tâm; văn phòng; dịch vụ; dịch vụ tổng hợp; công
khu công nghiệp; cụm công nghiệp; khu kinh tế; ban quản lý; ban chỉ đạo; ban tổ chức; ban chỉ huy; ban giám hiệu
ban giám đốc; ban chấp hành; tổ công tác; tổ giúp việc; tổ tự quản; tổ công nghệ số cộng đồng; công nghệ số; đội
lực lượng; quản lý thị trường; quản lý dự án; quản lý nhà nước; nhà mạng; viễn thông; ngân hàng; tín dụng
thương mại; thương mại tổng hợp; pháp luật; phương tiện; hậu cần; cổ phần; trách nhiệm hữu hạn; một thành viên
tập đoàn; tổng công ty; quỹ; bảo hiểm; bảo hiểm xã hội
bảo hiểm y tế; kho bạc; công đoàn; phụ nữ; nông dân; thanh niên; cựu chiến binh; chữ thập đỏ; người cao tuổi
khuyến học; mặt trận; công tác mặt trận; chuyên trách; không chuyên trách; hưởng ứng phong trào; điều hành quản lý
tham mưu giúp việc; hành nghề; quốc phòng; công an; an ninh; cơ yếu; hải quan; thuế; thường trực; thường vụ
nói chung; ngang bộ; thuộc chính phủ; ban cán sự; cán sự; đảng đoàn; sư phạm; nghề nghiệp; dạy nghề; nhân sự
thi đua - khen thưởng; khoa học; kỹ thuật; văn hóa; thể thao; du lịch; tư pháp; hộ tịch; địa chính; xây dựng đảng
kinh tế; môi trường; nông nghiệp; nông thôn; đô thị; kế toán; thủ quỹ; văn thư; ngân sách; kiểm toán
nạn nhân chất độc da cam; chính sách xã hội; phát triển nông thôn; bảo vệ thực vật; trồng trọt; thú y; thủy lợi
làm vườn; sinh vật cảnh; bảo vệ trẻ em; chất lượng; hợp tác; đối ngoại; tuyên giáo; dân vận; nội chính; kế hoạch
đầu tư; thương binh; tham mưu, giúp việc; kế hoạch tổng hợp; hành chính quản trị; hành chính tổng hợp
tổ chức hành chính; tổ chức cán bộ; tài chính kế toán; kế hoạch tài chính; kế hoạch nghiệp vụ; quản lý chất lượng
lâm sàng; tổ chức nhân sự; quản trị thiết bị; hạ tầng; kinh doanh; sản xuất; công trình; chương trình; quá trình
quy trình; lộ trình; lịch trình; giáo trình; tiến trình; độc lập; tự lập; thư mời; giấy mời; tái cử; ứng cử
thư ký; nhật ký; chữ ký; cuộc họp; phiên họp; kỳ họp; việc làm; nguồn thu; thu nhập; sáp nhập; hội nhập; gia tăng
may mặc; bên mời thầu; mời thầu; tập thể lãnh đạo; lãnh đạo; nhiệm kỳ; ngoại giao; chuyển giao công nghệ; đại diện
dân sự; quốc gia; quốc hội; chính phủ; nước; cộng hòa; đảng ủy viên; chính sách; lao động; nội vụ
sản xuất kinh doanh; chấp hành trung ương; giao thông; tự chủ; phục vụ hành chính công; dự án; bầu cử
chuyển đổi số; điện lực; cảnh sát; phòng cháy; chữa cháy; liên ngành; công nghiệp; nghiệp vụ; trợ giúp pháp lý
thi hành án; thi hành án dân sự; công chứng; đăng ký đất đai; phòng thủ; kiểm tra liên ngành; điều tra hình sự
tiếp công dân trung ương; tổng hợp hành chính; đồng bào; dân tộc; tôn giáo; tộc họ; dòng họ; già làng
người có uy tín; trưởng bản; chức sắc; phụ huynh; học sinh; sinh viên; cử tri; nhân sĩ; được phân công phụ trách
cán bộ chủ chốt; hội viên; đoàn viên; công nhân; hội đồng; hội đồng nhân dân; ủy ban; thanh tra sở; tòa án
viện kiểm sát; đài; báo; cổng; trường; học viện; liên đoàn; liên hiệp; liên minh; hiệp hội; quận ủy; huyện ủy
tỉnh ủy; thành ủy; chính quyền; người dân; nhân viên; ký tên; phần mềm
"""

# A verb after one of these describes the unit: "cơ quan được giao chủ trì", "xã có dự án đầu tư".
_RELATIVE = """
được; được giao; được phân công; được cấp; chưa; do; bị; nơi; để xảy ra; về; nhằm; việc; có; không; để; vi phạm
được giao nhiệm vụ; thực hiện nhiệm vụ; từng; mới; vừa; khi; đầu tư xây dựng; công tác; sản xuất, kinh doanh; cho
với; từ; trong; quy chế; dự án
"""
_NARRATED = """
đã; sẽ; đang; là; vẫn; luôn; cũng; đều; biểu dương; ghi nhận; đánh giá cao; nhận được; hoan nghênh; cảm ơn
có văn bản gửi; vừa qua; bước đầu; trân trọng cảm ơn; trân trọng giới thiệu; trân trọng thông báo; tự giải thể
"""
_ORDERS = "yêu cầu; đề nghị; kiến nghị; giao; chỉ định cho; phân công cho"

# Nouns made of a class of unit and a verb: "đoàn kiểm tra", "cơ quan thanh tra", "đơn vị thi công".
_COMPOUNDS = """
đoàn: kiểm tra, giám sát, thanh tra, công tác, khảo sát, thẩm định, kiểm toán, tham gia
tổ: kiểm tra, giám sát, thẩm định, tự quản, bảo vệ, soạn thảo, biên tập, rà soát, tuyên truyền, hỗ trợ, hòa
  giải, chỉ huy, thu gom, vận động
đội: kiểm tra, quản lý, tuyên truyền, bảo vệ, thi công, dự phòng, cứu hộ, thanh tra, điều tra
hội đồng: thẩm định, tư vấn, đánh giá, nghiệm thu, bồi thường, thi đua, phối hợp, tuyển dụng, đấu giá, quản lý,
  kiểm kê, kỷ luật, xét duyệt, xét chọn, giám sát, phổ biến, xử lý
ban: quản lý, tổ chức, chấp hành, phòng chống, phòng, chỉ đạo, chỉ huy, vận động, thanh tra, giám sát, kiểm tra,
  điều hành, soạn thảo, tiếp công dân, bảo vệ, hòa giải, biên tập
ủy ban: kiểm tra, bảo vệ, giám sát
cơ quan: thanh tra, điều tra, quản lý, kiểm tra đảng, thẩm định, báo chí, thi hành, kiểm tra chuyên ngành, chủ
  quản, kiểm dịch, soạn thảo, giám định
bộ phận: tiếp nhận, giúp việc, tham mưu, quản lý, tiếp công dân, kiểm tra
đơn vị: cấp nước, cấp điện, thoát nước, vận tải, sản xuất, kinh doanh, quản lý, sử dụng, thi công, tư vấn, cung cấp,
  vận hành, thẩm định, khai thác, thu
  gom, vận chuyển, chủ quản, giám sát, xuất bản, thiết kế, đăng cai
cơ sở: sản xuất, kinh doanh, khám, chăm sóc, đào tạo, giáo dục, thu gom, nuôi, giết mổ, cai nghiện, bảo trợ,
  cung cấp, chế biến, lưu trú
doanh nghiệp: sản xuất, kinh doanh, cung cấp, khai thác, vận tải, xuất khẩu, quản lý, vận hành, đầu tư, thi công
tổ chức: cung cấp, hành nghề, sử dụng, quản lý, tư vấn
trung tâm: quản lý, điều hành, giám sát, phục vụ, hỗ trợ, kiểm soát, xúc tiến, đào tạo, bảo trợ, giới thiệu,
  khuyến nông, chỉ huy
công ty: quản lý, khai thác, đầu tư, xây dựng, cung cấp, vận tải, bảo hiểm
cổ phần: cấp nước, xây dựng, đầu tư, quản lý, khai thác, vận tải, phát triển, cung cấp, tư vấn, thiết kế, in ấn,
  sản xuất
thành viên: cấp nước, xây dựng, đầu tư, quản lý, khai thác, vận tải, phát triển, cung cấp, tư vấn
phòng: quản lý, tham mưu, kiểm tra, giao dịch, tổ chức
ủy viên: phụ trách
quỹ: phát triển, bảo vệ, hỗ trợ, đầu tư, phòng
hạt: kiểm lâm, quản lý
trạm: kiểm soát, quản lý, khuyến nông
lực lượng: bảo vệ, tham gia, tuần tra, cứu hộ, chữa cháy, kiểm tra, quản lý
chủ: đầu tư, quản lý, trì
đầu tư: xây dựng, kinh doanh, phát triển, hạ tầng
nhà: đầu tư, quản lý
viện: kiểm sát, nghiên cứu
trưởng: ban quản lý
văn phòng: đăng ký, điều phối, tổng hợp
khu: quản lý, bảo tồn
hộ: kinh doanh, sản xuất, chăn nuôi
cục: quản lý, kiểm tra, thi hành
"""
_LOOK_ALIKES = str.maketrans({"ð": "đ", "ƣ": "ư"})
_OLD_TONES = (
    ("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"), ("oè", "òe"), ("oé", "óe"),
    ("oẻ", "ỏe"), ("oẽ", "õe"), ("oẹ", "ọe"), ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy"),
)  # fmt: skip
_TOKEN = re.compile(r"\w+|[^\w\s]")


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """The word small and in one spelling: tone marks in the new place, look-alike letters put right."""
    word = word.lower().translate(_LOOK_ALIKES)
    for old, new in _OLD_TONES:
        word = word.replace(old, new)
    return word


def _entries(text: str) -> list[tuple[str, ...]]:
    phrases = (phrase for line in text.split("\n") for phrase in line.split("; "))
    return [tuple(plain(w) for w in _TOKEN.findall(phrase)) for phrase in phrases if phrase.strip()]


def _index() -> dict[str, list[tuple[tuple[str, ...], Kind]]]:
    """First word → the entries that begin with it, the longest first."""
    index: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
    lists: tuple[tuple[str, Kind], ...] = (
        (_ALWAYS, "always"), (_VERBS, "verb"), (_WEAK, "weak"), (_NAMES, "name"), (_RELATIVE, "relative"),
        (_NARRATED, "narrated"), (_ORDERS, "order"),
    )  # fmt: skip
    for text, kind in lists:
        for entry in _entries(text):
            index.setdefault(entry[0], []).append((entry, kind))
    for entries in index.values():
        entries.sort(key=lambda item: -len(item[0]))
    return index


_INDEX = _index()
LONGEST_ENTRY = max(len(entry) for entries in _INDEX.values() for entry, _kind in entries)  # words
OPENERS = frozenset(_entries(_OPENERS))
_COMPOUND: dict[tuple[str, ...], frozenset[tuple[str, ...]]] = {
    _entries(head)[0]: frozenset(tuple(plain(w) for w in _TOKEN.findall(verb)) for verb in verbs.split(", "))
    for head, verbs in (
        " ".join(line.split()).split(": ") for line in re.split(r"\n(?! )", _COMPOUNDS.strip())
    )
}


class Token(NamedTuple):
    """A word or a mark of the text with its place; `plain` is its usual spelling. A tuple: a paper has many."""

    start: int
    end: int
    text: str
    plain: str


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        yield Token(*match.span(), word, plain(word))


def entry_at(words: list[Token], i: int) -> tuple[Kind, int] | None:
    """The longest entry that begins at word i: its kind and how many words it has."""
    entries = _INDEX.get(words[i].plain)
    if entries is None:
        return None
    said = tuple([word.plain for word in words[i : i + LONGEST_ENTRY]])
    for entry, kind in entries:
        if said[: len(entry)] != entry:
            continue
        if (
            kind != "name"
            and words[i].text.islower()
            and not all(w.text.islower() or not w.text.isalpha() for w in words[i : i + len(entry)])
        ):
            continue  # "có Văn bản số 5" is no "có văn bản"
        return kind, len(entry)
    return None


def is_compound(words: list[Token], i: int, length: int) -> bool:
    """The verb at word i makes one noun with the class of unit right before it."""
    verb = tuple(word.plain for word in words[i : i + length])
    for size in (1, 2):
        head = tuple(word.plain for word in words[max(i - size, 0) : i])
        if len(head) == size and any(verb[: len(v)] == v for v in _COMPOUND.get(head, ())):
            return True
    return False


_NEAR = 60  # characters


def opens_action(text: str, position: int = 0) -> bool:
    """The text goes on with what somebody has to do; capitals do not count (a paragraph begins with one)."""
    first = _TOKEN.search(text, position, position + _NEAR)
    if first is None or first.start() > position + 1:
        return False
    word = plain(first.group())
    if word == "cùng":
        return True  # "Cùng Sở X lập quy hoạch ..."
    if word not in _INDEX:
        return False
    found = entry_at([*islice(tokens(text, position, position + _NEAR), LONGEST_ENTRY)], 0)
    return found is not None and found[0] in ("verb", "always", "weak", "order")
