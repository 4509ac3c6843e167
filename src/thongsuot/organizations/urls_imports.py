"""``/don-vi/nhap/``: units and people from tables."""

from django.urls import path

from thongsuot.organizations.views import imports

urlpatterns = [
    path("", imports.import_list, name="imports"),
    path("mau/<slug:subject>/", imports.template, name="import_template"),
    path("<key:pk>/", imports.one, name="import"),
    path("<key:pk>/cot/", imports.columns, name="import_columns"),
    path("<key:pk>/tien-do/", imports.progress, name="import_progress"),
    path("<key:pk>/thuc-hien/", imports.carry_out, name="import_carry_out"),
    path("<key:pk>/du-thao/", imports.draft, name="import_draft"),
    path("<key:pk>/hoan-tac/", imports.undo, name="import_undo"),
    path("<key:pk>/bo/", imports.give_up, name="import_give_up"),
    path("<key:pk>/tai-ve/", imports.marked_copy, name="import_copy"),
]
