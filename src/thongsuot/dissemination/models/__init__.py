"""Dissemination: who must hear of a document, in which sessions, who was there, who has read.

Coverage = distinct people reached / people required on that day; timeliness = the share reached by the
deadline. Both are computed from counters, never typed (Directive 01-CT/TW 2026; docs/sources.md).
"""

from thongsuot.dissemination.models.attendance_lists import AttendanceList
from thongsuot.dissemination.models.attending import BridgePoint, SessionGuest
from thongsuot.dissemination.models.checks import CheckAnswer, CheckQuestion, CheckTaken
from thongsuot.dissemination.models.corrections import AttendanceCorrection
from thongsuot.dissemination.models.coverage import CoverageCounter, CoverageTotal
from thongsuot.dissemination.models.days import CoverageDay, CoverageDayTotal
from thongsuot.dissemination.models.exemptions import Exemption, ExemptionKind, ExemptionQuerySet
from thongsuot.dissemination.models.handed_in import (
    BeingRead,
    BeingReadState,
    MaterialCheck,
    PaperHandIn,
)
from thongsuot.dissemination.models.inquiries import Inquiry, InquiryState, InquirySupport
from thongsuot.dissemination.models.minutes import Minutes
from thongsuot.dissemination.models.paper import (
    PageState,
    PaperCutOuts,
    PaperPage,
    PaperSheet,
    PaperSheetQuerySet,
)
from thongsuot.dissemination.models.programme import AgendaLine, Material, Presenter, SessionPresenter
from thongsuot.dissemination.models.receipts import (
    Channel,
    Outside,
    ReachEvent,
    ReachVerb,
    Receipt,
    ReceiptQuerySet,
)
from thongsuot.dissemination.models.reflections import (
    Reflection,
    ReflectionCall,
    ReflectionKind,
    ReflectionState,
    ReflectionText,
)
from thongsuot.dissemination.models.requirements import AskedForm, Posts, Requirement, RequirementUnit
from thongsuot.dissemination.models.residents import CountedGroup, ResidentCount
from thongsuot.dissemination.models.responses import (
    QuestionCounter,
    QuestionTotal,
    ResponseCounter,
    ResponseTotal,
)
from thongsuot.dissemination.models.sessions import (
    Attendance,
    AttendanceState,
    Form,
    Session,
    SessionDocument,
    SessionHandover,
    SessionQuerySet,
    SessionState,
    SessionUnit,
    Way,
)

__all__ = [
    "AgendaLine",
    "AskedForm",
    "Attendance",
    "AttendanceCorrection",
    "AttendanceList",
    "AttendanceState",
    "BeingRead",
    "BeingReadState",
    "BridgePoint",
    "Channel",
    "CheckAnswer",
    "CheckQuestion",
    "CheckTaken",
    "CountedGroup",
    "CoverageCounter",
    "CoverageDay",
    "CoverageDayTotal",
    "CoverageTotal",
    "Exemption",
    "ExemptionKind",
    "ExemptionQuerySet",
    "Form",
    "Inquiry",
    "InquiryState",
    "InquirySupport",
    "Material",
    "MaterialCheck",
    "Minutes",
    "Outside",
    "PageState",
    "PaperCutOuts",
    "PaperHandIn",
    "PaperPage",
    "PaperSheet",
    "PaperSheetQuerySet",
    "Posts",
    "Presenter",
    "QuestionCounter",
    "QuestionTotal",
    "ReachEvent",
    "ReachVerb",
    "Receipt",
    "ReceiptQuerySet",
    "Reflection",
    "ReflectionCall",
    "ReflectionKind",
    "ReflectionState",
    "ReflectionText",
    "Requirement",
    "RequirementUnit",
    "ResidentCount",
    "ResponseCounter",
    "ResponseTotal",
    "Session",
    "SessionDocument",
    "SessionGuest",
    "SessionHandover",
    "SessionPresenter",
    "SessionQuerySet",
    "SessionState",
    "SessionUnit",
    "Way",
]
