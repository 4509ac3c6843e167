"""Kinds of documents, their abbreviations and how they are numbered.

Decree 30/2020/ND-CP, article 7 and appendix III; Regulation 399-QD/TW for Party bodies; Decree 78/2025/ND-CP for
normative documents (docs/sources.md). Every code the reader knows (formats.reading.kinds) is here; the common ones
come first.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    NGHI_QUYET = "nghi_quyet", _("resolution")
    CHI_THI = "chi_thi", _("directive")
    KET_LUAN = "ket_luan", _("conclusion")
    QUYET_DINH = "quyet_dinh", _("decision")
    QUY_DINH = "quy_dinh", _("regulation")
    QUY_CHE = "quy_che", _("working rules")
    HUONG_DAN = "huong_dan", _("guideline")
    THONG_BAO = "thong_bao", _("notice")
    KE_HOACH = "ke_hoach", _("plan")
    CHUONG_TRINH = "chuong_trinh", _("programme")
    BAO_CAO = "bao_cao", _("report")
    TO_TRINH = "to_trinh", _("submission")
    CONG_VAN = "cong_van", _("official letter")
    CONG_DIEN = "cong_dien", _("official telegram")
    DE_AN = "de_an", _("scheme")
    BIEN_BAN = "bien_ban", _("minutes")
    THONG_TRI = "thong_tri", _("circular letter")
    THONG_CAO = "thong_cao", _("communiqué")
    PHUONG_AN = "phuong_an", _("option plan")
    DU_AN = "du_an", _("project")
    HOP_DONG = "hop_dong", _("contract")
    BAN_GHI_NHO = "ban_ghi_nho", _("memorandum of understanding")
    BAN_THOA_THUAN = "ban_thoa_thuan", _("agreement")
    GIAY_UY_QUYEN = "giay_uy_quyen", _("letter of authorisation")
    GIAY_MOI = "giay_moi", _("letter of invitation")
    GIAY_GIOI_THIEU = "giay_gioi_thieu", _("letter of introduction")
    GIAY_NGHI_PHEP = "giay_nghi_phep", _("leave slip")
    GIAY_DI_DUONG = "giay_di_duong", _("travel slip")
    GIAY_CHUNG_NHAN = "giay_chung_nhan", _("certificate")
    PHIEU_GUI = "phieu_gui", _("dispatch slip")
    PHIEU_CHUYEN = "phieu_chuyen", _("forwarding slip")
    PHIEU_BAO = "phieu_bao", _("notification slip")
    THU_CONG = "thu_cong", _("formal letter of a leader")
    SAO_Y = "sao_y", _("true copy")
    TRICH_SAO = "trich_sao", _("extract copy")
    SAO_LUC = "sao_luc", _("copy of a copy")
    HIEN_PHAP = "hien_phap", _("constitution")
    BO_LUAT = "bo_luat", _("code of law")
    LUAT = "luat", _("law")
    PHAP_LENH = "phap_lenh", _("ordinance")
    LENH = "lenh", _("order of the President")
    NGHI_DINH = "nghi_dinh", _("decree")
    THONG_TU = "thong_tu", _("circular")
    THONG_TU_LIEN_TICH = "thong_tu_lien_tich", _("joint circular")
    VAN_BAN_HOP_NHAT = "van_ban_hop_nhat", _("consolidated text")
    CUONG_LINH = "cuong_linh", _("political platform")
    DIEU_LE = "dieu_le", _("statutes")
    CHIEN_LUOC = "chien_luoc", _("strategy")
    QUY_HOACH = "quy_hoach", _("master plan")
    TUYEN_BO = "tuyen_bo", _("declaration")
    LOI_KEU_GOI = "loi_keu_goi", _("appeal")
    KHAC = "khac", _("other document")


SYMBOL_OF: dict[str, str] = {
    Kind.NGHI_QUYET: "NQ",
    Kind.CHI_THI: "CT",
    Kind.KET_LUAN: "KL",
    Kind.QUYET_DINH: "QĐ",
    Kind.QUY_DINH: "QĐ",
    Kind.QUY_CHE: "QC",
    Kind.HUONG_DAN: "HD",
    Kind.THONG_BAO: "TB",
    Kind.KE_HOACH: "KH",
    Kind.CHUONG_TRINH: "CTr",
    Kind.BAO_CAO: "BC",
    Kind.TO_TRINH: "TTr",
    Kind.CONG_VAN: "CV",
    Kind.CONG_DIEN: "CĐ",
    Kind.DE_AN: "ĐA",
    Kind.BIEN_BAN: "BB",
    Kind.THONG_TRI: "TT",
    Kind.THONG_CAO: "TC",
    Kind.PHUONG_AN: "PA",
    Kind.DU_AN: "DA",
    Kind.HOP_DONG: "HĐ",
    Kind.BAN_GHI_NHO: "BGN",
    Kind.BAN_THOA_THUAN: "BTT",
    Kind.GIAY_UY_QUYEN: "GUQ",
    Kind.GIAY_MOI: "GM",
    Kind.GIAY_GIOI_THIEU: "GGT",
    Kind.GIAY_NGHI_PHEP: "GNP",
    Kind.GIAY_DI_DUONG: "GĐĐ",
    Kind.GIAY_CHUNG_NHAN: "GCN",
    Kind.PHIEU_GUI: "PG",
    Kind.PHIEU_CHUYEN: "PC",
    Kind.PHIEU_BAO: "PB",
    Kind.THU_CONG: "VB",
    Kind.SAO_Y: "SY",
    Kind.TRICH_SAO: "TrS",
    Kind.SAO_LUC: "SL",
    Kind.HIEN_PHAP: "HP",
    Kind.BO_LUAT: "BL",
    Kind.LUAT: "L",
    Kind.PHAP_LENH: "PL",
    Kind.LENH: "L",
    Kind.NGHI_DINH: "NĐ",
    Kind.THONG_TU: "TT",
    Kind.THONG_TU_LIEN_TICH: "TTLT",
    Kind.VAN_BAN_HOP_NHAT: "VBHN",
    Kind.CUONG_LINH: "CLCT",
    Kind.DIEU_LE: "ĐL",
    Kind.CHIEN_LUOC: "CL",
    Kind.QUY_HOACH: "QH",
    Kind.TUYEN_BO: "TBố",
    Kind.LOI_KEU_GOI: "LKG",
    Kind.KHAC: "VB",
}


class Direction(models.TextChoices):
    INCOMING = "incoming", _("incoming")
    OUTGOING = "outgoing", _("outgoing")


class Regime(models.TextChoices):
    PARTY = "party", _("Party")
    STATE = "state", pgettext_lazy("regime", "State")
    MASS = "mass", _("mass organisation")


class Urgency(models.TextChoices):
    NORMAL = "", _("normal")
    URGENT = "khan", _("urgent")
    VERY_URGENT = "thuong_khan", _("very urgent")
    EXPRESS = "hoa_toc", _("express")
