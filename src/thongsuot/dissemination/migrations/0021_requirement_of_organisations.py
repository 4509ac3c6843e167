from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dissemination", "0020_material_check"),
    ]

    operations = [
        migrations.AddField(
            model_name="requirement",
            name="of_organisations",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
