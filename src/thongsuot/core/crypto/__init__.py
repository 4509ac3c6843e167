"""Encryption at rest: values that the database keeps and cannot read. docs/personal-data.md says what it protects."""
