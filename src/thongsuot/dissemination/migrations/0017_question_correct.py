from django.db import migrations


class Migration(migrations.Migration):
    """ "right" is a word of SQL: the statements that count name their columns as they are."""

    dependencies = [("dissemination", "0016_attending")]

    operations = [
        migrations.RenameField("questioncounter", "right", "correct"),
        migrations.RenameField("questioncounter", "folded_right", "folded_correct"),
        migrations.RenameField("questiontotal", "right", "correct"),
        migrations.RenameField("questiontotal", "shown_right", "shown_correct"),
    ]
