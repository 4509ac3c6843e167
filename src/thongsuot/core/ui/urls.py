from django.urls import path

from thongsuot.core.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("phim/", views.keys, name="keys"),
    path("phim/mot-chu/", views.choose_keys, name="single_keys"),
    path("che-do/", views.choose_theme, name="theme"),
    path("ngon-ngu/", views.choose_language, name="language"),
]
