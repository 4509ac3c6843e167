from django.urls import URLPattern, path

from thongsuot.documents.views import desk, document, groups, inbox, intake, register, review, send, versions

app_name = "documents"
urlpatterns: list[URLPattern] = [
    path("", register.document_list, name="list"),
    path("di/ghi-so/", register.register_outgoing, name="register"),
    path("den/", inbox.inbox, name="inbox"),
    path("den/<key:unit>/<uuid:dispatch>/tiep-nhan/", inbox.receive, name="receive"),
    path("den/<key:unit>/<uuid:dispatch>/tu-choi/", inbox.refuse, name="refuse"),
    path("nhom-don-vi/", groups.group_list, name="groups"),
    path("nhom-don-vi/moi/", groups.new_group, name="new_group"),
    path("nhom-don-vi/<key:key>/", groups.edit_group, name="group"),
    path("nhom-don-vi/<key:key>/xoa/", groups.remove_group, name="remove_group"),
    path("<key:key>/", document.document_page, name="document"),
    path("<key:key>/tep/", document.document_file, name="file"),
    path("<key:key>/noi-nhan/", document.document_deliveries, name="deliveries"),
    path("<key:key>/phien-ban/", versions.versions_page, name="versions"),
    path("<key:key>/phien-ban/moi/", versions.publish_page, name="publish"),
    path("<key:key>/gui/", send.send_page, name="send"),
    path("nhan/", intake.take_in, name="take_in"),
    path("nhan/do-chinh-xac/", intake.reader_accuracy, name="reader_accuracy"),
    path("nhan/<key:pk>/", desk.paper, name="review"),
    path("nhan/<key:pk>/dang-doc/", desk.reading_progress, name="reading_progress"),
    path("nhan/<key:pk>/doc-lai/", desk.read_again, name="read_again"),
    path("nhan/<key:pk>/muc/<key:number>/", review.decide, name="decide"),
    path("nhan/<key:pk>/muc/<key:number>/tach/", review.split, name="split"),
    path("nhan/<key:pk>/muc/<key:number>/gop/", review.merge, name="merge"),
    path("nhan/<key:pk>/muc/<key:number>/hoan-tac/", review.undo, name="undo"),
    path("nhan/<key:pk>/don-vi/", review.assignees, name="assignees"),
    path("nhan/<key:pk>/nhan-muc-chac/", review.accept_certain, name="accept_certain"),
    path("nhan/<key:pk>/them/", review.add_item, name="add_item"),
    path("nhan/<key:pk>/de-sang-ben/", review.discard, name="discard"),
    path("nhan/<key:pk>/vao-so/", review.register_intake, name="register_intake"),
]
