from django.urls import URLPattern, URLResolver, include, path

from thongsuot.privacy import views

app_name = "privacy"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.start, name="start"),
    path("so/", views.of_processing, name="register"),
    path("so/xuat/", views.register_file, name="register_file"),
    path("cua-toi/", views.mine, name="mine"),
    path("cua-toi/luot-xem/", views.my_readers, name="my_readers"),
    path("cua-toi/tep/", views.my_file, name="my_file"),
    path("cua-toi/yeu-cau/", views.my_requests, name="my_requests"),
    path("cua-toi/yeu-cau/<uuid:pk>/rut/", views.withdraw, name="withdraw"),
    path("yeu-cau/", views.requests, name="requests"),
    path("yeu-cau/cua-ai/", views.whose, name="whose"),
    path("yeu-cau/<uuid:pk>/", views.request_page, name="request"),
    path("yeu-cau/<uuid:pk>/tra-loi/", views.answer, name="answer"),
    path("yeu-cau/thay/<key:person_id>/", views.ask_for, name="ask_for"),
    path("thoi-han/", include("thongsuot.privacy.retention.urls")),
    path("su-co/", include("thongsuot.privacy.breaches.urls")),
]
