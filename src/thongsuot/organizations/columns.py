"""The columns of a file of units, the same going out and coming in, whatever language the pages speak."""

from __future__ import annotations

# By the name of the field; aliases are separated by ALIAS_SEPARATOR. A parent without a code is named in full.
UNIT_COLUMNS: dict[str, str] = {
    "code": "Mã",
    "parent_code": "Mã cấp trên",
    "name": "Tên",
    "short_name": "Tên ngắn",
    "kind": "Loại",
    "symbol": "Ký hiệu",
    "identifier": "Mã định danh",
    "old_identifier": "Mã định danh (cũ)",
    "area_code": "Mã ĐVHC",
    "place": "Địa danh",
    "address": "Địa chỉ",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
    "aliases": "Tên gọi khác",
    "valid_from": "Từ ngày",
    "valid_to": "Đến ngày",
}
ALIAS_SEPARATOR = "; "

# A file of people, posts and memberships. One row a person, or one a post; the code says who is meant.
PEOPLE_COLUMNS: dict[str, str] = {
    "code": "Mã",
    "name": "Họ và tên",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
    "cell": "Chi bộ",
    "member_since": "Sinh hoạt từ ngày",
    "organisation": "Hội, đoàn thể",
    "affiliated_since": "Tham gia từ ngày",
    "title": "Chức vụ",
    "unit": "Đơn vị",
    "is_head": "Đứng đầu",
    "appointed_by": "Văn bản bổ nhiệm",
    "valid_from": "Từ ngày",
    "valid_to": "Đến ngày",
    "role": "Vai trò",
    "role_unit": "Vai trò tại đơn vị",
    "role_from": "Vai trò từ ngày",
    "role_to": "Vai trò đến ngày",
}
# What offices call these columns, besides our own words; compared without marks and capitals.
ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "code": ("ma don vi", "ma so", "ma can bo", "ma dang vien", "ma nhan vien", "so the", "so hieu"),
    "parent_code": ("don vi cap tren", "cap tren", "truc thuoc", "ma don vi cap tren", "don vi cha"),
    "name": ("ten don vi", "ten day du", "ho ten", "ho va ten dang vien", "ten can bo", "ten to chuc"),
    "short_name": ("ten viet tat", "ten goi tat", "viet tat"),
    "kind": ("loai don vi", "loai hinh", "loai to chuc"),
    "symbol": ("ky hieu van ban",),
    "identifier": ("ma dinh danh dien tu",),
    "area_code": ("ma don vi hanh chinh", "ma xa", "ma hanh chinh"),
    "place": ("dia danh van ban",),
    "phone": ("so dien thoai", "dt", "sdt", "di dong", "so dt"),
    "email": ("email", "e mail", "hop thu", "hop thu dien tu"),
    "aliases": ("ten khac", "ten thuong goi"),
    "cell": ("ten chi bo", "chi bo sinh hoat", "noi sinh hoat", "ma chi bo"),
    "member_since": ("ngay chuyen den", "ngay sinh hoat"),
    "organisation": ("doan the", "chi hoi", "chi doan", "to chuc doan the", "to chuc hoi"),
    "affiliated_since": ("ngay vao hoi", "ngay vao doan", "ngay ket nap hoi"),
    "title": ("chuc danh", "chuc vu dang", "chuc vu chinh quyen"),
    "unit": ("don vi cong tac", "co quan", "noi cong tac"),
    "is_head": ("dung dau don vi", "thu truong", "cap truong"),
    "appointed_by": ("quyet dinh", "so quyet dinh", "quyet dinh bo nhiem"),
    "role": ("vai tro he thong", "quyen", "phan quyen"),
    "role_unit": ("don vi cua vai tro", "pham vi vai tro"),
    "valid_from": ("ngay thanh lap", "ngay bo nhiem", "ngay bat dau", "tu"),
    "valid_to": ("ngay ket thuc", "den", "ngay thoi giu"),
}
