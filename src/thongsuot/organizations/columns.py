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
