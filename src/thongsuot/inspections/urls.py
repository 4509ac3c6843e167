from django.urls import path

from thongsuot.inspections import views

app_name = "inspections"
urlpatterns = [
    path("", views.inspection_list, name="list"),
    path("mo/", views.open_new, name="open"),
    path("<key:pk>/", views.inspection, name="inspection"),
    path("<key:pk>/du-thao/", views.draft, name="draft"),
    path("<key:pk>/nop/", views.hand_in, name="hand_in"),
    path("<key:pk>/nhan-xet/", views.add_finding, name="add_finding"),
    path("<key:pk>/yeu-cau/", views.add_requirement, name="add_requirement"),
    path("<key:pk>/ket-luan/", views.conclude, name="conclude"),
    path("<key:pk>/dong/", views.close, name="close"),
    path("bao-cao/<key:pk>/", views.report_file, name="report_file"),
    path("bao-cao/<key:pk>/tien-do/", views.report_progress, name="report_progress"),
    path("nhan-xet/<key:pk>/rut/", views.withdraw_finding, name="withdraw_finding"),
    path("yeu-cau/<key:pk>/rut/", views.withdraw_requirement, name="withdraw_requirement"),
    path("yeu-cau/<key:pk>/dong/", views.close_requirement, name="close_requirement"),
    path("yeu-cau/<key:pk>/tra-lai/", views.return_requirement, name="return_requirement"),
]
