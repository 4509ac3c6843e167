from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_invitations"),
    ]

    operations = [
        migrations.AddField(
            model_name="role",
            name="second_step_since",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
    ]
