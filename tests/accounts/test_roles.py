"""The catalogue is complete, and the built-in roles are rows whatever happens."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from thongsuot.accounts.models import Role
from thongsuot.accounts.roles import CATALOGUE, GIVES_OF, NEVER_LENT, PERMISSIONS_OF, BuiltIn, Permission


def test_each_permission_says_what_it_allows() -> None:
    assert set(CATALOGUE) == set(Permission), "Give the new permission its group and sentence in CATALOGUE."


def test_each_permission_is_in_a_built_in_role() -> None:
    assert frozenset().union(*PERMISSIONS_OF.values()) == set(Permission)


def test_each_built_in_role_is_described() -> None:
    assert set(PERMISSIONS_OF) == set(BuiltIn.values)
    assert set(GIVES_OF) <= set(BuiltIn.values)
    assert set(Permission) > NEVER_LENT


@pytest.mark.django_db
def test_the_built_in_roles_are_rows_with_what_the_catalogue_says() -> None:
    rows = {role.code: role for role in Role.objects.all()}
    assert set(rows) == set(BuiltIn.values)
    assert all(role.is_builtin and role.can_do == PERMISSIONS_OF[code] for code, role in rows.items())
    assert str(rows["clerk"]) == str(BuiltIn.CLERK.label)


@pytest.mark.django_db
def test_migrating_again_brings_back_what_is_missing_and_keeps_what_was_added() -> None:
    Role.objects.filter(code=BuiltIn.MEMBER).update(permissions=["task.read", "not in the catalogue"])
    Role.objects.filter(code="inspector", grants=None).delete()
    Role.objects.exclude(code=BuiltIn.MEMBER).filter(grants=None).delete()
    call_command("migrate", verbosity=0)
    assert set(Role.objects.values_list("code", flat=True)) == set(BuiltIn.values)
    member = Role.objects.get(code=BuiltIn.MEMBER)
    assert member.can_do == PERMISSIONS_OF[BuiltIn.MEMBER] | {Permission.TASK_READ}


@pytest.mark.django_db
def test_a_role_of_ones_own_has_a_name_that_no_other_has() -> None:
    Role.objects.create(code="archivist", name="Lưu trữ")
    for name in ("", "Lưu trữ"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Role.objects.create(code="another", name=name)


@pytest.mark.django_db(transaction=True)
def test_the_built_in_roles_outlive_a_flush() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert set(Role.objects.values_list("code", flat=True)) == set(BuiltIn.values)
