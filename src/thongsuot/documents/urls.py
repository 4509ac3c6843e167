from django.urls import URLPattern, path

from thongsuot.documents.views import document, inbox, intake, register, review, send

app_name = "documents"
urlpatterns: list[URLPattern] = [
    path("", register.document_list, name="list"),
    path("di/ghi-so/", register.register_outgoing, name="register"),
    path("den/", inbox.inbox, name="inbox"),
    path("den/<int:unit>/<uuid:dispatch>/tiep-nhan/", inbox.receive, name="receive"),
    path("den/<int:unit>/<uuid:dispatch>/tu-choi/", inbox.refuse, name="refuse"),
    path("<int:key>/", document.document_page, name="document"),
    path("<int:key>/tep/", document.document_file, name="file"),
    path("<int:key>/noi-nhan/", document.document_deliveries, name="deliveries"),
    path("<int:key>/gui/", send.send_page, name="send"),
    path("nhan/", intake.take_in, name="take_in"),
    path("nhan/<int:pk>/", review.review, name="review"),
    path("nhan/<int:pk>/dang-doc/", review.reading_progress, name="reading_progress"),
    path("nhan/<int:pk>/muc/<int:number>/", review.decide, name="decide"),
    path("nhan/<int:pk>/nhan-muc-chac/", review.accept_certain, name="accept_certain"),
    path("nhan/<int:pk>/them/", review.add_item, name="add_item"),
    path("nhan/<int:pk>/de-sang-ben/", review.discard, name="discard"),
    path("nhan/<int:pk>/vao-so/", review.register_intake, name="register_intake"),
]
