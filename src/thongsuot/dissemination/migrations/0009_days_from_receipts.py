from django.db import migrations

# What was reached before there were days; the next fold adds it to the totals.
FILL = """
INSERT INTO dissemination_coverageday (unit_id, document_id, day, channel, reached, folded_reached, changed)
SELECT unit_id, document_id, reached_on, channel, COUNT(*), 0, TRUE FROM dissemination_receipt
WHERE reached_on IS NOT NULL GROUP BY unit_id, document_id, reached_on, channel
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dissemination", "0008_coverage_days"),
    ]

    operations = [migrations.RunSQL(FILL, "DELETE FROM dissemination_coverageday")]
