"""What people enter about a reorganisation and its steps."""

from thongsuot.organizations.reorganization.forms.drafts import ChildrenForm, ReorganizationForm
from thongsuot.organizations.reorganization.forms.members import MembersForm
from thongsuot.organizations.reorganization.forms.steps import StepForm

__all__ = ["ChildrenForm", "MembersForm", "ReorganizationForm", "StepForm"]
