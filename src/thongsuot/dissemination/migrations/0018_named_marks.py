from secrets import token_hex
from typing import Any

from django.db import migrations


def part_from_the_nameless(apps: Any, _editor: Any) -> None:
    """What was asked with a name bore the sign of the person's nameless questions: from now on a sign of its own."""
    inquiries = apps.get_model("dissemination", "Inquiry").objects
    supports = apps.get_model("dissemination", "InquirySupport").objects
    for key, mark in list(inquiries.exclude(asker=None).values_list("pk", "mark")):
        fresh = token_hex(32)
        inquiries.filter(pk=key).update(mark=fresh)
        supports.filter(inquiry=key, mark=mark).update(mark=fresh)


class Migration(migrations.Migration):
    dependencies = [("dissemination", "0017_question_correct")]
    operations = [migrations.RunPython(part_from_the_nameless, migrations.RunPython.noop)]
