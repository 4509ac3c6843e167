from django.urls import URLPattern, URLResolver, path

from thongsuot.privacy.breaches import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.breaches, name="breaches"),
    path("moi/", views.note, name="note_breach"),
    path("xuat/", views.breaches_file, name="breaches_file"),
    path("<key:pk>/", views.breach, name="breach"),
    path("<key:pk>/thong-bao/", views.notice, name="breach_notice"),
    path("<key:pk>/thong-bao/tep/", views.notice_file, name="breach_notice_file"),
    path("<key:pk>/<slug:name>/", views.step, name="breach_step"),
]
