from thongsuot.accounts.models.invitations import Invitation, MailState, Purpose
from thongsuot.accounts.models.roles import Role
from thongsuot.accounts.models.users import User, UserManager

__all__ = ["Invitation", "MailState", "Purpose", "Role", "User", "UserManager"]
