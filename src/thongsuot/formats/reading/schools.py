"""Schools and offices of education: behind their kind stands a proper name (Trường TH An Bình, Sở GD&ĐT Lạc Thủy)."""

import re

# Kinds in short, as they stand in capitals in every print.
_SHORT = """
TH THCS THPT PTTH PTCS MN MG PTDTNT PTDTBT GD&ĐT GDĐT GDTX GDNN GDNN-GDTX TTGDTX
"""
KINDS_IN_SHORT = frozenset(_SHORT.split())
_KINDS = """
tiểu học; trung học cơ sở; trung học phổ thông; mầm non; mẫu giáo; phổ thông cơ sở; phổ thông dân tộc nội trú
phổ thông dân tộc bán trú; dân tộc nội trú; giáo dục và đào tạo
"""
# In a sentence a name ends where it goes on with one of these.
_GOES_ON = """
năm; học kỳ; giai đoạn; nhiệm kỳ; và; về; trong; đến; của; theo; từ; với; do; cho; có; trên; tại; thuộc; đạt; được; đã
vào; để; xây dựng; tổ chức; tham gia; thực hiện; triển khai; công lập; tư thục; trực thuộc; trở; sáp nhập; thành; các
xã; phường; huyện; quận; tỉnh; thị; khu; sang; sau; chất lượng; chuẩn
"""


def _one_of(names: str) -> str:
    listed = [name.strip() for line in names.strip().splitlines() for name in line.split(";")]
    return "|".join(re.escape(name) for name in sorted(listed, key=len, reverse=True))


_KIND = rf"(?:{_one_of(_KINDS)}|{_one_of(';'.join(_SHORT.lower().split()))})"
_WORD = rf"(?!(?:{_one_of(_GOES_ON)})\b)[^\W\d_]+"
_SCHOOL = re.compile(
    # Not cơ sở, môi trường, thị trường.
    rf"(?<!cơ )(?<!môi )(?<!thị )\b(?P<head>trường|phòng|sở|trung tâm) "
    rf"(?P<kind>{_KIND}(?:(?: và |, |[-& ]){_KIND})*)(?![\w&])"
    rf"(?P<name> [^\W\d_]+ (?:thị|văn)(?: {_WORD}){{1,2}}|(?: {_WORD}){{1,3}})?"
)
_MANY = re.compile(r"\b(?:các|những|mọi|mỗi|một số|hệ thống) $")


def spell_schools(text: str) -> str:
    """A sentence in small letters with its schools in their capitals: "trường th an bình", "Trường TH An Bình".

    Of many schools ("các trường tiểu học") only the short kinds get theirs.
    """
    return _SCHOOL.sub(lambda found: _spelled(found, text), text)


def _spelled(found: re.Match[str], text: str) -> str:
    is_office = found["head"] in {"phòng", "sở"}
    named = bool(found["name"] or is_office) and not _MANY.search(text[: found.start()])
    kinds = re.split(rf"({_KIND})", found["kind"])
    kind = "".join(_of_kind(piece, named) for piece in kinds)
    if not named:
        return f"{found['head']} {kind}{found['name'] or ''}"
    return f"{found['head'].capitalize()} {kind}{(found['name'] or '').title()}"


def _of_kind(piece: str, named: bool) -> str:
    if piece.upper() in KINDS_IN_SHORT:
        return piece.upper()
    if piece == "giáo dục và đào tạo":
        return "Giáo dục và Đào tạo"
    return piece.capitalize() if named and piece.strip(" ,&-") not in {"", "và"} else piece
