from django.urls import path

from thongsuot.tasks.views import doing, lists, one

app_name = "tasks"
urlpatterns = [
    path("", lists.task_list, name="list"),
    path("xuat/", lists.export, name="export"),
    path("don-doc/", lists.urge_many, name="urge_many"),
    path("giao-moi/", doing.give, name="give"),
    path("<key:pk>/", one.task, name="task"),
    path("<key:pk>/giao/", doing.assign, name="assign"),
    path("<key:pk>/bao-cao/", doing.report, name="report"),
    path("<key:pk>/nghiem-thu/", one.accept, name="accept"),
    path("<key:pk>/tra-lai/", one.give_back, name="return"),
    path("<key:pk>/gia-han/", one.extend, name="extend"),
    path("<key:pk>/don-doc/", one.urge, name="urge"),
    path("<key:pk>/dung/", one.stop, name="stop"),
    path("<key:pk>/anh/<uuid:key>/", one.photo, name="photo"),
]
