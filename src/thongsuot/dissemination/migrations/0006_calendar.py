from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dissemination", "0005_series"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="sequence",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
