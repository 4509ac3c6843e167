from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0009_ended_below"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="unitversion",
            index=models.Index(fields=["kind", "depth", "sort_key", "unit"], name="unit_version_of_kind"),
        ),
    ]
