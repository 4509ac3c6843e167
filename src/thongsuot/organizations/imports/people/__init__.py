"""Importing people: what rows mean, whom they mean, and what they change. Planning never writes."""

from thongsuot.organizations.imports.people.known import Known
from thongsuot.organizations.imports.people.plan import PeoplePlan, Writing

__all__ = ["Known", "PeoplePlan", "Writing"]
