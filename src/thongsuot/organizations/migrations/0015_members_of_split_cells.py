import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0014_large_imports"),
    ]

    operations = [
        migrations.CreateModel(
            name="StepMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.person",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="organizations.reorganizationstep",
                        verbose_name="step of a reorganisation",
                    ),
                ),
                (
                    "target_step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.reorganizationstep",
                    ),
                ),
                (
                    "target_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.unit",
                        verbose_name="cell they go to",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("step", "person"), name="step_member_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("target_step__isnull", False), ("target_unit", None)),
                            models.Q(("target_step", None), ("target_unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="step_member_goes_to_one_unit",
                    ),
                ],
            },
        ),
    ]
