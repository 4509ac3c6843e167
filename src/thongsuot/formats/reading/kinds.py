"""Kinds of documents: their names on the title line, their symbols, whose rules know them.

Decree 30/2020/ND-CP, article 7 and appendix III (29 administrative kinds, three kinds of copies); Decree 78/2025/ND-CP
(normative documents); Regulation 399-QD/TW (the Party); docs/sources.md. One row a kind:

    code | name | symbol | regimes (s state, n normative, p Party, c copy) | other symbols seen

A symbol may stand for two kinds: QĐ is quyết định and (in the Party) quy định, TT is thông tư and (in the Party) thông
tri. The title line decides; the symbol is asked where there is none.
"""

from dataclasses import dataclass

_ROWS = """
nghi_quyet | nghị quyết | NQ | snp |
quyet_dinh | quyết định | QĐ | snp |
chi_thi | chỉ thị | CT | snp |
quy_che | quy chế | QC | sp | QCh; QCPH; QCLV
quy_dinh | quy định | QyĐ | sp | QĐi; QĐy; QyD
thong_cao | thông cáo | TC | sp |
thong_bao | thông báo | TB | sp | TBKL; TB-KL
huong_dan | hướng dẫn | HD | sp | HDLN; HDLT; HDLS
chuong_trinh | chương trình | CTr | sp | CTHĐ; CTPH; CTLT
ke_hoach | kế hoạch | KH | sp | KHPH; KHLT; KHLN
phuong_an | phương án | PA | sp |
de_an | đề án | ĐA | sp |
du_an | dự án | DA | sp | DAn
bao_cao | báo cáo | BC | sp | BCTĐ; BCTT; BCKT; BCCT
bien_ban | biên bản | BB | sp |
to_trinh | tờ trình | TTr | sp |
hop_dong | hợp đồng | HĐ | s | HĐKT; HĐLĐ
cong_van | công văn | CV | sp |
cong_dien | công điện | CĐ | s |
ban_ghi_nho | bản ghi nhớ | BGN | s |
ban_thoa_thuan | bản thỏa thuận | BTT | s |
giay_uy_quyen | giấy ủy quyền | GUQ | s |
giay_moi | giấy mời | GM | sp | GMH
giay_gioi_thieu | giấy giới thiệu | GGT | sp |
giay_nghi_phep | giấy nghỉ phép | GNP | sp |
phieu_gui | phiếu gửi | PG | sp |
phieu_chuyen | phiếu chuyển | PC | sp |
phieu_bao | phiếu báo | PB | s |
thu_cong | thư công |  | sp |
sao_y | sao y | SY | c |
trich_sao | trích sao | TrS | c |
sao_luc | sao lục | SL | c |
hien_phap | hiến pháp |  | n |
bo_luat | bộ luật |  | n |
luat | luật |  | n | QH
phap_lenh | pháp lệnh | PL | n | UBTVQH
lenh | lệnh | L | n | LCT
nghi_dinh | nghị định | NĐ | n |
thong_tu | thông tư | TT | n |
thong_tu_lien_tich | thông tư liên tịch | TTLT | n |
van_ban_hop_nhat | văn bản hợp nhất | VBHN | n |
ket_luan | kết luận | KL | sp | KLTTr; KLTT; KLKT
thong_tri | thông tri | TT | p |
tuyen_bo | tuyên bố | TBố | p |
loi_keu_goi | lời kêu gọi | LKG | p |
cuong_linh | cương lĩnh chính trị |  | p |
dieu_le | điều lệ |  | p |
chien_luoc | chiến lược | CL | p |
quy_hoach | quy hoạch | QH | p |
giay_chung_nhan | giấy chứng nhận | GCN | p |
giay_di_duong | giấy đi đường | GĐĐ | p |
"""

# Other titles under which a kind is issued.
_TITLES = """
nghi_quyet: nghị quyết liên tịch
thong_cao: thông cáo báo chí
thong_bao: thông báo kết luận; thông báo nhanh; thông báo liên tịch
huong_dan: hướng dẫn liên ngành; hướng dẫn liên tịch
chuong_trinh: chương trình hành động
ke_hoach: kế hoạch hành động; kế hoạch liên tịch; kế hoạch liên ngành
bao_cao: báo cáo tóm tắt; báo cáo nhanh
cong_dien: công điện khẩn
ban_ghi_nho: biên bản ghi nhớ
ban_thoa_thuan: bản thoả thuận; thỏa thuận; thỏa thuận hợp tác
giay_uy_quyen: giấy uỷ quyền
giay_moi: giấy mời họp; thư mời
thu_cong: thư khen; thư chúc mừng; thư ngỏ
sao_y: sao y bản chính; bản sao y
trich_sao: bản trích sao
sao_luc: bản sao lục
"""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of document. `name` as on the title line (small letters), `symbols` the usual one first."""

    code: str
    name: str
    symbols: tuple[str, ...]
    regimes: str
    titles: tuple[str, ...]


_titles_of = dict(row.split(": ", 1) for row in _TITLES.strip().splitlines())


def _kind(row: str) -> PaperKind:
    code, name, symbol, regimes, others = (cell.strip() for cell in row.split("|"))
    titles = _titles_of.get(code, "")
    symbols = tuple(s.strip() for s in (symbol, *others.split(";")) if s.strip())
    return PaperKind(
        code, name, symbols, regimes, (name, *(t.strip() for t in titles.split(";") if t.strip()))
    )


KINDS: tuple[PaperKind, ...] = tuple(_kind(row) for row in _ROWS.strip().splitlines())

KIND_BY_TITLE: dict[str, str] = {title: kind.code for kind in KINDS for title in kind.titles}
NAME_OF: dict[str, str] = {kind.code: kind.name for kind in KINDS}


def _by_symbol(regimes: str) -> dict[str, str]:
    """symbol: code; the usual symbol of a kind goes before one that is only seen, the first row before later ones."""
    found: dict[str, str] = {}
    own = [kind for kind in KINDS if set(kind.regimes) & set(regimes)]
    for kind in own:
        for symbol in kind.symbols[:1]:
            found.setdefault(symbol, kind.code)
    for kind in own:
        for symbol in kind.symbols[1:]:
            found.setdefault(symbol, kind.code)
    return found


_STATE, _PARTY, _NORMATIVE = _by_symbol("sc"), _by_symbol("p"), _by_symbol("n")
SYMBOLS: dict[str, str] = {**_NORMATIVE, **_PARTY, **_STATE, "TT": "thong_tu"}
NAMES_BY_SYMBOL: dict[str, str] = {
    symbol: NAME_OF[code].capitalize() for symbol, code in SYMBOLS.items() if symbol not in {"QH", "UBTVQH"}
} | {"CTHĐ": "Chương trình hành động", "QH": "Luật"}


def kind_of_symbol(symbol: str, *, party: bool, with_year: bool) -> str | None:
    """The kind a symbol stands for: 07/CT-TTg (CT), 57-NQ/TW in Party form (NQ), 30/2020/NĐ-CP with a year (NĐ)."""
    if party:
        return _PARTY.get(symbol) or _STATE.get(symbol)
    if with_year:
        letters = symbol.rstrip("0123456789")
        return _NORMATIVE.get(letters) or _STATE.get(symbol)
    return _STATE.get(symbol) or SYMBOLS.get(symbol)
