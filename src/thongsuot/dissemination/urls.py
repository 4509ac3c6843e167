from django.urls import path

from thongsuot.dissemination import views

app_name = "dissemination"
urlpatterns = [
    path("", views.overview, name="list"),
    path("mo-buoi/", views.call, name="call"),
    path("buoi/<int:pk>/", views.session, name="session"),
    path("buoi/<int:pk>/ky-ten/", views.sign_in_sheet, name="sheet"),
    path("buoi/<int:pk>/da-to-chuc/", views.hold, name="hold"),
    path("buoi/<int:pk>/huy/", views.cancel, name="cancel"),
    path("doc/<int:pk>/", views.read, name="read"),
    path("van-ban/<int:pk>/", views.coverage, name="coverage"),
    path("van-ban/<int:pk>/yeu-cau/", views.require, name="require"),
    path("van-ban/<int:pk>/xac-nhan-thay/<int:unit>/<int:person>/", views.vouch, name="vouch"),
]
