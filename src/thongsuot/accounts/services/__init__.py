from thongsuot.accounts.services.access import close_account, open_account
from thongsuot.accounts.services.entering import enter, forget_password
from thongsuot.accounts.services.inviting import issue_invitations, revoke_invitations

__all__ = [
    "close_account",
    "enter",
    "forget_password",
    "issue_invitations",
    "open_account",
    "revoke_invitations",
]
