from tests.permissions import Row

ROWS = [
    # Whoever has signed in is sent on; the form is for those who have not.
    Row("account_login", {"*": 302, "anonymous": 200}, public=True),
    Row("account_logout", {"*": 302}, method="post"),
]
