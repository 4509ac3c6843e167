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
    path("thoi-han/", include("thongsuot.privacy.retention.urls")),
    path("su-co/", include("thongsuot.privacy.breaches.urls")),
]
