import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import thongsuot.core.clock
import thongsuot.core.keys


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("dissemination", "0014_responses"),
        ("documents", "0012_days_of_steps"),
        ("organizations", "0015_members_of_split_cells"),
    ]

    operations = [
        migrations.CreateModel(
            name="Exemption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("relieved", "relieved of Party work and meetings by decision"),
                            ("health", "health or maternity leave"),
                            ("away", "works or studies far away or abroad"),
                            ("other", "another reason"),
                        ],
                        max_length=8,
                        verbose_name="kind of exemption",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("valid_from", models.DateField(verbose_name="exempt from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="exempt until")),
                ("at", models.DateTimeField(default=thongsuot.core.clock.now, editable=False)),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemptions",
                        to="organizations.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequirementUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="dissemination.requirement",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ResidentCount",
            fields=[
                ("id", models.UUIDField(default=thongsuot.core.keys.uuid7, editable=False)),
                (
                    "who",
                    models.CharField(
                        choices=[("residents", "residents"), ("mass", "members of mass organisations")],
                        default="residents",
                        max_length=9,
                        verbose_name="who was reached",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("hoi_nghi_truc_tiep", "conference"),
                            ("truc_tuyen", "online conference"),
                            ("xem_video", "recorded lectures"),
                            ("sinh_hoat_chi_bo", "cell meeting"),
                            ("tu_nghien_cuu", "self-study"),
                            ("doan_the", "meeting of a mass organisation"),
                            ("to_dan_pho", "neighbourhood meeting"),
                            ("loa_truyen_thanh", "loudspeaker"),
                            ("to_roi", "leaflet"),
                            ("trang_tin", "web page"),
                        ],
                        max_length=20,
                        verbose_name="in which form",
                    ),
                ),
                ("day", models.DateField(verbose_name="on which day")),
                ("number", models.PositiveIntegerField(verbose_name="how many people")),
                ("at", models.DateTimeField(default=thongsuot.core.clock.now, editable=False)),
                ("corrects", models.UUIDField(blank=True, editable=False, null=True)),
                ("reason", models.CharField(blank=True, max_length=250, verbose_name="reason")),
                ("corrected_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.unit",
                    ),
                ),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "unit_id", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="coveragecounter",
            name="exempt",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragecounter",
            name="folded_exempt",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragecounter",
            name="folded_gone",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragecounter",
            name="folded_key",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragecounter",
            name="folded_key_in_time",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragecounter",
            name="folded_key_reached",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragecounter",
            name="folded_residents",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragecounter",
            name="gone",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragecounter",
            name="key",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragecounter",
            name="key_in_time",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragecounter",
            name="key_reached",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragecounter",
            name="residents",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragetotal",
            name="exempt",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragetotal",
            name="gone",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragetotal",
            name="key",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragetotal",
            name="key_in_time",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragetotal",
            name="key_reached",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragetotal",
            name="residents",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="receipt",
            name="is_key",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="receipt",
            name="outside",
            field=models.CharField(
                blank=True,
                choices=[("", "is asked"), ("exempt", "exempt"), ("gone", "no longer belongs here")],
                db_default="",
                default="",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="recalled",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="requirement",
            name="dispatch",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.dispatch",
            ),
        ),
        migrations.AddField(
            model_name="requirement",
            name="forms",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="requirement",
            name="key_due",
            field=models.DateField(blank=True, null=True, verbose_name="to reach key cadres by"),
        ),
        migrations.AddField(
            model_name="requirement",
            name="of_members",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="requirement",
            name="of_posts",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "nobody because of a post"),
                    ("heads", "whoever heads a unit"),
                    ("all", "everybody who holds a post"),
                ],
                db_default="",
                default="",
                max_length=5,
            ),
        ),
        migrations.AddField(
            model_name="requirement",
            name="titles",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddIndex(
            model_name="requirement",
            index=models.Index(fields=["due"], name="requirement_by_day"),
        ),
        migrations.AddConstraint(
            model_name="coveragecounter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("key_in_time__lte", models.F("key_reached")), ("key_reached__lte", models.F("key"))
                ),
                name="key_reached_are_among_the_key",
            ),
        ),
        migrations.RunSQL(
            sql="UPDATE dissemination_receipt SET recalled = true WHERE released_at IS NOT NULL",
            reverse_sql="",
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outside", ""), ("recalled", False), ("released_at", None)),
                    models.Q(
                        ("reached_at", None),
                        ("released_at__isnull", False),
                        models.Q(
                            ("recalled", True), models.Q(("outside", ""), _negated=True), _connector="OR"
                        ),
                    ),
                    _connector="OR",
                ),
                name="released_has_a_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("key_due", None), ("key_due__lte", models.F("due")), _connector="OR"),
                name="key_cadres_come_first",
            ),
        ),
        migrations.AddIndex(
            model_name="exemption",
            index=models.Index(fields=["unit", "-at"], name="exemption_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="exemption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="exemption_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemption",
            constraint=models.CheckConstraint(
                condition=models.Q(("document__isnull", False), ("valid_to__isnull", False), _connector="OR"),
                name="standing_exemption_has_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="exemption",
            constraint=models.UniqueConstraint(
                condition=models.Q(("document__isnull", False), ("ended_at", None)),
                fields=("person", "document"),
                name="exempt_once_from_a_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementunit",
            constraint=models.UniqueConstraint(fields=("requirement", "unit"), name="requirement_unit_once"),
        ),
        migrations.AddIndex(
            model_name="residentcount",
            index=models.Index(fields=["document", "unit", "day"], name="resident_count_by_day"),
        ),
        migrations.AddConstraint(
            model_name="residentcount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("corrects__isnull", False)),
                fields=("unit", "corrects"),
                name="resident_count_corrected_once",
            ),
        ),
    ]
