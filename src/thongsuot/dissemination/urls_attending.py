"""The screen of a session, its bridge points, and the phones before it: part of ``urls``."""

from django.urls import path

from thongsuot.dissemination.views import attending, guests, points, screens

urlpatterns = [
    path("buoi/<key:pk>/man-hinh/", screens.screen, name="screen"),
    path("buoi/<key:pk>/man-hinh/<key:point>/", screens.screen, name="point_screen"),
    path("buoi/<key:pk>/diem-danh/", screens.steer, name="steer"),
    path("buoi/<key:pk>/diem-cau/", screens.points, name="points"),
    path("buoi/<key:pk>/diem-cau/<key:point>/bo/", screens.drop_point, name="drop_point"),
    path("buoi/<key:pk>/diem-cau/<key:point>/phu-trach/", points.point_head, name="point_head"),
    path("buoi/<key:pk>/diem-cau/<key:point>/diem-danh/", points.point_marks, name="point_marks"),
    path("buoi/<key:pk>/khach/", guests.guests, name="guests"),
    path("buoi/<key:pk>/khach/<key:person>/bo/", guests.take_back, name="take_back_guest"),
    path("co-mat/", attending.type_code, name="type_code"),
    path("co-mat/<slug:token>/", attending.attend, name="attend"),
]
