"""Kinds of documents, their abbreviations and how they are numbered.

Decree 30/2020/ND-CP, article 7 and appendix III; Regulation 399-QD/TW for Party bodies (docs/sources.md).
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
