"""Whom a document has to reach, who is exempt, and residents as numbers."""

from django.urls import path

from thongsuot.dissemination.views import exemptions, requiring, residents

urlpatterns = [
    path("van-ban/<key:pk>/yeu-cau/", requiring.require, name="require"),
    path("mien/<key:unit>/", exemptions.exemptions, name="exemptions"),
    path("mien/<key:unit>/them/", exemptions.exempt, name="exempt"),
    path("mien/<key:unit>/<key:pk>/thoi/", exemptions.end_exemption, name="end_exemption"),
    path("van-ban/<key:pk>/nguoi-dan/<key:unit>/", residents.residents, name="residents"),
    path(
        "van-ban/<key:pk>/nguoi-dan/<key:unit>/<uuid:key>/",
        residents.correct_residents,
        name="correct_residents",
    ),
]
