from thongsuot.accounts.services.access import close_account, open_account
from thongsuot.accounts.services.entering import enter, forget_password
from thongsuot.accounts.services.inviting import issue_invitations, revoke_invitations
from thongsuot.accounts.services.own import (
    end_sessions,
    link_provider,
    remove_second_factors,
    rename_passkey,
    unlink_provider,
)

__all__ = [
    "close_account",
    "end_sessions",
    "enter",
    "forget_password",
    "issue_invitations",
    "link_provider",
    "open_account",
    "remove_second_factors",
    "rename_passkey",
    "revoke_invitations",
    "unlink_provider",
]
