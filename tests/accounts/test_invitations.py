"""Letting people in: one way in for one use, on paper or by mail, and nobody sets a password for somebody else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.mailbox import Mailbox
from tests.cast import Cast, gather
from tests.documents.test_review_race import simultaneous
from tests.pages import assert_whole
from thongsuot.accounts import contacts, services
from thongsuot.accounts.codes import code_of, digest_of
from thongsuot.accounts.jobs import send_failed_invitations, send_invitation
from thongsuot.accounts.models import Invitation, MailState, Purpose, User
from thongsuot.accounts.queries import State, invitation_by_code, standing_of
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.core.refusals import Refused

NEW = "dong-song-lang-lo-7"
SITE = "https://thongsuot.vamco.example"


@pytest.fixture
def guest(db: None) -> User:
    return User.objects.create_user("an.nguyenvan", display_name="Nguyễn Văn An")


def invited(cast: Cast, user: User, **options: Any) -> tuple[Invitation, str]:
    invitation = services.issue_invitations(by=cast.administrator, users=[user], origin=SITE, **options)[0]
    return invitation, reverse("accounts:enter", args=[code_of(invitation.pk)])


def passwords(first: str = NEW, second: str = NEW, **more: str) -> dict[str, str]:
    return {"password1": first, "password2": second} | more


def test_a_guest_chooses_name_and_password_and_is_signed_in(client: Client, cast: Cast, guest: User) -> None:
    _, address = invited(cast, guest)
    html = assert_whole(client.get(address))
    assert "Nguyễn Văn An" in html
    assert 'value="an.nguyenvan"' in html
    assert "Luật Bảo vệ dữ liệu cá nhân" in html
    answer = client.post(address, passwords(username="An.NV"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("home:start"))
    guest.refresh_from_db()
    assert guest.username == "an.nv"
    assert guest.check_password(NEW)
    assert int(client.session["_auth_user_id"]) == guest.pk
    assert Act.objects.filter(verb="account.entered", by=guest).count() == 1


def test_an_invitation_works_once(cast: Cast, guest: User) -> None:
    _, address = invited(cast, guest)
    assert Client().get(address).status_code == 200  # looking uses nothing up
    assert Client().post(address, passwords(username="an.nv")).status_code == 302
    late = Client().post(address, passwords("mat-khau-khac-99", "mat-khau-khac-99", username="an.nv"))
    assert "không dùng được" in assert_whole(late, 410)
    guest.refresh_from_db()
    assert guest.check_password(NEW)


def test_what_is_kept_opens_nothing_and_small_letters_and_spaces_do(cast: Cast, guest: User) -> None:
    invitation, _ = invited(cast, guest)
    code = code_of(invitation.pk)
    assert len(code.replace("-", "")) == 16
    assert code not in str(vars(Invitation.objects.get()))
    assert invitation.digest == digest_of(code)
    assert invitation_by_code(code.lower().replace("-", " ")) == invitation
    assert invitation_by_code(code.replace("0", "O").replace("1", "l")) == invitation
    assert invitation_by_code(invitation.digest) is None
    assert invitation_by_code(code[:-1] + ("2" if code[-1] != "2" else "3")) is None


def test_it_ends_with_its_day_when_taken_back_and_when_a_new_one_is_given(
    cast: Cast, guest: User, settings: Any
) -> None:
    settings.INVITATION_DAYS = 3
    first, _ = invited(cast, guest)
    second, _ = invited(cast, guest)
    assert invitation_by_code(code_of(first.pk)) is None
    with clock.at(clock.now() + dt.timedelta(days=2, hours=23)):
        assert invitation_by_code(code_of(second.pk)) == second
    with clock.at(clock.now() + dt.timedelta(days=3, hours=1)):
        assert invitation_by_code(code_of(second.pk)) is None
        assert standing_of([guest])[guest.pk].state == State.EXPIRED
    assert services.revoke_invitations(by=cast.administrator, user=guest) == 1
    assert invitation_by_code(code_of(second.pk)) is None
    assert services.revoke_invitations(by=cast.administrator, user=guest) == 0


def test_a_way_back_keeps_the_name_and_ends_other_sessions(client: Client, cast: Cast) -> None:
    client.force_login(cast.member)
    invitation, address = invited(cast, cast.member)
    assert invitation.purpose == Purpose.RETURN
    elsewhere = Client()
    html = assert_whole(elsewhere.get(address))
    assert 'name="username"' not in html
    elsewhere.post(address, passwords(username="ten.khac"))
    cast.member.refresh_from_db()
    assert cast.member.username == "dangvien11.cauvan"
    assert elsewhere.get(reverse("home:my_work")).status_code == 200
    assert client.get(reverse("home:my_work")).status_code == 302


def test_a_closed_account_lets_nobody_in(client: Client, cast: Cast, guest: User) -> None:
    client.force_login(cast.member)
    _, address = invited(cast, cast.member)
    assert services.close_account(by=cast.administrator, user=cast.member)
    assert client.get(reverse("home:my_work")).status_code == 302
    assert Client().get(address).status_code == 410
    assert not services.close_account(by=cast.administrator, user=cast.member)
    assert services.open_account(by=cast.administrator, user=cast.member)
    assert standing_of([User.objects.get(pk=cast.member.pk)])[cast.member.pk].state == State.IN_USE


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (passwords("ngan", "ngan", username="an.nv"), "quá ngắn"),
        (passwords("password123", "password123", username="an.nv"), "ai cũng thử đầu tiên"),
        (passwords("1234567890123", "1234567890123", username="an.nv"), "toàn chữ số"),
        (passwords("an.nguyenvan1", "an.nguyenvan1", username="an.nguyenvan"), "quá giống tên"),
        (passwords(NEW, NEW + "!", username="an.nv"), "không trùng nhau"),
        (passwords(username="Nguyễn An"), "chữ thường không dấu"),
        (passwords(username="VANTHU"), "đã có người dùng"),
    ],
)
def test_what_cannot_be_is_said_in_vietnamese_and_uses_nothing_up(
    client: Client, cast: Cast, guest: User, given: dict[str, str], said: str
) -> None:
    invitation, address = invited(cast, guest)
    html = assert_whole(client.post(address, given))
    assert said in html
    assert 'role="alert"' in html
    assert invitation_by_code(code_of(invitation.pk)) == invitation


def test_somebody_elses_invitation_is_not_opened_in_ones_own_session(
    client: Client, cast: Cast, guest: User
) -> None:
    _, address = invited(cast, guest)
    client.force_login(cast.member)
    assert cast.member.display_name in assert_whole(client.get(address), 409)
    assert client.post(address, passwords(username="an.nv")).status_code == 409
    guest.refresh_from_db()
    assert not guest.has_usable_password()


def test_the_code_is_typed_on_a_page_of_its_own(client: Client, cast: Cast, guest: User) -> None:
    invitation, address = invited(cast, guest)
    answer = client.post(reverse("accounts:code"), {"code": code_of(invitation.pk)})
    assert answer["Location"] == address
    assert_whole(client.get(reverse("accounts:code")))


def test_guessing_codes_is_stopped_and_right_ones_cost_nothing(cast: Cast, guest: User) -> None:
    _, address = invited(cast, guest)
    client = Client(REMOTE_ADDR="10.0.0.7")
    for _ in range(25):
        assert client.get(address).status_code == 200
    for number in range(20):
        assert client.get(reverse("accounts:enter", args=[f"AAAA-{number:04}"])).status_code == 410
    assert client.get(address).status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.8").get(address).status_code == 200


def test_the_name_taken_in_the_last_moment_is_told(cast: Cast, guest: User) -> None:
    invitation, _ = invited(cast, guest)
    with pytest.raises(Refused) as refusal:
        services.enter(invitation=invitation, password=NEW, username=cast.member.username)
    assert refusal.value.code == "username_taken"
    assert invitation_by_code(code_of(invitation.pk)) == invitation


def test_of_two_at_the_same_moment_one_gets_in(transactional_db: None, tmp_path: Path) -> None:
    cast = gather()
    guest = User.objects.create_user("an.nguyenvan", display_name="Nguyễn Văn An")
    invitation, _ = invited(cast, guest)

    def come_in() -> object:
        return services.enter(invitation=invitation, password=NEW, username="an.nv")

    with simultaneous(tmp_path) as run:
        answers = run([come_in] * 3)
    assert [type(answer) for answer in answers].count(User) == 1
    assert [answer.code for answer in answers if isinstance(answer, Refused)] == ["invitation_closed"] * 2


# --- letters -------------------------------------------------------------------------------------------------------


@pytest.fixture
def address_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contacts, "_ask", [lambda user: f"{user.username}@vamco.example"])


def test_a_letter_brings_the_guest_in(
    client: Client, cast: Cast, guest: User, mailbox: Mailbox, address_known: None
) -> None:
    invitation, address = invited(cast, guest, by_mail={guest.pk})
    invitation.refresh_from_db()
    assert invitation.mail_state == MailState.SENT
    letter = mailbox.letters[0]
    assert letter["To"] == "an.nguyenvan@vamco.example"
    text = letter.get_content()
    assert "Kính gửi Nguyễn Văn An" in text
    assert f"{SITE}{address}" in text
    assert code_of(invitation.pk) in text
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("fault", ["450 Busy", "550 No such mailbox", "gone"])
def test_a_mail_server_that_fails_is_told_and_asked_again(
    cast: Cast, guest: User, mailbox: Mailbox, address_known: None, settings: Any, fault: str
) -> None:
    port = settings.EMAIL_PORT
    if fault == "gone":
        settings.EMAIL_PORT = 1
    else:
        mailbox.answer = fault
    invitation, _ = invited(cast, guest, by_mail={guest.pk})
    invitation.refresh_from_db()
    assert invitation.mail_state == MailState.FAILED
    assert standing_of([guest])[guest.pk].mail_failed
    mailbox.answer, settings.EMAIL_PORT = "", port
    send_failed_invitations()
    send_failed_invitations()
    send_invitation(str(invitation.pk))  # a job that runs twice
    invitation.refresh_from_db()
    assert invitation.mail_state == MailState.SENT
    assert len(mailbox.letters) == 1


def test_a_letter_whose_job_was_lost_is_sent_later_and_a_revoked_one_never(
    cast: Cast, guest: User, mailbox: Mailbox, address_known: None
) -> None:
    invited(cast, guest)
    Invitation.objects.update(mail_state=MailState.WAITING)
    send_failed_invitations()
    assert not mailbox.letters  # its job may still be on the way
    with clock.at(clock.now() + dt.timedelta(minutes=11)):
        send_failed_invitations()
    assert len(mailbox.letters) == 1
    Invitation.objects.update(mail_state=MailState.FAILED)
    services.revoke_invitations(by=cast.administrator, user=guest)
    send_failed_invitations()
    assert len(mailbox.letters) == 1


def test_forgetting_a_password_sends_a_letter_and_tells_strangers_nothing(
    cast: Cast, mailbox: Mailbox, address_known: None
) -> None:
    page = reverse("accounts:forgotten")
    answers = [Client().post(page, {"username": name}) for name in (cast.member.username, "khong.co.ai")]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, reverse("accounts:forgotten_done"))
    }
    assert len(mailbox.letters) == 1
    assert cast.member.username.upper() in mailbox.letters[0]["To"].upper()
    Client().post(page, {"username": cast.member.username})
    assert len(mailbox.letters) == 1, "a stranger fills nobody's mailbox"
    assert "trong vòng một ngày" in assert_whole(Client().get(reverse("accounts:forgotten_done")))


def test_a_stranger_does_not_choose_where_the_letter_leads(
    cast: Cast, mailbox: Mailbox, address_known: None
) -> None:
    page, asked = reverse("accounts:forgotten"), {"username": cast.member.username}
    assert Client().post(page, asked, headers={"Host": "noi-khac.example"}).status_code == 400
    assert not Invitation.objects.exists()
    Client().post(page, asked, headers={"X-Forwarded-Host": "noi-khac.example"})
    assert Invitation.objects.get().origin == "http://testserver"


def test_a_stranger_who_asks_makes_no_printed_invitation_useless(
    cast: Cast, mailbox: Mailbox, address_known: None
) -> None:
    printed, _ = invited(cast, cast.member)
    services.forget_password(username=cast.member.username, origin=SITE)
    assert invitation_by_code(code_of(printed.pk)) == printed


def test_nobody_is_written_to_without_an_address(cast: Cast, mailbox: Mailbox) -> None:
    assert not services.forget_password(username=cast.member.username, origin=SITE)
    assert not mailbox.letters


def test_wishes_from_one_address_are_limited(cast: Cast) -> None:
    client = Client(REMOTE_ADDR="10.0.0.9")
    for number in range(10):
        assert client.post(reverse("accounts:forgotten"), {"username": f"ai-do-{number}"}).status_code == 302
    assert_whole(client.post(reverse("accounts:forgotten"), {"username": "ai-do"}), 429)


def test_the_log_of_a_failed_letter_names_nobody(
    cast: Cast, guest: User, mailbox: Mailbox, address_known: None, caplog: pytest.LogCaptureFixture
) -> None:
    mailbox.answer = "550 an.nguyenvan@vamco.example unknown"
    invited(cast, guest, by_mail={guest.pk})
    assert "could not be mailed" in caplog.text
    assert "an.nguyenvan" not in caplog.text


def test_without_a_mail_server_nothing_is_promised(
    client: Client, cast: Cast, settings: Any, address_known: None
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", ""
    html = assert_whole(client.get(reverse("accounts:forgotten")))
    assert "Gửi thư" not in html
    assert "in giấy đặt lại mật khẩu" in html
    assert not services.forget_password(username=cast.member.username, origin=SITE)


def test_the_owner_is_told_when_somebody_came_back_in(
    cast: Cast, mailbox: Mailbox, address_known: None
) -> None:
    invitation, _ = invited(cast, cast.member)
    services.enter(invitation=invitation, password=NEW)
    letter = mailbox.letters[0]
    assert letter["To"] == f"{cast.member.username}@vamco.example"
    assert "mật khẩu" in letter.get_content()
    services.link_provider(by=cast.administrator, user=cast.member, provider="office", uid="cb-17")
    assert "tài khoản cơ quan" in mailbox.letters[1].get_content()


def test_a_code_of_strokes_only_is_an_answer_and_no_fault(client: Client) -> None:
    assert client.post(reverse("accounts:code"), {"code": "/"}).status_code in (200, 302)
