from thongsuot.accounts.models.roles import Role
from thongsuot.accounts.models.users import User, UserManager

__all__ = ["Role", "User", "UserManager"]
