import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dissemination", "0004_receipt_version"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="makes_up",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="make_ups",
                to="dissemination.session",
            ),
        ),
    ]
