from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0008_import_moves"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="unit",
            index=models.Index(
                condition=models.Q(("valid_to__isnull", False)), fields=["parent"], name="unit_ended_below"
            ),
        ),
    ]
