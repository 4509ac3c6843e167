"""Why an import cannot be taken back."""


class ChangedSinceError(Exception):
    """Something the import wrote has been changed or removed since, or is needed by somebody."""
