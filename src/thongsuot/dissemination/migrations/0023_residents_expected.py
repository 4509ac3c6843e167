from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dissemination", "0022_totals_unchecked"),
    ]

    operations = [
        migrations.AddField(
            model_name="coveragecounter",
            name="came",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragecounter",
            name="folded_came",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragecounter",
            name="folded_invited",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragecounter",
            name="invited",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragetotal",
            name="came",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="coveragetotal",
            name="invited",
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name="residentcount",
            name="expected",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="how many were to come"),
        ),
    ]
