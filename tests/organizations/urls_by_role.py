from tests.organizations import accounts_by_role

ROWS = [*accounts_by_role.ROWS]
