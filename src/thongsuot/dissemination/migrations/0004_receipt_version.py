from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dissemination", "0003_released"),
    ]

    operations = [
        migrations.AddField(
            model_name="receipt",
            name="version",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
    ]
