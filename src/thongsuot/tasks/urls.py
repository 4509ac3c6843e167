from django.urls import path

from thongsuot.tasks.views import doing, lists, one

app_name = "tasks"
urlpatterns = [
    path("", lists.task_list, name="list"),
    path("xuat/", lists.export, name="export"),
    path("don-doc/", lists.urge_many, name="urge_many"),
    path("giao-moi/", doing.give, name="give"),
    path("<int:pk>/", one.task, name="task"),
    path("<int:pk>/giao/", doing.assign, name="assign"),
    path("<int:pk>/bao-cao/", doing.report, name="report"),
    path("<int:pk>/nghiem-thu/", one.accept, name="accept"),
    path("<int:pk>/tra-lai/", one.give_back, name="return"),
    path("<int:pk>/gia-han/", one.extend, name="extend"),
    path("<int:pk>/don-doc/", one.urge, name="urge"),
    path("<int:pk>/dung/", one.stop, name="stop"),
    path("<int:pk>/anh/<uuid:key>/", one.photo, name="photo"),
]
