from django.urls import path

from thongsuot.inspections import views

app_name = "inspections"
urlpatterns = [
    path("", views.inspection_list, name="list"),
    path("mo/", views.open_new, name="open"),
    path("<int:pk>/", views.inspection, name="inspection"),
    path("<int:pk>/du-thao/", views.draft, name="draft"),
    path("<int:pk>/nop/", views.hand_in, name="hand_in"),
    path("<int:pk>/nhan-xet/", views.add_finding, name="add_finding"),
    path("<int:pk>/yeu-cau/", views.add_requirement, name="add_requirement"),
    path("<int:pk>/ket-luan/", views.conclude, name="conclude"),
    path("<int:pk>/dong/", views.close, name="close"),
    path("bao-cao/<int:pk>/", views.report_file, name="report_file"),
    path("bao-cao/<int:pk>/tien-do/", views.report_progress, name="report_progress"),
    path("nhan-xet/<int:pk>/rut/", views.withdraw_finding, name="withdraw_finding"),
    path("yeu-cau/<int:pk>/rut/", views.withdraw_requirement, name="withdraw_requirement"),
    path("yeu-cau/<int:pk>/dong/", views.close_requirement, name="close_requirement"),
    path("yeu-cau/<int:pk>/tra-lai/", views.return_requirement, name="return_requirement"),
]
