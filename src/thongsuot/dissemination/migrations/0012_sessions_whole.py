import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import thongsuot.core.clock
import thongsuot.core.keys


class Migration(migrations.Migration):
    dependencies = [
        ("dissemination", "0011_days_asked"),
        ("documents", "0010_replacement_settled"),
        ("files", "0001_initial"),
        ("organizations", "0015_members_of_split_cells"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="reachevent",
            name="verb",
            field=models.CharField(
                choices=[
                    ("reached", "reached"),
                    ("withdrawn", "taken back"),
                    ("also", "reached in another way as well"),
                ],
                max_length=9,
            ),
        ),
        migrations.CreateModel(
            name="AttendanceList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("header", models.JSONField(default=list)),
                ("rows", models.JSONField(default=list)),
                ("columns", models.JSONField(default=dict)),
                ("least_share", models.PositiveSmallIntegerField(default=50)),
                ("minutes", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=thongsuot.core.clock.now, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dissemination.session",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Presenter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="post and unit")),
                ("topics", models.CharField(blank=True, max_length=300, verbose_name="topics")),
                ("sort_key", models.CharField(editable=False, max_length=200)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presenters",
                        to="organizations.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SessionPresenter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("speaks_on", models.CharField(blank=True, max_length=250, verbose_name="speaks on")),
                (
                    "presenter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appearances",
                        to="dissemination.presenter",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="speakers",
                        to="dissemination.session",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgendaLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("at", models.TimeField(blank=True, null=True, verbose_name="time of the item")),
                ("what", models.CharField(max_length=250, verbose_name="subject of the item")),
                ("who", models.CharField(blank=True, max_length=120, verbose_name="who leads the item")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="dissemination.session",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("session", "ordinal"), name="agenda_line_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AttendanceCorrection",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "unit_id", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.UUIDField(default=thongsuot.core.keys.uuid7, editable=False)),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("expected", "expected"),
                            ("present", "present"),
                            ("absent", "absent"),
                            ("excused", "absent with leave"),
                        ],
                        max_length=8,
                        verbose_name="noted before",
                    ),
                ),
                ("noted_at", models.DateTimeField(null=True)),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("expected", "expected"),
                            ("present", "present"),
                            ("absent", "absent"),
                            ("excused", "absent with leave"),
                        ],
                        max_length=8,
                        verbose_name="corrected to",
                    ),
                ),
                ("at", models.DateTimeField(default=thongsuot.core.clock.now)),
                ("reason", models.TextField(blank=True)),
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
                    "noted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.person",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="dissemination.session",
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["session", "unit", "-at"], name="correction_of_session"),
                    models.Index(fields=["person"], name="correction_of_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="name of the material")),
                ("added_at", models.DateTimeField(default=thongsuot.core.clock.now, editable=False)),
                (
                    "added_by",
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
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="materials",
                        to="dissemination.session",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("document", None), ("file", None), _connector="XOR"),
                        name="material_is_a_document_or_a_file",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("document__isnull", False)),
                        fields=("session", "document"),
                        name="material_document_once",
                        violation_error_message="This document is among the materials already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chair", models.CharField(max_length=120, verbose_name="chair of the session")),
                ("secretary", models.CharField(max_length=120, verbose_name="secretary of the session")),
                ("text", models.TextField(verbose_name="text of the minutes")),
                ("written_at", models.DateTimeField(default=thongsuot.core.clock.now)),
                ("signed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes",
                        to="dissemination.session",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("document", None), ("signed_at__isnull", False), _connector="OR"),
                        name="minutes_are_signed_before_they_are_registered",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="presenter",
            index=models.Index(fields=["unit", "sort_key"], name="presenter_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="presenter",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", None), ("name", ""), _connector="XOR"),
                name="presenter_is_a_person_or_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="presenter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="presenter_ends_after_it_begins",
                violation_error_message="The end lies before the beginning.",
            ),
        ),
        migrations.AddConstraint(
            model_name="presenter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False), ("valid_to", None)),
                fields=("unit", "person"),
                name="presenter_once_on_a_roster",
                violation_error_message="This person is on the roster already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionpresenter",
            constraint=models.UniqueConstraint(
                fields=("session", "presenter"), name="session_presenter_once"
            ),
        ),
    ]
