"""Every address of the site: one line a subject."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("thongsuot.home.urls")),
    path("tai-khoan/", include("thongsuot.accounts.urls")),
    path("don-vi/", include("thongsuot.organizations.urls")),
    path("quyen/", include("thongsuot.organizations.urls_rights")),
    path("nhat-ky/", include("thongsuot.journal.urls")),
    path("nguoi/", include("thongsuot.organizations.people_urls")),
    path("van-ban/", include("thongsuot.documents.urls")),
    path("nhiem-vu/", include("thongsuot.tasks.urls")),
    path("pho-bien/", include("thongsuot.dissemination.urls")),
    path("co-mat/", include("thongsuot.dissemination.urls_short")),
    path("kiem-tra/", include("thongsuot.inspections.urls")),
    path("du-lieu-ca-nhan/", include("thongsuot.privacy.urls")),
    path("dieu-hanh/", include("thongsuot.reports.urls")),
    path("giao-dien/", include("thongsuot.core.ui.urls")),
]

handler500 = "thongsuot.core.faults.page_of_fault"
